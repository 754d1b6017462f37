"""A question against candidate passages: which of its terms every one of their sentences holds, counted at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from retrieval.engines.base import K1, B, Engine, Query
from retrieval.index.reader import Block, IndexReader
from retrieval.index.unit_table import Floats, Integers
from retrieval.query.question import Question
from retrieval.text.stems import stem
from retrieval.types import Passage, Sentence


@dataclass(frozen=True, slots=True)
class Codes:
    """A question's units, numbered for counting.

    Args:
        column: each unit's column; columns of terms come first, then those of stop words.
        words: the units' numbers in the index, ascending; -1 for those that it has not.
        code: for each of `words` its column.
        terms: the terms, by column.
        columns, shares, group_starts: for each group the columns of its terms and what each counts; a group without a
            known term has the column behind the last.
        relatives: the numbers of the units that share a stem with a term, ascending.
        relative_stems: for each of them the number of its stem.
        stem_groups: `stem_groups[i, g]`: whether group `g` has stem `i`.
        order: for each unit of the question, in order, the columns of its alternatives.
        weights: the weight of each column's group, of several the heaviest; 0 for stop words and, last, for no column.
    """

    column: dict[str, int]
    words: NDArray[np.int32]
    code: Integers
    terms: tuple[str, ...]
    columns: Integers
    shares: Floats
    group_starts: Integers
    relatives: NDArray[np.int32]
    relative_stems: Integers
    stem_groups: Floats
    order: tuple[tuple[int, ...], ...]
    weights: Floats

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.column)


def encode(question: Question, index: IndexReader) -> Codes:
    """Number the question's units, of the terms those that the collection has."""
    column: dict[str, int] = {}
    members: list[int] = []
    shares: list[float] = []
    starts: list[int] = []
    lacking: set[str] = set()
    weights: dict[int, float] = {}
    for group, weight in zip(question.query, question.weights, strict=True):
        starts.append(len(members))
        known = {term: share for term, share in group.shares.items() if index.knows(term)}
        lacking |= group.shares.keys() - known.keys()
        places = [column.setdefault(term, len(column)) for term in known]
        weights |= {place: max(weight, weights.get(place, 0.0)) for place in places}
        members += places or [-1]
        shares += known.values() or [0.0]
    terms = tuple(column)
    for unit in chain.from_iterable(question.order):
        if unit not in lacking:
            column.setdefault(unit, len(column))
    stems, stem_groups = _stems(question.query)
    numbers, related = index.numbers(column), index.relatives(stems)
    words = np.array([numbers.get(unit, -1) for unit in column], dtype=np.int32)
    ascending = np.argsort(words)
    return Codes(
        column,
        words[ascending],
        ascending,
        terms,
        np.array(members, dtype=np.int64),
        np.array(shares),
        np.array(starts, dtype=np.int64),
        np.array([number for number, _ in related], dtype=np.int32),
        np.array([stems[shared] for _, shared in related], dtype=np.int64),
        stem_groups,
        tuple(tuple(column[unit] for unit in units if unit in column) for units in question.order),
        np.array([weights.get(place, 0.0) for place in range(len(column) + 1)]),
    )


def _stems(query: Query) -> tuple[dict[str, int], Floats]:
    """The stems of the groups' terms, numbered, and for each of them which groups have it: 1 or 0."""
    stems: dict[str, int] = {}
    pairs = [
        (stems.setdefault(stem(term), len(stems)), place) for place, group in enumerate(query) for term in group.terms
    ]
    held = np.zeros((len(stems), len(query)))
    for number, place in pairs:
        held[number, place] = 1.0
    return stems, held


class Evidence:
    """What the sentences of some passages hold of a question. Rows are sentences, in the order of the passages.

    Args:
        question: what is asked; it has at least one group.
        index: where.
        sentences: the numbers of sentences, at least one, whose passages are meant.
    """

    def __init__(self, question: Question, index: IndexReader, sentences: Sequence[int]) -> None:
        self.question, self.index = question, index
        self.codes = encode(question, index)
        self.block: Block = index.block(sentences)
        self.units = self.block.units
        self.sizes = self.units.sizes
        self.passage_rows = np.cumsum(self.sizes) - self.sizes
        self.rows_passage = np.repeat(np.arange(len(self.sizes)), self.sizes)
        height = len(self.rows_passage)
        self.numbers = np.arange(height) + np.repeat(self.block.passages - self.passage_rows, self.sizes)
        self.unit_rows = self.units.rows
        self.unit_codes = _coded(self.units.words, self.codes.words, self.codes.code)
        self.weights = np.array(question.weights)
        self.total = float(self.weights.sum()) or 1.0
        self.shares = self.weights / self.total
        self._score()

    def sentence(self, row: int) -> Sentence:
        """The sentence of a row."""
        passage, spans = self.rows_passage[row], self.units.spans
        first = self.passage_rows[passage]
        start, end = int(spans[first, 0]), int(spans[first + self.sizes[passage] - 1, 1])
        article = self.index.article(int(self.block.articles[passage]))
        return Sentence(Passage(article, start, end), *spans[row].tolist())

    def beside(self, row: int) -> tuple[int | None, int | None]:
        """The rows of the sentences before and behind one in its passage."""
        passage = self.rows_passage[row]
        first = int(self.passage_rows[passage])
        last = first + int(self.sizes[passage]) - 1
        return (row - 1 if row > first else None), (row + 1 if row < last else None)

    def terms(self, row: int) -> tuple[frozenset[str], frozenset[str]]:
        """The question's terms in the sentence of a row, and those in its passage."""
        first = self.passage_rows[self.rows_passage[row]]
        last = first + self.sizes[self.rows_passage[row]]
        here, around = self.counts[row], self.counts[first:last].sum(axis=0)
        names = self.codes.terms
        return (
            frozenset(name for name, count in zip(names, here.tolist(), strict=False) if count),
            frozenset(name for name, count in zip(names, around.tolist(), strict=False) if count),
        )

    def _score(self) -> None:
        """Count terms and weigh them by BM25, sentence by sentence and passage by passage.

        Sentences, passages and titles lie behind one another in one array: numpy's calls cost more than what they do.
        """
        index, codes, titles, height = self.index, self.codes, self.block.titles, len(self.numbers)
        self.counts = _counts(self.unit_codes, self.unit_rows, height, codes.width)
        title_lengths = np.array([len(title) for title in titles], dtype=np.int64)
        title_rows = np.repeat(np.arange(len(titles)), title_lengths)
        title_codes = np.array([codes.column.get(term, -1) for title in titles for term in title], dtype=np.int64)
        of_sentences = self.counts[:, : len(codes.terms)]
        of_titles = _counts(title_codes, title_rows, len(titles), codes.width)[:, : len(codes.terms)]
        of_passages = np.add.reduceat(of_sentences, self.passage_rows, axis=0) + of_titles
        lengths = self.units.lengths
        passage_lengths: Integers = title_lengths + np.add.reduceat(lengths, self.passage_rows)
        counts = np.concatenate([of_sentences, of_passages])
        norm = K1 * (1 - B + B * np.concatenate([lengths / index.mean_sentence, passage_lengths / index.mean_passage]))
        impacts = (K1 + 1) * counts / (counts + norm[:, None])  # the formula of `Engine`, but for the idf
        impacts[:height] *= self._idf(index.sentence_engine)
        impacts[height:] *= self._idf(index.passage_engine)
        found = self.grouped(np.concatenate([impacts, np.minimum(counts, 1.0), np.minimum(of_titles, 1.0)]))
        end, titles_start = len(counts), 2 * len(counts)
        scores = found[:end] @ np.array([group.weight for group in self.question.query])
        self.sentence_scores, self.passage_scores = scores[:height], scores[height:]
        self.present, self.in_passage = found[end : end + height], found[end + height : titles_start]
        self.title = found[titles_start:]

    def _idf(self, engine: Engine) -> Floats:
        return np.array([engine.idf(term) for term in self.codes.terms])

    def grouped(self, by_term: Floats) -> Floats:
        """Values of terms → values of groups: the best of a group's terms, each times its share."""
        padded = np.zeros((len(by_term), by_term.shape[1] + 1))
        padded[:, :-1] = by_term
        members = padded.take(self.codes.columns, axis=1) * self.codes.shares
        return np.maximum.reduceat(members, self.codes.group_starts, axis=1)

    def coverage(self, present: Floats) -> Floats:
        """The share of the question's weight that each row of group values covers."""
        covered: Floats = present @ self.weights / self.total
        return covered

    @cached_property
    def stem_present(self) -> Floats:
        """For each row and group, whether a relative of its terms occurs."""
        codes = self.codes
        found = _coded(self.units.words, codes.relatives, codes.relative_stems)
        counts = _counts(found, self.unit_rows, len(self.numbers), len(codes.stem_groups))
        return np.minimum(counts @ codes.stem_groups, 1.0)


def _coded(words: NDArray[np.int32], known: NDArray[np.int32], codes: Integers) -> Integers:
    """Units → the codes of those that are known, whose numbers ascend; -1 for others."""
    if not len(known):
        return np.full(len(words), -1)
    places = np.minimum(np.searchsorted(known, words), len(known) - 1)
    return np.where(known[places] == words, codes[places], -1)


def _counts(columns: Integers, rows: Integers, height: int, width: int) -> Floats:
    """How often each column occurs in each row; -1 is no column."""
    found = columns >= 0
    flat = np.bincount(rows[found] * width + columns[found], minlength=height * width)
    return flat.reshape(height, width).astype(np.float64)
