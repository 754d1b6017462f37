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
from typing import TypeGuard

from retrieval.corpus.source import Source
from retrieval.engines import AUTO, LARGE, Engine, StoredEngine, engine_class
from retrieval.errors import DamagedError, EngineError, IndexStoreError
from retrieval.index.reader import K1, B, IndexReader, passage_documents, sentence_documents
from retrieval.index.store import Store
from retrieval.indexing.generations import Draft, Generations
from retrieval.indexing.update import Announce, Change, Files, Track, Update, is_stale, size_of
from retrieval.text import analyzer
from retrieval.text.analyzer import Analyzer

VERSION = 9
"""Raised whenever the same corpus may give other articles, passages, sentences or records."""

STORE = "store-6.db"
"""The name tells the layout of the tables: a store of another one is not opened but made anew."""


@dataclass(frozen=True, slots=True)
class IndexSpec:
    """How a corpus's index is opened.

    Args:
        source: the articles.
        engine: an engine's name, or `auto`.
        analyzer: text → terms.
        announce: told of what had to be given up or could not be done.
        track: shows progress.
    """

    source: Source
    engine: str
    analyzer: Analyzer
    announce: Announce
    track: Track

    @property
    def version(self) -> str:
        """What the analysis depends on."""
        return f"index {VERSION}, terms {analyzer.VERSION}, lexicon {self.analyzer.lexicon.fingerprint}"


def open_index(opening: IndexSpec, folder: Path | None) -> IndexReader:
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
            return _stored(opening, home_of(opening.source.path, folder))
    except IndexStoreError as error:
        opening.announce(f"{error}; it will be built again next time.")
    store, files = Store(None), opening.source.files()
    with store.writing():
        Update(store, opening.source, files, opening.version, lambda *_: None).run(opening.analyzer, opening.track)
    return index_of(opening, store, None)


def open_stored(opening: IndexSpec, folder: Path) -> IndexReader:
    """The stored index of a corpus as it is now; the corpus is not looked at.

    Raises:
        IndexStoreError: there is none, or it is damaged.
    """
    home = home_of(opening.source.path, folder)
    store = Store(home / STORE)
    store.hold()
    return index_of(opening, store, home)


def home_of(corpus: Path, folder: Path) -> Path:
    """The folder of a corpus's index among the stored ones."""
    return folder / f"index-{hashlib.blake2b(os.fsencode(corpus.resolve()), digest_size=8).hexdigest()}"


def _stored(opening: IndexSpec, home: Path) -> IndexReader:
    """The stored index, brought up to date; built anew where it is damaged."""
    try:
        return _brought_up_to_date(opening, home)
    except DamagedError as error:
        opening.announce(f"{error}; it is built anew.")
        remove(home)
    return _brought_up_to_date(opening, home)


def _brought_up_to_date(opening: IndexSpec, home: Path) -> IndexReader:
    store, files = Store(home / STORE), opening.source.files()
    if is_stale(store, files, opening.version):
        before, updated = store.meta("version"), store.meta("updated")
        tell_of_another_version(opening, store)
        try:
            update(opening, store, home, files)
        except DamagedError:
            raise
        except IndexStoreError as error:
            if before != opening.version:
                raise
            opening.announce(f"{error}; what has changed since {updated} is not in it yet.")
    store.hold()
    return index_of(opening, store, home)


def tell_of_another_version(opening: IndexSpec, store: Store) -> None:
    """Announce that a store will be begun anew, and why."""
    before = store.meta("version")
    if before not in (None, opening.version):
        opening.announce(f"{store.path}: the stored index is of another version ({before}); it is built anew.")


def update(opening: IndexSpec, store: Store, home: Path, files: Files) -> Change:
    """Bring a store, and its engine if that lives on disk, up to date in one step.

    Raises:
        CorpusError: no article of the corpus can be read.
        IndexStoreError: it cannot be written; nothing has changed.
    """
    engine = chosen(opening, size_of(files))
    generations = Generations(engine, home) if is_stored_engine(engine) else None
    with store.writing():
        for left in home.glob(f"*-{store.meta('generation', 0) + 1}"):
            remove(left)  # by a writer that died before its change took place
        for other in home.glob("store-*.db*"):
            if not other.name.startswith(STORE):
                remove(other)  # of another layout, which nothing here can read
        draft = generations and _draft(opening, store, generations)
        added = draft.add if draft else lambda *_: None
        change = Update(store, opening.source, files, opening.version, added).run(opening.analyzer, opening.track)
        if draft and change:
            draft.commit(change.removed)
        if generations:
            generations.prune(store.meta("generation"))
            if not generations.folder(store.meta("generation")).exists():
                generations.create(store)
    return change


def _draft(opening: IndexSpec, store: Store, generations: Generations) -> Draft | None:
    """The next generation of an engine; None where there is none yet that it could amend."""
    generation = store.meta("generation", 0)
    before = generations.folder(generation)
    if store.meta("version") != opening.version:
        return generations.draft(generation + 1)
    return generations.draft(generation + 1, before) if before.exists() else None


def index_of(opening: IndexSpec, store: Store, home: Path | None) -> IndexReader:
    """The index over a store; its engine is in memory where there is no folder, or none that can be used."""
    engine = chosen(opening, store.meta("bytes"))
    if home is not None and is_stored_engine(engine):
        try:
            return IndexReader(opening.source, store, *_stored_engines(opening, store, Generations(engine, home)))
        except IndexStoreError as error:
            opening.announce(f"{error}; it is held in memory.")
            store.hold()
    sentences = engine.build(sentence_documents(store), k1=K1, b=B)
    return IndexReader(opening.source, store, sentences, engine.build(passage_documents(store), k1=K1, b=B))


def _stored_engines(opening: IndexSpec, store: Store, generations: Generations) -> tuple[StoredEngine, StoredEngine]:
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


def chosen(opening: IndexSpec, size: int) -> type[Engine]:
    """The engine that is named, or the one that suits the size of the article files, in bytes."""
    if opening.engine != AUTO:
        return engine_class(opening.engine)
    if size > LARGE:
        try:
            return engine_class("tantivy")
        except EngineError as error:
            opening.announce(f"{error}; until then a large corpus starts slowly.")
    return engine_class("rank-bm25")


def is_stored_engine(engine: type[Engine]) -> TypeGuard[type[StoredEngine]]:
    """Whether an engine lives on disk."""
    return hasattr(engine, "write")


def remove(path: Path) -> None:
    """Remove what is at a path, whatever it is."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
