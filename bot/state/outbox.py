"""The outbox. What an update leads to is written here with the mark that the update is done, and deleted once sent.

`State.run` calls the functions with its connection, each in a transaction of its own.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.state.base import Connection

MESSAGE_LASTS_SECONDS = 86_400.0
"""A message that could not be sent for so long is given up: nobody waits for it any more."""

Form = dict[str, Any]
"""A method of the server's, as `method`, and its parameters, as JSON has them; or what a method is made of later."""


class Outgoing(NamedTuple):
    """Something to be sent.

    Args:
        chat: the chat whose order it keeps.
        forms: how it may be sent, the best first; the next is tried where the server does not take one. Where there is
            none, the part of the answer and those behind it are taken back.
        question: the key of the question whose answer it is a part of; None where it is none. A message that shows
            this part already is changed, and no other one sent.
        part: which part, from 0 on.
        replaces: any other message that is changed; 0 for none.
        lasts: seconds from the update on for which it is worth sending.
    """

    chat: int
    forms: tuple[Form, ...]
    question: int | None = None
    part: int = 0
    replaces: int = 0
    lasts: float = MESSAGE_LASTS_SECONDS


@dataclass(frozen=True, slots=True)
class Row:
    """Something that waits to be sent.

    Args:
        key: its row in the outbox; keys grow in the order in which a chat gets what is sent.
        chat: the chat whose order it keeps.
        since: when the update arrived that led to it, in seconds since 1970.
        expires: from when on it is not sent any more.
        not_before: until when it waits.
        attempts: how often it has been tried before.
        outgoing: its content; None where it must be read from the file.
    """

    key: int
    chat: int
    since: float
    expires: float
    not_before: float = 0.0
    attempts: int = 0
    outgoing: Outgoing | None = None


def add(connection: Connection, since: float, messages: Iterable[Outgoing]) -> list[Row]:
    """Write down what an update leads to that arrived at `since`; returns what now waits."""
    rows = []
    for one in messages:
        expires = since + one.lasts
        (key,) = connection.execute(
            "INSERT INTO outbox (chat, forms, question, part, replaces, since, expires, not_before, attempts)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0) RETURNING key",
            (one.chat, json.dumps(one.forms), one.question, one.part, one.replaces, since, expires),
        ).fetchone()
        rows.append(Row(key, one.chat, since, expires, outgoing=one))
    return rows


def waiting(connection: Connection) -> list[Row]:
    """What a stopped bot left unsent, in order."""
    rows = connection.execute("SELECT key, chat, since, expires, not_before, attempts FROM outbox ORDER BY key")
    return [Row(*row) for row in rows]


def read(connection: Connection, key: int) -> Outgoing | None:
    """The content of a row; None where it is sent, or given up."""
    found = connection.execute("SELECT chat, forms, question, part, replaces FROM outbox WHERE key = ?", (key,))
    row = found.fetchone()
    if row is None:
        return None
    chat, forms, *others = row
    return Outgoing(chat, tuple(json.loads(forms)), *others)


def settle(connection: Connection, key: int) -> None:
    """Delete what is sent, or given up."""
    connection.execute("DELETE FROM outbox WHERE key = ?", (key,))


def put_off(connection: Connection, key: int, seconds: float) -> None:
    """Count a failed attempt. The next comes after so many seconds at the earliest, also from a bot started anew."""
    connection.execute(
        "UPDATE outbox SET not_before = ?, attempts = attempts + 1 WHERE key = ?", (time.time() + seconds, key)
    )


def count(connection: Connection) -> int:
    """How much waits to be sent."""
    found: int = connection.execute("SELECT count(*) FROM outbox").fetchone()[0]
    return found


def oldest(connection: Connection) -> float | None:
    """When the update arrived whose messages have waited longest, in seconds since 1970; None where none waits."""
    found: float | None = connection.execute("SELECT min(since) FROM outbox").fetchone()[0]
    return found
