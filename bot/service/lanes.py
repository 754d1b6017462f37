"""Things that are done one after the other in a lane, and lanes side by side.

What fails for now is tried again, and its lane waits for it. What waits is on disk; here is only the order.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import ExitStack, asynccontextmanager, suppress
from typing import Any, Generic, TypeVar

from bot.errors import RefusedError
from bot.service.backoff import Backoff
from retrieval import PasokhError

LOG = logging.getLogger(__name__)

SLOT_SECONDS = 0.5
"""What takes longer frees its slot, so that nobody waits for it."""

BACKOFF = Backoff(1.0, 60.0)

PASSING = PasokhError
"""The errors that may pass: of the server, a process that answers, the corpus, the state."""

Item = TypeVar("Item")

Attempt = Callable[[Item, int], Awaitable[float | None]]
"""Tries a thing, for the first time or again.

Args:
    Item: the thing.
    int: how often it has been tried so far, this time included.

Returns:
    The seconds to wait before it is tried again; None where it is settled.

Raises:
    RefusedError: nothing can be done any more.
"""


class Lanes(Generic[Item]):
    """Has each thing done, in the order of its lane.

    Args:
        attempt: tries a thing.
        at_once: the most things in work at once.
    """

    def __init__(self, attempt: Attempt[Item], at_once: int) -> None:
        self._attempt = attempt
        self._queues: dict[int, deque[tuple[Item, float]]] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._stops: dict[int, asyncio.Event] = {}
        self._slots = asyncio.Semaphore(at_once)
        self._closing = False
        self.refused: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Raises the error after which nothing can be done."""

    def add(self, lane: int, item: Item, pause: float = 0.0) -> None:
        """Put a thing at the end of a lane; it is tried after `pause` seconds at the earliest."""
        if self._closing:
            return
        self._queues.setdefault(lane, deque()).append((item, pause))
        if lane not in self._tasks:
            self._stops[lane] = asyncio.Event()
            self._tasks[lane] = asyncio.create_task(self._work(lane))

    async def drain(self, seconds: float) -> None:
        """Finish what is at hand, within so many seconds, and take nothing more."""
        self._closing = True
        if tasks := self._stop(lambda _: True):
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def release(self, which: Callable[[int], bool]) -> None:
        """Leave lanes to somebody else: take up nothing more in them, and finish what is at hand."""
        if tasks := self._stop(which):
            await asyncio.wait(tasks)

    def _stop(self, which: Callable[[int], bool]) -> list[asyncio.Task[None]]:
        """Take up nothing more in some lanes; returns what is at hand in them."""
        chosen = [lane for lane in self._tasks if which(lane)]
        for lane in chosen:
            self._queues[lane].clear()
            self._stops[lane].set()
        return [self._tasks[lane] for lane in chosen]

    async def _work(self, lane: int) -> None:
        """Do what is in a lane until there is nothing."""
        queue, stop = self._queues[lane], self._stops[lane]
        try:
            while queue:
                await self._see_through(*queue[0], stop)
                if queue:
                    queue.popleft()
        finally:
            del self._tasks[lane], self._queues[lane], self._stops[lane]

    async def _see_through(self, item: Item, pause: float | None, stop: asyncio.Event) -> None:
        """Try a thing until it is settled, or no more is done."""
        attempts = 0
        while pause is not None:
            if pause > 0:
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), pause)
            async with self._slot():
                if stop.is_set():
                    return
                attempts += 1
                pause = await self._guarded(item, attempts)

    async def _guarded(self, item: Item, attempts: int) -> float | None:
        try:
            return await self._attempt(item, attempts)
        except RefusedError as error:
            if not self.refused.done():
                self.refused.set_exception(error)
            LOG.error("nothing can be done any more: %s", error)
            return BACKOFF.longest
        except Exception as error:  # what waits behind it in the lane must not be forgotten
            # What the error says may quote a message, so it is not told.
            LOG.error("failed unforeseen; tried again", extra={"reason": kind(error)})
            LOG.debug("why it has failed", exc_info=error)
            return BACKOFF.longest

    @asynccontextmanager
    async def _slot(self) -> AsyncIterator[None]:
        """One of the slots for things in work, for `SLOT_SECONDS` at most."""
        await self._slots.acquire()
        release = ExitStack()
        release.callback(self._slots.release)
        timer = asyncio.get_running_loop().call_later(SLOT_SECONDS, release.close)
        try:
            yield
        finally:
            timer.cancel()
            release.close()


def kind(error: Exception) -> str:
    """The name of an error's class, or of the library's error that it stands for."""
    return type(error.__cause__ or error).__name__


async def until_one_ends(tasks: Sequence[asyncio.Future[Any]], lanes: Iterable[Lanes[Any]], seconds: float) -> None:
    """Wait for the first of some tasks to end, cancel the others, and let what is at hand in the lanes be finished.

    Args:
        tasks: at least one.
        lanes: those that are drained.
        seconds: how long that may take.

    Raises:
        Exception: what the task that ended has raised.
    """
    done, rest = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    LOG.info("stopping")
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
    await asyncio.gather(*(one.drain(seconds) for one in lanes))
    for task in done:
        task.result()
