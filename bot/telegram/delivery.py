"""What the outbox holds → requests to Telegram. Also the sign of typing.

A message goes in the best form that Telegram takes: as a new one, or in the place of an earlier one.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.errors import NotTakenError
from bot.state import records, users
from bot.state.base import State
from bot.state.moves import Moves
from bot.state.outbox import Form, Outgoing
from bot.telegram.client import Client
from bot.telegram.faults import MAX_TOLD_LETTERS, MovedError
from bot.telegram.forms import CANNOT_BE_EDITED, UNCHANGED
from bot.telegram.outgoing import EPHEMERAL, Target
from retrieval import PasokhError

TYPING_DELAY = 0.3
"""Seconds of work before the chat shows that the bot is typing."""

TYPING_LASTS = 4.5
"""Seconds until it is shown again; Telegram shows it for five."""

_ONLY_NEW = ("reply_parameters", "message_thread_id", EPHEMERAL)
"""Parameters of a new message that the change of one does not have, nor one in a chat that goes on under another id."""


class Delivery:
    """Sends to Telegram.

    Args:
        client: the way to Telegram.
        state: the file that knows which messages show an answer.
        moves: under which ids chats have gone on.
    """

    def __init__(self, client: Client, state: State, moves: Moves) -> None:
        self._client, self._state, self._moves = client, state, moves

    async def send(self, outgoing: Outgoing) -> int:
        """See `sending.Send`."""
        question = outgoing.question
        shown: tuple[int, ...] = (outgoing.replaces,)
        if question is not None:
            shown = self._state.read(lambda db: records.replies(db, question))[outgoing.part :]
        try:
            if not outgoing.forms:
                await self._take_back(outgoing.chat, shown)
                return 0
            if any(shown[:1]) and await self._change(outgoing, shown[0]):
                return shown[0]
            return await self._client.forms.give(outgoing.forms, self._call)
        except Forbidden as error:
            await self._state.run(lambda db: users.set_blocked(db, outgoing.chat, time.time()))
            raise NotTakenError("the chat does not take messages of the bot any more") from error
        except BadRequest as error:
            raise NotTakenError(f"Telegram says «{error.message[:MAX_TOLD_LETTERS]}»") from error

    async def _change(self, outgoing: Outgoing, message: int) -> bool:
        """Change a message; False where it cannot be changed any more."""
        change = {"method": "editMessageText", "message_id": message}

        async def edit(form: Form) -> int:
            return await self._call({name: form[name] for name in form if name not in _ONLY_NEW} | change)

        try:
            await self._client.forms.give(outgoing.forms, edit)
        except BadRequest as error:
            said = error.message.lower()
            if any(sign in said for sign in CANNOT_BE_EDITED):
                return False
            if UNCHANGED not in said:
                raise
        return True

    async def _take_back(self, chat: int, messages: tuple[int, ...]) -> None:
        for message in filter(None, messages):
            with suppress(BadRequest):
                await self._call({"method": "deleteMessage", "chat_id": chat, "message_id": message})

    async def _call(self, form: Form) -> int:
        """Make a request. One for a new message goes to the chat's latest id; the messages of earlier ids are gone."""
        chat, is_new = form.get("chat_id"), "message_id" not in form
        if chat is None or self._moves.latest(chat) == chat:
            try:
                return await self._client.call(form)
            except MovedError as moved:
                await self._moves.learn(int(form["chat_id"]), moved.chat)
        if not is_new:
            raise BadRequest(f"Message {CANNOT_BE_EDITED[0]}: the chat has moved")
        others = {name: form[name] for name in form if name not in _ONLY_NEW or name == EPHEMERAL}
        return await self._client.call(others | {"chat_id": self._moves.latest(form["chat_id"])})


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
