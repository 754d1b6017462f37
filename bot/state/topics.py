"""The histories of all chats: on disk, and those of the latest questions in memory as well."""

from __future__ import annotations

from collections import OrderedDict

from bot.history import History
from bot.state import records
from bot.state.sqlite import StateFile

MAX_TOPICS_IN_MEMORY = 2_048
"""To read a history from disk takes a tenth of an answer's time."""


class Topics:
    """The topic that each user is at in each chat.

    Args:
        state: the file that has all of them.
    """

    def __init__(self, state: StateFile) -> None:
        self._state = state
        self._latest: OrderedDict[tuple[int, int], History] = OrderedDict()

    def of(self, chat: int, user: int) -> History:
        """The history of a user's next question in a chat.

        Raises:
            sqlite3.Error: the history cannot be read.
        """
        known = self._latest.get((chat, user))
        found = self._state.read(lambda db: records.history(db, chat, user)) if known is None else known
        self.keep(chat, user, found)
        return found

    def keep(self, chat: int, user: int, history: History) -> None:
        """Keep a history in memory. The caller has it written to disk."""
        self._latest[chat, user] = history
        self._latest.move_to_end((chat, user))
        if len(self._latest) > MAX_TOPICS_IN_MEMORY:
            self._latest.popitem(last=False)

    def clear(self) -> None:
        """Keep none in memory, after some have been deleted on disk."""
        self._latest.clear()
