"""Whose state it is: replicas with the tokens of different bots would answer one another's chats."""

from __future__ import annotations

from bot.state.base import Connection

_BOT = "bot"


def own(connection: Connection, bot: int) -> bool:
    """Make the state a bot's, by the bot's number, where it is nobody's; False where it is another's."""
    connection.execute("INSERT INTO mark VALUES (?, ?) ON CONFLICT DO NOTHING", (_BOT, str(bot)))
    (found,) = connection.execute("SELECT value FROM mark WHERE name = ?", (_BOT,)).fetchone()
    return bool(found == str(bot))
