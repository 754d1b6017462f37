"""Opening an index: the stored one is brought up to date with its corpus, and its engines with it.

An index is a folder: the store, and beside it, where the engine lives on disk, its `generations`. The transaction of
the store is the one moment at which a change takes place.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeGuard

from retrieval import terms
from retrieval.articles import article_files
from retrieval.engines import AUTO, LARGE, Engine, StoredEngine, engine_class
from retrieval.errors import CorpusError, DamagedError, EngineError, IndexStoreError
from retrieval.generations import Draft, Generations
from retrieval.index import K1, B, Index, passage_documents, sentence_documents
from retrieval.store import Store, Totals
from retrieval.terms import Analyzer
from retrieval.update import Announce, Change, Track, Update, is_stale

VERSION = 4
"""Raised whenever the same corpus may give other articles, passages, sentences or records."""

STORE = "store-2.db"
"""The name tells the layout of the tables: a store of another one is not opened but made anew."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a corpus's index is opened.

    Args:
        corpus: a folder of articles, or one file.
        engine: an engine's name, or `auto`.
        analyzer: text → terms.
        announce: told of what had to be given up or could not be done.
        track: shows progress.
    """

    corpus: Path
    engine: str
    analyzer: Analyzer
    announce: Announce
    track: Track

    @property
    def version(self) -> str:
        """What the analysis depends on."""
        return f"index {VERSION}, terms {terms.VERSION}, lexicon {self.analyzer.lexicon.fingerprint}"


def open_index(opening: Opening, folder: Path | None) -> Index:
    """The index of a corpus, brought up to date.

    Args:
        opening: of what, and how.
        folder: where indexes are stored; None stores none.

    Raises:
        CorpusError: the corpus is missing or has no readable article.
        EngineError: there is no such engine.
    """
    if opening.engine != AUTO:
        engine_class(opening.engine)
    try:
        if folder is not None:
            return _stored(opening, home_of(opening.corpus, folder))
    except IndexStoreError as error:
        opening.announce(f"{error}; it will be built again next time.")
    store = Store(None)
    with store.writing():
        Update(store, opening.corpus, opening.version, lambda *_: None).run(opening.analyzer, opening.track)
    return _index(opening, store, None)


class Refreshed(NamedTuple):
    """What has changed in a stored index, how much it holds now, and what of the corpus could not be read."""

    change: Change
    totals: Totals
    problems: tuple[CorpusError, ...]


def open_stored(opening: Opening, folder: Path) -> Index:
    """The stored index of a corpus as it is now; the corpus is not looked at.

    Raises:
        IndexStoreError: there is none, or it is damaged.
    """
    home = home_of(opening.corpus, folder)
    store = Store(home / STORE)
    store.hold()
    return _index(opening, store, home)


def refresh(opening: Opening, folder: Path, *, anew: bool = False) -> Refreshed:
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
    home = home_of(opening.corpus, folder)
    if anew:
        _remove(home)
    try:
        store = Store(home / STORE)
    except DamagedError as error:
        opening.announce(f"{error}; it is built anew.")
        _remove(home)
        store = Store(home / STORE)
    try:
        _tell_of_another_version(opening, store)
        change = update(opening, store, home)
        return Refreshed(change, store.totals, store.problems(opening.corpus))
    finally:
        store.close()


def check(opening: Opening, folder: Path) -> Totals:
    """Read everything that is stored of a corpus.

    Raises:
        IndexStoreError: there is nothing, or it is damaged.
    """
    home = home_of(opening.corpus, folder)
    if not (home / STORE).exists():
        raise IndexStoreError(f"{home}: nothing is stored of {opening.corpus}; run `retrieval index`")
    store = Store(home / STORE)
    try:
        store.hold()
        engine = _chosen(opening, store.meta("bytes", 0))
        if _is_stored(engine):  # strictly: `_index` would write anew what is damaged
            index = Index(opening.corpus, store, *Generations(engine, home).open(store.meta("generation")))
        else:
            index = _index(opening, store, None)
        index.check()
    finally:
        store.close()
    return index.totals


def home_of(corpus: Path, folder: Path) -> Path:
    """The folder of a corpus's index among the stored ones."""
    return folder / f"index-{hashlib.blake2b(os.fsencode(corpus.resolve()), digest_size=8).hexdigest()}"


def _stored(opening: Opening, home: Path) -> Index:
    """The stored index, brought up to date; built anew where it is damaged."""
    try:
        return _brought_up_to_date(opening, home)
    except DamagedError as error:
        opening.announce(f"{error}; it is built anew.")
        _remove(home)
    return _brought_up_to_date(opening, home)


def _brought_up_to_date(opening: Opening, home: Path) -> Index:
    store = Store(home / STORE)
    if is_stale(store, opening.corpus, opening.version):
        before, updated = store.meta("version"), store.meta("updated")
        _tell_of_another_version(opening, store)
        try:
            update(opening, store, home)
        except DamagedError:
            raise
        except IndexStoreError as error:
            if before != opening.version:
                raise
            opening.announce(f"{error}; what has changed since {updated} is not in it yet.")
    store.hold()
    return _index(opening, store, home)


def _tell_of_another_version(opening: Opening, store: Store) -> None:
    before = store.meta("version")
    if before not in (None, opening.version):
        opening.announce(f"{store.path}: the stored index is of another version ({before}); it is built anew.")


def update(opening: Opening, store: Store, home: Path) -> Change:
    """Bring a store, and its engine if that lives on disk, up to date in one step.

    Raises:
        CorpusError: the corpus is missing, or no article of it can be read.
        IndexStoreError: it cannot be written; nothing has changed.
    """
    engine = _chosen(opening, sum(state.size for state in article_files(opening.corpus).values()))
    generations = Generations(engine, home) if _is_stored(engine) else None
    with store.writing():
        for left in home.glob(f"*-{store.meta('generation', 0) + 1}"):
            _remove(left)  # by a writer that died before its change took place
        draft = generations and _draft(opening, store, generations)
        added = draft.add if draft else lambda *_: None
        change = Update(store, opening.corpus, opening.version, added).run(opening.analyzer, opening.track)
        if draft and change:
            draft.commit(change.removed)
        if generations:
            generations.prune(store.meta("generation"))
            if not generations.folder(store.meta("generation")).exists():
                generations.create(store)
    return change


def _draft(opening: Opening, store: Store, generations: Generations) -> Draft | None:
    """The next generation of an engine; None where there is none yet that it could amend."""
    generation = store.meta("generation", 0)
    before = generations.folder(generation)
    if store.meta("version") != opening.version:
        return generations.draft(generation + 1)
    return generations.draft(generation + 1, before) if before.exists() else None


def _index(opening: Opening, store: Store, home: Path | None) -> Index:
    engine = _chosen(opening, store.meta("bytes"))
    if home is not None and _is_stored(engine):
        try:
            return Index(opening.corpus, store, *_stored_engines(opening, store, Generations(engine, home)))
        except IndexStoreError as error:
            opening.announce(f"{error}; it is held in memory.")
            store.hold()
    sentences = engine.build(sentence_documents(store), k1=K1, b=B)
    return Index(opening.corpus, store, sentences, engine.build(passage_documents(store), k1=K1, b=B))


def _stored_engines(opening: Opening, store: Store, generations: Generations) -> tuple[StoredEngine, StoredEngine]:
    """The engines of the store's generation, made where they are missing, as after a change of the engine."""
    generation = store.meta("generation")
    try:
        if generations.folder(generation).exists():
            return generations.open(generation)
    except DamagedError as error:
        opening.announce(f"{error}; it is built anew.")
    with store.writing():
        generations.create(store)
    store.hold()
    return generations.open(store.meta("generation"))


def _chosen(opening: Opening, size: int) -> type[Engine]:
    """The engine that is named, or the one that suits the size of the article files, in bytes."""
    if opening.engine != AUTO:
        return engine_class(opening.engine)
    if size > LARGE:
        try:
            return engine_class("tantivy")
        except EngineError as error:
            opening.announce(f"{error}; until then a large corpus starts slowly.")
    return engine_class("rank-bm25")


def _is_stored(engine: type[Engine]) -> TypeGuard[type[StoredEngine]]:
    return hasattr(engine, "write")


def _remove(path: Path) -> None:
    """Remove what is at a path, whatever it is."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
