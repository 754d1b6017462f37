"""Texts with marks → messages, in the best form that Telegram takes. Also the sign of typing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

from telegram import Message
from telegram.constants import ChatAction, ChatType
from telegram.error import BadRequest, TelegramError

from bot.rendering.markup import Rich
from bot.rendering.messages import split
from bot.telegram.client import Client, Target
from bot.telegram.faults import MovedError
from bot.telegram.forms import CANNOT_BE_EDITED, UNCHANGED, contents
from retrieval import PasokhError

TYPING_DELAY = 0.3
"""Seconds of work before the chat shows that the bot is typing."""

TYPING_LASTS = 4.5
"""Seconds until it is shown again; Telegram shows it for five."""


def target_of(message: Message) -> Target:
    """Where the answer to a message goes. In a group it is shown as a reply to the message."""
    return Target(
        message.chat.id,
        message.message_thread_id if message.is_topic_message else None,
        None if message.chat.type == ChatType.PRIVATE else message.message_id,
    )


async def send(client: Client, target: Target, text: Rich, keyboard: str | None = None) -> list[int]:
    """Send a text, in several messages if it is long; the last has the buttons. Returns the messages' ids.

    Raises:
        TelegramError: Telegram does not take it.
        PasokhError: Telegram cannot be reached; see `faults.translated`.
    """
    sent: list[int] = []
    parts = split(text)
    for number, part in enumerate(parts, start=1):
        buttons = keyboard if number == len(parts) else None
        try:
            sent.append(await _send_one(client, target, part, buttons))
        except MovedError as moved:
            target = replace(target, chat=moved.chat)
            sent.append(await _send_one(client, target, part, buttons))
    return sent


async def edit(
    client: Client, target: Target, messages: Sequence[int], text: Rich, keyboard: str | None = None
) -> list[int]:
    """Put a text in the place of the one in `messages`. Returns the ids of the messages that it stands in now.

    Raises:
        TelegramError: Telegram does not take it.
        PasokhError: Telegram cannot be reached; see `faults.translated`.
    """
    parts = split(text)
    standing: list[int] = []
    for number, (message, part) in enumerate(zip(messages, parts, strict=False), start=1):
        buttons = keyboard if number == len(parts) else None
        if not await _edit_one(client, target.chat, message, part, buttons):
            break
        standing.append(message)
    for message in messages[len(parts) :]:
        with suppress(BadRequest):
            await client.delete_message(target.chat, message)
    for number, part in enumerate(parts[len(standing) :], start=len(standing) + 1):
        standing.append(await _send_one(client, target, part, keyboard if number == len(parts) else None))
    return standing


@asynccontextmanager
async def typing(client: Client, target: Target) -> AsyncIterator[None]:
    """Show that the bot is typing, for as long as the work inside takes."""
    shown: list[asyncio.Task[None]] = []
    # Quick work costs a timer and no task.
    timer = asyncio.get_running_loop().call_later(
        TYPING_DELAY, lambda: shown.append(asyncio.create_task(_type(client, target)))
    )
    try:
        yield
    finally:
        timer.cancel()
        for task in shown:
            task.cancel()


async def _type(client: Client, target: Target) -> None:
    while True:
        # If the sign cannot be shown, nothing is lost; a real fault will show when the answer is sent.
        with suppress(TelegramError, PasokhError):
            await client.send_chat_action(target.chat, ChatAction.TYPING, message_thread_id=target.thread)
        await asyncio.sleep(TYPING_LASTS)


async def _send_one(client: Client, target: Target, text: Rich, keyboard: str | None) -> int:
    return await client.forms.give(contents(text), lambda content: client.say(target, content, keyboard))


async def _edit_one(client: Client, chat: int, message: int, text: Rich, keyboard: str | None) -> bool:
    """Edit a message; False where it cannot be edited any more."""
    try:
        await client.forms.give(contents(text), lambda content: client.rewrite(chat, message, content, keyboard))
    except BadRequest as error:
        said = error.message.lower()
        if any(sign in said for sign in CANNOT_BE_EDITED):
            return False
        if UNCHANGED not in said:
            raise
    return True
