"""The inbox: every update is written here before Telegram hears that it arrived, and marked done once handled.

The functions take the connection and are run by `Database.run`, each a transaction of its own.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeGuard

CONFIRMED_FOR = 2 * 86_400.0
"""Seconds that a handled update's id is remembered; Telegram itself keeps an update no longer than one day."""

_HIGHEST_ID = 2**63 - 1
_BEARERS = (
    *("message", "edited_message", "channel_post", "edited_channel_post", "my_chat_member", "chat_member"),
    "callback_query",
)


UNREADABLE = "unreadable"
"""The field of what stands in the inbox for an update that could not be read: its first characters."""


class UnreadableError(ValueError):
    """An update that could not be read when it came."""


def unreadable(body: bytes, number: int | None = None) -> dict[str, object]:
    """What to write down for an update that cannot be read, so that whoever looks can see it."""
    told = {"update_id": number} if number is not None else {}
    return told | {UNREADABLE: body[:1000].decode("utf-8", "replace")}


@dataclass(frozen=True, slots=True)
class Entry:
    """An update that waits.

    Args:
        key: its place in the order of arrival.
        chat: whose order it keeps; 0 where it belongs to none.
        received: when it arrived, seconds since 1970.
        update: what came; None where it is to be read from the file.
    """

    key: int
    chat: int
    received: float
    update: Any = None


def store(connection: sqlite3.Connection, updates: Iterable[object]) -> list[Entry]:
    """Write updates as they came; returns those that wait to be handled, without what is known already."""
    now, stored = time.time(), []
    for update in updates:
        chat = chat_of(update)
        values = (update_id(update), chat, json.dumps(update), now)
        row = connection.execute(
            "INSERT INTO inbox (update_id, chat, body, state, received) VALUES (?, ?, ?, 'pending', ?)"
            " ON CONFLICT (update_id) DO NOTHING RETURNING key",
            values,
        ).fetchone()
        if row:
            stored.append(Entry(row[0], chat, now, update))
    return stored


def waiting(connection: sqlite3.Connection) -> list[Entry]:
    """What a stopped bot left undone, in the order of arrival."""
    rows = connection.execute("SELECT key, chat, received FROM inbox WHERE state = 'pending' ORDER BY key")
    return [Entry(*row) for row in rows]


def read(connection: sqlite3.Connection, key: int) -> Any:
    """The update as it came."""
    return json.loads(connection.execute("SELECT body FROM inbox WHERE key = ?", (key,)).fetchone()[0])


def finish(connection: sqlite3.Connection, key: int) -> None:
    """Mark an update as handled; its content is not needed any more."""
    connection.execute("UPDATE inbox SET state = 'done', body = NULL WHERE key = ?", (key,))


def park(connection: sqlite3.Connection, key: int, reason: str) -> None:
    """Set an update aside that cannot be handled."""
    connection.execute("UPDATE inbox SET state = 'parked', reason = ? WHERE key = ?", (reason, key))


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many updates wait and how many are parked."""
    rows = connection.execute("SELECT state, count(*) FROM inbox WHERE state != 'done' GROUP BY state")
    return {"pending": 0, "parked": 0} | dict(rows)


def purge(connection: sqlite3.Connection, retention: float) -> None:
    """Forget handled updates after `CONFIRMED_FOR` and parked ones after `retention` seconds."""
    now = time.time()
    connection.execute("DELETE FROM inbox WHERE state = 'done' AND received < ?", (now - CONFIRMED_FOR,))
    connection.execute("DELETE FROM inbox WHERE state = 'parked' AND received < ?", (now - retention,))


def update_id(update: object) -> int | None:
    """The update's id; None where it has none that can be confirmed."""
    found = update.get("update_id") if isinstance(update, dict) else None
    return found if type(found) is int and 0 <= found <= _HIGHEST_ID else None


def chat_of(update: object) -> int:
    """The chat whose order an update keeps: that of its message, else its sender's private one, else 0."""
    if not isinstance(update, dict):
        return 0
    for bearer in _BEARERS:
        content = update.get(bearer)
        for path in (("chat", "id"), ("message", "chat", "id"), ("from", "id")):
            if _is_id(found := _follow(content, path)):
                return found
    found = _follow(update, ("inline_query", "from", "id"))
    return found if _is_id(found) else 0


def _follow(value: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _is_id(value: object) -> TypeGuard[int]:
    return type(value) is int and abs(value) <= _HIGHEST_ID


def forget(connection: sqlite3.Connection, user: int) -> None:
    """Delete what is parked of a user's private chat."""
    connection.execute("UPDATE inbox SET body = NULL WHERE chat = ? AND state = 'parked'", (user,))
