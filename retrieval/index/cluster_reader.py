"""An open index whose passages are in a cluster."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from retrieval.corpus.source import Source
from retrieval.engines import Candidate, Query
from retrieval.engines.cluster.levels import ClusterLevel, FoundPassages
from retrieval.engines.cluster.requests import PASSAGES, SENTENCES
from retrieval.index.cluster_store import ClusterStore
from retrieval.index.fetched_view import FetchedView
from retrieval.index.reader import PAIR_SAMPLE, REMEMBERED_PAIRS, IndexReader
from retrieval.index.summary import Summary
from retrieval.index.view import Holds, View


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
        self._passages, self._cluster_store = passages, store
        self._levels = (
            ClusterLevel(passages, SENTENCES, summary.in_sentences, totals.sentences),
            ClusterLevel(passages, PASSAGES, summary.in_passages, totals.passages),
        )
        super().__init__(source, store, *self._levels)
        self._pairs: dict[tuple[str, str], bool] = {}
        self._before_pairs = 0  # searches in part before pairs were asked for last
        self.side_by_side = self._side_by_side  # what was looked for in a part of the articles is not kept

    @property
    def in_part(self) -> int:
        """See `IndexReader.in_part`."""
        return self._passages.in_part

    def view(self, holds: Holds) -> View:
        """See `IndexReader.view`; the articles are fetched from the cluster."""
        return FetchedView(self._cluster_store, holds)

    def expect_pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        """See `IndexReader.expect_pairs`; all are looked for in one round trip."""
        if len(self._pairs) > REMEMBERED_PAIRS or self._before_pairs != self.in_part:
            self._pairs.clear()
        self._before_pairs = self.in_part
        new = [pair for pair in dict.fromkeys(pairs) if pair not in self._pairs]
        found = self._passages.search([self._levels[0].body_together(pair, PAIR_SAMPLE) for pair in new])
        for pair, candidates in zip(new, found, strict=True):
            self._pairs[pair] = self.follow_in(pair, [one.document for one in candidates])

    def _side_by_side(self, one: str, other: str) -> bool:
        if (one, other) not in self._pairs:
            self.expect_pairs([(one, other)])
        return self._pairs[one, other]

    def nominate(self, query: Query, wanted: Sequence[int]) -> list[list[Candidate]]:
        """See `IndexReader.nominate`; both levels are asked in one round trip, and what they find comes with it."""
        return self._passages.search([level.body(query, k) for level, k in zip(self._levels, wanted, strict=True)])
