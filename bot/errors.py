"""The bot's own errors; they join retrieval's tree.

PasokhError
├── SettingsError       a setting is missing or wrong
├── StateError          what the bot remembers cannot be read or written
├── RefusedError        Telegram refuses the bot for good
├── NotTakenError       Telegram does not take a message, now or later
└── PutOffError         Telegram cannot be reached, or takes nothing now
"""

from __future__ import annotations

from retrieval import PasokhError


class SettingsError(PasokhError):
    """A setting is missing or has a value that cannot be."""


class StateError(PasokhError):
    """What the bot remembers cannot be used, or not now: unreadable, of a later version, in use, on a full disk."""


class RefusedError(PasokhError):
    """The server that a front end talks to refuses the bot, and trying again cannot help."""


class NotTakenError(PasokhError):
    """The server that a front end talks to does not take a message, and never will."""


class PutOffError(PasokhError):
    """The server that a front end talks to cannot be reached, or takes nothing now; trying again may help.

    Args:
        reason: what was wrong, in one line.
        after: the seconds for which the server asked to be left alone; 0 where it named none.
    """

    def __init__(self, reason: str, after: float = 0.0) -> None:
        super().__init__(reason)
        self.after = after
