"""Candidates → ranked hits: the sentences of the likeliest passages, ordered by a weighed sum of features."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from retrieval.engines.base import Candidate, Group
from retrieval.index.reader import IndexReader
from retrieval.index.unit_table import Integers
from retrieval.query.question import Question
from retrieval.ranking.confidence import probability, standings
from retrieval.ranking.evidence import Evidence
from retrieval.ranking.features import FEATURE_NAMES, matrix
from retrieval.ranking.quotation import quotation
from retrieval.ranking.weights import Weights
from retrieval.text.analyzer import Analyzer
from retrieval.types import Hit, Sentence

SENTENCES, PASSAGES, CLOSE = 12, 12, 20
"""How many sentences and passages make their passages candidates; how many sentences of these are looked at closely.

On the judged questions twice as many candidates answer no better.
"""

LEAST, WORTH = 6, 0.6
"""How many candidates are read in any case, and the share of the best one's BM25 score that makes others worth it.

Others hardly ever hold the answer. How sure a hit is shows in how far it stands above the candidates behind it.
"""

ALIKE = 1.25
"""Sentences a passage up to which, on average, the two levels find the same."""

PASSAGE_WEIGHT = 1.2
"""A passage's score joins its sentences' scores in choosing those: few sentences repeat the topic."""


def rank(
    question: Question, index: IndexReader, weights: Weights, analyzer: Analyzer, k: int, *, explain: bool = False
) -> list[Hit]:
    """The `k` best hits, best first, ties in the order of the corpus; [] where no term of the question occurs.

    Args:
        question: what is asked.
        index: of what.
        weights: what each feature counts.
        analyzer: text → terms.
        k: how many hits at the most.
        explain: whether the hits say what each feature added to their score.
    """
    found = candidates(question, index, k)
    if not found or k <= 0:
        return []
    evidence = Evidence(question, index, found)
    rows = closest(evidence, max(k, CLOSE))
    features = matrix(evidence, rows)
    scores = features @ weights.ranking
    best = np.lexsort((rows, -scores))[:k]
    standing = standings(evidence.rows_passage[rows], question.asked, features, scores)
    sure = probability(standing[best], weights.confidence, weights.bias)
    by_row = dict(zip(rows.tolist(), scores.tolist(), strict=True))
    covered = evidence.coverage(evidence.in_passage[evidence.rows_passage[rows[best]]])
    hits = [
        Hit(int(evidence.numbers[row]), by_row[row], coverage, confidence, _Excerpt(evidence, row, by_row, analyzer))
        for row, coverage, confidence in zip(rows[best].tolist(), covered.tolist(), sure.tolist(), strict=True)
    ]
    if not explain:
        return hits
    shares = (features[best] * weights.ranking).tolist()
    return [
        replace(hit, shares=dict(zip(FEATURE_NAMES, row, strict=True))) for hit, row in zip(hits, shares, strict=True)
    ]


def candidates(question: Question, index: IndexReader, k: int = SENTENCES) -> list[int]:
    """The numbers of sentences, ascending, whose passages are worth a look where `k` hits are wanted.

    More than `SENTENCES` hits are wanted by who compares rankings: then all that are found are worth a look.
    """
    return worthwhile(nominated(question, index, k), WORTH if k <= SENTENCES else 0.0)


def nominated(question: Question, index: IndexReader, k: int = SENTENCES) -> list[list[Candidate]]:
    """What the engine of each level finds, best first.

    Where hardly a passage has a second sentence, as in news, passages are searched only for words that stand in titles
    alone: their search takes a tenth of an answer's time and brings nothing else.
    """
    levels = [index.sentence_engine.search(question.query, max(k, SENTENCES))]
    alike = index.totals.sentences <= ALIKE * index.totals.passages
    if not alike or any(_only_titles_have(group, index) for group in question.query):
        levels.append(index.passage_engine.search(question.query, PASSAGES))
    return levels


def worthwhile(levels: Iterable[Sequence[Candidate]], share: float = WORTH) -> list[int]:
    """The documents, ascending: each level's `LEAST` best, and those whose score is a `share` of the best one's."""
    return sorted(
        {
            found.document
            for level in levels
            for place, found in enumerate(level)
            if place < LEAST or found.score >= share * level[0].score
        }
    )


def _only_titles_have(group: Group, index: IndexReader) -> bool:
    in_sentences = any(map(index.sentence_engine.document_frequency, group.shares))
    return not in_sentences and any(map(index.knows, group.shares))


def closest(evidence: Evidence, most: int) -> Integers:
    """The rows worth a closer look: the best `most` by the sum of both levels' BM25 scores, in order of rows."""
    if len(evidence.numbers) <= most:
        return np.arange(len(evidence.numbers))
    scores = evidence.sentence_scores + PASSAGE_WEIGHT * evidence.passage_scores[evidence.rows_passage]
    return np.sort(np.argsort(-scores, kind="stable")[:most])


class _Excerpt:
    """See `retrieval.types.Excerpt`.

    Args:
        evidence: where the sentence stands.
        row: which it is.
        scores: the scores of it and of others, by row; what was not looked at closely is not quoted along.
        analyzer: text → terms.
    """

    def __init__(self, evidence: Evidence, row: int, scores: Mapping[int, float], analyzer: Analyzer) -> None:
        self._evidence, self._row, self._scores, self._analyzer = evidence, row, scores, analyzer

    @cached_property
    def sentence(self) -> Sentence:
        return self._evidence.sentence(self._row)

    @cached_property
    def beside(self) -> tuple[Sentence | None, Sentence | None]:
        before, after = self._evidence.beside(self._row)
        return (
            None if before is None else self._evidence.sentence(before),
            None if after is None else self._evidence.sentence(after),
        )

    @cached_property
    def terms(self) -> tuple[frozenset[str], frozenset[str]]:
        return self._evidence.terms(self._row)

    @cached_property
    def quotation(self) -> tuple[int, int]:
        scored = [
            (sentence, self._scores[row])
            for row, sentence in zip(self._evidence.beside(self._row), self.beside, strict=True)
            if sentence is not None and row is not None and row in self._scores
        ]
        return quotation(self.sentence, scored, self._scores[self._row], self._evidence.question, self._analyzer)
