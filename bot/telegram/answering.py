"""The processes that answer: a question takes a core for a while, and Python computes on one core a process.

Each holds a library of its own, so that the bot itself is free for Telegram, and one question that takes long leaves a
process to the others.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.conversation import Conversation
from bot.telegram.library import Library
from retrieval import PasokhError

LOG = logging.getLogger(__name__)

Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")
Work = Callable[Concatenate[Library, Arguments], Result]

_held: Library | str
"""Of a process that answers: what it answers from, or why it cannot."""


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

    def close(self) -> None:
        """Take no more work in; what is at hand is finished."""
        self._pool.shutdown(wait=False)

    def _start(self) -> ProcessPoolExecutor:
        # Forked, they would share what threads hold at that moment, and the lock on the bot's file.
        spawning = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.processes, spawning, initializer=_begin, initargs=(self.load,))


def end_all() -> None:
    """End every process that answers, whatever it does."""
    for process in multiprocessing.active_children():
        process.kill()


def _begin(load: Callable[[], Conversation]) -> None:
    """Make this process ready before it takes the first question."""
    global _held  # noqa: PLW0603  # one library a process, which is what the process is for
    # Ctrl-C and systemd tell every process at once; when to stop is for the bot to say.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _held = Library(load())
    except PasokhError as error:
        _held = str(error)


def _do(work: Callable[..., Result], arguments: tuple[Any, ...]) -> Result:
    if isinstance(_held, str):
        raise PasokhError(_held)
    return work(_held, *arguments)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
