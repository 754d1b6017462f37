"""Messages of administrators to all users: how far each has come.

`State.run` calls the functions with its connection.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from bot.state.base import Connection, State

_USERS = (
    'SELECT "user" FROM ('
    'SELECT "user" FROM (SELECT DISTINCT "user" FROM question WHERE chat = "user" AND "user" > ? AND NOT EXISTS'
    ' (SELECT 1 FROM "user" AS known WHERE known."user" = question."user" AND blocked IS NOT NULL)'
    ' ORDER BY "user" LIMIT ?) AS asked'
    ' UNION SELECT "user" FROM (SELECT "user" FROM "user" WHERE coalesce(admitted, started) IS NOT NULL'
    ' AND blocked IS NULL AND "user" > ?'
    ' ORDER BY "user" LIMIT ?) AS admitted'
    ') AS known ORDER BY "user" LIMIT ?'
)
"""Those who have started the bot, asked it in private or joined it by a code, and do not block it, behind one of them.

Each half ends with its first few users, so that a step of a broadcast does not read all questions.
"""

COUNTED_TOGETHER = 1_000
"""Users that are counted in one go, in a few milliseconds: for a second nobody else could write."""


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A message to all users.

    Args:
        key: its number.
        chat: the private chat of the administrator.
        text: the message.
        last: the last user to whom it was sent.
        sent: to how many it was sent.
    """

    key: int
    chat: int
    text: str
    last: int
    sent: int


def draft(connection: Connection, key: int, chat: int, text: str) -> None:
    """Write a message down that is to be sent once it is started."""
    connection.execute(
        "INSERT INTO broadcast (key, chat, text, last, sent, state, made) VALUES (?, ?, ?, 0, 0, 'draft', ?)",
        (key, chat, text, time.time()),
    )


def start(connection: Connection, key: int) -> None:
    """Begin to send a message; one that was begun before is left as it is."""
    connection.execute("UPDATE broadcast SET state = 'running' WHERE key = ? AND state = 'draft'", (key,))


def stop(connection: Connection, key: int) -> None:
    """Send a message to nobody more."""
    connection.execute("UPDATE broadcast SET state = 'ended' WHERE key = ?", (key,))


def is_in(connection: Connection, key: int, state: str) -> bool:
    """Whether a message is in a state: `draft`, `running` or `ended`."""
    found = connection.execute("SELECT 1 FROM broadcast WHERE key = ? AND state = ?", (key, state)).fetchone()
    return found is not None


def running(connection: Connection) -> Broadcast | None:
    """The first message that is being sent; None where there is none."""
    row = connection.execute(
        "SELECT key, chat, text, last, sent FROM broadcast WHERE state = 'running' ORDER BY made LIMIT 1"
    ).fetchone()
    return Broadcast(*row) if row else None


def users(connection: Connection, last: int, count: int) -> list[int]:
    """At most so many users behind one, by ascending numbers."""
    return [user for (user,) in connection.execute(_USERS, (last, count, last, count, count))]


async def count_users(state: State, together: int = COUNTED_TOGETHER) -> int:
    """How many users there are, so many counted together, and other work done in between."""
    found = last = 0
    while some := await state.run(lambda db, last=last: users(db, last, together)):  # type: ignore[misc]
        found, last = found + len(some), some[-1]
    return found


def advance(connection: Connection, key: int, last: int, sent: int) -> None:
    """Note that a message has been sent to so many more users, up to the one with the number `last`."""
    connection.execute("UPDATE broadcast SET last = ?, sent = sent + ? WHERE key = ?", (last, sent, key))


def purge(connection: Connection, retention: float) -> None:
    """Delete the messages older than `retention` seconds that are not being sent."""
    connection.execute("DELETE FROM broadcast WHERE state != 'running' AND made < ?", (time.time() - retention,))
