"""What every handler works with: the client, the state, the articles, and how a question is answered."""

from __future__ import annotations

import asyncio
import hmac
import logging
import secrets
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

from telegram import InlineKeyboardMarkup

from bot.answer import Answer
from bot.conversation import History
from bot.markup import Rich, rich
from bot.settings import Settings
from bot.telegram import keyboards, records
from bot.telegram.client import Client
from bot.telegram.database import Database
from bot.telegram.delivery import Target, edit, send, typing
from bot.telegram.library import Library, Reply
from bot.telegram.limits import Leave, Limits
from bot.telegram.records import Asked

LOG = logging.getLogger(__name__)

THREAD_NAME, THREADS = "questions", 4
"""Questions that are worked on at once; one that takes long leaves threads to the others."""

Result = TypeVar("Result")


class Service:
    """The bot, connected and with its articles loaded.

    Args:
        settings: what its owner wishes.
        client: the way to Telegram.
        database: the bot's file.
        library: the articles; replaced when they change.
    """

    def __init__(self, settings: Settings, client: Client, database: Database, library: Library) -> None:
        self.settings = settings
        self.client = client
        self.database = database
        self.library = library
        self.limits = Limits(settings.telegram_user_rate, settings.telegram_total_rate)
        self.changing = asyncio.Lock()
        self.blocked: dict[int, float] = {}
        self._threads = ThreadPoolExecutor(THREADS, THREAD_NAME)

    async def in_thread(self, work: Callable[[], Result]) -> Result:
        """What `work` returns; it may compute for long."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def say(self, target: Target, text: str | Rich, keyboard: InlineKeyboardMarkup | None = None) -> list[int]:
        """Send a text; returns the messages' ids."""
        return await send(self.client, target, rich(text) if isinstance(text, str) else text, keyboard)

    async def answer(self, target: Target, user: int, message: int | None, text: str) -> None:
        """Answer a question in its chat, and remember both."""
        began = time.perf_counter()
        history = await self.database.run(lambda db: records.topic(db, target.chat, user))
        reply = await self._reply(target, text, history)
        key = secrets.randbits(53)
        replies = await self.say(target, reply.text, _buttons(reply.answer, key))
        asked = Asked(key, target.chat, user, message, reply.answer.question, reply.lent, _cited(reply), tuple(replies))
        self._remember(asked, reply, follows=True)
        _log(reply, began)

    async def answer_again(self, target: Target, asked: Asked, text: str) -> None:
        """Put the answer to an edited question in the place of the one before."""
        began = time.perf_counter()
        reply = await self._reply(target, text, asked.history)
        replies = await edit(self.client, target, asked.replies, reply.text, _buttons(reply.answer, asked.key))
        topic = await self.database.run(lambda db: records.topic(db, asked.chat, asked.user))
        changed = replace(asked, text=reply.answer.question, citations=_cited(reply), replies=tuple(replies))
        self._remember(changed, reply, follows=topic[-1:] == (asked.text,))
        _log(reply, began)

    async def set_blocked(self, user: int, since: float | None) -> None:
        """Remember that a user has blocked the bot, or has not any more."""
        await self.database.run(lambda db: records.set_blocked(db, user, since))
        self.blocked = await self.database.run(records.blocked)

    async def may_ask(self, user: int, chat: int) -> bool:
        """Whether the access mode lets this user ask in this chat."""
        settings = self.settings
        if settings.telegram_access == "open" or user in settings.telegram_admins:
            return True
        if not settings.telegram_allowed.isdisjoint((user, chat)):
            return True
        invited = settings.telegram_access == "code"
        return invited and await self.database.run(lambda db: records.is_admitted(db, user))

    def within_limits(self, user: int) -> Leave:
        """Whether a user may ask now; administrators always may."""
        return Leave.ANSWER if user in self.settings.telegram_admins else self.limits.ask(user)

    async def admit(self, user: int, code: str) -> bool:
        """Admit a user who gives the invitation code."""
        expected = self.settings.telegram_code if self.settings.telegram_access == "code" else ""
        if not expected or not hmac.compare_digest(code.strip().encode("utf-8", "replace"), expected.encode()):
            return False
        await self.database.run(lambda db: records.admit(db, user))
        return True

    def stop(self) -> None:
        """Take no more work in."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _reply(self, target: Target, text: str, history: History) -> Reply:
        library = self.library
        async with typing(self.client, target):
            return await self.in_thread(lambda: library.reply(text, history))

    def _remember(self, asked: Asked, reply: Reply, *, follows: bool) -> None:
        """Write a question down; if it `follows` the chat's others, the next may continue it."""

        def work(db: sqlite3.Connection) -> None:
            records.record(db, asked, reply.answer.status.value)
            if follows:
                records.set_topic(db, asked.chat, asked.user, reply.following)

        # On disk together with the mark that the update is done.
        self.database.post(work)


def _cited(reply: Reply) -> tuple[tuple[str, int, str], ...]:
    claims = (claim for claim in reply.answer.claims if claim.quote)
    return tuple((claim.citation.article.id, claim.citation.start, claim.quote) for claim in claims)


def _buttons(answer: Answer, key: int) -> InlineKeyboardMarkup | None:
    if not answer.claims:
        return None
    return keyboards.under_answer(key, quoted=any(claim.quote for claim in answer.claims))


def _log(reply: Reply, began: float) -> None:
    seconds = round(time.perf_counter() - began, 3)
    LOG.info("question answered", extra={"status": reply.answer.status.value, "seconds": seconds})
