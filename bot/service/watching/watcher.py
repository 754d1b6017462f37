"""Has the questions that wait asked of each article that comes, and what is found told, each time once.

An answer, the mark that it is told and its messages are written in one transaction. What was asked before a `kill -9`
is asked again, and what was told is not told again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Sequence

from bot.service.backoff import Backoff
from bot.service.following import Indexer
from bot.service.lanes import kind
from bot.service.sending import Sender
from bot.service.watching import asking
from bot.service.watching.asking import News, Place, Plan
from bot.state import outbox, watches
from bot.state.base import Connection, State
from bot.state.outbox import Outgoing, Row
from retrieval import PasokhError, Stamp

LOG = logging.getLogger(__name__)

ASKED_TOGETHER = 8
"""Questions that are asked in one go: the process that asks them is free for changes of the articles in between."""

BACKOFF = Backoff(1.0, 60.0)

Tell = Callable[[Connection, News], Sequence[Outgoing]]
"""Writes an answer down as a front end needs it, and returns the messages that tell it; none where it is not told."""


class Watcher:
    """Watches for articles that answer the questions that are kept.

    Args:
        state: the file that holds them.
        indexer: the process that asks.
        place: where the articles and the file are.
        sender: sends.
        tell: makes the messages.
    """

    def __init__(self, state: State, indexer: Indexer, place: Place, sender: Sender, tell: Tell) -> None:
        self._state, self._indexer, self._place, self._sender, self._tell = state, indexer, place, sender, tell
        self._changed = asyncio.Event()

    def look(self) -> None:
        """Look at the articles: some may have come."""
        self._changed.set()

    async def run(self) -> None:
        """Ask what waits of all articles that have come, now and after each `look`, until cancelled."""
        await self._sender.started.wait()
        self.look()
        failures = 0
        while True:
            await self._changed.wait()
            self._changed.clear()
            try:
                await self.ask_all()
                failures = 0
            except Exception as error:  # noqa: BLE001  # whatever an article does, messages are answered
                failures += 1
                reason = str(error) if isinstance(error, PasokhError) else kind(error)
                LOG.warning("articles that came are not asked yet", extra={"reason": reason, "attempt": failures})
                await asyncio.sleep(BACKOFF.pause(failures, error))
                self.look()

    async def ask_all(self) -> None:
        """Ask what waits of all articles that have come since the last time.

        Raises:
            PasokhError: the articles cannot be read.
            StateError: the file of state cannot be read.
        """
        kept, listed = self._state.read(lambda db: (watches.count(db), watches.done(db)))
        if not kept:
            return
        began, done = time.perf_counter(), Stamp(*listed) if listed else Stamp()  # type: ignore[arg-type]
        plan = await self._plan(done)
        while plan.is_partial:
            plan = await self._plan(done)
        told = 0
        for start in range(0, len(plan.met), ASKED_TOGETHER):
            keys = plan.met[start : start + ASKED_TOGETHER]
            news = await asyncio.to_thread(self._indexer.run, asking.ask, self._place, done, plan.stamp.last, keys)
            rows = await self._state.insist(lambda db, news=news: self._write(db, news)) if news else []  # type: ignore[misc]
            told += len({row.chat for row in rows})
            self._sender.enqueue(rows)
        await self._state.insist(lambda db: watches.finish(db, plan.stamp, anew=plan.is_anew))
        if plan.met:
            seconds = round(time.perf_counter() - began, 3)
            LOG.info("kept questions asked", extra={"asked": len(plan.met), "told": told, "seconds": seconds})

    async def _plan(self, done: Stamp) -> Plan:
        plan = await asyncio.to_thread(self._indexer.run, asking.plan, self._place, done)
        if plan.read:
            await self._state.insist(lambda db: watches.put_words(db, plan.stamp.version, plan.read))
        return plan

    def _write(self, db: Connection, news: Iterable[News]) -> list[Row]:
        rows: list[Row] = []
        for one in news:
            if watches.tell(db, one.watch, one.last, one.known, one.told):
                rows += outbox.add(db, time.time(), self._tell(db, one))
        return rows
