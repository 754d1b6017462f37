"""The client of the Bot API: python-telegram-bot's, but with raw updates, and with sending that is tried again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import BaseRateLimiter, ExtBot

from bot.errors import PutOffError
from bot.service.backoff import Backoff
from bot.telegram.faults import translated
from bot.telegram.forms import Content, Forms, method
from bot.telegram.transport import Transport

POLL_SECONDS = 10
"""getUpdates waits so long for news."""

SLACK_SECONDS = 5.0
"""Telegram may answer so much later; then the connection counts as dead."""

MAX_UPDATES_FETCHED = 100
"""Updates in one answer; Telegram gives no more."""

SEND_TIMEOUT = 10.0
"""Seconds that Telegram may be silent when something is sent."""

SEND_ATTEMPTS = 8
"""So often a message is tried to be sent."""

FEWER_ATTEMPTS = {"sendChatAction": 1, "answerCallbackQuery": 2, "answerInlineQuery": 2}
"""The same for methods whose effect is soon pointless."""

SEND_BACKOFF = Backoff(0.5, 20.0, spread=True)

UPDATE_KINDS = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
)
"""The kinds of update that are asked for."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes.

    Args:
        chat: the chat's number.
        thread: the number of the topic in a forum; None elsewhere.
        reply_to: the message that it is shown as a reply to; None for no such message.
    """

    chat: int
    thread: int | None = None
    reply_to: int | None = None


class Client(ExtBot[None]):
    """A bot whose updates come raw, so that a malformed update spoils no other.

    Args:
        rich: whether rich messages are sent to a server that knows them.
        given: what python-telegram-bot's bot is made of.
    """

    def __init__(self, *, rich: bool, **given: Any) -> None:
        super().__init__(**given)
        self._forms = Forms(rich=rich)

    @property
    def forms(self) -> Forms:
        """The forms of messages that the server takes."""
        return self._forms

    async def fetch(self, offset: int | None, limit: int = MAX_UPDATES_FETCHED) -> list[object]:
        """The next updates; [] after `POLL_SECONDS` without news.

        Args:
            offset: the number of the first update that is wanted; all before it are confirmed. None for the first
                that is not confirmed.
            limit: how many updates, at the most.

        Raises:
            RefusedError: the token is not valid (any more).
            PutOffError: Telegram cannot be reached, or its answer has no list of updates.
        """
        data = {"timeout": POLL_SECONDS, "limit": limit, "allowed_updates": list(UPDATE_KINDS)}
        asked = self._post(
            "getUpdates",
            data if offset is None else data | {"offset": offset},
            read_timeout=POLL_SECONDS + SLACK_SECONDS,
        )
        try:
            with translated():
                updates = await asyncio.wait_for(asked, POLL_SECONDS + 2 * SLACK_SECONDS)
        except TimeoutError as error:
            raise PutOffError("getUpdates was not answered") from error
        if not isinstance(updates, list):
            raise PutOffError("getUpdates was answered without a list")
        return updates

    async def download(self, file: str) -> bytes:
        """The content of a file that Telegram holds.

        Raises:
            RefusedError, PutOffError: see `translated`.
            BadRequest: there is no such file, or it is too large.
        """
        found = await self.get_file(file)
        with translated():
            return bytes(await found.download_as_bytearray())

    async def say(self, target: Target, content: Content, keyboard: str | None) -> int:
        """Send a message; returns its id, 0 where the server tells none.

        `send_message` makes objects of everything in the message that comes back, which takes longer than sending it.

        Args:
            target: where the message goes.
            content: what it says; see `forms.contents`.
            keyboard: its buttons, as JSON.
        """
        replied = target.reply_to
        reply = {"message_id": replied, "allow_sending_without_reply": True} if replied else None
        place = {"chat_id": target.chat, "message_thread_id": target.thread, "reply_parameters": reply}
        sent = await self._post(method(content), place | content | {"reply_markup": keyboard})
        found = sent.get("message_id") if isinstance(sent, dict) else None
        return found if isinstance(found, int) else 0

    async def rewrite(self, chat: int, message: int, content: Content, keyboard: str | None) -> None:
        """Put another content, and other buttons, into a message; see `say`."""
        place = {"chat_id": chat, "message_id": message}
        await self._post("editMessageText", place | content | {"reply_markup": keyboard})


class Resender(BaseRateLimiter[Any]):
    """Sends again after 429 (not before the time that Telegram names), 5xx and time-outs, a bounded number of times.

    A response that is lost may hide a message that was delivered, and Telegram takes no key by which it could tell. So
    a message may come twice, but never more often than it was sent.
    """

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    async def process_request(  # noqa: PLR0917
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | dict[str, Any] | list[dict[str, Any]]]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],  # noqa: ARG002
        rate_limit_args: Any,  # noqa: ARG002
    ) -> bool | dict[str, Any] | list[dict[str, Any]]:
        """See `BaseRateLimiter.process_request`; every request but getUpdates comes here.

        Raises:
            RefusedError, MovedError, PutOffError: see `translated`.
            BadRequest, Forbidden: Telegram does not take it.
        """

        async def attempt() -> bool | dict[str, Any] | list[dict[str, Any]]:
            with translated():
                return await callback(*args, **kwargs)

        sends = endpoint.startswith(("send", "edit", "delete", "answer"))
        for failures in range(1, FEWER_ATTEMPTS.get(endpoint, SEND_ATTEMPTS) if sends else 1):
            try:
                return await attempt()
            except PutOffError as error:
                await asyncio.sleep(SEND_BACKOFF.pause(failures, error))
        return await attempt()


def connect(token: str, api: str, *, rich: bool = True) -> Client:
    """A client, not yet connected.

    Args:
        token: the bot's.
        api: the base address of the Bot API, without a slash at the end.
        rich: whether rich messages are sent to a server that knows them.
    """
    return Client(
        rich=rich,
        token=token,
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        request=Transport(SEND_TIMEOUT, api),
        get_updates_request=Transport(POLL_SECONDS + SLACK_SECONDS, api),
        rate_limiter=Resender(),
    )
