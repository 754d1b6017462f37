"""Where a sentence stands from the last answer of a dialogue, and what it has that its article has seldom."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from retrieval.ranking.evidence import Evidence
from retrieval.system.arrays import Booleans, Floats

NEAR_BEHIND, FAR_BEHIND, NEAR_BEFORE = 2.0, 6.0, 3.0
"""Sentences in which what a place behind or before the last answer is worth falls to a third."""

_WHERE = (
    "quoted last",
    "next",
    "behind",
    "near behind",
    "farther behind",
    "near before",
    "distance behind",
    "distance before",
    "same passage",
    "first of all",
    "sentences above",
)
"""Whether a sentence is the one quoted last, or the next one; whether it stands behind; how near behind and before,
falling off exponentially; log(1 + sentences) between them, either way; whether both stand in one passage; whether it
opens the article; log(1 + its sentences above)."""

MANY_WORDS = 4
"""Own words of a question from which on they tell enough by themselves, and the place no more than with others."""

PLACES = (*_WHERE, *(f"{name}, few words" for name in _WHERE), "quoted before", "held here", "held here, in all")
"""What is told of a sentence. Where it stands counts by itself, and more the fewer words the question has of its own
(«چرا؟», «در چه سالی؟»). Then whether an earlier answer of the dialogue quoted it; and which of the question's own words
it has, by an idf within the article: their share, and their sum."""

_SUM_SCALE = 3.0
"""What brings a sum of idf to the size of the other features."""


def places(evidence: Evidence, near: int, quoted: Collection[int] = ()) -> Floats:
    """What is told of each sentence of the evidence, which is of one article: an array of rows × `PLACES`.

    Args:
        evidence: where the rows are.
        near: the number of the sentence that answered last.
        quoted: the numbers of those that earlier answers quoted.
    """
    where = _where(evidence, near)
    own = own_weights(evidence) > 0
    few = 1 - min(int(own.sum()), MANY_WORDS) / MANY_WORDS
    has = held_with_context(evidence)
    having = has.sum(axis=0)
    idf = np.where(own & (having > 0), np.log((len(has) + 1) / (having + 0.5)), 0.0)
    held = has @ idf
    before = np.isin(evidence.numbers, list(quoted))
    return np.column_stack([where, few * where, before, held / (idf.sum() or 1.0), held / _SUM_SCALE])


def own_weights(evidence: Evidence) -> Floats:
    """The weight of each group that the question has itself; what the question before lends counts less than a word."""
    groups = evidence.question.query
    weights: Floats = np.where([group.weight == 1.0 for group in groups], evidence.question.weights, 0.0)
    return weights


def held_with_context(evidence: Evidence) -> Booleans:
    """Rows × groups: whether a sentence has a group, or what names its passage but not all of the article's."""
    names = evidence.held.titles > 0
    context = (names & ~names.all(axis=0))[evidence.passages.of]
    held: Booleans = (evidence.held.sentences > 0) | context
    return held


def _where(evidence: Evidence, near: int) -> Floats:
    """Rows × `_WHERE`."""
    rows = np.arange(len(evidence.numbers))
    last = min(int(np.searchsorted(evidence.numbers, near)), len(rows) - 1)
    distance = rows - last
    behind, before = np.maximum(distance, 0), np.maximum(-distance, 0)
    is_behind, passages = distance > 0, evidence.passages.of
    return np.column_stack(
        [
            distance == 0,
            distance == 1,
            is_behind,
            is_behind * np.exp(-(behind - 1) / NEAR_BEHIND),
            is_behind * np.exp(-(behind - 1) / FAR_BEHIND),
            (distance < 0) * np.exp(-(before - 1) / NEAR_BEFORE),
            np.log1p(behind),
            np.log1p(before),
            passages == passages[last],
            rows == 0,
            np.log1p(rows),
        ]
    ).astype(np.float64)
