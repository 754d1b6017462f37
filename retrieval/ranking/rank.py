"""Candidates → ranked hits: the sentences of the likeliest passages, ordered by a weighed sum of features."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from retrieval.index.reader import IndexReader
from retrieval.query.question import Question
from retrieval.ranking.candidates import CLOSELY_COMPARED, candidates, closest
from retrieval.ranking.confidence import probability, standings
from retrieval.ranking.deeds import deeds
from retrieval.ranking.evidence import Evidence
from retrieval.ranking.excerpt import EvidenceExcerpt
from retrieval.ranking.features import FEATURE_NAMES, matrix
from retrieval.ranking.hits import Hit
from retrieval.ranking.timeliness import timeliness
from retrieval.ranking.weights import Weights
from retrieval.system.arrays import Floats, Integers
from retrieval.text.analyzer import Analyzer

DEEDS_AND_TIME = "deeds and time"
"""The name of what deeds and timeliness add to a score."""


def rank(
    question: Question,
    index: IndexReader,
    weights: Weights,
    analyzer: Analyzer,
    k: int,
    *,
    explain: bool = False,
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
    rows = closest(evidence, max(k, CLOSELY_COMPARED))
    features = matrix(evidence, rows)
    scores = features @ weights.ranking
    told = deeds(evidence, rows)
    timely = timeliness(evidence, rows, scores + told)
    scores = scores + told + timely.shifts
    best = (-scores).argsort(kind="stable")[:k]
    standing = standings(evidence.passages.of[rows], question.asked, features, scores)
    sure = probability(standing[best], weights.confidence, weights.bias) * timely.trust[best]
    hits = hits_of(evidence, rows, scores, analyzer, best=best, sure=sure)
    if not explain:
        return hits
    # What stands beside the features is one share more.
    shares = np.column_stack([features * weights.ranking, told + timely.shifts])[best].tolist()
    return [
        replace(hit, shares=dict(zip((*FEATURE_NAMES, DEEDS_AND_TIME), row, strict=True)))
        for hit, row in zip(hits, shares, strict=True)
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
    covered = evidence.coverage(evidence.held.passages[evidence.passages.of[rows[best]]])
    return [
        Hit(number, by_row[row], coverage, confidence, EvidenceExcerpt(evidence, row, by_row, analyzer))
        for number, row, coverage, confidence in zip(
            evidence.numbers[rows[best]].tolist(), rows[best].tolist(), covered.tolist(), sure.tolist(), strict=True
        )
    ]
