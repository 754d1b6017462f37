"""Which collections are opened to whom: to a chat, or to a thread of it; and the codes by which a user gets one.

`StateFile.run` calls the functions with its connection.
"""

from __future__ import annotations

import sqlite3
import time
from typing import NamedTuple

ALL_THREADS = 0
"""The thread of a binding that holds in all threads of its chat."""


class Binding(NamedTuple):
    """A collection that is opened to a chat.

    Args:
        collection: its folder below the corpus.
        chat: the chat; for a user, the private one.
        thread: the thread of a forum, or `ALL_THREADS`.
    """

    collection: str
    chat: int
    thread: int = ALL_THREADS


def bind(connection: sqlite3.Connection, binding: Binding) -> None:
    """Open a collection to a chat."""
    connection.execute("INSERT OR IGNORE INTO binding VALUES (?, ?, ?)", binding)


def unbind(connection: sqlite3.Connection, binding: Binding) -> None:
    """Close a collection to a chat again."""
    connection.execute("DELETE FROM binding WHERE collection = ? AND chat = ? AND thread = ?", binding)


def opened(connection: sqlite3.Connection, chat: int, thread: int) -> frozenset[str]:
    """The collections that are opened to a thread of a chat; those of the whole chat are among them."""
    rows = connection.execute(
        "SELECT collection FROM binding WHERE chat = ? AND thread IN (?, ?)", (chat, ALL_THREADS, thread)
    )
    return frozenset(collection for (collection,) in rows)


def bindings(connection: sqlite3.Connection) -> list[Binding]:
    """All of them, by collection."""
    return [Binding(*row) for row in connection.execute("SELECT * FROM binding ORDER BY collection, chat, thread")]


def invite(connection: sqlite3.Connection, collection: str, code: str) -> None:
    """Have a code open a collection to those who give it, in place of the collection's earlier one."""
    connection.execute("INSERT OR REPLACE INTO invitation VALUES (?, ?, ?)", (collection, code, time.time()))


def invited(connection: sqlite3.Connection, code: str) -> str:
    """The collection that a code opens; "" for none."""
    row = connection.execute("SELECT collection FROM invitation WHERE code = ?", (code,)).fetchone()
    return str(row[0]) if row else ""
