"""A running bot follows its articles: a change in the corpus is answered from within moments.

The operating system tells of changes (watchfiles). Another process brings the index up to date, so that no answer waits
for that. Then the index is opened a second time, and takes the place of the one in use.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

from watchfiles import watch

from bot.dialogue.conversation import Conversation
from retrieval import PasokhError
from retrieval.indexing import Report, published_generation, refresh_stored, warm
from retrieval.system import end_with_parent

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

QUIET_MILLISECONDS = 100
"""The index is brought up to date when nothing has changed for so long."""

MAX_GATHERING_MILLISECONDS = 2_000
"""It is brought up to date after so long even if changes keep coming."""

WAKE_MILLISECONDS = 500
"""The follower wakes after so long without a change, to see whether it is stopped or a check is due."""

RETRY_SECONDS = 1.0
"""After a failure it is tried once more after so long; then not before a change or the next check."""

CHECK_SECONDS = 60.0
"""The corpus is looked at after so long without news: not every file system tells of changes."""


class Indexer:
    """A process that brings a stored index up to date whenever it is asked to.

    Args:
        corpus: a folder of articles, or one file.
        engine: the engine's name.
        data: the folder of stored indexes.
    """

    def __init__(self, corpus: Path, engine: str, data: Path) -> None:
        self.corpus, self.engine, self.data = corpus, engine, data
        self._pool = self._started()

    def refresh(self) -> Report:
        """Bring the index up to date, and block until that is done.

        Raises:
            PasokhError: it cannot be brought up to date, and is as it was; or the process died.
        """
        return self.run(refresh_stored, self.corpus, self.engine, self.data)

    def run(self, work: Callable[Arguments, Result], *arguments: Arguments.args, **_: Arguments.kwargs) -> Result:
        """Call a function in the process, behind what it does already, and block until it returns.

        Raises:
            PasokhError: the process died.
            Exception: whatever the function raises.
        """
        try:
            return self._pool.submit(partial(work, *arguments)).result()
        except BrokenProcessPool as error:
            self._pool = self._started()
            raise PasokhError("the process that indexes the articles died; it is started anew") from error

    def close(self) -> None:
        """Let the process end after the update that it is writing, and wait for it.

        Python would wait too when it ends, but fails on a pool that is closing at that moment.
        """
        self._pool.shutdown(cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")  # this process has threads
        pool = ProcessPoolExecutor(1, context, initializer=_begin, initargs=(self.data,))
        pool.submit(int)  # the process starts before it is needed
        return pool


def _begin(data: Path) -> None:
    end_with_parent()
    warm(data)


class Follower:
    """Follows a corpus until it is stopped.

    Args:
        indexer: of the corpus.
        generation: of the index that is answered from; see `Stamp`.
        changed: called each time that the stored index has changed, in the follower's own thread.
        announce: called with a line that tells what could not be read or done.
    """

    def __init__(
        self, indexer: Indexer, generation: int, changed: Callable[[], None], announce: Callable[[str], None]
    ) -> None:
        self._indexer, self._generation, self._changed, self._announce = indexer, generation, changed, announce
        self._stopped = threading.Event()
        self._told: tuple[str, ...] = ()
        self._thread = threading.Thread(target=self._run, name="follower", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Follow no more."""
        self._stopped.set()
        self._thread.join(timeout=1)

    def _run(self) -> None:
        for _ in self._moments():
            if not self._caught_up():
                self._stopped.wait(RETRY_SECONDS)
                self._caught_up()

    def _caught_up(self) -> bool:
        try:
            report = self._indexer.refresh()
            # A process that answers may have brought the index up to date while it started.
            if report.changed or report.generation != self._generation:
                self._generation = report.generation
                self._changed()
            self._tell(report.lines)
        except Exception as error:  # noqa: BLE001  # whatever an article does, the next change is looked at
            reason = str(error) if isinstance(error, PasokhError) else type(error).__name__
            self._tell((f"{reason}; the articles are answered from as they were.",))
            return False
        return True

    def _moments(self) -> Iterator[None]:
        """When to look: at the start, after each change, and at the latest after `CHECK_SECONDS`."""
        try:
            yield from self._changes()
        except (OSError, RuntimeError) as error:  # the system watches no more folders, say
            self._announce(f"changes are looked for every {CHECK_SECONDS:g} s alone: {error}")
            while not self._stopped.is_set():
                yield
                end = time.monotonic() + CHECK_SECONDS
                while not self._stopped.wait(WAKE_MILLISECONDS / 1000) and time.monotonic() < end:
                    if self._is_behind():
                        break

    def _is_behind(self) -> bool:
        """Whether another machine has changed the index, where it is in a cluster."""
        try:
            return published_generation(self._indexer.engine) not in {None, self._generation}
        except PasokhError:  # the next check tells of it
            return False

    def _changes(self) -> Iterator[None]:
        """See `_moments`; where the system does not tell of changes, an `OSError` or a `RuntimeError` is raised."""
        # watchfiles tells of changes by absolute paths.
        corpus, looked = self._indexer.corpus.resolve(), -CHECK_SECONDS
        for changes in watch(
            corpus if corpus.is_dir() else corpus.parent,
            watch_filter=lambda _, path: _is_of(corpus, Path(path)),
            debounce=MAX_GATHERING_MILLISECONDS,
            step=QUIET_MILLISECONDS,
            stop_event=self._stopped,
            rust_timeout=WAKE_MILLISECONDS,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            # The first look comes after the watching has begun, so that no change falls between the two.
            if changes or time.monotonic() - looked >= CHECK_SECONDS or self._is_behind():
                yield
                looked = time.monotonic()

    def _tell(self, lines: tuple[str, ...]) -> None:
        """Announce the lines that were not announced the last time."""
        for line in lines:
            if line not in self._told:
                self._announce(line)
        self._told = lines


def _is_of(corpus: Path, changed: Path) -> bool:
    """Whether a changed path is one of a corpus's files."""
    if changed == corpus:
        return True
    return corpus in changed.parents and not any(part.startswith(".") for part in changed.relative_to(corpus).parts)


@contextmanager
def following(conversation: Conversation, announce: Callable[[str], None]) -> Iterator[None]:
    """Let a conversation follow its articles while the body of the `with` statement runs.

    Args:
        conversation: the conversation; its retriever is replaced when the articles have changed.
        announce: see `Follower`.

    Raises:
        PasokhError: the conversation's index is not stored.
    """
    retriever = conversation.retriever
    if retriever.stored_in is None:
        raise PasokhError("only a stored index can follow its articles")

    def changed() -> None:
        conversation.retriever = conversation.retriever.renewed()

    indexer = Indexer(retriever.corpus, retriever.engine, retriever.stored_in)
    follower = Follower(indexer, retriever.stamp.generation, changed, announce)
    try:
        yield
    finally:
        follower.stop()
        indexer.close()
