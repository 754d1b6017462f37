"""A question against candidate passages: which of its terms every one of their sentences holds, counted at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from retrieval.engines.base import Engine
from retrieval.index import K1, B, Index
from retrieval.questions import Question
from retrieval.units import Floats, Integers, UnitTable, gathered, stem


@dataclass(frozen=True, slots=True)
class Codes:
    """A question's units, numbered for counting.

    Args:
        words: the numbers in the vocabulary of those that the collection has, ascending.
        code: for each of `words` its column; columns of terms come first, then those of stop words.
        terms: the terms, by column.
        columns, shares, group_starts: for each group the columns of its terms and what each counts; a group without a
            known term has the column behind the last.
        stems: the vocabulary's numbers of the terms' stems, ascending; `stem_groups[i, g]`: whether group `g` has it.
        order: for each unit of the question, in order, the columns of its alternatives.
        width: how many columns there are.
    """

    words: Integers
    code: Integers
    terms: tuple[str, ...]
    columns: Integers
    shares: Floats
    group_starts: Integers
    stems: Integers
    stem_groups: Floats
    order: tuple[tuple[int, ...], ...]
    width: int


def encode(question: Question, table: UnitTable) -> Codes:
    """Number the question's units."""
    numbers, stem_numbers = table.vocabulary
    column: dict[str, int] = {}
    members: list[int] = []
    shares: list[float] = []
    starts: list[int] = []
    for group in question.query:
        starts.append(len(members))
        known = {term: share for term, share in group.shares.items() if term in numbers}
        members += [column.setdefault(term, len(column)) for term in known] or [-1]
        shares += known.values() or [0.0]
    terms = tuple(column)
    for alternatives in question.order:
        for unit in alternatives:
            if unit in numbers:
                column.setdefault(unit, len(column))
    places = np.array([numbers[unit] for unit in column], dtype=np.int64)
    ascending = np.argsort(places)
    stems: dict[int, set[int]] = {}
    for place, group in enumerate(question.query):
        for term in group.terms:
            number = stem_numbers.get(stem(term))
            if number is not None:
                stems.setdefault(number, set()).add(place)
    ordered_stems = sorted(stems)
    stem_groups = np.zeros((len(ordered_stems), len(question.query)))
    for row, number in enumerate(ordered_stems):
        stem_groups[row, list(stems[number])] = 1.0
    return Codes(
        places[ascending],
        ascending,
        terms,
        np.array(members, dtype=np.int64),
        np.array(shares),
        np.array(starts, dtype=np.int64),
        np.array(ordered_stems, dtype=np.int64),
        stem_groups,
        tuple(tuple(column[unit] for unit in units if unit in column) for units in question.order),
        len(column),
    )


class Evidence:
    """What the sentences of some passages hold of a question. Rows are sentences, in the order of the passages.

    Args:
        question: what is asked; it has at least one group.
        index: where.
        passages: the passages' numbers, at least one, ascending.
    """

    def __init__(self, question: Question, index: Index, passages: Integers) -> None:
        self.question, self.index, self.passages = question, index, passages
        self.codes = encode(question, index.units)
        first, behind = index.passage_starts[passages], index.passage_starts[passages + 1]
        self.sizes = behind - first
        self.passage_rows = np.cumsum(self.sizes) - self.sizes
        self.rows_passage = np.repeat(np.arange(len(passages)), self.sizes)
        self.numbers = np.arange(len(self.rows_passage)) + np.repeat(first - self.passage_rows, self.sizes)
        starts = index.units.starts
        self._bounds = list(zip(starts[first].tolist(), starts[behind].tolist(), strict=True))
        self.unit_counts = starts[self.numbers + 1] - starts[self.numbers]
        self.unit_rows = np.repeat(np.arange(len(self.numbers)), self.unit_counts)
        self.unit_codes = _coded(gathered(index.units.words, self._bounds), self.codes)
        self.weights = np.array(question.weights)
        self.total = float(self.weights.sum()) or 1.0
        self._score()

    def _score(self) -> None:
        """Count terms and weigh them by BM25, sentence by sentence and passage by passage."""
        index, codes = self.index, self.codes
        counts = _counts(self.unit_codes, self.unit_rows, len(self.numbers), codes.width)
        self.counts = counts
        terms = counts[:, : len(codes.terms)]
        self.present = self.grouped(np.minimum(terms, 1.0))
        articles = index.passage_articles[self.passages]
        titles = index.titles
        spans = list(zip(titles.starts[articles].tolist(), titles.starts[articles + 1].tolist(), strict=True))
        title_rows = np.repeat(np.arange(len(spans)), [end - start for start, end in spans])
        title_counts = _counts(
            _coded(gathered(titles.words, spans), codes), title_rows, len(spans), codes.width
        )[:, : len(codes.terms)]
        self.title = self.grouped(np.minimum(title_counts, 1.0))
        in_passage = np.add.reduceat(terms, self.passage_rows, axis=0) + title_counts
        self.in_passage = self.grouped(np.minimum(in_passage, 1.0))
        lengths = index.units.lengths[self.numbers]
        passage_lengths = np.add.reduceat(lengths, self.passage_rows) + titles.lengths[articles]
        group_weights = np.array([group.weight for group in self.question.query])
        self.sentence_scores = self._bm25(terms, lengths, index.sentence_engine, index.mean_sentence) @ group_weights
        self.passage_scores = (
            self._bm25(in_passage, passage_lengths, index.passage_engine, index.mean_passage) @ group_weights
        )

    def grouped(self, by_term: Floats) -> Floats:
        """Values of terms → values of groups: the best of a group's terms, each times its share."""
        padded = np.zeros((len(by_term), by_term.shape[1] + 1))
        padded[:, :-1] = by_term
        return np.maximum.reduceat(padded[:, self.codes.columns] * self.codes.shares, self.codes.group_starts, axis=1)

    def _bm25(self, counts: Floats, lengths: Floats, engine: Engine, mean: float) -> Floats:
        """The formula of `Engine`, by group."""
        idf = np.array([engine.idf(term) for term in self.codes.terms])
        norm = K1 * (1 - B + B * lengths / mean)
        return self.grouped(idf * counts * (K1 + 1) / (counts + norm[:, None]))

    def coverage(self, present: Floats) -> Floats:
        """The share of the question's weight that each row of group values covers."""
        covered: Floats = present @ self.weights / self.total
        return covered

    @cached_property
    def stem_present(self) -> Floats:
        """For each row and group, whether a relative of its terms occurs."""
        stems = self.codes.stems
        if not len(stems):
            return np.zeros_like(self.present)
        found = gathered(self.index.units.stems, self._bounds)
        places = np.minimum(np.searchsorted(stems, found), len(stems) - 1)
        matches = stems[places] == found
        counts = _counts(np.where(matches, places, -1), self.unit_rows, len(self.numbers), len(stems))
        return np.minimum(counts @ self.codes.stem_groups, 1.0)

    @cached_property
    def unit_traits(self) -> NDArray[np.uint16]:
        """The traits of all units."""
        return gathered(self.index.units.traits, self._bounds)


def _coded(words: NDArray[np.int32], codes: Codes) -> Integers:
    """Units → their columns, -1 for units that the question has not."""
    if not len(codes.words):
        return np.full(len(words), -1)
    places = np.minimum(np.searchsorted(codes.words, words), len(codes.words) - 1)
    return np.where(codes.words[places] == words, codes.code[places], -1)


def _counts(columns: Integers, rows: Integers, height: int, width: int) -> Floats:
    """How often each column occurs in each row; -1 is no column."""
    found = columns >= 0
    flat = np.bincount(rows[found] * width + columns[found], minlength=height * width)
    return flat.reshape(height, width).astype(np.float64)
