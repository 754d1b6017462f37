"""Candidates → ranked hits: the sentences of the likeliest passages, ordered by a weighed sum of features."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from retrieval.index.reader import IndexReader
from retrieval.query.question import Question
from retrieval.ranking.candidates import CLOSELY_COMPARED, NOMINATED_SENTENCES, candidates, closest
from retrieval.ranking.confidence import probability, standings
from retrieval.ranking.evidence import Evidence
from retrieval.ranking.excerpt import EvidenceExcerpt
from retrieval.ranking.features import FEATURE_NAMES, matrix
from retrieval.ranking.gains import gained
from retrieval.ranking.hits import Hit
from retrieval.ranking.lacking import doubts
from retrieval.ranking.sentence_view import SentenceView
from retrieval.ranking.statements import of_same_statement
from retrieval.ranking.timeliness import timeliness
from retrieval.ranking.weights import Weights
from retrieval.system.arrays import Floats, Integers
from retrieval.text.analyzer import Analyzer

SAID_AND_TIME = "what is said, and time"
"""The name of what gains and timeliness add to a score."""

REMEMBERED_RANKINGS = 4
"""Questions whose candidates are kept: an answer looks at the hits for one question more than once."""


class Ranker:
    """Ranks the sentences of an index.

    Args:
        index: what is searched.
        weights: what each feature counts.
        analyzer: text → terms.
    """

    def __init__(self, index: IndexReader, weights: Weights, analyzer: Analyzer) -> None:
        self._analyzer, self._index = analyzer, index
        self._ranking = lru_cache(REMEMBERED_RANKINGS)(lambda question, k: rank(question, index, weights, k))

    def hits(self, question: Question, k: int, *, explain: bool = False) -> list[Hit]:
        """The `k` best hits, best first, ties in the order of the corpus; [] where no term of the question occurs.

        Args:
            question: what is asked.
            k: how many hits at the most.
            explain: whether the hits say what each feature added to their score.
        """
        before = self._index.in_part
        ranking = self._ranking(question, max(k, NOMINATED_SENTENCES)) if k > 0 else None
        if self._index.in_part != before:  # the next time all articles may be there
            self._ranking.cache_clear()
        if ranking is None:
            return []
        return ranking.explained(k, self._analyzer) if explain else ranking.hits(k, self._analyzer)


def rank(question: Question, index: IndexReader, weights: Weights, k: int) -> Ranking | None:
    """The candidates of a question, compared; None where no term of it occurs.

    Args:
        question: what is asked.
        index: of what.
        weights: what each feature counts.
        k: how many hits will be wanted at the most; all numbers up to `NOMINATED_SENTENCES` give the same.
    """
    found = candidates(question, index, k)
    if not found:
        return None
    evidence = Evidence(question, index, found)
    return Ranking(evidence, closest(evidence, max(k, CLOSELY_COMPARED)), weights)


class Ranking:
    """Candidates in their order: the best first, ties in the order of the corpus.

    Args:
        evidence: what is held of the question.
        rows: those that are compared, ascending.
        weights: what each feature counts.
    """

    def __init__(self, evidence: Evidence, rows: Integers, weights: Weights) -> None:
        self._evidence, self._rows, self._weights = evidence, rows, weights
        view = SentenceView(evidence, rows)
        self._features = features = matrix(view)
        told = gained(view)
        scores = features @ weights.ranking + told.scores
        timely = timeliness(evidence, rows, scores)
        self._beside_features = told.scores + timely.shifts
        self._sureness, self._trust = told.sureness, told.trust * timely.trust
        self._scores = scores = scores + timely.shifts
        self._order = (-scores).argsort(kind="stable")
        self._passages = evidence.passages.of[rows]
        statement = of_same_statement(evidence, rows, int(self._order[0]))
        self._standings = standings(self._passages, evidence.question.asked, features, scores, statement)

    def hits(self, k: int, analyzer: Analyzer) -> list[Hit]:
        """The `k` best hits, best first; `analyzer` makes terms of text."""
        best, weights = self._order[:k], self._weights
        bias = weights.bias - np.array(doubts(self._evidence, self._rows[best])) + self._sureness[best]
        sure = probability(self._standings[best], weights.confidence, bias) * self._trust[best]
        return hits_of(self._evidence, self._rows, self._scores, analyzer, best=best, sure=sure)

    def explained(self, k: int, analyzer: Analyzer) -> list[Hit]:
        """The same, each with what every feature added to its score."""
        added = np.column_stack([self._features * self._weights.ranking, self._beside_features])
        # What stands beside the features is one share more.
        names = (*FEATURE_NAMES, SAID_AND_TIME)
        return [
            replace(hit, shares=dict(zip(names, row, strict=True)))
            for hit, row in zip(self.hits(k, analyzer), added[self._order[:k]].tolist(), strict=True)
        ]


def hits_of(
    evidence: Evidence, rows: Integers, scores: Floats, analyzer: Analyzer, *, best: Integers, sure: Floats
) -> list[Hit]:
    """The hits of the best rows.

    Args:
        evidence: where the rows are.
        rows: those that were compared.
        scores: of each of them.
        analyzer: text → terms.
        best: places among them, the best first.
        sure: the confidence of each of these.
    """
    by_row = dict(zip(rows.tolist(), scores.tolist(), strict=True))
    owners = evidence.block.articles[evidence.passages.of[rows[best]]]
    if lost := evidence.index.expect(owners.tolist()):
        kept = ~np.isin(owners, list(lost))
        best, sure = best[kept], sure[kept]
    covered = evidence.coverage(evidence.held.passages[evidence.passages.of[rows[best]]])
    return [
        Hit(number, by_row[row], coverage, confidence, EvidenceExcerpt(evidence, row, by_row, analyzer))
        for number, row, coverage, confidence in zip(
            evidence.numbers[rows[best]].tolist(), rows[best].tolist(), covered.tolist(), sure.tolist(), strict=True
        )
    ]
