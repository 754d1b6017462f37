"""What every handler works with: the client, the state, the workers, and how a question is answered."""

from __future__ import annotations

import asyncio
import logging
import secrets
import sqlite3
import time
from dataclasses import replace

from bot.dialogue.answer import Status
from bot.history import History
from bot.rendering.markup import Rich
from bot.service.access import Access, Admission
from bot.service.fetching import Fetcher
from bot.service.following import Indexer
from bot.service.library import Library, Reply
from bot.service.limits import Leave, Limits
from bot.service.workers import WorkerPool
from bot.state import records
from bot.state.records import Asked
from bot.state.sqlite import StateFile
from bot.state.topics import Topics
from bot.telegram import keyboards
from bot.telegram.client import Client, Target
from bot.telegram.delivery import edit, send, typing
from bot.telegram.keyboards import Keyboard
from retrieval import IndexStoreError, PasokhError

LOG = logging.getLogger(__name__)

KEY_BITS = 53
"""Of a question's random key: JSON's numbers hold so many exactly."""


class Replier:
    """Replies to Telegram.

    Args:
        client: the way to Telegram.
        state: the file of state.
        workers: answer from the articles.
        indexer: brings the articles' index up to date.
        access: who may ask.
        limits: how much may be asked.
    """

    def __init__(
        self,
        client: Client,
        state: StateFile,
        workers: WorkerPool,
        indexer: Indexer,
        fetcher: Fetcher,
        *,
        access: Access,
        limits: Limits,
    ) -> None:
        self.client = client
        self.state = state
        self.workers = workers
        self.indexer = indexer
        self.fetcher = fetcher
        self.access = access
        self._limits = limits
        self.topics = Topics(state)
        self.changing = asyncio.Lock()
        self.blocked: dict[int, float] = {}

    async def reload(self) -> None:
        """Read the corpus again. Until that is done, questions are answered from the articles as they were.

        Raises:
            PasokhError: the corpus cannot be read; the articles stay as they were.
        """
        try:
            await asyncio.to_thread(self.indexer.refresh)
        except IndexStoreError:
            await self._reload_unstored()
        else:
            await self.workers.renew()

    async def renew(self) -> None:
        """Answer from the stored index as it is now; see `WorkerPool.renew`."""
        try:
            await self.workers.renew()
            LOG.info("articles changed", extra={"articles": self.workers.catalogue.articles})
        except PasokhError as error:
            LOG.error("the changed articles are not answered from: %s", error)

    async def _reload_unstored(self) -> None:
        """Start new workers: where the index cannot be stored, each worker has read the corpus into memory."""
        old = self.workers
        self.workers = await asyncio.to_thread(WorkerPool, old.load, old.size)
        await old.close()

    async def say(self, target: Target, text: str | Rich, keyboard: Keyboard | None = None) -> list[int]:
        """Send a text; returns the messages' ids."""
        return await send(self.client, target, Rich(text) if isinstance(text, str) else text, keyboard)

    async def answer(self, target: Target, user: int, message: int | None, text: str) -> None:
        """Answer a question in its chat, and remember both."""
        began = time.perf_counter()
        history = self.topics.of(target.chat, user)
        reply = await self._reply(target, text, history)
        key = secrets.randbits(KEY_BITS)
        replies = await self.say(target, reply.text, _buttons(reply, key))
        asked = Asked(key, target.chat, user, message, reply.question, reply.lent, reply.citations, tuple(replies))
        self._remember(asked, reply, follows=True)
        _log(reply, began)

    async def answer_again(self, target: Target, asked: Asked, text: str) -> None:
        """Answer an edited question: the new answer takes the place of the old one."""
        began = time.perf_counter()
        reply = await self._reply(target, text, asked.history)
        replies = await edit(self.client, target, asked.replies, reply.text, _buttons(reply, asked.key))
        history = self.topics.of(asked.chat, asked.user)
        changed = replace(asked, text=reply.question, citations=reply.citations, replies=tuple(replies))
        self._remember(changed, reply, follows=bool(history) and history[-1].text == asked.text)
        _log(reply, began)

    async def set_blocked(self, user: int, since: float | None) -> None:
        """Remember that a user has blocked the bot, or has unblocked it.

        Args:
            user: the user's number.
            since: seconds since 1970; None where the bot is not blocked.
        """
        await self.state.run(lambda db: records.set_blocked(db, user, since))
        self.blocked = await self.state.run(records.blocked)

    def admission(self, user: int, chat: int, given: str = "") -> Admission:
        """How a user who writes in a chat is met; `given` may be the invitation code."""
        found = self.access.admission(user, chat, given)
        if found in {Admission.JOINING, Admission.UNINVITED} and self.state.read(
            lambda db: records.is_admitted(db, user)
        ):
            return Admission.ADMITTED
        return found

    async def admit(self, user: int) -> None:
        """Remember that a user has given the invitation code."""
        await self.state.run(lambda db: records.admit(db, user))

    def leave(self, user: int) -> Leave:
        """Whether a user may ask one question more now, which is counted. Administrators always may."""
        return Leave.ANSWER if user in self.access.admins else self._limits.ask(user)

    async def _reply(self, target: Target, text: str, history: History) -> Reply:
        async with typing(self.client, target):
            return await self.workers.run(Library.reply, text, history)

    def _remember(self, asked: Asked, reply: Reply, *, follows: bool) -> None:
        """Write a question down. If it is the chat's latest (`follows`), the next question may continue it."""

        def work(db: sqlite3.Connection) -> None:
            records.record(db, asked, reply.status.value)
            if follows:
                records.set_history(db, asked.chat, asked.user, reply.following)

        if follows:
            self.topics.keep(asked.chat, asked.user, reply.following)
        # Written in one transaction with the mark that the update is done.
        self.state.post(work)


def _buttons(reply: Reply, key: int) -> Keyboard | None:
    if reply.status is not Status.ANSWERED:
        return None
    return keyboards.under_answer(key, has_context=reply.leaves_out, copied=reply.copied)


def _log(reply: Reply, began: float) -> None:
    seconds = round(time.perf_counter() - began, 3)
    LOG.info("question answered", extra={"status": reply.status.value, "seconds": seconds})
