"""What an engine is: a collection of documents, each a list of terms, that a query of terms ranks by BM25.

A document is a number, its place in the order it was given. An engine knows nothing of articles, sentences or Persian.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol, Self, TypeAlias

SUBSTITUTE = 0.5
"""What a substitute counts of the term that it stands in for."""


class Group(NamedTuple):
    """Terms that stand for one another: a spoken and a written form, synonyms.

    A document gets a group's score once, from the term that scores best in it, times the weight.

    Args:
        terms: each counts fully.
        weight: of the group in its query.
        substitutes: each counts `SUBSTITUTE`.
    """

    terms: tuple[str, ...]
    weight: float = 1.0
    substitutes: tuple[str, ...] = ()

    @property
    def shares(self) -> dict[str, float]:
        """Each term and substitute with what it counts."""
        return dict.fromkeys(self.substitutes, SUBSTITUTE) | dict.fromkeys(self.terms, 1.0)


Query: TypeAlias = Sequence[Group]
"""What is searched for: the scores of its groups add up."""


class Candidate(NamedTuple):
    """A document that matches at least one term of a query.

    Args:
        document: its number.
        score: its BM25 score, above 0.
    """

    document: int
    score: float


class Statistics(Protocol):
    """The counts of a collection that weigh a question's terms."""

    def document_frequency(self, term: str) -> int:
        """In how many documents `term` occurs (df)."""
        ...

    def idf(self, term: str) -> float:
        """The weight of `term`, `inverse_document_frequency` of its df; that of an unseen term is the highest."""
        ...


def inverse_document_frequency(df: int, documents: int) -> float:
    """ln(1 + (N - df + 0.5) / (df + 0.5)), the never negative idf of Lucene's BM25Similarity.

    Args:
        df: how many documents hold the term.
        documents: how many documents there are (N).
    """
    return math.log(1 + (documents - df + 0.5) / (df + 0.5))


class Engine(Statistics, Protocol):
    """A ranked index. `retrieval.index` builds it; `retrieval.ranking` asks it.

    The score of a term is Okapi BM25 (Robertson and Zaragoza, «The Probabilistic Relevance Framework», 2009):

        idf · tf · (k1 + 1) / (tf + k1 · (1 - b + b · length / average length))

    with the idf of `inverse_document_frequency`.
    """

    @classmethod
    def build(cls, documents: Iterable[Sequence[str]], *, k1: float, b: float) -> Self:
        """Index `documents`, in order; none at all is allowed."""
        ...

    def __len__(self) -> int:
        """How many documents there are (N)."""
        ...

    def search(self, query: Query, k: int) -> list[Candidate]:
        """The `k` best candidates, best first, ties in the order of documents; [] where no term occurs."""
        ...
