"""Which collections are opened to whom: to a chat, or to a thread of it; and the codes by which a user gets one.

`State.run` calls the functions with its connection.
"""

from __future__ import annotations

import time
from typing import NamedTuple

from bot.state.base import Connection

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


def bind(connection: Connection, binding: Binding) -> None:
    """Open a collection to a chat."""
    connection.execute("INSERT INTO binding VALUES (?, ?, ?) ON CONFLICT DO NOTHING", binding)


def unbind(connection: Connection, binding: Binding) -> None:
    """Close a collection to a chat again."""
    connection.execute("DELETE FROM binding WHERE collection = ? AND chat = ? AND thread = ?", binding)


def opened(connection: Connection, chat: int, thread: int) -> frozenset[str]:
    """The collections that are opened to a thread of a chat; those of the whole chat are among them."""
    rows = connection.execute(
        "SELECT collection FROM binding WHERE chat = ? AND thread IN (?, ?)", (chat, ALL_THREADS, thread)
    )
    return frozenset(collection for (collection,) in rows)


def bindings(connection: Connection) -> list[Binding]:
    """All of them, by collection."""
    return [Binding(*row) for row in connection.execute("SELECT * FROM binding ORDER BY collection, chat, thread")]


def invite(connection: Connection, collection: str, code: str) -> None:
    """Have a code open a collection to those who give it, in place of the collection's earlier one."""
    connection.execute(
        "INSERT INTO invitation VALUES (?, ?, ?)"
        " ON CONFLICT (collection) DO UPDATE SET code = excluded.code, made = excluded.made",
        (collection, code, time.time()),
    )


def invited(connection: Connection, code: str) -> str:
    """The collection that a code opens; "" for none."""
    row = connection.execute("SELECT collection FROM invitation WHERE code = ?", (code,)).fetchone()
    return str(row[0]) if row else ""
