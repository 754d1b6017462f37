"""What every handler works with: the client, the state, the articles, and how a question is answered."""

from __future__ import annotations

import asyncio
import hmac
import logging
import secrets
import sqlite3
import time
from dataclasses import replace

from bot.dialogue.answer import Status
from bot.dialogue.turn import History
from bot.rendering.markup import Rich
from bot.service.following import Indexer
from bot.service.library import Library, Reply
from bot.service.limits import Leave, Limits
from bot.service.workers import Answering
from bot.state import records
from bot.state.records import Asked
from bot.state.sqlite import Database
from bot.state.topics import Topics
from bot.telegram import keyboards
from bot.telegram.client import Client, Target
from bot.telegram.delivery import edit, send, typing
from bot.telegram.keyboards import Keyboard
from bot.telegram.settings import TelegramSettings
from retrieval import IndexStoreError, PasokhError

LOG = logging.getLogger(__name__)


class Service:
    """The bot, connected and with its articles loaded.

    Args:
        settings: what its owner wishes.
        client: the way to Telegram.
        database: the bot's file.
        indexer: brings the articles' index up to date.
        answering: answers from them.
    """

    def __init__(
        self, settings: TelegramSettings, client: Client, database: Database, indexer: Indexer, answering: Answering
    ) -> None:
        self.settings = settings
        self.client = client
        self.database = database
        self.indexer = indexer
        self.answering = answering
        self.limits = Limits(settings.user_rate, settings.total_rate)
        self.topics = Topics(database)
        self.changing = asyncio.Lock()
        self.blocked: dict[int, float] = {}

    async def reload(self) -> None:
        """Take over what has changed in the corpus; questions are answered from the old one until that is done.

        Raises:
            PasokhError: it cannot be read; the old one stays.
        """
        try:
            await asyncio.to_thread(self.indexer.refresh)
        except IndexStoreError:
            await self._reload_unstored()
        else:
            await self.answering.renew()

    async def renew(self) -> None:
        """Answer from the stored index as it is now; see `Answering.renew`."""
        try:
            await self.answering.renew()
            LOG.info("articles changed", extra={"articles": self.answering.catalogue.articles})
        except PasokhError as error:
            LOG.error("the changed articles are not answered from: %s", error)

    async def _reload_unstored(self) -> None:
        """Read the whole corpus: where the index cannot be stored, each process holds one in memory."""
        old = self.answering
        self.answering = await asyncio.to_thread(Answering, old.load, old.processes)
        await old.close()

    async def say(self, target: Target, text: str | Rich, keyboard: Keyboard | None = None) -> list[int]:
        """Send a text; returns the messages' ids."""
        return await send(self.client, target, Rich(text) if isinstance(text, str) else text, keyboard)

    async def answer(self, target: Target, user: int, message: int | None, text: str) -> None:
        """Answer a question in its chat, and remember both."""
        began = time.perf_counter()
        history = self.topics.of(target.chat, user)
        reply = await self._reply(target, text, history)
        key = secrets.randbits(53)
        replies = await self.say(target, reply.text, _buttons(reply, key))
        asked = Asked(key, target.chat, user, message, reply.question, reply.lent, reply.citations, tuple(replies))
        self._remember(asked, reply, follows=True)
        _log(reply, began)

    async def answer_again(self, target: Target, asked: Asked, text: str) -> None:
        """Put the answer to an edited question in the place of the one before."""
        began = time.perf_counter()
        reply = await self._reply(target, text, asked.history)
        replies = await edit(self.client, target, asked.replies, reply.text, _buttons(reply, asked.key))
        topic = self.topics.of(asked.chat, asked.user)
        changed = replace(asked, text=reply.question, citations=reply.citations, replies=tuple(replies))
        self._remember(changed, reply, follows=topic[-1:] == (asked.text,))
        _log(reply, began)

    async def set_blocked(self, user: int, since: float | None) -> None:
        """Remember that a user has blocked the bot, or has not any more."""
        await self.database.run(lambda db: records.set_blocked(db, user, since))
        self.blocked = await self.database.run(records.blocked)

    async def may_ask(self, user: int, chat: int) -> bool:
        """Whether the access mode lets this user ask in this chat."""
        settings = self.settings
        if settings.access == "open" or user in settings.admins:
            return True
        if not settings.allowed.isdisjoint((user, chat)):
            return True
        invited = settings.access == "code"
        return invited and self.database.read(lambda db: records.is_admitted(db, user))

    def within_limits(self, user: int) -> Leave:
        """Whether a user may ask now; administrators always may."""
        return Leave.ANSWER if user in self.settings.admins else self.limits.ask(user)

    async def admit(self, user: int, code: str) -> bool:
        """Admit a user who gives the invitation code."""
        expected = self.settings.code.get_secret_value() if self.settings.access == "code" else ""
        if not expected or not hmac.compare_digest(code.strip().encode("utf-8", "replace"), expected.encode()):
            return False
        await self.database.run(lambda db: records.admit(db, user))
        return True

    async def _reply(self, target: Target, text: str, history: History) -> Reply:
        async with typing(self.client, target):
            return await self.answering.run(Library.reply, text, history)

    def _remember(self, asked: Asked, reply: Reply, *, follows: bool) -> None:
        """Write a question down; if it `follows` the chat's others, the next may continue it."""

        def work(db: sqlite3.Connection) -> None:
            records.record(db, asked, reply.status.value)
            if follows:
                records.set_topic(db, asked.chat, asked.user, reply.following)

        if follows:
            self.topics.keep(asked.chat, asked.user, reply.following)
        # On disk together with the mark that the update is done.
        self.database.post(work)


def _buttons(reply: Reply, key: int) -> Keyboard | None:
    return keyboards.under_answer(key, quoted=bool(reply.citations)) if reply.status is Status.ANSWERED else None


def _log(reply: Reply, began: float) -> None:
    seconds = round(time.perf_counter() - began, 3)
    LOG.info("question answered", extra={"status": reply.status.value, "seconds": seconds})
