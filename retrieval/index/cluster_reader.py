"""An open index whose passages are in a cluster."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.corpus.source import Source
from retrieval.engines import Candidate, Query
from retrieval.engines.cluster.levels import ClusterLevel, FoundPassages
from retrieval.engines.cluster.requests import PASSAGES, SENTENCES
from retrieval.index.cluster_store import ClusterStore
from retrieval.index.reader import IndexReader
from retrieval.index.summary import Summary


class ClusterReader(IndexReader):
    """See `IndexReader`. A sentence is found by the number of its passage's first one: the ranking reads all of them.

    Args:
        source: what is indexed.
        store: the articles in the cluster.
        summary: the statistics of this machine.
        passages: those of the cluster.
    """

    def __init__(self, source: Source, store: ClusterStore, summary: Summary, passages: FoundPassages) -> None:
        totals = store.header.totals
        self._passages = passages
        self._levels = (
            ClusterLevel(passages, SENTENCES, summary.in_sentences, totals.sentences),
            ClusterLevel(passages, PASSAGES, summary.in_passages, totals.passages),
        )
        super().__init__(source, store, *self._levels)

    @property
    def in_part(self) -> int:
        """See `IndexReader.in_part`."""
        return self._passages.in_part

    def nominate(self, query: Query, wanted: Sequence[int]) -> list[list[Candidate]]:
        """See `IndexReader.nominate`; both levels are asked in one round trip, and what they find comes with it."""
        return self._passages.search([level.body(query, k) for level, k in zip(self._levels, wanted, strict=True)])
