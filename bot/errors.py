"""The bot's own errors; they join retrieval's tree.

PasokhError
├── SettingsError       a setting is missing or wrong
├── StateError          the bot's file of state cannot be used
└── RefusedError        Telegram refuses the bot for good
"""

from __future__ import annotations

from retrieval import PasokhError


class SettingsError(PasokhError):
    """A setting is missing or has a value that cannot be."""


class StateError(PasokhError):
    """The bot's SQLite file is unreadable, of a later version, or in use."""


class RefusedError(PasokhError):
    """Telegram refuses the bot, and trying again cannot help."""
