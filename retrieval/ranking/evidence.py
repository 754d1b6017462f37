"""What candidate passages hold of a question: terms and BM25 scores of all their sentences, computed at once."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cached_property
from itertools import compress
from typing import NamedTuple

import numpy as np

from retrieval.engines.base import K1, B
from retrieval.index.reader import Block, IndexReader
from retrieval.query.period import Period
from retrieval.query.question import Question
from retrieval.ranking.question_codes import NO_COLUMN, encode
from retrieval.ranking.told_time import time_of
from retrieval.system.arrays import Booleans, Floats, Integers
from retrieval.types import Article, Passage, Sentence


class PassageRows(NamedTuple):
    """Where the passages stand among the rows.

    Args:
        sizes: for each passage, how many sentences it has.
        firsts: for each passage the row of its first sentence.
        of: for each row its passage.
    """

    sizes: Integers
    firsts: Integers
    of: Integers


class Scores(NamedTuple):
    """BM25 scores.

    Args:
        sentences: of each row.
        passages: of each passage, with its article's title.
    """

    sentences: Floats
    passages: Floats


class Held(NamedTuple):
    """How much is held of each of the question's groups: the share of its best term that occurs, or 0.

    Args:
        sentences: rows × groups.
        passages: passages × groups, their articles' titles included.
        titles: passages × groups, of their articles' titles alone.
    """

    sentences: Floats
    passages: Floats
    titles: Floats


class Evidence:
    """What the sentences of some passages hold of a question. A row is a sentence, in the order of the passages.

    Args:
        question: what is asked; it has at least one group.
        index: what is searched.
        sentences: the numbers of at least one sentence; all sentences of its passage become rows.

    Raises:
        DamagedError: the stored index lacks a passage.
    """

    def __init__(self, question: Question, index: IndexReader, sentences: Sequence[int]) -> None:
        self.question, self.codes = question, encode(question, index)
        self.index = index
        self.block: Block = index.block(sentences)
        """The passages, as the index has them."""

        self.units = self.block.units
        """The sentences' units."""

        sizes = self.units.sizes
        firsts = sizes.cumsum() - sizes
        self.passages = PassageRows(sizes, firsts, np.arange(len(sizes)).repeat(sizes))
        self.numbers = np.arange(len(self.passages.of)) + (self.block.passages - firsts).repeat(sizes)
        """The number of each row's sentence in the index."""

        self._weights = np.array(question.weights)
        self.total = float(self._weights.sum()) or 1.0
        """The question's weight."""

        self.shares = self._weights / self.total
        """The share of each group in it."""

        self._met = met = self.codes.units.among(self.units.words)
        self.unit_columns = np.full(len(self.units.words) + 1, NO_COLUMN)
        """The column of each unit among the question's; there is one place more, the last, for what is no unit."""

        self.unit_columns[met.places] = met.columns
        self._met_rows = self.units.rows[met.places]
        self.counts = _counts(met.columns, self._met_rows, len(self.numbers), self.codes.width)
        """Rows × columns: how often each sentence has each of the question's units."""

    def sentence(self, row: int) -> Sentence:
        """The sentence of a row."""
        first, behind = self.rows_around(row)
        article = self.index.article(int(self.block.articles[self.passages.of[row]]))
        passage = Passage(article, self.units.span(first)[0], self.units.span(behind - 1)[1])
        return Sentence(passage, *self.units.span(row))

    @cached_property
    def _lost(self) -> frozenset[int]:
        """The articles that cannot be read now. Who reads the first one reads all of them, since they may be far."""
        return self.index.expect(self.block.articles.tolist())

    def article_text(self, row: int) -> str:
        """The text of the article of a row; "" where it cannot be read now."""
        article = self._article(int(self.block.articles[self.passages.of[row]]))
        return article.text if article else ""

    def _article(self, number: int) -> Article | None:
        return None if number in self._lost else self.index.article(number)

    def text(self, row: int) -> str:
        """The text of a row's sentence; "" where its article cannot be read now."""
        start, end = self.units.span(row)
        return self.article_text(row)[start:end]

    def beside(self, row: int) -> tuple[int | None, int | None]:
        """The rows of the sentences before and behind one in its passage."""
        first, behind = self.rows_around(row)
        return (row - 1 if row > first else None), (row + 1 if row + 1 < behind else None)

    def context_terms(self, row: int) -> frozenset[str]:
        """The question's terms in the title and the context of the passage of a row."""
        return frozenset(self.block.titles[self.passages.of[row]]) & frozenset(self.codes.terms)

    def rows_around(self, row: int) -> tuple[int, int]:
        """The first row of a row's passage, and the one behind its last."""
        passage = self.passages.of[row]
        first = int(self.passages.firsts[passage])
        return first, first + int(self.passages.sizes[passage])

    def terms(self, row: int) -> tuple[frozenset[str], frozenset[str]]:
        """The question's terms in the sentence of a row, and those in its passage."""
        here, around = self.counts[row], self.counts[slice(*self.rows_around(row))].sum(axis=0)
        names = self.codes.terms
        return frozenset(compress(names, here.tolist())), frozenset(compress(names, around.tolist()))

    def passage_counts(self) -> tuple[Floats, Floats]:
        """How often each passage, with its article's title, has each term: passages × terms; and how long each is."""
        of_sentences = self.counts[:, : len(self.codes.terms)]
        texts: Floats = np.add.reduceat(self.units.lengths, self.passages.firsts)
        lengths = np.array([len(title) for title in self.block.titles], dtype=np.int64)
        return np.add.reduceat(of_sentences, self.passages.firsts, axis=0) + self._title_counts, texts + lengths

    @cached_property
    def _title_counts(self) -> Floats:
        """Passages × terms: how often each title has each of the question's terms."""
        counts = np.zeros((len(self.block.titles), self.codes.width))
        for row, title in enumerate(self.block.titles):
            for term in title:
                if (column := self.codes.column.get(term)) is not None:
                    counts[row, column] += 1
        return counts[:, : len(self.codes.terms)]

    @property
    def scores(self) -> Scores:
        """The BM25 scores of sentences and passages."""
        return self._weighed[0]

    @property
    def held(self) -> Held:
        """What each sentence, passage and title holds."""
        return self._weighed[1]

    @cached_property
    def _weighed(self) -> tuple[Scores, Held]:
        """What each sentence, passage and title holds, and the BM25 scores of sentences and passages.

        Sentences, passages and titles lie one behind the other in one array: a call of numpy costs more than its work.
        """
        codes, height = self.codes, len(self.numbers)
        of_sentences, of_titles = self.counts[:, : len(codes.terms)], self._title_counts
        of_passages, passage_lengths = self.passage_counts()
        counts = np.concatenate([of_sentences, of_passages])
        impacts = self._impacts(counts, self.units.lengths, passage_lengths)
        found = codes.groups.best(np.concatenate([impacts, np.minimum(counts, 1.0), np.minimum(of_titles, 1.0)]))
        end, titles_start = len(counts), 2 * len(counts)
        self._hold_their_time(found[end + height :])
        scores = found[:end] @ np.array([group.weight for group in self.question.query])
        return (
            Scores(scores[:height], scores[height:]),
            Held(found[end : end + height], found[end + height : titles_start], found[titles_start:]),
        )

    def _hold_their_time(self, held: Floats) -> None:
        """Let what passages, and behind these their titles, hold have the words for the time, where it is theirs."""
        if (period := self.question.when.period) and (groups := self.question.of_time):
            for its in np.concatenate([self.are_of(period)] * 2).nonzero()[0].tolist():
                held[its, groups] = 1.0

    def are_of(self, period: Period) -> Booleans:
        """Whether each passage is of an article that is about a time; one without a day is not."""
        return np.array([time is not None and time.meets(period) for time in self._times], dtype=bool)

    @cached_property
    def _times(self) -> list[Period | None]:
        """By passage, the time that its article is about."""
        dated = zip(self.block.articles.tolist(), self.block.days, strict=True)
        return [
            time_of(self._article(number), datetime.date.fromisoformat(day)) if day else None for number, day in dated
        ]

    def _impacts(self, counts: Floats, sentence_lengths: Floats, passage_lengths: Floats) -> Floats:
        """What each term adds to the BM25 score of each sentence and, behind these, each passage: see `Engine`."""
        index, height = self.index, len(sentence_lengths)
        lengths = np.concatenate([sentence_lengths / index.mean_sentence, passage_lengths / index.mean_passage])
        norm = K1 * (1 - B + B * lengths)
        impacts: Floats = (K1 + 1) * counts / (counts + norm[:, None])
        impacts[:height] *= self.codes.idf_in_sentences
        impacts[height:] *= self.codes.idf_in_passages
        return impacts

    def coverage(self, held: Floats) -> Floats:
        """The share of the question's weight that is covered by what is held of its groups, along the last axis."""
        covered: Floats = held @ self._weights / self.total
        return covered

    @cached_property
    def held_by_stems(self) -> Floats:
        """Rows × groups: 1 where the sentence has a unit that shares a stem with a term of the group, else 0."""
        groups = self.codes.stem_groups
        return np.minimum(_counts(self._met.stems, self._met_rows, len(self.numbers), len(groups)) @ groups, 1.0)


def _counts(columns: Integers, rows: Integers, height: int, width: int) -> Floats:
    """Rows × columns: how often each column occurs in each row.

    Args:
        columns: of each unit; `NO_COLUMN` is not counted.
        rows: of each unit.
        height: how many rows there are.
        width: how many columns there are.
    """
    # Those without a column are counted before the first, and left out.
    flat = np.bincount(rows * (width + 1) + (columns - NO_COLUMN), minlength=height * (width + 1))
    return flat.reshape(height, width + 1)[:, 1:].astype(np.float64)
