"""The Bot API client: python-telegram-bot's, with raw updates, patience in sending, and no trust in answers."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter, ExtBot
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, wait_random_exponential

from bot.telegram.transport import Transport

POLL = 10
"""Seconds that getUpdates waits for news; a silent connection is noticed this much and `SLACK` later."""

MOST_FETCHED = 100
"""Updates at once."""

SLACK = 5.0
SEND_TIMEOUT = 10.0
ATTEMPTS = {"sendChatAction": 1, "answerCallbackQuery": 2, "answerInlineQuery": 2}
"""How often what is soon pointless is tried; everything else `PERSISTENT` times."""

PERSISTENT = 8
FIRST_PAUSE = 0.5
"""Seconds, at the most, until what failed is tried again; twice as many after each further time."""

AFTER_FLOOD = 0.25
"""Seconds added to `retry_after`, for the way to the server and clocks that differ."""

_NO_PREVIEW = '{"is_disabled":true}'

UPDATES = (
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
        chat: the chat.
        thread: the topic of a forum, if it is in one.
        reply_to: the message that it answers visibly.
    """

    chat: int
    thread: int | None = None
    reply_to: int | None = None


class Client(ExtBot[None]):
    """A bot whose updates come raw, so that one malformed update spoils no other."""

    async def fetch(self, offset: int | None, limit: int = MOST_FETCHED) -> list[object]:
        """The next updates, which confirms all below `offset`; [] after `POLL` seconds without news.

        Raises:
            TelegramError: the server cannot be reached or refuses.
        """
        data = {"timeout": POLL, "limit": limit, "allowed_updates": list(UPDATES)}
        asked = self._post(
            "getUpdates", data if offset is None else data | {"offset": offset}, read_timeout=POLL + SLACK
        )
        try:
            updates = await asyncio.wait_for(asked, POLL + 2 * SLACK)
        except TimeoutError as error:
            raise NetworkError("getUpdates was not answered") from error
        except KeyError as error:
            raise NetworkError("getUpdates was answered without a result") from error
        if not isinstance(updates, list):
            raise NetworkError("getUpdates was answered without a list")
        return updates

    async def say(self, target: Target, text: str, mode: str | None, keyboard: str | None) -> int:
        """Send a message; returns its id, 0 where the server tells none.

        `send_message` would make objects of everything in the message that comes back, which takes longer than sending.

        Args:
            target: where to.
            text: at most 4096 UTF-16 code units behind its tags.
            mode: how the text is marked up.
            keyboard: its buttons, as JSON.
        """
        replied = target.reply_to
        reply = {"message_id": replied, "allow_sending_without_reply": True} if replied else None
        data = {"chat_id": target.chat, "message_thread_id": target.thread, "reply_parameters": reply}
        sent = await self._post("sendMessage", data | _content(text, mode, keyboard))
        found = sent.get("message_id") if isinstance(sent, dict) else None
        return found if isinstance(found, int) else 0

    async def rewrite(self, chat: int, message: int, text: str, mode: str | None, keyboard: str | None) -> None:
        """Put a text in the place of a message's."""
        await self._post("editMessageText", {"chat_id": chat, "message_id": message} | _content(text, mode, keyboard))


class Patience(BaseRateLimiter[Any]):
    """Sends again after 429 (not before `retry_after`), 5xx and time-outs, a bounded number of times.

    A lost response may hide a message that was delivered, and Telegram knows no key to tell; so a message may come
    twice, but never more often than it was tried.
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
        """See `BaseRateLimiter.process_request`."""
        patient = endpoint.startswith(("send", "edit", "delete", "answer"))
        attempts = ATTEMPTS.get(endpoint, PERSISTENT) if patient else 1
        try:
            return await callback(*args, **kwargs)
        except (TelegramError, KeyError) as error:
            if attempts == 1 or not is_passing(error):
                raise
            await asyncio.sleep(seconds_to_wait(error) or FIRST_PAUSE * random.random())  # noqa: S311
        retrying = AsyncRetrying(
            retry=retry_if_exception(is_passing), stop=stop_after_attempt(attempts - 1), wait=_pause, reraise=True
        )
        return await retrying(callback, *args, **kwargs)


def _content(text: str, mode: str | None, keyboard: str | None) -> dict[str, object]:
    return {"text": text, "parse_mode": mode, "reply_markup": keyboard, "link_preview_options": _NO_PREVIEW}


def is_passing(error: BaseException) -> bool:
    """Whether trying again may help."""
    return isinstance(error, (NetworkError, RetryAfter, KeyError)) and not isinstance(error, BadRequest)


def seconds_to_wait(error: BaseException | None) -> float:
    """How long Telegram told the bot to be silent; 0 where it did not."""
    if not isinstance(error, RetryAfter):
        return 0.0
    told = error.retry_after
    return (told if isinstance(told, int) else told.total_seconds()) + AFTER_FLOOD


def connect(token: str, api: str) -> Client:
    """A client, not yet connected.

    Args:
        token: the bot's.
        api: the base address of the Bot API, without a slash at the end.
    """
    return Client(
        token,
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        request=Transport(SEND_TIMEOUT, api),
        get_updates_request=Transport(POLL + SLACK, api),
        rate_limiter=Patience(),
    )


_backoff = wait_random_exponential(multiplier=2 * FIRST_PAUSE, max=20)


def _pause(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    return seconds_to_wait(error) or _backoff(state)
