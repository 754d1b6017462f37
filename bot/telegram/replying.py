"""What every handler works with: the client, the state, the workers, and what a question leads to."""

from __future__ import annotations

import asyncio
import datetime
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from telegram import Message

from bot.dialogue.answer import Status
from bot.history import History
from bot.service.access import Access, Admission
from bot.service.dispatch import Change, Outcome
from bot.service.fetching import Fetcher
from bot.service.following import Indexer
from bot.service.library import Library, Reply
from bot.service.limits import Leave, Limits
from bot.service.metrics import Metrics
from bot.service.workers import WorkerPool
from bot.state import records, users
from bot.state.base import Connection, State
from bot.state.moves import Moves
from bot.state.records import Asked
from bot.state.topics import TopicKey, Topics, set_history
from bot.state.watches import Keeping
from bot.telegram import incoming, keyboards, outgoing
from bot.telegram.client import Client
from bot.telegram.consulting import Consulting
from bot.telegram.delivery import typing
from bot.telegram.keyboards import Keyboard
from bot.telegram.outgoing import Target
from retrieval import IndexStoreError, PasokhError

LOG = logging.getLogger(__name__)

_FOUND = {Status.ANSWERED: "found", Status.NOT_FOUND: "not found"}
"""How `metrics.ANSWERS` names it."""

KEY_BITS = 53
"""Of a question's random key: JSON's numbers hold so many exactly."""


class Replier(Consulting):
    """Replies to Telegram.

    Args:
        client: the way to Telegram.
        state: the file of state.
        workers: answer from the articles.
        indexer: brings the articles' index up to date.
        fetcher: fetches the sources of the articles.
        access: who may ask.
        limits: how much may be asked.
        metrics: what is counted.
        kept: how many questions may wait for articles, and for how long.
        moves: under which ids chats have gone on.
        quiet: whether what is said in a group is seen only by whoever it answers.
        zone: the time zone of the hours that users give.
        collections: the folders of the corpus that are closed, but to those to whom they are opened.
    """

    def __init__(
        self,
        client: Client,
        state: State,
        workers: WorkerPool,
        indexer: Indexer,
        fetcher: Fetcher,
        *,
        access: Access,
        limits: Limits,
        metrics: Metrics,
        kept: Keeping,
        moves: Moves,
        quiet: bool,
        zone: datetime.tzinfo,
        collections: frozenset[str],
    ) -> None:
        self.client = client
        self.state = state
        self.workers = workers
        self.indexer = indexer
        self.fetcher = fetcher
        self.access = access
        self.kept, self.zone, self.collections = kept, zone, collections
        self.limits = limits
        self._metrics = metrics
        self.moves, self.quiet = moves, quiet
        self.topics = Topics(state)
        self.changing = asyncio.Lock()
        self.changed: Callable[[], object] = lambda: None
        """Called when the articles have changed."""

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
        self.changed()

    async def renew(self) -> None:
        """Answer from the stored index as it is now; see `WorkerPool.renew`."""
        try:
            await self.workers.renew()
            LOG.info("articles changed", extra={"articles": self.workers.catalogue.articles})
            self.changed()
        except PasokhError as error:
            LOG.error("the changed articles are not answered from: %s", error)

    async def _reload_unstored(self) -> None:
        """Start new workers: where the index cannot be stored, each worker has read the corpus into memory."""
        old = self.workers
        self.workers = await asyncio.to_thread(WorkerPool, old.load, old.size, old.deadline, old.lost)
        await old.close()

    async def answer(
        self, target: Target, user: int, message: int | None, text: str, after: History | None = None
    ) -> Outcome:
        """Answer a question in its chat, and remember both.

        Args:
            target: where it is answered.
            user: who asks.
            message: the message that asks; None where a button does.
            text: the question.
            after: the history that it may go on with; None for that of the user's topic.
        """
        began, topic = time.perf_counter(), self.topic(target, user)
        reply = await self._reply(target, text, self.topics.of(topic) if after is None else after)
        key = secrets.randbits(KEY_BITS)
        asked = Asked(key, target.chat, user, message, reply.question, reply.lent, reply.following, reply.citations)
        messages = outgoing.answer(target, reply.text, self._buttons(reply, key), key)
        return Outcome(messages, (self._remembered(asked, reply, began, topic),))

    def topic(self, target: Target, user: int) -> TopicKey:
        """The topic that a user is at in a chat."""
        return TopicKey(self.moves.first(target.chat), target.thread or 0, user)

    def topic_at(self, chat: int, message: int) -> History | None:
        """The history of a question that goes on with what a message asked or answered; None for any other message."""
        found = self.state.read(lambda db: records.question_at(db, chat, message))
        return found.following if found else None

    def pointed_at(self, message: Message) -> tuple[str, History] | None:
        """The question that a message replies to, or to whose answer, and what it goes on with; None for none."""
        found = incoming.replied(message)
        if found is None:
            return None
        place = message.chat.id, found.message_id
        asked = self.state.read(lambda db: records.question_at(db, *place))
        if asked is not None:
            return asked.text, asked.history
        said = incoming.pointed_at(message, self.client.bot).text
        return (said, ()) if said else None

    async def answer_again(self, target: Target, asked: Asked, text: str) -> Outcome:
        """Answer an edited question: the new answer takes the place of the old one."""
        began = time.perf_counter()
        reply = await self._reply(target, text, asked.history)
        topic = self.topic(target, asked.user)
        history = self.topics.of(topic)
        changed = replace(asked, text=reply.question, following=reply.following, citations=reply.citations)
        messages = outgoing.answer(target, reply.text, self._buttons(reply, asked.key), asked.key, again=True)
        is_latest = bool(history) and history[-1].text == asked.text
        return Outcome(messages, (self._remembered(changed, reply, began, topic if is_latest else None),))

    def admission(self, user: int, chat: int, given: str = "") -> Admission:
        """How a user who writes in a chat is met; `given` may be the invitation code."""
        found = self.access.admission(user, self.moves.ids(chat), given)
        if found in {Admission.JOINING, Admission.UNINVITED} and self.state.read(
            lambda db: users.is_admitted(db, user)
        ):
            return Admission.ADMITTED
        return found

    def leave(self, user: int, place: int | None) -> Leave:
        """Whether a user may ask one question more now, which is counted. Administrators always may.

        Args:
            user: who asks.
            place: see `Limits.ask`.
        """
        return Leave.ANSWER if user in self.access.admins else self.limits.ask(user, place)

    def leave_to_type(self, user: int) -> Leave:
        """Whether what a user types is answered; see `Limits.type`. Administrators' always is."""
        return Leave.ANSWER if user in self.access.admins else self.limits.type(user)

    async def _reply(self, target: Target, text: str, history: History) -> Reply:
        async with typing(self.client, target):
            reply = await self.consult(target, Library.reply, text, history)
        return self.with_pin(target, reply)

    def _remembered(self, asked: Asked, reply: Reply, began: float, topic: TopicKey | None) -> Change:
        """What writes a question down. The next question of `topic` may continue it."""
        found = _FOUND.get(reply.status, "other") if not reply.unsure else "unsure"
        seconds = round(time.perf_counter() - began, 3)
        LOG.info("question answered", extra={"status": reply.status.value, "seconds": seconds})
        self._metrics.answers.labels(found).inc()

        def work(db: Connection) -> None:
            records.record(db, asked, reply.status.value)
            if topic is not None:
                set_history(db, topic, reply.following)

        if topic is not None:
            self.topics.keep(topic, reply.following)
        return work

    def _buttons(self, reply: Reply, key: int) -> Keyboard | None:
        if reply.status is Status.NOT_FOUND and self.kept.limit:
            return keyboards.with_offers(keyboards.under_unanswered(key), reply.offers)
        under = under_answer(reply, key) if reply.status is Status.ANSWERED else None
        return keyboards.with_offers(under, reply.offers)


class Replies(Protocol):
    """What handles messages or pressed buttons, as the modules of single commands see it."""

    replier: Replier


def under_answer(reply: Reply, key: int) -> Keyboard:
    """The buttons under the answer to the question with a key."""
    return keyboards.under_answer(key, has_context=reply.leaves_out, copied=reply.copied)
