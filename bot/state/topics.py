"""The histories of all topics: on disk, and those of the latest questions in memory as well."""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from typing import NamedTuple

from bot.history import History, as_history
from bot.state.base import Connection, State

MAX_TOPICS_IN_MEMORY = 2_048
"""To read a history from disk takes a tenth of an answer's time."""


class TopicKey(NamedTuple):
    """What a topic is known by: who is at it, and where.

    Args:
        chat: the chat.
        thread: the thread of the chat, in a forum or in a private chat that has threads; 0 elsewhere.
        user: the user.
    """

    chat: int
    thread: int
    user: int


class Topics:
    """The topic that each user is at in each chat and thread.

    Args:
        state: the file that has all of them.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._latest: OrderedDict[TopicKey, History] = OrderedDict()

    def of(self, key: TopicKey) -> History:
        """The history of a user's next question in a chat.

        Raises:
            StateError: the history cannot be read.
        """
        known = self._latest.get(key)
        found = self._state.read(lambda db: history(db, key)) if known is None else known
        self.keep(key, found)
        return found

    def keep(self, key: TopicKey, history: History) -> None:
        """Keep a history in memory. The caller has it written to disk."""
        self._latest[key] = history
        self._latest.move_to_end(key)
        if len(self._latest) > MAX_TOPICS_IN_MEMORY:
            self._latest.popitem(last=False)

    def clear(self) -> None:
        """Keep none in memory, after some have been deleted on disk."""
        self._latest.clear()


def history(connection: Connection, key: TopicKey) -> History:
    """The history of the next question of a topic."""
    row = connection.execute('SELECT history FROM topic WHERE chat = ? AND thread = ? AND "user" = ?', key).fetchone()
    return as_history(json.loads(row[0])) if row else ()


def set_history(connection: Connection, key: TopicKey, found: History) -> None:
    """Remember the history of the next question of a topic."""
    connection.execute(
        "INSERT INTO topic VALUES (?, ?, ?, ?, ?)"
        ' ON CONFLICT (chat, thread, "user") DO UPDATE SET history = excluded.history, changed = excluded.changed',
        (*key, json.dumps(found), time.time()),
    )
