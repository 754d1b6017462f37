"""The editors' own answers to questions, each for a while.

`State.run` calls the functions with its connection.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass

from bot.state.base import Connection


@dataclass(frozen=True, slots=True)
class Pin:
    """An answer of the editors'.

    Args:
        key: its number; 0 before it is written down.
        sense: what the question has in common with others that ask the same; see `Reply.sense`.
        question: as it was asked.
        words: the answer.
        opened: the collections that were opened where it was given. It is shown where all of them are.
        made: when it was given, in seconds since 1970.
        expires: from when on it is not shown any more.
    """

    key: int
    sense: str
    question: str
    words: str
    opened: frozenset[str]
    made: float
    expires: float


_SELECT = "SELECT key, sense, question, words, opened, made, expires FROM pin"


def pin(connection: Connection, given: Pin) -> None:
    """Write an answer down, in place of an earlier one to the same question."""
    opened = json.dumps(sorted(given.opened))
    connection.execute("DELETE FROM pin WHERE sense = ? AND opened = ?", (given.sense, opened))
    connection.execute(
        "INSERT INTO pin (sense, question, words, opened, made, expires) VALUES (?, ?, ?, ?, ?, ?)",
        (given.sense, given.question, given.words, opened, given.made, given.expires),
    )


def unpin(connection: Connection, key: int) -> None:
    """Delete an answer."""
    connection.execute("DELETE FROM pin WHERE key = ?", (key,))


def pinned(connection: Connection, sense: str, opened: frozenset[str]) -> Pin | None:
    """The newest answer to a question that may be shown where some collections are opened; None where there is none."""
    rows = connection.execute(f"{_SELECT} WHERE sense = ? AND expires > ? ORDER BY made DESC", (sense, time.time()))
    return next((found for found in map(_pin, rows) if found.opened <= opened), None)


def pins(connection: Connection) -> list[Pin]:
    """All answers that are still shown, the oldest first."""
    rows = connection.execute(f"{_SELECT} WHERE expires > ? ORDER BY key", (time.time(),))
    return [_pin(row) for row in rows]


def purge(connection: Connection) -> None:
    """Delete the answers that are not shown any more."""
    connection.execute("DELETE FROM pin WHERE expires <= ?", (time.time(),))


def _pin(row: tuple[int, str, str, str, str, float, float]) -> Pin:
    key, sense, question, words, opened, made, expires = row
    return Pin(key, sense, question, words, frozenset(json.loads(opened)), made, expires)
