"""A stored index brought up to date, or checked, without being opened for questions; also from another process."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from retrieval.corpus.articles import with_drafts_counted
from retrieval.corpus.folder import Folder
from retrieval.errors import CorpusError, DamagedError, IndexStoreError
from retrieval.index.reader import IndexReader
from retrieval.index.store import Store, Totals
from retrieval.indexing.generations import Generations
from retrieval.indexing.stored_index import (
    STORE,
    IndexSpec,
    chosen,
    home_of,
    index_of,
    is_stored_engine,
    remove,
    tell_of_another_version,
    update,
)
from retrieval.indexing.update import Change, untracked
from retrieval.text import lexicon
from retrieval.text.analyzer import Analyzer


class Refreshed(NamedTuple):
    """What has changed in a stored index, how much it holds now, and what of the corpus could not be read."""

    change: Change
    totals: Totals
    problems: tuple[CorpusError, ...]


def refresh(opening: IndexSpec, folder: Path, *, anew: bool = False) -> Refreshed:
    """Bring the stored index of a corpus up to date without opening it.

    Args:
        opening: of what, and how.
        folder: where indexes are stored.
        anew: whether what is stored is given up first.

    Raises:
        CorpusError: the corpus is missing or has no readable article.
        EngineError: there is no such engine.
        IndexStoreError: it cannot be written, as while another process writes it; the old state still answers.
    """
    home = home_of(opening.source.path, folder)
    if anew:
        remove(home)
    try:
        store = Store(home / STORE)
    except DamagedError as error:
        opening.announce(f"{error}; it is built anew.")
        remove(home)
        store = Store(home / STORE)
    try:
        tell_of_another_version(opening, store)
        change = update(opening, store, home, opening.source.files())
        problems = with_drafts_counted(opening.source.path, store.problems(opening.source.place))
        return Refreshed(change, store.totals, problems)
    finally:
        store.close()


def check(opening: IndexSpec, folder: Path) -> Totals:
    """Read everything that is stored of a corpus.

    Raises:
        IndexStoreError: there is nothing, or it is damaged or of another version.
    """
    home = home_of(opening.source.path, folder)
    if not (home / STORE).exists():
        raise IndexStoreError(f"{home}: nothing is stored of {opening.source.path}; run `retrieval index`")
    store = Store(home / STORE)
    try:
        store.hold()
        if store.meta("version") != opening.version:
            raise IndexStoreError(f"{store.path}: the stored index is of another version; run `retrieval index`")
        engine = chosen(opening, store.meta("bytes", 0))
        if is_stored_engine(engine):  # strictly: `index_of` would write anew what is damaged
            index = IndexReader(opening.source, store, *Generations(engine, home).open(store.meta("generation")))
        else:
            index = index_of(opening, store, None)
        index.check()
    finally:
        store.close()
    return index.totals


class Report(NamedTuple):
    """What became of an index.

    Args:
        changed: whether it holds anything else now.
        lines: what to tell of it: what could not be read, what was given up.
    """

    changed: bool
    lines: tuple[str, ...]


def refresh_stored(corpus: Path, engine: str, data: Path) -> Report:
    """Bring the stored index of a corpus up to date; meant to run again and again in a process of its own.

    Args:
        corpus: see `Retriever.from_corpus`.
        engine: the engine's name.
        data: the folder of stored indexes.

    Raises:
        CorpusError, EngineError, IndexStoreError: see `refresh`.
    """
    lines: list[str] = []
    opening = IndexSpec(Folder(corpus), engine, _analyzer(data), lines.append, untracked)
    refreshed = refresh(opening, data)
    return Report(bool(refreshed.change), (*lines, *(f"left out: {problem}" for problem in refreshed.problems)))


def warm(data: Path) -> None:
    """Load what `refresh_stored` needs, and give way to whoever answers."""
    _analyzer(data)
    if hasattr(os, "nice"):
        os.nice(10)


@lru_cache(1)
def _analyzer(data: Path) -> Analyzer:
    return Analyzer(lexicon.load(data, lambda _: None))
