"""The commands by which administrators open articles answer in their own words, and write to all users."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from telegram import Message
from telegram.constants import ChatType

from bot.service.dispatch import Outcome
from bot.telegram import broadcasting, collections, pins
from bot.telegram.incoming import Command
from bot.telegram.replying import Replier

COMMANDS: dict[str, Callable[[Replier, Message, Command], Awaitable[Outcome]]] = {
    "collections": collections.listed,
    "invite": collections.invite,
    "bind": collections.bind,
    "unbind": collections.unbind,
    "pin": pins.pin,
    "pins": pins.listed,
    "broadcast": broadcasting.broadcast,
}
"""The commands of administrators by their names."""

IN_GROUPS = frozenset({"bind", "unbind", "pin"})
"""Those that are given in groups too."""


class Handlers(Protocol):
    """The handlers of messages."""

    replier: Replier

    async def unknown(self, message: Message, command: Command, user: int, /) -> Outcome:
        """A command that there is not for its user."""


async def administrate(handlers: Handlers, message: Message, command: Command, user: int) -> Outcome:
    """A command of `COMMANDS`: for administrators in their private chats, and some in groups."""
    is_private = message.chat.type == ChatType.PRIVATE
    if user in handlers.replier.access.admins and (is_private or command.name in IN_GROUPS):
        return await COMMANDS[command.name](handlers.replier, message, command)
    return await handlers.unknown(message, command, user)
