"""The index of a source: kept on this machine or in a cluster, or not kept at all."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from retrieval.corpus.source import Source
from retrieval.engines import AUTO, CLUSTER, engine_class
from retrieval.errors import IndexStoreError
from retrieval.index.header import Totals
from retrieval.index.reader import IndexReader
from retrieval.index.store import Store
from retrieval.indexing.spec import IndexSpec
from retrieval.indexing.stored_index import Refreshed, StoredIndex, with_engine_in_memory
from retrieval.indexing.update import Update, size_of


class KeptIndex(Protocol):
    """An index that is kept between two runs: `StoredIndex` on this machine, `ClusterIndex` in a cluster."""

    def open(self) -> IndexReader:
        """Bring it up to date, and open it."""
        ...

    def snapshot(self) -> IndexReader:
        """The index as it is kept; the source is not looked at."""
        ...

    def refresh(self, *, anew: bool = False) -> Refreshed:
        """Bring it up to date without opening it; `anew` gives up what is kept first."""
        ...

    def follow(self) -> Refreshed:
        """Bring it up to date where that is this machine's part; else tell how far it is."""
        ...

    def check(self) -> Totals:
        """Read everything that is kept, and change nothing."""
        ...


def open_index(source: Source, folder: Path | None, spec: IndexSpec) -> IndexReader:
    """An index that holds what the source holds now.

    Args:
        source: what is indexed.
        folder: where indexes are stored; None stores none; one in a cluster goes with its reader then. Where
            it cannot be used, the index is made in memory.
        spec: how the index is made.

    Raises:
        CorpusError: the source is missing or has no readable article.
        EngineError: there is no such engine.
        ClusterError: the cluster cannot be reached.
    """
    if spec.engine == CLUSTER:
        return kept_index(source, folder, spec).open() if folder else _passing(source, spec)
    if spec.engine != AUTO:
        engine_class(spec.engine)  # a wrong name is told before anything is analysed
    try:
        if folder is not None:
            return StoredIndex(source, folder, spec).open()
    except IndexStoreError as error:
        spec.announce(f"{error}; it will be built again next time.")
    return in_memory(source, spec)


def _passing(source: Source, spec: IndexSpec) -> IndexReader:
    from retrieval.indexing.passing import passing  # noqa: PLC0415  # see `kept_index`

    return passing(source, spec)


def in_memory(source: Source, spec: IndexSpec) -> IndexReader:
    """An index that is not stored.

    Raises:
        CorpusError: the source is missing or has no readable article.
        EngineError: there is no such engine.
    """
    store, files = Store(None), source.files()
    with store.writing():
        Update(store, source, files, spec.version).run(spec)
    return with_engine_in_memory(source, store, spec.engine_for(size_of(files)))


def kept_index(source: Source, folder: Path, spec: IndexSpec) -> KeptIndex:
    """The index of a source that is kept between two runs.

    Raises:
        EngineError: the cluster's client is not installed, or a setting of it cannot be.
    """
    if spec.engine != CLUSTER:
        return StoredIndex(source, folder, spec)
    # Its libraries take time to import.
    from retrieval.indexing.cluster_index import ClusterIndex  # noqa: PLC0415

    return ClusterIndex(source, folder, spec)


def published_generation(engine: str) -> int | None:
    """How often the collection in a cluster has changed; None where the engine of that name is on this machine.

    Raises:
        ClusterError: the cluster cannot be reached.
    """
    if engine != CLUSTER:
        return None
    from retrieval.indexing.journal import generation  # noqa: PLC0415  # see `kept_index`

    return generation()
