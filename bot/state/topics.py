"""What users' next questions may continue: on disk, and in memory as well for those who asked last."""

from __future__ import annotations

from collections import OrderedDict

from bot.state import records
from bot.state.records import Topic
from bot.state.sqlite import Database

MAX_TOPICS_IN_MEMORY = 2_048
"""To read a topic from disk takes a tenth of an answer's time."""


class Topics:
    """The topics of all chats.

    Args:
        database: has all of them.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._latest: OrderedDict[tuple[int, int], Topic] = OrderedDict()

    def of(self, chat: int, user: int) -> Topic:
        """What a user's next question in a chat may continue.

        Raises:
            sqlite3.Error: it cannot be read.
        """
        known = self._latest.get((chat, user))
        found = self._database.read(lambda db: records.topic(db, chat, user)) if known is None else known
        self.keep(chat, user, found)
        return found

    def keep(self, chat: int, user: int, topic: Topic) -> None:
        """Have a topic in memory, one that is on disk or on its way there."""
        self._latest[chat, user] = topic
        self._latest.move_to_end((chat, user))
        if len(self._latest) > MAX_TOPICS_IN_MEMORY:
            self._latest.popitem(last=False)

    def clear(self) -> None:
        """Have none in memory, after some have been deleted."""
        self._latest.clear()
