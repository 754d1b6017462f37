"""The default engine: rank-bm25 in memory, for collections up to some ten thousand sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial, reduce
from typing import Self

import numpy as np
from numpy.typing import NDArray

from retrieval.engines.base import Candidate, Document, Query, Searcher, inverse_document_frequency

Postings = tuple[NDArray[np.int64], NDArray[np.float64]]
"""The positions (ascending) of the documents that have a term, and the term's BM25 score in each."""

REMEMBERED_TERMS = 1 << 14
"""Terms whose idf is kept: enough for everyday questions."""

_NO_POSTINGS: Postings = (np.empty(0, dtype=np.int64), np.empty(0))


class MemoryEngine:
    """rank-bm25 behind the `Engine` protocol.

    rank-bm25 scores every document for every term of a query. Here the same formula is applied once, at building, to
    the documents that hold the term, so that a question costs no more than the postings of its terms.
    """

    adds_up = False
    rounds, counts_empty = False, True

    def __init__(self, numbers: Sequence[int], documents: Sequence[Sequence[str]], k1: float, b: float) -> None:
        self.k1, self.b = k1, b
        self._numbers = np.array(numbers, dtype=np.int64)
        # rank-bm25 divides by the number of documents and by their mean length.
        self._postings = _score_postings(documents, k1, b) if any(documents) else {}
        self.idf = lru_cache(REMEMBERED_TERMS)(self._idf)

    @classmethod
    def build(cls, documents: Iterable[Document], *, k1: float, b: float) -> Self:
        """See `Engine.build`."""
        listed = list(documents)
        return cls([one.number for one in listed], [one.terms.split() for one in listed], k1, b)

    def __len__(self) -> int:
        """See `Engine.__len__`."""
        return len(self._numbers)

    def search(self, query: Query, k: int) -> list[Candidate]:
        """See `Engine.search`."""
        total = self._total(query)
        (matched,) = (total > 0).nonzero()
        scores = total[matched]
        if len(matched) > k > 0:
            matched = matched[scores >= np.partition(scores, -k)[-k]]
        best = matched[(-total[matched]).argsort(kind="stable")][: max(k, 0)]
        return list(map(Candidate, self._numbers[best].tolist(), total[best].tolist()))

    def together(self, terms: Sequence[str], k: int) -> list[int]:
        """See `Engine.together`."""
        found = [self._postings.get(term, _NO_POSTINGS) for term in terms]
        if not found:
            return []
        common = reduce(partial(np.intersect1d, assume_unique=True), (documents for documents, _ in found))
        total = np.zeros(len(common))
        for documents, scores in found:
            total += scores[documents.searchsorted(common)]
        best: list[int] = self._numbers[common[(-total).argsort(kind="stable")[:k]]].tolist()
        return best

    def check(self) -> None:
        """See `Engine.check`; nothing is stored."""

    def document_frequency(self, term: str) -> int:
        """See `Statistics.document_frequency`."""
        return len(self._postings.get(term, _NO_POSTINGS)[0])

    def _idf(self, term: str) -> float:
        """See `Statistics.idf`."""
        return inverse_document_frequency(self.document_frequency(term), len(self))

    def _total(self, query: Query) -> NDArray[np.float64]:
        """Every document's score."""
        total = np.zeros(len(self._numbers))
        for group in query:
            shares = group.shares.items()
            found = [(postings, share) for term, share in shares if (postings := self._postings.get(term))]
            if not found:
                continue
            ((documents, scores), share), *others = found
            if not others:
                total[documents] += _times(group.weight * share, scores)
                continue
            best = np.zeros(len(self._numbers))
            best[documents] = _times(share, scores)
            for (documents, scores), share in others:
                best[documents] = np.maximum(best[documents], _times(share, scores))
            total += _times(group.weight, best)
        return total


def _times(factor: float, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Some scores multiplied; most factors are 1."""
    return scores if factor == 1.0 else factor * scores


class PartEngine(MemoryEngine):
    """Some documents of a collection, weighed and told of by the statistics of the whole of it.

    Args:
        documents: those that are searched.
        whole: the engine of the whole collection.
        mean: the mean number of terms in a document of the whole collection.
    """

    def __init__(self, documents: Iterable[Document], whole: Searcher, mean: float) -> None:
        listed = list(documents)
        terms = [one.terms.split() for one in listed]
        self.k1, self.b, self._whole = whole.k1, whole.b, whole
        self._numbers = np.array([one.number for one in listed], dtype=np.int64)
        self._postings = _score_postings(terms, self.k1, self.b, (whole.idf, mean)) if any(terms) else {}
        self.idf = lru_cache(REMEMBERED_TERMS)(whole.idf)

    def __len__(self) -> int:
        """How many documents the whole collection has."""
        return len(self._whole)

    def document_frequency(self, term: str) -> int:
        """See `Statistics.document_frequency`; that of the whole collection."""
        return self._whole.document_frequency(term)


def _score_postings(
    documents: Sequence[Sequence[str]],
    k1: float,
    b: float,
    whole: tuple[Callable[[str], float], float] | None = None,
) -> dict[str, Postings]:
    """Term → its postings, each scored with rank-bm25's formula.

    Args:
        documents: the terms of each.
        k1: BM25's parameter of that name.
        b: the other one.
        whole: of the collection that they are a part of, the idf of a term and the mean length of a document; None
            where there are no others.
    """
    # A bot over a collection on disk never needs rank-bm25.
    from rank_bm25 import BM25Okapi  # noqa: PLC0415

    class Okapi(BM25Okapi):  # type: ignore[misc]  # rank-bm25 has no types
        """rank-bm25's statistics with an idf that is never negative, so that a common term cannot count against."""

        def _calc_idf(self, nd: dict[str, int]) -> None:
            if whole is not None:
                weigh, self.avgdl = whole
                self.idf = {term: weigh(term) for term in nd}
                return
            self.idf = {term: inverse_document_frequency(df, self.corpus_size) for term, df in nd.items()}

    okapi = Okapi(documents, k1=k1, b=b)
    number = {term: place for place, term in enumerate(okapi.idf)}
    # Every pair of a document and a term in it, of all documents at once; then by terms.
    holders = np.repeat(np.arange(len(documents)), list(map(len, okapi.doc_freqs)))
    terms = np.array([number[term] for frequencies in okapi.doc_freqs for term in frequencies], dtype=np.int64)
    tf = np.array([count for frequencies in okapi.doc_freqs for count in frequencies.values()], dtype=np.float64)
    norms = okapi.k1 * (1 - okapi.b + okapi.b * np.array(okapi.doc_len) / okapi.avgdl)
    scores = np.array(list(okapi.idf.values()))[terms] * tf * (okapi.k1 + 1) / (tf + norms[holders])
    order, ends = np.argsort(terms, kind="stable"), np.cumsum(np.bincount(terms)).tolist()
    holders, scores = holders[order], scores[order]
    spans = map(slice, [0, *ends], ends)
    return {term: (holders[span], scores[span]) for term, span in zip(number, spans, strict=True)}
