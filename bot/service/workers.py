"""The processes that answer. They leave the front end's own process free for its server, and use the other cores.

Each worker is a process with a library of its own. It does one thing at a time, so that a question that takes long
leaves the other workers to other questions. Outcomes come through a pipe that the event loop reads itself: the
executors of the standard library have a thread in between, and to wake it took 0.45 ms a question, as long as to send
a message.
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
from retrieval import PasokhError
from retrieval.system import end_with_parent

LOG = logging.getLogger(__name__)

_SPAWNING = multiprocessing.get_context("spawn")  # a forked process would share the lock on the file of state

Load = Callable[[], Conversation]
Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")
Work = Callable[Concatenate[Library, Arguments], Result]


class ProcessDiedError(PasokhError):
    """A worker's process has died: of what it was asked, for want of memory, or killed."""


class WorkerPool:
    """Workers that share what there is to do.

    Args:
        load: reads and indexes the corpus; a function that other processes can import.
        size: how many workers.

    Raises:
        PasokhError: the corpus cannot be read.
    """

    def __init__(self, load: Load, size: int) -> None:
        self.load, self.size = load, size
        self._changes, self._closed = 0, False
        # Last in, first out: the worker that answered last finds the most in the processor's caches.
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        first = _Worker(load, self._idle)
        try:
            # The first worker stores the index that the others open.
            self.catalogue = first.do_now(Library.catalogue)
        except PasokhError:
            first.end()
            raise
        for worker in (*(_Worker(load, self._idle) for _ in range(size - 1)), first):
            self._idle.put_nowait(worker)

    async def run(self, work: Work[Arguments, Result], *arguments: Arguments.args, **_: Arguments.kwargs) -> Result:
        """Call a method of `Library` in a worker. If the worker dies meanwhile, the method is called in another.

        Args:
            work: the method.
            arguments: its arguments, without the library.

        Raises:
            ProcessDiedError: the second worker died too.
            Exception: whatever the method raises.
        """
        try:
            return await (await self._idle.get()).do(work, arguments, self._changes)
        except ProcessDiedError as error:
            LOG.error("%s; it is started anew", error)
            if self._closed:
                raise
            return await (await self._idle.get()).do(work, arguments, self._changes)

    async def renew(self) -> None:
        """Answer from the stored index as it is now: each worker opens it before its next question."""
        self._changes += 1
        self.catalogue = await self.run(Library.catalogue)

    async def close(self) -> None:
        """Take no more work, and end the workers when the work at hand is finished."""
        self._closed = True
        for _ in range(self.size):
            (await self._idle.get()).end()


class _Worker:
    """A process with a library. If it dies, the next work starts another in its place.

    Args:
        load: see `WorkerPool`.
        idle: the queue of free workers, which it joins after each work.
    """

    def __init__(self, load: Load, idle: asyncio.Queue[_Worker]) -> None:
        self._load, self._idle = load, idle
        self._outcome: asyncio.Future[Any] | None = None
        self._heard = False
        self._pipe = self._start()

    def do_now(self, work: Callable[[Library], Result]) -> Result:
        """Call a method of `Library`, and block until it returns.

        Raises:
            ProcessDiedError: the process died.
            PasokhError: the corpus cannot be read.
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
        """Call a method of `Library`. The worker must be free.

        Args:
            work: the method.
            arguments: its arguments, without the library.
            changes: how often the stored index has changed so far.

        Raises:
            ProcessDiedError: the process has died.
            Exception: whatever the method raises.
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
        except Exception as error:  # noqa: BLE001  # whatever happens, the caller is told
            self._fail(error)
        return await outcome  # type: ignore[no-any-return]

    def end(self) -> None:
        """Let the process end when its work is done."""
        if self._heard:
            asyncio.get_running_loop().remove_reader(self._pipe.fileno())
        self._heard = False
        self._pipe.close()

    def _start(self) -> Connection:
        pipe, other_end = _SPAWNING.Pipe()
        _SPAWNING.Process(target=_serve, args=(other_end, self._load)).start()
        other_end.close()
        return pipe

    def _hear(self) -> None:
        try:
            self._settle(*self._pipe.recv())
        except Exception as error:  # noqa: BLE001  # also what an outcome raises that cannot be unpickled
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, (EOFError, OSError)):
            self.end()
            error = ProcessDiedError("a process that answers has died")
        self._settle(None, error)

    def _settle(self, result: object, fault: BaseException | None) -> None:
        outcome, self._outcome = self._outcome, None
        if outcome is None:  # the process died while it was free
            return
        if not outcome.cancelled():
            outcome.set_result(result) if fault is None else outcome.set_exception(fault)
        self._idle.put_nowait(self)


def end_all() -> None:
    """Kill every worker."""
    for process in multiprocessing.active_children():
        process.kill()


def _serve(pipe: Connection, load: Load) -> None:
    """A worker's process: do what comes through the pipe until it is closed."""
    end_with_parent()
    library: Library | PasokhError
    try:
        library = Library(load())
        gc.freeze()  # the corpus stays: the collector of cycles need not look at it
    except PasokhError as error:
        library = error
    opened = 0  # the change of the index that is open
    while True:
        try:
            work, arguments, changes = pipe.recv()
        except (EOFError, OSError):
            return
        if changes != opened and isinstance(library, Library):
            _renew(library)
        opened = changes
        outcome = _outcome(library, work, arguments)
        try:
            pipe.send(outcome)
        except (pickle.PicklingError, TypeError, ValueError, AttributeError):  # the error cannot be pickled
            pipe.send((None, RuntimeError(type(outcome[1]).__name__)))


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
