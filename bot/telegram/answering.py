"""The processes that answer: a question takes a core for a while, and Python computes on one core a process.

Each holds a library of its own, so that the bot itself is free for Telegram, and one question that takes long leaves a
process to the others.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeAlias, TypeVar

from bot.conversation import Conversation
from bot.telegram.library import Library
from retrieval import PasokhError, end_with_parent

if TYPE_CHECKING:
    from multiprocessing.sharedctypes import Synchronized

LOG = logging.getLogger(__name__)

_SPAWNING = multiprocessing.get_context("spawn")
Counter: TypeAlias = "Synchronized[int]"

Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")
Work = Callable[Concatenate[Library, Arguments], Result]

_held: Library | str
"""Of a process that answers: what it answers from, or why it cannot."""

_changes: Counter
_seen = 0
"""Of the same process: how often the stored index has changed, and how many of these changes it has taken over."""


class Answering:
    """Processes with a library each.

    Args:
        load: reads and indexes the corpus; a function that other processes can import.
        processes: how many.

    Raises:
        PasokhError: the corpus cannot be read.
    """

    def __init__(self, load: Callable[[], Conversation], processes: int) -> None:
        self.load, self.processes = load, processes
        self._changes: Counter = _SPAWNING.Value("L", 0)
        self._pool = self._start()
        try:
            # The first process stores the index that the others open.
            self.catalogue = self._pool.submit(_do, Library.catalogue, ()).result()
        except BrokenProcessPool as error:
            raise PasokhError("a process died while it read the corpus; is there enough memory?") from error
        except PasokhError:
            self.close()
            raise
        for _ in range(processes):
            self._pool.submit(_do, Library.warm, ())

    async def run(self, work: Work[Arguments, Result], *arguments: Arguments.args, **_: Arguments.kwargs) -> Result:
        """What a method of `Library` returns; once more where the process dies of it, or beside it.

        Raises:
            BrokenProcessPool: it died again.
        """
        pool = self._pool
        try:
            return await asyncio.wrap_future(pool.submit(_do, work, arguments))
        except BrokenProcessPool:
            if self._pool is pool:
                LOG.error("a process that answers has died; all are started anew")
                self._pool = self._start()
            return await asyncio.wrap_future(self._pool.submit(_do, work, arguments))

    async def renew(self) -> None:
        """Answer from the stored index as it is now: each process opens it before it takes its next question."""
        with self._changes.get_lock():
            self._changes.value += 1
        self.catalogue = await self.run(Library.catalogue)

    def close(self) -> None:
        """Take no more work in; what is at hand is finished."""
        self._pool.shutdown(wait=False)

    def _start(self) -> ProcessPoolExecutor:
        # Forked, they would share what threads hold at that moment, and the lock on the bot's file.
        return ProcessPoolExecutor(self.processes, _SPAWNING, initializer=_begin, initargs=(self.load, self._changes))


def end_all() -> None:
    """End every process that answers, whatever it does."""
    for process in multiprocessing.active_children():
        process.kill()


def _begin(load: Callable[[], Conversation], changes: Counter) -> None:
    """Make this process ready before it takes the first question."""
    global _held, _changes, _seen  # noqa: PLW0603  # one library a process, which is what the process is for
    _changes, _seen = changes, changes.value
    end_with_parent()
    try:
        _held = Library(load())
        gc.freeze()  # what was loaded stays; no collection need look at it
    except PasokhError as error:
        _held = str(error)


def _do(work: Callable[..., Result], arguments: tuple[Any, ...]) -> Result:
    if isinstance(_held, str):
        raise PasokhError(_held)
    _take_changes_over(_held)
    return work(_held, *arguments)


def _take_changes_over(library: Library) -> None:
    global _seen  # noqa: PLW0603  # see `_begin`
    changes = _changes.value
    if changes == _seen:
        return
    _seen = changes
    try:
        library.renew()
    except PasokhError as error:
        LOG.error("the changed articles cannot be opened; the old ones are answered from", extra={"reason": str(error)})
