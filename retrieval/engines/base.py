"""What an engine is: a collection of documents, each some terms, that a query of terms ranks by BM25.

A document is a number. An engine knows nothing of articles, sentences or Persian.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Protocol, Self, TypeAlias

K1, B = 0.9, 0.4
"""BM25's parameters, where an engine lets them be chosen: Anserini's defaults, and best on the judged questions too."""

SUBSTITUTE_SHARE = 0.5
"""What a substitute counts of the term that it stands in for."""


class Document(NamedTuple):
    """What is indexed.

    Args:
        number: names it; documents come in ascending order.
        owner: the number of what it is removed with, an article; 0 or above.
        terms: its terms, separated by spaces; one may stand at the end.
    """

    number: int
    owner: int
    terms: str


class Group(NamedTuple):
    """Terms that stand for one another: a spoken and a written form, synonyms.

    A document gets a group's score once, from the term that scores best in it, times the weight.

    Args:
        terms: each counts fully.
        weight: of the group in its query.
        substitutes: each counts `SUBSTITUTE_SHARE` of a term.
    """

    terms: tuple[str, ...]
    weight: float = 1.0
    substitutes: tuple[str, ...] = ()

    @property
    def shares(self) -> Mapping[str, float]:
        """Each term and substitute with what it counts."""
        return _shares(self.terms, self.substitutes)


@lru_cache(maxsize=1 << 12)
def _shares(terms: tuple[str, ...], substitutes: tuple[str, ...]) -> Mapping[str, float]:
    """The same groups are searched, weighed and looked for in what was found."""
    return MappingProxyType(dict.fromkeys(substitutes, SUBSTITUTE_SHARE) | dict.fromkeys(terms, 1.0))


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
    return math.log(1 + max(documents - df + 0.5, 0.0) / (df + 0.5))


class Engine(Statistics, Protocol):
    """A ranked index. `retrieval.index.reader` builds it; `retrieval.ranking.rank` asks it.

    The score of a term is Okapi BM25 (Robertson and Zaragoza, «The Probabilistic Relevance Framework», 2009):

        idf · tf · (k1 + 1) / (tf + k1 · (1 - b + b · length / average length))

    with the idf of `inverse_document_frequency`. An engine finds candidates; the ranking weighs them by exact scores of
    its own, so an engine whose library fixes `k1` and `b`, or adds up the terms of a group, says so and is as good.
    """

    k1: float
    b: float
    """The parameters in force."""

    adds_up: bool
    """Whether a group scores the sum of its terms rather than the best of them."""

    @classmethod
    def build(cls, documents: Iterable[Document], *, k1: float, b: float) -> Self:
        """Index `documents` in memory; none at all is allowed."""
        ...

    def __len__(self) -> int:
        """How many documents there are (N)."""
        ...

    def search(self, query: Query, k: int) -> list[Candidate]:
        """The `k` best candidates, best first, ties in the order of documents; [] where no term occurs."""
        ...

    def together(self, terms: Sequence[str], k: int) -> list[int]:
        """The numbers of at most `k` documents that hold all of `terms`, the best first; [] for no terms."""
        ...

    def check(self) -> None:
        """Read all that is stored.

        Raises:
            DamagedError: something is not as it was written.
        """
        ...


class Writer(Protocol):
    """A change of a stored engine; nothing of it is seen before `commit`."""

    def add(self, documents: Iterable[Document]) -> None:
        """Take documents in."""
        ...

    def commit(self, removed: Iterable[int]) -> None:
        """Take out what these owners had before, and make the change last.

        Raises:
            IndexStoreError: it cannot be written.
        """
        ...


class StoredEngine(Engine, Protocol):
    """An engine that lives in a folder, is opened without being read, and takes changes."""

    @classmethod
    def write(cls, folder: Path) -> Writer:
        """Begin a change of what is in `folder`, which is made where there is none.

        Raises:
            IndexStoreError: it is damaged or cannot be written.
        """
        ...

    @classmethod
    def open(cls, folder: Path) -> Self:
        """What is in `folder`, as it is now.

        Raises:
            IndexStoreError: it is missing, damaged or unreadable.
        """
        ...
