"""The thread that writes. Changes that wait at the same time are committed in one transaction."""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from bot.errors import StateError
from bot.state.base import Connection, Result, Work

LOG = logging.getLogger(__name__)

_Waiting = tuple[Work[Any], "asyncio.Future[Any]"]


class Writer(Protocol):
    """A connection that writes, of one engine. It is used by one thread."""

    def begin(self) -> Connection:
        """Begin a transaction.

        Raises:
            StateError: nothing can be written now.
        """

    def commit(self) -> None:
        """Commit it.

        Raises:
            StateError: nothing of it is written.
        """

    def undo(self) -> None:
        """Take it back, as far as it has come."""

    def fault(self, error: Exception) -> Exception:
        """An error of work, as its caller is to get it: one of the engine's library as a `StateError`."""

    def close(self) -> None:
        """Close the connection."""


class Committer:
    """Has work done, in the order in which it is given.

    Args:
        writer: the connection.
        retry_seconds: the time between attempts to write what could not be written.
    """

    def __init__(self, writer: Writer, retry_seconds: float) -> None:
        self._writer, self._retry_seconds = writer, retry_seconds
        self._waiting: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="state", daemon=True)
        self._thread.start()

    async def run(self, work: Work[Result]) -> Result:
        """See `State`."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.put((work, future))
        return await future

    async def insist(self, work: Work[Result]) -> Result:
        """See `State`."""
        while True:
            try:
                return await self.run(work)
            except StateError as error:
                LOG.error("not written: %s", error)
                await asyncio.sleep(self._retry_seconds)

    async def close(self) -> None:
        """See `State`."""
        self._waiting.put(None)
        await asyncio.to_thread(self._thread.join)

    def _serve(self) -> None:
        """The thread: commit all work that waits, again and again."""
        closing = False
        while not closing:
            waiting = [self._waiting.get()]
            while not self._waiting.empty():
                waiting.append(self._waiting.get())
            closing = None in waiting
            self._commit([item for item in waiting if item is not None])
        self._writer.close()

    def _commit(self, batch: Sequence[_Waiting]) -> None:
        """Do work in one transaction; where that fails, each in one of its own, so that it harms no other."""
        if not batch:
            return
        try:
            db = self._writer.begin()
            results = [work(db) for work, _ in batch]
            self._writer.commit()
        except Exception as error:  # noqa: BLE001  # the caller of `run` gets it
            self._writer.undo()
            if len(batch) == 1:
                fault = self._writer.fault(error)
                _settle(batch, lambda future, _: future.set_exception(fault), [None])
                return
            for item in batch:
                self._commit([item])
        else:
            _settle(batch, lambda future, result: future.set_result(result), results)


def _settle(
    batch: Sequence[_Waiting], settle: Callable[[asyncio.Future[Any], Any], None], results: Sequence[Any]
) -> None:
    """Tell those who wait, all in one loop, how it ended. They are told together, for each call wakes the loop."""

    def tell() -> None:
        for (_, future), result in zip(batch, results, strict=True):
            if not future.cancelled():
                settle(future, result)

    batch[0][1].get_loop().call_soon_threadsafe(tell)
