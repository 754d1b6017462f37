"""The processes that answer: a question takes a core for a while, and Python computes on one core a process.

Each holds a library of its own, so that the bot itself is free for Telegram, and one question that takes long leaves a
process to the others. A process does one thing at a time, and the event loop itself reads what comes back: to wake the
thread that the standard library's executors have in between took the bot as long as to send a message.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import pickle
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.dialogue.conversation import Conversation
from bot.service.library import Library
from retrieval import PasokhError, end_with_parent

LOG = logging.getLogger(__name__)

_SPAWNING = multiprocessing.get_context("spawn")  # forked, they would share the lock on the bot's file

Load = Callable[[], Conversation]
Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")
Work = Callable[Concatenate[Library, Arguments], Result]


class ProcessDiedError(PasokhError):
    """A process died of what it was asked, or beside it."""


class Answering:
    """Processes with a library each.

    Args:
        load: reads and indexes the corpus; a function that other processes can import.
        processes: how many.

    Raises:
        PasokhError: the corpus cannot be read.
    """

    def __init__(self, load: Load, processes: int) -> None:
        self.load, self.processes = load, processes
        self._changes, self._closed = 0, False
        # The one that answered last has the most in the processor's caches.
        self._idle: asyncio.LifoQueue[_Process] = asyncio.LifoQueue()
        first = _Process(load, self._idle)
        try:
            # The first process stores the index that the others open.
            self.catalogue = first.do_now(Library.catalogue)
        except PasokhError:
            first.end()
            raise
        for process in (*(_Process(load, self._idle) for _ in range(processes - 1)), first):
            self._idle.put_nowait(process)

    async def run(self, work: Work[Arguments, Result], *arguments: Arguments.args, **_: Arguments.kwargs) -> Result:
        """What a method of `Library` returns; once more where the process dies of it, or beside it.

        Raises:
            ProcessDiedError: it died again.
        """
        try:
            return await (await self._idle.get()).do(work, arguments, self._changes)
        except ProcessDiedError as error:
            LOG.error("%s; it is started anew", error)
            if self._closed:
                raise
            return await (await self._idle.get()).do(work, arguments, self._changes)

    async def renew(self) -> None:
        """Answer from the stored index as it is now: each process opens it before it takes its next question."""
        self._changes += 1
        self.catalogue = await self.run(Library.catalogue)

    async def close(self) -> None:
        """Take no more work in, and end the processes when what is at hand is finished."""
        self._closed = True
        for _ in range(self.processes):
            (await self._idle.get()).end()


class _Process:
    """A process with a library; where it has died, another takes its place when it is needed.

    Args:
        load: see `Answering`.
        idle: where it waits for more work when it has done some.
    """

    def __init__(self, load: Load, idle: asyncio.Queue[_Process]) -> None:
        self._load, self._idle = load, idle
        self._outcome: asyncio.Future[Any] | None = None
        self._heard = False
        self._pipe = self._start()

    def do_now(self, work: Callable[[Library], Result]) -> Result:
        """What a method of `Library` returns, waited for.

        Raises:
            PasokhError: there is no library, or the process died.
        """
        try:
            self._pipe.send((work, (), 0))
            result, fault = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise ProcessDiedError("a process died while it read the corpus; is there enough memory?") from error
        if fault is not None:
            raise fault
        return result  # type: ignore[no-any-return]

    async def do(self, work: Callable[..., Result], arguments: tuple[Any, ...], changes: int) -> Result:
        """What a method of `Library` returns; for a process that is free.

        Args:
            work: what to call.
            arguments: with what.
            changes: how often the stored index has changed.

        Raises:
            ProcessDiedError: it has died.
        """
        loop = asyncio.get_running_loop()
        self._outcome = outcome = loop.create_future()
        try:
            if self._pipe.closed:
                self._pipe = self._start()
            if not self._heard:
                loop.add_reader(self._pipe.fileno(), self._hear)
                self._heard = True
            self._pipe.send((work, arguments, changes))
        except Exception as error:  # noqa: BLE001  # whatever happens, whoever waits is told
            self._fail(error)
        return await outcome  # type: ignore[no-any-return]

    def end(self) -> None:
        """Let the process end when it has done what it was asked."""
        if self._heard:
            asyncio.get_running_loop().remove_reader(self._pipe.fileno())
        self._heard = False
        self._pipe.close()

    def _start(self) -> Connection:
        pipe, its = _SPAWNING.Pipe()
        _SPAWNING.Process(target=_serve, args=(its, self._load)).start()
        its.close()
        return pipe

    def _hear(self) -> None:
        try:
            self._settle(*self._pipe.recv())
        except Exception as error:  # noqa: BLE001  # an error that cannot be unpickled, too
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, (EOFError, OSError)):
            self.end()
            error = ProcessDiedError("a process that answers has died")
        self._settle(None, error)

    def _settle(self, result: object, fault: BaseException | None) -> None:
        outcome, self._outcome = self._outcome, None
        if outcome is None:  # it died while it was free
            return
        if not outcome.cancelled():
            outcome.set_result(result) if fault is None else outcome.set_exception(fault)
        self._idle.put_nowait(self)


def end_all() -> None:
    """End every process that answers, whatever it does."""
    for process in multiprocessing.active_children():
        process.kill()


def _serve(pipe: Connection, load: Load) -> None:
    """Answer until the pipe is closed."""
    end_with_parent()
    library: Library | PasokhError
    try:
        library = Library(load())
        gc.freeze()  # what was loaded stays; no collection need look at it
    except PasokhError as error:
        library = error
    taken_over = 0
    while True:
        try:
            work, arguments, changes = pipe.recv()
        except (EOFError, OSError):
            return
        if changes != taken_over and isinstance(library, Library):
            _take_changes_over(library)
        taken_over = changes
        outcome = _outcome(library, work, arguments)
        try:
            pipe.send(outcome)
        except (pickle.PicklingError, TypeError, ValueError, AttributeError):  # an error that cannot be pickled
            pipe.send((None, RuntimeError(type(outcome[1]).__name__)))


def _outcome(
    library: Library | PasokhError, work: Callable[..., object], arguments: tuple[Any, ...]
) -> tuple[object, BaseException | None]:
    if isinstance(library, PasokhError):
        return None, library
    try:
        return work(library, *arguments), None
    except Exception as error:  # noqa: BLE001  # whoever asked gets it
        return None, error


def _take_changes_over(library: Library) -> None:
    try:
        library.renew()
    except PasokhError as error:
        LOG.error("the changed articles cannot be opened; the old ones are answered from", extra={"reason": str(error)})
