"""The default engine: rank-bm25 in memory, for collections up to some hundred thousand sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from retrieval.engines.base import Candidate, Query, inverse_document_frequency

Postings = tuple[NDArray[np.int64], NDArray[np.float64]]
"""The documents that hold a term, ascending, and the term's BM25 score in each."""

_NO_POSTINGS: Postings = (np.empty(0, dtype=np.int64), np.empty(0))


class _Okapi(BM25Okapi):  # type: ignore[misc]  # rank-bm25 has no types
    """rank-bm25's statistics with an idf that is never negative, so that a common term cannot count against a match."""

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {term: inverse_document_frequency(df, self.corpus_size) for term, df in nd.items()}


class MemoryEngine:
    """rank-bm25 behind the `Engine` protocol.

    rank-bm25 scores every document for every term of a query. Here the same formula is applied once, at building, to
    the documents that hold the term, so that a question costs no more than the postings of its terms.
    """

    def __init__(self, documents: int, okapi: _Okapi | None) -> None:
        self._documents = documents
        self._postings = _score_postings(okapi) if okapi else {}

    @classmethod
    def build(cls, documents: Iterable[Sequence[str]], *, k1: float, b: float) -> Self:
        """See `Engine.build`."""
        documents = list(documents)
        # rank-bm25 divides by the number of documents and by their mean length.
        return cls(len(documents), _Okapi(documents, k1=k1, b=b) if any(documents) else None)

    def __len__(self) -> int:
        """See `Engine.__len__`."""
        return self._documents

    def search(self, query: Query, k: int) -> list[Candidate]:
        """See `Engine.search`."""
        total = self._total(query)
        matched = np.flatnonzero(total)
        if len(matched) > k > 0:
            threshold = np.partition(total[matched], -k)[-k]
            matched = matched[total[matched] >= threshold]
        best = matched[np.argsort(-total[matched], kind="stable")][: max(k, 0)]
        return [Candidate(int(document), float(total[document])) for document in best]

    def document_frequency(self, term: str) -> int:
        """See `Statistics.document_frequency`."""
        return len(self._postings.get(term, _NO_POSTINGS)[0])

    def idf(self, term: str) -> float:
        """See `Statistics.idf`."""
        return inverse_document_frequency(self.document_frequency(term), len(self))

    def _total(self, query: Query) -> NDArray[np.float64]:
        """Every document's score."""
        total = np.zeros(len(self))
        for group in query:
            found = [(self._postings[term], share) for term, share in group.shares.items() if term in self._postings]
            if len(found) == 1:
                (documents, scores), share = found[0]
                total[documents] += group.weight * share * scores
            elif found:
                best = np.zeros(len(self))
                for (documents, scores), share in found:
                    best[documents] = np.maximum(best[documents], share * scores)
                total += group.weight * best
        return total


def _score_postings(okapi: _Okapi) -> dict[str, Postings]:
    """Term → its postings, each scored with rank-bm25's formula."""
    occurrences: dict[str, tuple[list[int], list[int]]] = {term: ([], []) for term in okapi.idf}
    for document, frequencies in enumerate(okapi.doc_freqs):
        for term, frequency in frequencies.items():
            documents, counts = occurrences[term]
            documents.append(document)
            counts.append(frequency)
    norms = okapi.k1 * (1 - okapi.b + okapi.b * np.array(okapi.doc_len) / okapi.avgdl)
    postings: dict[str, Postings] = {}
    for term, (listed, counts) in occurrences.items():
        holders, tf = np.array(listed, dtype=np.int64), np.array(counts, dtype=np.float64)
        postings[term] = (holders, okapi.idf[term] * tf * (okapi.k1 + 1) / (tf + norms[holders]))
    return postings
