"""The index of a corpus in a cluster: opened, refreshed and checked as a whole, as `StoredIndex` is on one machine.

One machine at a time is the writer. It has a store of its own, which is brought up to date and then published.
"""

from __future__ import annotations

import fcntl
import socket
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from retrieval.corpus.source import Source
from retrieval.engines.cluster.client import Cluster
from retrieval.engines.cluster.health import check_copies
from retrieval.engines.cluster.levels import FoundPassages
from retrieval.engines.cluster.mappings import PASSAGES
from retrieval.engines.cluster.settings import ClusterSettings
from retrieval.errors import ClusterError, IndexStoreError
from retrieval.index.cluster_reader import ClusterReader
from retrieval.index.cluster_store import ClusterStore
from retrieval.index.header import Totals
from retrieval.index.reader import IndexReader
from retrieval.index.store import Store
from retrieval.index.summary import Summary, remove_summary
from retrieval.indexing.catching_up import FRESH, caught_up
from retrieval.indexing.change import PUBLISHED, published
from retrieval.indexing.journal import Journal, Published, WriterElsewhereError, index_name
from retrieval.indexing.publishing import Publication
from retrieval.indexing.sharing import Board, OfferedWork, assist
from retrieval.indexing.spec import IndexSpec
from retrieval.indexing.stored_index import Refreshed, StoredIndex
from retrieval.indexing.update import Change, fingerprint_of
from retrieval.system.files import replace_file

WRITERS_ENGINE = "rank-bm25"
"""The engine of the writer's own store: one that stores nothing beside it, for nobody asks it."""


class ClusterIndex:
    """A collection in a cluster, and what this machine keeps of it.

    Args:
        source: what is indexed.
        folder: where this machine keeps its part, and the writer its store.
        spec: how the index is made.
        cluster: where; None for the one that the environment names.

    Raises:
        EngineError: a setting cannot be, or the client is not installed.
    """

    def __init__(self, source: Source, folder: Path, spec: IndexSpec, cluster: Cluster | None = None) -> None:
        self._source, self._spec = source, spec
        self._cluster = cluster or Cluster(ClusterSettings.from_environment())
        self._settings = self._cluster.settings
        self._journal = Journal(self._cluster)
        self._work = OfferedWork(Board(self._cluster), spec.analyzer, spec.version)
        self._own = StoredIndex(source, folder, replace(spec, engine=WRITERS_ENGINE, elsewhere=self._work))
        self.home = folder / f"cluster-{self._settings.name}"

    def open(self) -> IndexReader:
        """Bring the collection up to date where this machine may write and something has changed, and open it.

        Raises:
            CorpusError: the source is missing or has no readable article, and nothing is indexed yet.
            ClusterError: the cluster cannot be reached; or there is nothing in it, and this machine may not write.
        """
        self._cluster.check_version()
        if self._settings.writer and self._is_behind():
            try:
                self._refreshed()
            except ClusterError as error:
                if not self._journal.collection().index:
                    raise
                self._spec.announce(f"{error}; what has changed since is not in it yet.")
        return self.snapshot()

    def snapshot(self) -> IndexReader:
        """The collection as it is in the cluster; the source is not looked at.

        Raises:
            ClusterError: the cluster cannot be reached, or there is nothing in it.
            IndexStoreError: this machine cannot keep its part.
        """
        collection = self._journal.collection()
        if not collection.index:
            remedy = "run `retrieval index --engine opensearch` where the articles are"
            raise ClusterError(f"{self._cluster.place}: there is no collection «{self._settings.name}»; {remedy}")
        if collection.version != self._spec.version:
            told = f"the collection «{self._settings.name}» is of another version ({collection.version})"
            raise ClusterError(f"{self._cluster.place}: {told}; update this machine, or the writer")
        with self._locked():
            summary = self._caught_up(collection)
        summary.hold()
        passages = FoundPassages(self._cluster, f"{collection.index}-{PASSAGES}", summary.leaving)
        store = ClusterStore(summary, passages, collection.index)
        return ClusterReader(self._source, store, summary, passages)

    def refresh(self, *, anew: bool = False) -> Refreshed:
        """Bring the collection up to date. While another machine does so, analyse for it.

        Args:
            anew: whether the writer's own store is given up first; readers go on with the old index until the new one
                is whole.

        Raises:
            CorpusError: the source is missing or has no readable article.
            ClusterError: the cluster cannot be reached; or another machine is the writer, and has nothing to do.
            IndexStoreError: the writer's own store cannot be written.
        """
        assisted = False
        while True:
            try:
                return self._refreshed(anew=anew)
            except WriterElsewhereError as error:
                if anew or not (assisted or self._journal.is_busy()):
                    raise
                if assisted and not self._journal.is_busy():
                    return self._as_it_is()
                self._spec.announce(f"{error}. This machine analyses for it.")
            batches = assist(self._cluster, self._spec.analyzer, self._spec.version, self._journal.is_busy)
            self._spec.announce(f"{batches} batches of articles were analysed for another machine.")
            assisted = True

    def _refreshed(self, *, anew: bool = False) -> Refreshed:
        with self._locked("writer"), self._journal.claimed(self._writer()), self._work.offering():
            refreshed = self._own.refresh(anew=anew)
            generation = self._published(anew=anew)
            return refreshed._replace(generation=generation)

    def follow(self) -> Refreshed:
        """Bring the collection up to date where this machine is the writer; else tell how far it is.

        Raises:
            CorpusError, ClusterError, IndexStoreError: see `refresh`.
        """
        with suppress(WriterElsewhereError):
            if self._settings.writer:
                return self._refreshed()
        return self._as_it_is()

    def _as_it_is(self) -> Refreshed:
        header = self.snapshot().store.header
        return Refreshed(Change(), header.totals, (), header.generation)

    def check(self) -> Totals:
        """Read everything that is stored, and change nothing.

        Raises:
            IndexStoreError: there is nothing, or it is damaged, of another version, or incomplete.
            ClusterError: a copy of a shard is not in use.
        """
        index = self.snapshot()
        index.check()
        check_copies(self._cluster, [self._cluster.index("*")])
        return index.totals

    def _is_behind(self) -> bool:
        """Whether the corpus is not as the collection has it, as far as this machine's part tells."""
        collection = self._journal.collection()
        if not collection.index or collection.version != self._spec.version:
            return True
        with self._locked():
            header = self._caught_up(collection).header
        return header.state != fingerprint_of(self._source.files())

    def _published(self, *, anew: bool) -> int:
        """Publish the writer's store; returns the generation in force then."""
        before = self._journal.collection()
        origin = self._origin(anew=anew)
        with closing(Store(self._own.path)) as store:
            index = index_name(self._cluster, origin, store.header.version)
            if index == before.index:
                with self._locked():
                    summary = self._caught_up(before)
                rows = summary.rows("SELECT value FROM meta WHERE name = ?", PUBLISHED)
                if rows == [(published(store.header),)]:
                    return before.generation
            else:
                summary = self._fresh(index)
            publication = Publication(self._cluster, store, summary, before=before, origin=origin, told=self._spec_told)
            return publication.run(self.home).generation

    def _spec_told(self, done: int, wanted: int) -> None:
        if wanted > done or wanted > 1_000:
            self._spec.announce(f"{done:,} of {wanted:,} articles are in the cluster.")

    def _origin(self, *, anew: bool = False) -> str:
        """What the writer's store is known by; it is a row of its table `meta`."""
        with closing(Store(self._own.path)) as store:
            rows = [] if anew else store.rows("SELECT value FROM meta WHERE name = 'origin'")
            if rows:
                return str(rows[0][0])
            origin = f"{socket.gethostname()}-{uuid.uuid4()}"
            with store.writing():
                store.write("INSERT OR REPLACE INTO meta VALUES ('origin', ?)", origin)
            return origin

    def _writer(self) -> str:
        """What this machine is known by as a writer."""
        path = self.home / "writer"
        if not path.exists():
            replace_file(path, str(uuid.uuid4()).encode())
        return path.read_text(encoding="ascii")

    def _fresh(self, index: str) -> Summary:
        """An empty part of this machine for a new index."""
        path = self.home / f"{FRESH}{index}.db"
        remove_summary(path)
        return Summary(path)

    def _caught_up(self, collection: Published) -> Summary:
        """This machine's part of the collection that is in force, brought up to date."""
        return caught_up(self._journal, collection, self.home)

    @contextmanager
    def _locked(self, name: str = "summary") -> Iterator[None]:
        """Let one process of this machine at a time do something.

        Raises:
            IndexStoreError: the folder cannot be written.
        """
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            lock = (self.home / f"{name}.lock").open("w")
        except OSError as error:
            raise IndexStoreError(f"{self.home}: it cannot be written ({error.strerror})") from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
