"""Digests: who is told at which hour what has come, and up to which article they have been told.

`State.run` calls the functions with its connection.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

from bot.state.base import Connection

_SELECT = 'SELECT key, chat, "user", thread, topic, days, hour, since, next FROM digest'


@dataclass(frozen=True, slots=True)
class Digest:
    """What somebody is told again and again.

    Args:
        key: its number; 0 before it is written down.
        chat, thread: where to tell; the thread is 0 outside of forums.
        user: whose it is.
        topic: what the articles are to be about; "" for all.
        days: from one to the next, 1 or 7.
        hour: of the day, 0 to 23, in the bot's time zone.
        since: the number of the last article that was told of.
        next: when it is due, in seconds since 1970.
    """

    key: int
    chat: int
    user: int
    thread: int
    topic: str
    days: int
    hour: int
    since: int
    next: float


def keep(connection: Connection, digest: Digest) -> None:
    """Write a digest down, in place of the user's earlier one of the same topic there."""
    connection.execute(
        'DELETE FROM digest WHERE chat = ? AND "user" = ? AND thread = ? AND topic = ?',
        (digest.chat, digest.user, digest.thread, digest.topic),
    )
    connection.execute(
        'INSERT INTO digest (chat, "user", thread, topic, days, hour, since, next) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        astuple(digest)[1:],
    )


def end(connection: Connection, key: int, user: int) -> None:
    """End a digest of a user's."""
    connection.execute('DELETE FROM digest WHERE key = ? AND "user" = ?', (key, user))


def of_user(connection: Connection, user: int) -> list[Digest]:
    """A user's digests, the oldest first."""
    return [Digest(*row) for row in connection.execute(f'{_SELECT} WHERE "user" = ? ORDER BY key', (user,))]


def due(connection: Connection, now: float) -> list[Digest]:
    """The digests that are due, the longest due first."""
    return [Digest(*row) for row in connection.execute(f"{_SELECT} WHERE next <= ? ORDER BY next", (now,))]


def told(connection: Connection, digest: Digest, since: int, following: float) -> bool:
    """Note that a digest was told up to an article, and when it is due again; False where it is not due any more."""
    changed = connection.execute(
        "UPDATE digest SET since = ?, next = ? WHERE key = ? AND next = ?", (since, following, digest.key, digest.next)
    )
    return changed.rowcount > 0


def forget(connection: Connection, user: int) -> None:
    """Delete a user's digests."""
    connection.execute('DELETE FROM digest WHERE "user" = ?', (user,))
