"""The inbox's workers: the updates of one chat in order, those of different chats side by side."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
import traceback
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import ExitStack, asynccontextmanager
from typing import Any

from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.errors import RefusedError
from bot.state import inbox
from bot.state.inbox import Entry
from bot.state.sqlite import Database
from bot.telegram.client import seconds_to_wait
from retrieval import PasokhError

LOG = logging.getLogger(__name__)

AT_ONCE, AT_MOST = 8, 0.5
"""How many updates are worked on together, and the seconds after which one does not count any more: few at a time, so
that few have been answered and not yet marked when the power fails; but what takes long makes nobody wait.
"""

LONGEST_PAUSE = 60.0
FULL_DISK = 5.0
"""Seconds between attempts to write what could not be written."""

PATIENCE = 86_400.0
"""Seconds after which an update that could not be answered is parked: nobody waits for it any more."""

PASSING = (TelegramError, sqlite3.Error, PasokhError)
"""Errors after which an update is handled again: of Telegram, the disk, the corpus, or a process that answers."""

Handle = Callable[[Entry, Any], Awaitable[None]]
"""Handles an update; raises what Telegram raised."""


class Dispatcher:
    """Hands each update to `handle` and marks it done.

    Args:
        database: holds the inbox.
        handle: what to do with an update.
    """

    def __init__(self, database: Database, handle: Handle) -> None:
        self._database = database
        self._handle = handle
        self._queues: dict[int, deque[Entry]] = {}
        self._workers: dict[int, asyncio.Task[None]] = {}
        self._places = asyncio.Semaphore(AT_ONCE)
        self.refused: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Gets the error that no update can be handled after."""

    async def accept(self, updates: list[object]) -> None:
        """Write updates to the inbox and line them up.

        Raises:
            sqlite3.Error: they are not on disk.
        """
        self.enqueue(await self._database.run(lambda connection: inbox.store(connection, updates)))

    def enqueue(self, entries: Iterable[Entry]) -> None:
        """Line up what the inbox holds."""
        for entry in entries:
            # What belongs to no chat waits for nobody.
            lane = entry.chat or -entry.key << 64
            self._queues.setdefault(lane, deque()).append(entry)
            if lane not in self._workers:
                self._workers[lane] = asyncio.create_task(self._work(lane))

    async def drain(self, seconds: float) -> None:
        """Let the updates at hand be finished, for so long; the others stay in the inbox."""
        for waiting in self._queues.values():
            waiting.clear()
        workers = list(self._workers.values())
        if workers:
            _, late = await asyncio.wait(workers, timeout=seconds)
            for worker in late:
                worker.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _work(self, lane: int) -> None:
        waiting = self._queues[lane]
        try:
            while waiting:
                await self._see_through(waiting[0], waiting)
                if waiting:
                    waiting.popleft()
        finally:
            del self._workers[lane], self._queues[lane]

    async def _see_through(self, entry: Entry, waiting: deque[Entry]) -> None:
        """Handle an update, again and again if need be; draining empties `waiting` and so ends it."""
        attempts = 0
        while waiting:
            async with self._place():
                pause = await self._attempt(entry, attempts) if waiting else None
            if pause is None:
                return
            attempts += 1
            await asyncio.sleep(pause)

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        await self._places.acquire()
        release = ExitStack()
        release.callback(self._places.release)
        timer = asyncio.get_running_loop().call_later(AT_MOST, release.close)
        try:
            yield
        finally:
            timer.cancel()
            release.close()

    async def _attempt(self, entry: Entry, attempts: int) -> float | None:
        """Handle an update once; returns the seconds to wait before another attempt, None where it is settled."""
        try:
            update = entry.update
            if update is None:
                update = await self._database.run(lambda connection: inbox.read(connection, entry.key))
            await self._handle(entry, update)
            await self._finish(entry)
        except (InvalidToken, RefusedError) as error:
            if not self.refused.done():
                self.refused.set_exception(RefusedError("Telegram rejects the token; check PASOKH_TELEGRAM_TOKEN"))
            LOG.error("update not handled", extra={"update": entry.key, "reason": type(error).__name__})
            return LONGEST_PAUSE
        except Exception as error:  # noqa: BLE001  # whatever an update does, the next one is handled
            return await self._settle(entry, error, attempts)
        return None

    async def _finish(self, entry: Entry) -> None:
        """Mark an update done; while that fails it is not handled again, for its answer has been sent."""
        while True:
            try:
                await self._database.run(lambda connection: inbox.finish(connection, entry.key))
            except sqlite3.Error as error:
                LOG.error("not marked as done: %s", error, extra={"update": entry.key})
                await asyncio.sleep(FULL_DISK)
            else:
                return

    async def _settle(self, entry: Entry, error: Exception, attempts: int) -> float | None:
        passing = isinstance(error, PASSING) and not isinstance(error, (BadRequest, Forbidden))
        if passing and time.time() - entry.received < PATIENCE:
            pause = seconds_to_wait(error) or min(2.0 ** min(attempts, 10), LONGEST_PAUSE)
            LOG.warning(
                "update put off",
                extra={"update": entry.key, "reason": type(error).__name__, "seconds": round(pause, 1)},
            )
            return pause
        reason = f"{type(error).__name__} at {_place(error)}"
        # The error's own words may quote the message.
        LOG.warning("update parked", extra={"update": entry.key, "reason": reason})
        LOG.debug("why it was parked", exc_info=error)
        try:
            await self._database.run(lambda connection: inbox.park(connection, entry.key, reason))
        except sqlite3.Error:
            return LONGEST_PAUSE
        return None


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else "?"
