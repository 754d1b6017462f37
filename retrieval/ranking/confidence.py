"""How sure a hit is: how it stands among the other candidates, and some of its features → a calibrated probability.

The probability that the quotation answers the question is a logistic function of these (Platt, «Probabilistic outputs
for support vector machines», 1999). It is trained on questions with and without an answer in the collection.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retrieval.ranking.features import FEATURES
from retrieval.system.arrays import Floats, Integers

MAX_LEAD = 10.0
"""The largest lead that counts. Scores are log-odds: a hit that leads by 10 is e¹⁰ ≈ 22,000 times likelier."""

STANDING = ("probability", "probability of passage", "lead", "lead over passages", "words asked")
"""How a hit stands among the candidates."""

_EVIDENCE = np.array([column for column, feature in enumerate(FEATURES) if feature.raises_confidence])
"""The columns of the ranking's features that the confidence uses too: what sentence and passage hold."""

CONFIDENCE_NAMES = (*STANDING, *(feature.full_name for feature in FEATURES if feature.raises_confidence))
"""The features of the confidence; all can only raise it."""


def standings(
    passages: Integers, words: int, features: Floats, scores: Floats, statement: Sequence[int] = ()
) -> Floats:
    """The confidence's features of every candidate: an array of candidates × `CONFIDENCE_NAMES`.

    Args:
        passages: for each candidate its passage.
        words: how many groups of terms of the question carry weight.
        features: candidates × `FEATURES`.
        scores: for each candidate its score.
        statement: the candidates that the best one answers for besides itself (`of_same_statement`); they are no
            rivals of it.
    """
    odds = np.exp(scores - scores.max())
    probability = odds / odds.sum()
    same = passages[:, None] == passages
    found = np.empty((len(scores), len(CONFIDENCE_NAMES)))
    if statement:
        itself = np.eye(len(scores), dtype=bool)
        itself[scores.argmax(), statement] = True
        same |= itself
        found[:, 0] = itself @ probability
        found[:, 2] = _lead(scores, np.where(itself, -np.inf, scores).max(axis=1))
    else:
        found[:, 0] = probability
        found[:, 2] = _lead(scores, _best_of_others(scores))
    found[:, 1] = same @ probability
    found[:, 3] = _lead(scores, np.where(same, -np.inf, scores).max(axis=1))
    found[:, 4] = np.log(max(words, 1))
    found[:, len(STANDING) :] = features[:, _EVIDENCE]
    return found


def _best_of_others(scores: Floats) -> Floats:
    """For each score the best of the others; -∞ where it is the only one."""
    first, second = [*sorted(scores.tolist(), reverse=True), -np.inf][:2]
    best: Floats = np.where(scores < first, first, second)
    return best


def _lead(scores: Floats, best: Floats) -> Floats:
    """How far each score lies above another, at most `MAX_LEAD` either way."""
    lead: Floats = np.minimum(np.maximum(scores - best, -MAX_LEAD), MAX_LEAD)  # np.clip takes ten times as long
    return lead


def probability(standing: Floats, weights: Floats, bias: float | Floats) -> Floats:
    """The logistic function of the weighted sum of each row of `standing`, with a bias for all rows or for each."""
    found: Floats = 1 / (1 + np.exp(-(standing @ weights + bias)))
    return found
