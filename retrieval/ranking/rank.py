"""Candidates → ranked hits: the sentences of the likeliest passages, ordered by a weighed sum of features."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from retrieval.index.reader import IndexReader
from retrieval.query.question import Question
from retrieval.ranking.candidates import CLOSELY_COMPARED, candidates, closest
from retrieval.ranking.confidence import probability, standings
from retrieval.ranking.evidence import Evidence
from retrieval.ranking.excerpt import EvidenceExcerpt
from retrieval.ranking.features import FEATURE_NAMES, matrix
from retrieval.ranking.nearness import NEAR_BEFORE, NEAR_BEHIND, nearness
from retrieval.ranking.timeliness import timeliness
from retrieval.ranking.weights import Weights
from retrieval.text.analyzer import Analyzer
from retrieval.types import Hit

PLACE_AND_TIME = "place and time"
"""The name of what nearness and timeliness add to a score."""


def rank(
    question: Question,
    index: IndexReader,
    weights: Weights,
    analyzer: Analyzer,
    k: int,
    *,
    explain: bool = False,
    near: int | None = None,
    within: bool = False,
) -> list[Hit]:
    """The `k` best hits, best first, ties in the order of the corpus; [] where no term of the question occurs.

    Args:
        question: what is asked.
        index: of what.
        weights: what each feature counts.
        analyzer: text → terms.
        k: how many hits at the most.
        explain: whether the hits say what each feature added to their score.
        near: the number of the sentence that answered the question which this one goes on with, if it goes on with one.
        within: whether only sentences of that one's article are ranked.
    """
    found = candidates(question, index, k)
    if near is not None and question.query:
        found = sorted({*found, *index.around(near, NEAR_BEFORE, NEAR_BEHIND)})
    if near is not None and within:
        its = index.around(near, index.totals.sentences, index.totals.sentences)
        found = [number for number in found if number in its]
    if not found or k <= 0:
        return []
    evidence = Evidence(question, index, found)
    rows = closest(evidence, max(k, CLOSELY_COMPARED))
    features = matrix(evidence, rows)
    scores = features @ weights.ranking
    gained = nearness(evidence, rows, near) if near is not None else np.zeros(len(rows))
    timely = timeliness(evidence, rows, scores + gained)
    scores = scores + gained + timely.shifts
    best = np.lexsort((rows, -scores))[:k]
    standing = standings(evidence.passages.of[rows], question.asked, features, scores)
    sure = probability(standing[best], weights.confidence, weights.bias) * timely.trust[best]
    by_row = dict(zip(rows.tolist(), scores.tolist(), strict=True))
    covered = evidence.coverage(evidence.held.passages[evidence.passages.of[rows[best]]])
    hits = [
        Hit(number, by_row[row], coverage, confidence, EvidenceExcerpt(evidence, row, by_row, analyzer))
        for number, row, coverage, confidence in zip(
            evidence.numbers[rows[best]].tolist(), rows[best].tolist(), covered.tolist(), sure.tolist(), strict=True
        )
    ]
    if not explain:
        return hits
    # What stands beside the features is one share more.
    shares = np.column_stack([features * weights.ranking, gained + timely.shifts])[best].tolist()
    return [
        replace(hit, shares=dict(zip((*FEATURE_NAMES, PLACE_AND_TIME), row, strict=True)))
        for hit, row in zip(hits, shares, strict=True)
    ]
