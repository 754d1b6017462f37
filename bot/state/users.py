"""What the bot remembers of users: who gave the invitation code, opened the private chat, or blocks the bot."""

from __future__ import annotations

import time

from bot.state.base import Connection


def admit(connection: Connection, user: int) -> None:
    """Remember that a user gave the invitation code."""
    connection.execute(
        'INSERT INTO "user" ("user", admitted) VALUES (?, ?)'
        ' ON CONFLICT ("user") DO UPDATE SET admitted = excluded.admitted',
        (user, time.time()),
    )


def is_admitted(connection: Connection, user: int) -> bool:
    """Whether a user gave the invitation code."""
    return bool(
        connection.execute('SELECT 1 FROM "user" WHERE "user" = ? AND admitted IS NOT NULL', (user,)).fetchone()
    )


def set_started(connection: Connection, user: int) -> None:
    """Remember that a user has opened the private chat with the bot."""
    connection.execute(
        'INSERT INTO "user" ("user", started) VALUES (?, ?)'
        ' ON CONFLICT ("user") DO UPDATE SET started = excluded.started',
        (user, time.time()),
    )


def set_blocked(connection: Connection, user: int, since: float | None) -> None:
    """Remember since when a user blocks the bot, in seconds since 1970; None for a user who does not.

    Who blocks it has left the private chat.
    """
    connection.execute(
        'INSERT INTO "user" ("user", blocked) VALUES (?, ?)'
        ' ON CONFLICT ("user") DO UPDATE SET blocked = excluded.blocked',
        (user, since),
    )
    if since is not None:
        connection.execute('UPDATE "user" SET started = NULL WHERE "user" = ?', (user,))


def blocked_since(connection: Connection, user: int) -> float | None:
    """Since when a user blocks the bot, in seconds since 1970; None for a user who does not."""
    row = connection.execute('SELECT blocked FROM "user" WHERE "user" = ?', (user,)).fetchone()
    return row[0] if row else None


def forget(connection: Connection, user: int) -> None:
    """Delete that a user opened the private chat; who was admitted, or blocks the bot, is known all the same."""
    connection.execute('UPDATE "user" SET started = NULL WHERE "user" = ?', (user,))
