"""The inbox. An update is written here before its sender is told that it arrived, and marked done once it is handled.

`State.run` calls the functions with its connection, each in a transaction of its own.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.state.base import Connection

DONE_KEPT_SECONDS = 2 * 86_400.0
"""How long the number of a handled update is remembered; Telegram sends an update again for one day."""

HIGHEST_NUMBER = 2**63 - 1
"""SQLite's largest integer."""


class Arrival(NamedTuple):
    """An update as it came.

    Args:
        number: the number that its sender gave it, by which it is known when it comes again: 0 to `HIGHEST_NUMBER`;
            None where it has no number.
        chat: the chat whose order it keeps, ± `HIGHEST_NUMBER` at most; 0 where it belongs to none.
        update: its content, as JSON has it.
        move: the ids before and after, where it tells that a chat goes on under another.
    """

    number: int | None
    chat: int
    update: Any
    move: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An update that waits to be handled.

    Args:
        key: its row in the inbox; keys grow in the order of arrival.
        chat: the chat whose order it keeps; 0 where it belongs to none.
        received: when it arrived, in seconds since 1970.
        update: its content, as JSON has it; None where it must be read from the file.
    """

    key: int
    chat: int
    received: float
    update: Any = None


def store(connection: Connection, arrivals: Iterable[Arrival]) -> list[Entry]:
    """Write updates down; returns those that are new, and wait to be handled."""
    now, stored = time.time(), []
    for number, chat, update, _ in arrivals:
        row = connection.execute(
            "INSERT INTO inbox (update_id, chat, body, state, received) VALUES (?, ?, ?, 'pending', ?)"
            " ON CONFLICT (update_id) DO NOTHING RETURNING key",
            (number, chat, json.dumps(update), now),
        ).fetchone()
        if row:
            stored.append(Entry(row[0], chat, now, update))
    return stored


def waiting(connection: Connection) -> list[Entry]:
    """The updates that a stopped bot left undone, in the order of arrival."""
    rows = connection.execute("SELECT key, chat, received FROM inbox WHERE state = 'pending' ORDER BY key")
    return [Entry(*row) for row in rows]


def read(connection: Connection, key: int) -> Any:
    """The content of an update.

    Raises:
        LookupError: it does not wait any more.
    """
    row = connection.execute("SELECT body FROM inbox WHERE key = ? AND state = 'pending'", (key,)).fetchone()
    if row is None:
        raise LookupError(f"update {key} is done")
    return json.loads(row[0])


def finish(connection: Connection, key: int) -> bool:
    """Mark an update done, and delete its content; False where it does not wait any more."""
    changed = connection.execute(
        "UPDATE inbox SET state = 'done', body = NULL WHERE key = ? AND state = 'pending'", (key,)
    )
    return changed.rowcount > 0


def park(connection: Connection, key: int, reason: str) -> bool:
    """Set an update aside that cannot be handled; False where it does not wait any more."""
    changed = connection.execute(
        "UPDATE inbox SET state = 'parked', reason = ? WHERE key = ? AND state = 'pending'", (reason, key)
    )
    return changed.rowcount > 0


def counts(connection: Connection) -> dict[str, int]:
    """How many updates wait and how many are parked."""
    rows = connection.execute("SELECT state, count(*) FROM inbox WHERE state IN ('pending', 'parked') GROUP BY state")
    return {"pending": 0, "parked": 0} | dict(rows)


def oldest(connection: Connection) -> float | None:
    """When the oldest of the updates that wait arrived, in seconds since 1970; None where none waits."""
    found: float | None = connection.execute("SELECT min(received) FROM inbox WHERE state = 'pending'").fetchone()[0]
    return found


def purge(connection: Connection, retention: float) -> None:
    """Delete the updates done after `DONE_KEPT_SECONDS`, and those parked after `retention` seconds."""
    now = time.time()
    connection.execute("DELETE FROM inbox WHERE state = 'done' AND received < ?", (now - DONE_KEPT_SECONDS,))
    connection.execute("DELETE FROM inbox WHERE state = 'parked' AND received < ?", (now - retention,))


def forget(connection: Connection, user: int) -> None:
    """Delete the content of parked updates of a user's private chat."""
    connection.execute("UPDATE inbox SET body = NULL WHERE chat = ? AND state = 'parked'", (user,))
