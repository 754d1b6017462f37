"""A running bot fetches the sources of its corpus on its clock. What it writes, the follower takes into the index.

Each round has a process of its own: no answer waits for it, and nothing that comes of the network stays behind.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import urlsplit

from bot.service.settings import FetchSettings
from retrieval import SOURCES, PasokhError
from retrieval.system import end_with_parent

WAKE_SECONDS = 0.5
"""The fetcher looks after so long whether it is stopped."""


class Fetcher:
    """Fetches the sources of a corpus until it is stopped; does nothing for a corpus that has none when it starts.

    Args:
        corpus: a folder of articles, or one file.
        settings: how often, and from where.
        announce: called with a line that tells what could not be fetched, in the fetcher's own thread.
    """

    def __init__(self, corpus: Path, settings: FetchSettings, announce: Callable[[str], None]) -> None:
        self._corpus, self._settings, self._announce = corpus, settings, announce
        self._stopped = threading.Event()
        self._failed: Mapping[str, str] = {}
        self._thread = threading.Thread(target=self._run, name="fetcher", daemon=True)
        if settings.minutes and has_sources(corpus):
            self._thread.start()

    @property
    def failed(self) -> tuple[str, ...]:
        """The sources that could not be fetched in the last round, as they may be shown to anyone: host and path."""
        return tuple(map(_shown, self._failed))

    def stop(self) -> None:
        """Fetch no more; a round at hand is broken off, whose files are whole all the same."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout=2 * WAKE_SECONDS)

    def _run(self) -> None:
        while not self._stopped.is_set():
            told, self._failed = self._failed, self._round()
            for source, reason in self._failed.items():
                if told.get(source) != reason:
                    self._announce(f"not fetched: {source}: {reason}")
            self._stopped.wait(60 * self._settings.minutes)

    def _round(self) -> Mapping[str, str]:
        """Fetch all once; returns what could not be fetched, each with the reason."""
        context = multiprocessing.get_context("spawn")  # this process has threads
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_fetch, args=(self._corpus, self._settings.private, sender), daemon=True)
        process.start()
        sender.close()
        try:
            while not receiver.poll(WAKE_SECONDS):
                if self._stopped.is_set():
                    return self._failed
            failed: Mapping[str, str] = receiver.recv()
        except EOFError:
            return {SOURCES: "the process that fetches died; the next round is tried all the same"}
        else:
            return failed
        finally:
            process.kill()
            process.join()
            receiver.close()


def has_sources(corpus: Path) -> bool:
    """Whether a corpus lists sources to fetch."""
    return (corpus / SOURCES).is_file()


@contextmanager
def fetching(corpus: Path, settings: FetchSettings, announce: Callable[[str], None]) -> Iterator[None]:
    """Fetch the sources of a corpus while the body of the `with` statement runs; see `Fetcher`."""
    fetcher = Fetcher(corpus, settings, announce)
    try:
        yield
    finally:
        fetcher.stop()


def _fetch(corpus: Path, private: bool, sender: Connection) -> None:
    """A round, in its process."""
    end_with_parent()
    if hasattr(os, "nice"):
        os.nice(10)
    from retrieval.corpus.fetching import fetch_sources  # noqa: PLC0415  # no other process needs a client of the web

    try:
        sender.send(fetch_sources(corpus, allows_private=private).failed)
    except PasokhError as error:
        sender.send({SOURCES: str(error)})


def _shown(source: str) -> str:
    """A source without what only its editors need know: what stands behind the path may be a key."""
    parts = urlsplit(source)
    return f"{parts.hostname or ''}{parts.path}".rstrip("/")
