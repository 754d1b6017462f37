"""The processes that answer. They leave the front end's own process free for its server, and use the other cores.

Each worker is a process with a library of its own. It does one thing at a time, so that a question that takes long
leaves the other workers to other questions. One that takes longer than the deadline ends with its process: another
process, which was started in good time, takes the worker's place.

Outcomes come through a pipe that the event loop reads itself: the executors of the standard library have a thread in
between, and to wake it took 0.45 ms a question, as long as to send a message. A pool with deadlines (Pebble's) has too.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.service.library import Library, within
from bot.service.processes import Load, Process
from bot.service.scopes import Scope
from retrieval import PasokhError

LOG = logging.getLogger(__name__)

Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")
Work = Callable[Concatenate[Library, Arguments], Result]


class UnansweredError(PasokhError):
    """Two workers, one after the other, did not get to the end of what was asked."""


class WorkerLostError(PasokhError):
    """A worker's process has died, for want of memory say, or was killed after its deadline."""


class WorkerPool:
    """Workers that share what there is to do.

    Args:
        load: reads and indexes the corpus; a function that other processes can import.
        size: how many workers.
        deadline: seconds that a process may take for one thing.
        lost: called when a process has died or was killed.

    Raises:
        PasokhError: the corpus cannot be read.
    """

    def __init__(self, load: Load, size: int, deadline: float, lost: Callable[[], object] = lambda: None) -> None:
        self.load, self.size, self.deadline, self.lost = load, size, deadline, lost
        self._changes, self._closed = 0, False
        # Last in, first out: the worker that answered last finds the most in the processor's caches.
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        self._second_attempt = asyncio.Lock()
        first = _Worker(load, self._idle)
        try:
            # The first worker stores the index that the others open.
            self.catalogue = first.do_now(Library.catalogue)
        except PasokhError:
            first.end()
            raise
        self._workers = [*(_Worker(load, self._idle) for _ in range(size - 1)), first]
        for worker in self._workers:
            self._idle.put_nowait(worker)

    @property
    def late(self) -> int:
        """How many workers have used up half of the time that they have for what they do."""
        return sum(worker.late for worker in self._workers)

    async def run(self, work: Work[Arguments, Result], *arguments: Arguments.args, **_: Arguments.kwargs) -> Result:
        """Call a method of `Library` in a worker. If that one is lost, the method is called once more.

        Args:
            work: the method.
            arguments: its arguments, without the library.

        Raises:
            UnansweredError: the second worker was lost too.
            WorkerLostError: a worker was lost while the pool was closed.
            Exception: whatever the method raises.
        """
        return await self._run(work, arguments, self.deadline)

    async def run_within(
        self, scope: Scope, work: Work[Arguments, Result], /, *arguments: Arguments.args, **_: Arguments.kwargs
    ) -> Result:
        """As `run`, with the articles of a scope; without one, there are those alone that are open to all."""
        return await self._run(within, (scope, work, *arguments), self.deadline)

    async def renew(self) -> None:
        """Answer from the stored index as it is now: each worker opens it before its next question."""
        self._changes += 1
        self.catalogue = await self._run(Library.catalogue, (), None)

    async def close(self) -> None:
        """Take no more work, and end the workers when the work at hand is finished."""
        self._closed = True
        for _ in range(self.size):
            (await self._idle.get()).end()

    async def _run(self, work: Callable[..., Result], arguments: tuple[Any, ...], deadline: float | None) -> Result:
        try:
            return await (await self._idle.get()).do(work, arguments, self._changes, deadline)
        except WorkerLostError as error:
            self.lost()
            LOG.error("%s; another takes its place", error)
            if self._closed:
                raise
        # It is done once more after those who wait now, by a process of its own: it must not cost the pool another one.
        self._idle.put_nowait(await self._idle.get())
        async with self._second_attempt:
            extra = _Worker(self.load, asyncio.Queue(), replaced=False)
            try:
                return await extra.do(work, arguments, 0, deadline)
            except WorkerLostError as error:
                self.lost()
                raise UnansweredError(f"{error}, and another with the same question") from error
            finally:
                extra.kill()


class _Worker:
    """A process with a library. If it is lost, another takes its place.

    Args:
        load: see `WorkerPool`.
        idle: the queue of free workers, which it joins after each work.
        replaced: whether another process takes over after a deadline.
    """

    def __init__(self, load: Load, idle: asyncio.Queue[_Worker], *, replaced: bool = True) -> None:
        self._load, self._idle, self._replaced = load, idle, replaced
        self._outcome: asyncio.Future[Any] | None = None
        self._deadline: float | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._spare: Process | None = None
        self._process = Process(load)
        self.late = False
        """Whether it has used up half of the time that it has for what it does."""

    def do_now(self, work: Callable[[Library], Result]) -> Result:
        """Call a method of `Library`, and block until it returns.

        Raises:
            WorkerLostError: the process died.
            PasokhError: the corpus cannot be read.
        """
        try:
            self._process.give(work, (), 0)
            while (heard := self._process.hear()) is None:
                continue
        except (EOFError, OSError) as error:
            raise WorkerLostError("a process died while it read the corpus; is there enough memory?") from error
        result, fault = heard
        if fault is not None:
            raise fault
        return result  # type: ignore[no-any-return]

    async def do(
        self, work: Callable[..., Result], arguments: tuple[Any, ...], changes: int, deadline: float | None
    ) -> Result:
        """Call a method of `Library`. The worker must be free.

        Args:
            work: the method.
            arguments: its arguments, without the library.
            changes: how often the stored index has changed so far.
            deadline: seconds after which the process is killed; None for any time. The reading of the corpus is not
                counted.

        Raises:
            WorkerLostError: the process has died, or was killed.
            Exception: whatever the method raises.
        """
        self._outcome = outcome = asyncio.get_running_loop().create_future()
        self._deadline = deadline
        try:
            if self._process.pipe.closed:
                self._process = Process(self._load)
            self._process.listen(self._hear)
            if self._process.give(work, arguments, changes):
                self._count_down()
        except Exception as error:  # noqa: BLE001  # whatever happens, the caller is told
            self._fail(error)
        return await outcome  # type: ignore[no-any-return]

    def end(self) -> None:
        """Let the process end when its work is done."""
        self._process.end()

    def kill(self) -> None:
        """End the process now."""
        self._process.kill()

    def _hear(self) -> None:
        try:
            heard = self._process.hear()
        except Exception as error:  # noqa: BLE001  # also what an outcome raises that cannot be unpickled
            self._fail(error)
            return
        if heard is None:
            self._count_down()
        else:
            self._settle(*heard)

    def _count_down(self) -> None:
        """The process begins with the work now."""
        if self._outcome is not None and self._deadline is not None:
            self._set_timer(self._prepare, self._deadline / 2)

    def _prepare(self) -> None:
        """Half of the time is over: start the process that takes over if the other half is not enough either."""
        self.late = True
        if self._replaced and self._spare is None:
            self._spare = Process(self._load)
        self._set_timer(self._take_over, (self._deadline or 0.0) / 2)

    def _take_over(self) -> None:
        self.kill()
        if self._spare is not None:
            self._process, self._spare = self._spare, None
        self._settle(None, WorkerLostError(f"a process that answers took longer than {self._deadline:g} s"))

    def _set_timer(self, then: Callable[[], None], seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, then)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, (EOFError, OSError)):
            self.end()
            error = WorkerLostError("a process that answers has died")
        self._settle(None, error)

    def _settle(self, result: object, fault: BaseException | None) -> None:
        outcome, self._outcome = self._outcome, None
        if outcome is None:  # the process died while it was free
            return
        if self._timer is not None:
            self._timer.cancel()
        if self._spare is not None:
            self._spare.end()
        self._timer, self._spare, self.late = None, None, False
        if not outcome.cancelled():
            outcome.set_result(result) if fault is None else outcome.set_exception(fault)
        self._idle.put_nowait(self)
