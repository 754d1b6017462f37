"""The order in which updates are handled: one after the other in a chat, chats side by side.

An update that could not be handled now is handled again, and its chat waits for it; one that never can be is parked.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
import traceback
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import ExitStack, asynccontextmanager
from typing import Any

from bot.errors import RefusedError
from bot.service.backoff import Backoff
from bot.state import inbox
from bot.state.inbox import Arrival, Entry
from bot.state.sqlite import StateFile
from retrieval import PasokhError

LOG = logging.getLogger(__name__)

UPDATES_AT_ONCE = 8
"""The most updates in work at once. They are few, for those answered and not yet marked are answered twice after
`kill -9`.
"""

SLOT_SECONDS = 0.5
"""An update that takes longer frees its slot, so that nobody waits for it."""

BACKOFF = Backoff(1.0, 60.0)

DISK_RETRY_SECONDS = 5.0
"""The time between attempts to write what could not be written."""

EXPIRY_SECONDS = 86_400.0
"""An update that could not be answered for so long is parked: nobody waits for it any more."""

PASSING = (PasokhError, sqlite3.Error)
"""Errors after which an update is handled again: of the server, a process that answers, the corpus, the disk."""

Handle = Callable[[Entry, Any], Awaitable[None]]
"""Handles an update.

Raises:
    RefusedError: no update can be handled any more.
    PasokhError, sqlite3.Error: it did not work now, and may later.
    Exception: it never will.
"""


class Dispatcher:
    """Has each update of the inbox handled, and marks it done.

    Args:
        state: the file that holds the inbox.
        handle: handles an update.
    """

    def __init__(self, state: StateFile, handle: Handle) -> None:
        self._state = state
        self._handle = handle
        self._queues: dict[int, deque[Entry]] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(UPDATES_AT_ONCE)
        self.refused: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Raises the error after which no update can be handled."""

    async def accept(self, arrivals: Sequence[Arrival]) -> None:
        """Write updates to the inbox and line them up.

        Raises:
            sqlite3.Error: the updates are not on disk.
        """
        self.enqueue(await self._state.run(lambda connection: inbox.store(connection, arrivals)))

    def enqueue(self, entries: Iterable[Entry]) -> None:
        """Line up updates that the inbox holds."""
        for entry in entries:
            # An update that belongs to no chat has a lane of its own.
            lane = entry.chat or -entry.key << 64
            self._queues.setdefault(lane, deque()).append(entry)
            if lane not in self._tasks:
                self._tasks[lane] = asyncio.create_task(self._work(lane))

    async def drain(self, seconds: float) -> None:
        """Finish the updates at hand, within so many seconds. All others stay in the inbox."""
        for waiting in self._queues.values():
            waiting.clear()
        tasks = list(self._tasks.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _work(self, lane: int) -> None:
        """Handle the updates of a lane until there is none."""
        waiting = self._queues[lane]
        try:
            while waiting:
                await self._see_through(waiting[0], waiting)
                if waiting:
                    waiting.popleft()
        finally:
            del self._tasks[lane], self._queues[lane]

    async def _see_through(self, entry: Entry, waiting: deque[Entry]) -> None:
        """Handle an update until it is settled. `drain` ends that too: it empties `waiting`."""
        attempts = 0
        while waiting:
            attempts += 1
            async with self._slot():
                pause = await self._attempt(entry, attempts) if waiting else None
            if pause is None:
                return
            await asyncio.sleep(pause)

    @asynccontextmanager
    async def _slot(self) -> AsyncIterator[None]:
        """One of the slots for updates in work, for `SLOT_SECONDS` at most."""
        await self._slots.acquire()
        release = ExitStack()
        release.callback(self._slots.release)
        timer = asyncio.get_running_loop().call_later(SLOT_SECONDS, release.close)
        try:
            yield
        finally:
            timer.cancel()
            release.close()

    async def _attempt(self, entry: Entry, attempts: int) -> float | None:
        """Handle an update once, for the first time or again.

        Returns:
            The seconds to wait before the next attempt; None where the update is settled.
        """
        try:
            update = entry.update
            if update is None:
                update = await self._state.run(lambda connection: inbox.read(connection, entry.key))
            await self._handle(entry, update)
            await self._finish(entry)
        except RefusedError as error:
            if not self.refused.done():
                self.refused.set_exception(error)
            LOG.error("update not handled", extra={"update": entry.key, "reason": _kind(error)})
            return BACKOFF.longest
        except Exception as error:  # noqa: BLE001  # whatever an update does, the next is handled
            return await self._settle(entry, error, attempts)
        return None

    async def _finish(self, entry: Entry) -> None:
        """Mark an update done. While that fails, the update is not handled again: its answer has been sent."""
        while True:
            try:
                await self._state.run(lambda connection: inbox.finish(connection, entry.key))
            except sqlite3.Error as error:
                LOG.error("not marked as done: %s", error, extra={"update": entry.key})
                await asyncio.sleep(DISK_RETRY_SECONDS)
            else:
                return

    async def _settle(self, entry: Entry, error: Exception, attempts: int) -> float | None:
        """Put an update off, or park it; returns what `_attempt` returns."""
        if isinstance(error, PASSING) and time.time() - entry.received < EXPIRY_SECONDS:
            pause = BACKOFF.pause(attempts, error)
            LOG.warning(
                "update put off", extra={"update": entry.key, "reason": _kind(error), "seconds": round(pause, 1)}
            )
            return pause
        reason = f"{type(error).__name__} at {_place(error)}"
        # What the error says may quote the message, so it is not told.
        LOG.warning("update parked", extra={"update": entry.key, "reason": reason})
        LOG.debug("why it was parked", exc_info=error)
        try:
            await self._state.run(lambda connection: inbox.park(connection, entry.key, reason))
        except sqlite3.Error:
            return BACKOFF.longest
        return None


def _kind(error: Exception) -> str:
    """The name of an error's class, or of the library's error that it stands for."""
    return type(error.__cause__ or error).__name__


def _place(error: Exception) -> str:
    """The line of code that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else "?"
