"""A running bot follows its articles: what changes in the corpus is answered from within moments.

The operating system tells of changes (watchfiles). Another process brings the index up to date, so that no answer waits
for it; then the index is opened anew beside the one in use, and takes its place.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

from watchfiles import watch

from bot.conversation import Conversation
from retrieval import PasokhError, Report, Retriever, refresh_stored, warm

GATHER = 100
"""Milliseconds without a change after which changes are looked at together."""

LONGEST_GATHER = 2_000
"""Milliseconds after which they are looked at though more keep coming."""

RETRY = 1.0
"""Seconds after which what failed is tried once more; then a change or `CHECK` comes first."""

CHECK = 60.0
"""Seconds after which the corpus is looked at though nothing was told: not every file system tells."""

TURN = 250
"""Milliseconds that one wait for changes takes at the most."""


@contextmanager
def following(conversation: Conversation, announce: Callable[[str], None]) -> Iterator[None]:
    """Let a conversation follow its articles meanwhile."""

    def changed(retriever: Retriever) -> None:
        conversation.retriever = retriever

    follower = Follower(conversation.retriever, changed, announce)
    try:
        yield
    finally:
        follower.stop()


class Follower:
    """Follows a corpus until it is stopped.

    Args:
        retriever: over the corpus, with a folder of stored indexes.
        changed: gets the retriever over the changed articles; called in the follower's own thread.
        announce: told in one line what could not be read or done.

    Raises:
        PasokhError: the retriever's index is not stored.
    """

    def __init__(
        self, retriever: Retriever, changed: Callable[[Retriever], None], announce: Callable[[str], None]
    ) -> None:
        if retriever.stored_in is None:
            raise PasokhError("only a stored index can follow its articles")
        self._retriever, self._changed, self._announce = retriever, changed, announce
        self._data: Path = retriever.stored_in
        self._stopped = threading.Event()
        self._pool = self._started()
        self._told: tuple[str, ...] = ()
        self._thread = threading.Thread(target=self._run, name="follower", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Follow no more; what is being written is finished or undone by the next start."""
        self._stopped.set()
        self._thread.join(timeout=1)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")  # this process has threads
        return ProcessPoolExecutor(1, context, initializer=warm, initargs=(self._data,))

    def _run(self) -> None:
        self._pool.submit(int)  # the process starts before it is needed
        for _ in self._moments():
            if not self._caught_up():
                self._stopped.wait(RETRY)
                self._caught_up()

    def _caught_up(self) -> bool:
        try:
            report = self._refreshed()
            if report.changed:
                self._retriever = self._retriever.renewed()
                self._changed(self._retriever)
            self._tell(report.lines)
        except PasokhError as error:
            self._tell((f"{error}; the articles are answered from as they were.",))
            return False
        return True

    def _moments(self) -> Iterator[None]:
        """When to look: once changes are told of, after each of them, and now and then."""
        corpus, due = self._retriever.corpus, 0.0
        for changes in watch(
            corpus if corpus.is_dir() else corpus.parent,
            watch_filter=lambda _, path: _is_of(corpus, Path(path)),
            debounce=LONGEST_GATHER,
            step=GATHER,
            stop_event=self._stopped,
            rust_timeout=TURN,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            if changes or time.monotonic() >= due:
                due = time.monotonic() + CHECK
                yield

    def _refreshed(self) -> Report:
        corpus, engine = self._retriever.corpus, self._retriever.engine
        try:
            return self._pool.submit(refresh_stored, corpus, engine, self._data).result()
        except BrokenProcessPool as error:
            self._pool = self._started()
            raise PasokhError("the process that indexes the articles died; it is started anew") from error

    def _tell(self, lines: tuple[str, ...]) -> None:
        """Announce what was not announced the time before."""
        for line in lines:
            if line not in self._told:
                self._announce(line)
        self._told = lines


def _is_of(corpus: Path, changed: Path) -> bool:
    """Whether a changed path is one of a corpus's files."""
    if changed == corpus:
        return True
    return corpus in changed.parents and not any(part.startswith(".") for part in changed.relative_to(corpus).parts)
