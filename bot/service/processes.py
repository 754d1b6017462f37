"""A process that answers, and the pipe to it: what it is given, what it tells, how it ends."""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import pickle
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from bot.dialogue.conversation import Conversation
from bot.service.library import Library
from retrieval import PasokhError
from retrieval.system import end_with_parent

LOG = logging.getLogger(__name__)

_SPAWNING = multiprocessing.get_context("spawn")  # a forked process would share the lock on the file of state

Load = Callable[[], Conversation]


class Process:
    """The process of a worker, and the pipe to it. It is started here.

    Args:
        load: see `WorkerPool`.
    """

    def __init__(self, load: Load) -> None:
        self.pipe, other_end = _SPAWNING.Pipe()
        self._process = _SPAWNING.Process(target=_serve, args=(other_end, load))
        self._process.start()
        other_end.close()
        self._heard, self._ready, self._opened = False, False, 0

    def listen(self, heard: Callable[[], None]) -> None:
        """Call `heard` from now on whenever there is something to `hear`."""
        if not self._heard:
            asyncio.get_running_loop().add_reader(self.pipe.fileno(), heard)
            self._heard = True

    def give(self, work: Callable[..., object], arguments: tuple[Any, ...], changes: int) -> bool:
        """Give the process something to do. Returns whether it begins at once, without reading the corpus."""
        self.pipe.send((work, arguments, changes))
        ready, self._ready, self._opened = self._ready and changes == self._opened, True, changes
        return ready

    def hear(self) -> tuple[Any, BaseException | None] | None:
        """An outcome: a result, or an error; None where the process has read the corpus, and begins to work.

        Raises:
            EOFError, OSError: the process has died.
        """
        heard: tuple[Any, BaseException | None] | None = self.pipe.recv()
        return heard

    def end(self) -> None:
        """Let the process end when its work is done."""
        if self._heard:
            asyncio.get_running_loop().remove_reader(self.pipe.fileno())
        self._heard = False
        self.pipe.close()

    def kill(self) -> None:
        """End the process now."""
        self.end()
        self._process.kill()


def end_all() -> None:
    """Kill every worker."""
    for process in multiprocessing.active_children():
        process.kill()


def _serve(pipe: Connection, load: Load) -> None:
    """A worker's process: do what comes through the pipe until it is closed."""
    end_with_parent()
    library, told = _library(load), False
    opened = 0  # the change of the index that is open
    with suppress(EOFError, OSError):  # the pipe is closed
        pipe.send(None)
        while True:
            work, arguments, changes = pipe.recv()
            if changes != opened:
                if isinstance(library, Library):
                    _renew(library)
                opened = changes
                pipe.send(None)
            if isinstance(library, PasokhError) and told:  # what was wrong may have passed
                library = _library(load)
            outcome = _outcome(library, work, arguments)
            told = True
            try:
                pipe.send(outcome)
            except (pickle.PicklingError, TypeError, ValueError, AttributeError):  # the error cannot be pickled
                pipe.send((None, RuntimeError(type(outcome[1]).__name__)))


def _library(load: Load) -> Library | PasokhError:
    """The articles, or why they cannot be read."""
    try:
        library = Library(load())
    except PasokhError as error:
        return error
    gc.freeze()  # the corpus stays: the collector of cycles need not look at it
    return library


def _outcome(
    library: Library | PasokhError, work: Callable[..., object], arguments: tuple[Any, ...]
) -> tuple[object, BaseException | None]:
    if isinstance(library, PasokhError):
        return None, library
    try:
        return work(library, *arguments), None
    except Exception as error:  # noqa: BLE001  # the caller gets it
        return None, error


def _renew(library: Library) -> None:
    try:
        library.renew()
    except PasokhError as error:
        LOG.error("the changed articles cannot be opened; the old ones are answered from", extra={"reason": str(error)})
