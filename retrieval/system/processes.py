"""Processes that work for another one: a pool of forks, and how a process ends when its parent does."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

State = TypeVar("State")
Item = TypeVar("Item")
Result = TypeVar("Result")


def can_fork() -> bool:
    """Whether processes can be forked here."""
    return hasattr(os, "fork")


class ForkedPool(Generic[State]):
    """Processes forked from this one, each with a state of its own that it works with.

    What a state is made of is shared with this process; it is neither pickled nor sent. Items and results are.

    Args:
        processes: how many.
        make: makes a process's state; called once in each process.
    """

    def __init__(self, processes: int, make: Callable[[], State]) -> None:
        import multiprocessing  # noqa: PLC0415  # one question is answered without processes
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

        context = multiprocessing.get_context("fork")
        self._pool = ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(make,))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()

    def submit(self, work: Callable[[State, Item], Result], item: Item) -> Future[Result]:
        """Let a process do one piece of work: `work` is a function of a module, called with the process's state."""
        return self._pool.submit(_done, work, item)

    def map(self, work: Callable[[State, Item], Result], items: Iterable[Item], chunk: int) -> Iterator[Result]:
        """The results of `work` on many items, in their order; a process takes a chunk of them at a time."""
        return self._pool.map(partial(_done, work), items, chunksize=chunk)


_states: list[Any] = []
"""The state of a forked process; empty in others."""


def _begin(make: Callable[[], object]) -> None:
    _states.append(make())


def _done(work: Callable[[Any, Item], Result], item: Item) -> Result:
    return work(_states[-1], item)


def end_with_parent() -> None:
    """Let this process end with the process that started it, however that one ends. SIGINT and SIGTERM are ignored."""
    import multiprocessing  # noqa: PLC0415  # one question is answered without processes
    import threading  # noqa: PLC0415

    # Ctrl-C and systemd signal every process of the group; the parent decides when its children stop.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
