"""What an engine is: a collection of documents, each some terms, that a query of terms ranks by BM25.

A document is a number. An engine knows nothing of articles, sentences or Persian.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol, Self, TypeAlias, TypeGuard

K1, B = 0.9, 0.4
"""BM25's parameters, where an engine lets them be chosen: Anserini's defaults, and best on the judged questions too."""

SUBSTITUTE_SHARE = 0.5
"""What a substitute counts of the term that it stands in for."""


class Document(NamedTuple):
    """What is indexed.

    Args:
        number: identifies the document; documents are added in ascending order of their numbers.
        owner: the article's number, 0 or above; when an article is removed, its documents are.
        terms: the terms, separated by spaces; a space at the end is allowed.
    """

    number: int
    owner: int
    terms: str


class Group(NamedTuple):
    """Terms that stand for one another: a spoken and a written form, synonyms.

    A document gets the score of its best term of the group, times the weight; its other terms of the group add nothing.

    Args:
        terms: they count fully.
        weight: what the group counts in its query.
        substitutes: each counts `SUBSTITUTE_SHARE` of a term.
    """

    terms: tuple[str, ...]
    weight: float = 1.0
    substitutes: tuple[str, ...] = ()

    @property
    def shares(self) -> Mapping[str, float]:
        """What each term and each substitute counts, from 0 to 1."""
        return _shares(self.terms, self.substitutes)


@lru_cache(maxsize=1 << 12)
def _shares(terms: tuple[str, ...], substitutes: tuple[str, ...]) -> Mapping[str, float]:
    """Cached, since one group is searched for, weighed, and looked for in every candidate; nobody may change it."""
    return dict.fromkeys(substitutes, SUBSTITUTE_SHARE) | dict.fromkeys(terms, 1.0)


Query: TypeAlias = Sequence[Group]
"""The groups that are searched for; their scores add up."""


class Candidate(NamedTuple):
    """A document that has at least one term of a query.

    Args:
        document: its number.
        score: its BM25 score, above 0.
    """

    document: int
    score: float


class Statistics(Protocol):
    """How often the terms of a collection occur; a question's terms are weighed by it."""

    def document_frequency(self, term: str) -> int:
        """In how many documents `term` occurs (df)."""
        ...

    def idf(self, term: str) -> float:
        """`inverse_document_frequency` of `term`; highest for a term that no document has."""
        ...


def inverse_document_frequency(df: int, documents: int) -> float:
    """ln(1 + (N - df + 0.5) / (df + 0.5)), the idf of Lucene's BM25Similarity, which is never negative.

    Args:
        df: how many documents have the term.
        documents: how many documents there are (N).
    """
    return math.log(1 + max(documents - df + 0.5, 0.0) / (df + 0.5))


class Searcher(Statistics, Protocol):
    """A ranked index of documents, as `retrieval.query` and `retrieval.ranking` ask it.

    The score of a term is Okapi BM25 (Robertson and Zaragoza, «The Probabilistic Relevance Framework», 2009):

        idf · tf · (k1 + 1) / (tf + k1 · (1 - b + b · length / average length))

    with the idf of `inverse_document_frequency`, where tf is how often the term occurs in the document. An engine only
    finds candidates, and the ranking computes exact scores of its own. So an engine may have a `k1` and `b` that its
    library fixes, and may differ in what the next three say, as long as it says so.
    """

    k1: float
    b: float
    """The parameters that its scores are computed with."""

    adds_up: bool
    """Whether a group scores the sum of its terms rather than the best of them."""

    rounds: bool
    """Whether lengths of more than 40 terms are rounded, and scores have single precision."""

    counts_empty: bool
    """Whether documents without a term count where its scores are weighed, for the mean length and for idf."""

    def __len__(self) -> int:
        """How many documents there are (N)."""
        ...

    def search(self, query: Query, k: int) -> list[Candidate]:
        """The `k` best candidates, best first, equal ones in the order of documents; [] where no term occurs."""
        ...

    def together(self, terms: Sequence[str], k: int) -> list[int]:
        """The numbers of at most `k` documents that have all of `terms`, best first; [] for no terms."""
        ...

    def check(self) -> None:
        """Read everything that is stored.

        Raises:
            DamagedError: a part of it is not as it was written.
        """
        ...


class Engine(Searcher, Protocol):
    """A ranked index that can be built in this process."""

    @classmethod
    def build(cls, documents: Iterable[Document], *, k1: float, b: float) -> Self:
        """Index `documents` in memory; there may be none."""
        ...


class Writer(Protocol):
    """One change of a stored engine. Readers see nothing of it before `commit`."""

    def add(self, documents: Iterable[Document]) -> None:
        """Add documents."""
        ...

    def commit(self, removed: Iterable[int]) -> None:
        """Remove the documents that these owners had before the change, and make the change permanent.

        Raises:
            IndexStoreError: it cannot be written.
        """
        ...


class StoredEngine(Engine, Protocol):
    """An engine in a folder: it is opened without being read whole, and can be changed."""

    @classmethod
    def write(cls, folder: Path) -> Writer:
        """Begin a change of the engine in `folder`; a new engine is begun where there is none.

        Raises:
            IndexStoreError: it is damaged or cannot be written.
        """
        ...

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The engine in `folder` as it is now; later changes are not seen.

        Raises:
            IndexStoreError: it is missing, damaged or unreadable.
        """
        ...


def can_be_built(searcher: type[Searcher]) -> TypeGuard[type[Engine]]:
    """Whether a class of searchers is an engine, which is told by its `build`."""
    return hasattr(searcher, "build")


def is_stored_engine(engine: type[Engine]) -> TypeGuard[type[StoredEngine]]:
    """Whether an engine can live in a folder, which is told by its `write`."""
    return hasattr(engine, "write")
