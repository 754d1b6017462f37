"""The stored index of a corpus on this machine: opened, refreshed and checked as a whole.

The files go through `Update` into a store, whose header says which state of the files it holds.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from retrieval.corpus.articles import with_drafts_counted
from retrieval.corpus.source import Source, State
from retrieval.engines import Engine, StoredEngine, is_stored_engine
from retrieval.engines.base import K1, B
from retrieval.errors import CorpusError, DamagedError, IndexStoreError
from retrieval.index.documents import passage_documents, sentence_documents
from retrieval.index.header import Totals
from retrieval.index.reader import IndexReader
from retrieval.index.store import Store
from retrieval.indexing.generations import Generations
from retrieval.indexing.spec import IndexSpec
from retrieval.indexing.update import Change, Update, fingerprint_of, size_of, unheard
from retrieval.system.files import remove
from retrieval.system.versions import STORE


class Refreshed(NamedTuple):
    """What a refresh has done.

    Args:
        change: what has changed in the index.
        totals: how much it holds now.
        problems: what of the source could not be read.
        generation: how often the articles have changed so far.
    """

    change: Change
    totals: Totals
    problems: tuple[CorpusError, ...]
    generation: int


def with_engine_in_memory(source: Source, store: Store, engine: type[Engine]) -> IndexReader:
    """The index over a store, with engines that are built now."""
    levels = (engine.build(documents(store), k1=K1, b=B) for documents in (sentence_documents, passage_documents))
    return IndexReader(source, store, *levels)


class StoredIndex:
    """The folder of one source's index: its store and, where the engine lives on disk, the engine's generations.

    A change takes place at one moment, when the transaction of the store is committed.

    Args:
        source: what is indexed.
        folder: where indexes are stored; this one has a folder of its own there.
        spec: how the index is made.
    """

    def __init__(self, source: Source, folder: Path, spec: IndexSpec) -> None:
        digest = hashlib.blake2b(os.fsencode(source.path.resolve()), digest_size=8).hexdigest()
        self.home = folder / f"index-{digest}"
        self.path = self.home / STORE
        self._source, self._spec = source, spec

    def open(self) -> IndexReader:
        """Bring the index up to date, or build it anew where it is damaged, and open it.

        While another process writes it, it is opened as it was before.

        Raises:
            CorpusError: the source is missing or has no readable article.
            EngineError: there is no such engine.
            IndexStoreError: it cannot be read, or it cannot be written and is of another version.
        """
        try:
            return self._opened()
        except DamagedError as error:
            self._give_up(error)
        return self._opened()

    def _opened(self) -> IndexReader:
        store, files = Store(self.path), self._source.files()
        before, version = store.header, self._spec.version
        if (before.version, before.state) != (version, fingerprint_of(files)):
            try:
                self._update(store, files)
            except DamagedError:
                raise
            except IndexStoreError as error:
                if before.version != version:
                    raise
                self._spec.announce(f"{error}; what has changed since {before.updated.isoformat()} is not in it yet.")
        return self._held(store)

    def snapshot(self) -> IndexReader:
        """The index as it is stored; the source is not looked at.

        Raises:
            IndexStoreError: it is damaged, or cannot be read.
        """
        return self._held(Store(self.path))

    def refresh(self, *, anew: bool = False) -> Refreshed:
        """Bring the index up to date without opening it.

        Args:
            anew: whether what is stored is given up first.

        Raises:
            CorpusError: the source is missing or has no readable article.
            EngineError: there is no such engine.
            IndexStoreError: it cannot be written, as while another process writes it; the old state still answers.
        """
        if anew:
            remove(self.home)
        try:
            store = Store(self.path)
        except DamagedError as error:
            self._give_up(error)
            store = Store(self.path)
        with closing(store):
            change = self._update(store, self._source.files())
            problems = with_drafts_counted(self._source.path, store.problems(self._source.place))
            header = store.header
            return Refreshed(change, header.totals, problems, header.generation)

    def follow(self) -> Refreshed:
        """See `refresh`, which on one machine is the part of whoever follows the articles."""
        return self.refresh()

    def check(self) -> Totals:
        """Read everything that is stored, and change nothing.

        Raises:
            IndexStoreError: there is nothing, or it is damaged or of another version.
        """
        if not self.path.exists():
            raise IndexStoreError(f"{self.home}: nothing is stored of {self._source.path}; run `retrieval index`")
        with closing(Store(self.path)) as store:
            store.hold()
            header = store.header
            if header.version != self._spec.version:
                raise IndexStoreError(f"{self.path}: the stored index is of another version; run `retrieval index`")
            engine = self._spec.engine_for(header.bytes)
            if is_stored_engine(engine):  # `_held` would write anew what is damaged
                levels = Generations(engine, self.home).open(header.generation)
                index = IndexReader(self._source, store, *levels)
            else:
                index = with_engine_in_memory(self._source, store, engine)
            index.check()
            return index.totals

    def _update(self, store: Store, files: Mapping[str, State]) -> Change:
        """Bring the store, and its engine if that lives on disk, up to date in one step.

        Raises:
            CorpusError: no article can be read.
            IndexStoreError: it cannot be written; nothing has changed.
        """
        before, version = store.header, self._spec.version
        if before.version not in ("", version):
            told = f"the stored index is of another version ({before.version}); it is built anew."
            self._spec.announce(f"{self.path}: {told}")
        engine = self._spec.engine_for(size_of(files))
        with store.writing():
            following = store.header.generation + 1
            self._remove_leftovers(following)
            update = Update(store, self._source, files, version)
            if not is_stored_engine(engine):
                return update.run(self._spec)
            generations = Generations(engine, self.home)
            draft = generations.draft(following, empty=update.change.whole)
            change = update.run(self._spec, draft.add if draft else unheard)
            if draft and change:
                draft.commit(change.removed)
            generations.settle(store)
            return change

    def _remove_leftovers(self, following: int) -> None:
        """Remove the generation of a writer that died before its change took place, and stores of other layouts."""
        for left in self.home.glob(f"*-{following}"):
            remove(left)
        for store in self.home.glob("store-*.db*"):
            if not store.name.startswith(STORE):
                remove(store)

    def _held(self, store: Store) -> IndexReader:
        """The index over a store as it is now; its engine is in memory where the stored one cannot be used."""
        store.hold()
        engine = self._spec.engine_for(store.header.bytes)
        if is_stored_engine(engine):
            try:
                return IndexReader(self._source, store, *self._stored_engines(store, Generations(engine, self.home)))
            except IndexStoreError as error:
                self._spec.announce(f"{error}; it is held in memory.")
                store.hold()
        return with_engine_in_memory(self._source, store, engine)

    def _stored_engines(self, store: Store, generations: Generations) -> tuple[StoredEngine, StoredEngine]:
        """The engines of the store's generation, made where they are missing, as after a change of the engine."""
        generation = store.header.generation
        try:
            if generations.folder(generation).exists():
                return generations.open(generation)
        except DamagedError as error:
            self._spec.announce(f"{error}; it is built anew.")
        with store.writing():
            generations.create(store)
        store.hold()
        return generations.open(store.header.generation)

    def _give_up(self, error: DamagedError) -> None:
        self._spec.announce(f"{error}; it is built anew.")
        remove(self.home)
