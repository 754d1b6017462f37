"""The client of the Bot API: python-telegram-bot's, but with raw updates, raw requests and errors of our own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import InputFile, Update
from telegram.ext import BaseRateLimiter, ExtBot

from bot.errors import PutOffError
from bot.state.outbox import Form
from bot.telegram.faults import translated
from bot.telegram.forms import Forms
from bot.telegram.transport import Transport

POLL_SECONDS = 10
"""getUpdates waits so long for news."""

SLACK_SECONDS = 5.0
"""Telegram may answer so much later; then the connection counts as dead."""

MAX_UPDATES_FETCHED = 100
"""Updates in one answer; Telegram gives no more."""

SEND_TIMEOUT = 10.0
"""Seconds that Telegram may be silent when something is sent."""

UPDATE_KINDS = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
    Update.MESSAGE_REACTION,
    Update.GUEST_MESSAGE,
)
"""The kinds of update that are asked for."""


EPHEMERAL_ID = "ephemeral_message_id"
"""The field of a message that one user alone sees, by which it is known (Bot API 10.2)."""

FILE = "document"
"""The parameter of `sendDocument`: a dict with the file's `name` and `text`, for what waits to be sent is JSON."""


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

    async def call(self, form: Form) -> int:
        """Call a method; returns the id of the message that was sent or changed, 0 where there is none.

        python-telegram-bot's own `send_message` makes objects of everything in the message that comes back, which takes
        longer than sending it.

        Args:
            form: the method and its parameters; for a file see `FILE`.

        Raises:
            PasokhError, BadRequest, Forbidden: see `translated`.
        """
        data = {name: value for name, value in form.items() if name != "method"}
        if file := data.get(FILE):
            data[FILE] = InputFile(file["text"].encode(), filename=file["name"])
        sent = await self._post(form["method"], data)
        if not isinstance(sent, dict) or EPHEMERAL_ID in sent:  # an ephemeral message has no id among all others
            return 0
        found = sent.get("message_id")
        return found if isinstance(found, int) else 0


class _Translating(BaseRateLimiter[Any]):
    """Translates errors; every request but getUpdates comes here. What fails is tried again by whoever made it."""

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    async def process_request(  # noqa: PLR0917
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | dict[str, Any] | list[dict[str, Any]]]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,  # noqa: ARG002
        data: dict[str, Any],  # noqa: ARG002
        rate_limit_args: Any,  # noqa: ARG002
    ) -> bool | dict[str, Any] | list[dict[str, Any]]:
        """See `BaseRateLimiter.process_request`.

        Raises:
            PasokhError, BadRequest, Forbidden: see `translated`.
        """
        with translated():
            return await callback(*args, **kwargs)


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
        rate_limiter=_Translating(),
    )
