"""The bot's own errors; they join retrieval's tree.

PasokhError
└── SettingsError       a setting is missing or wrong
"""

from __future__ import annotations

from retrieval import PasokhError


class SettingsError(PasokhError):
    """A setting is missing or has a value that cannot be."""
