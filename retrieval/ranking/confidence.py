"""How sure a hit is: how it stands among the other candidates, and some of its features → a calibrated probability.

The probability that the quotation answers the question is a logistic function of these (Platt, «Probabilistic outputs
for support vector machines», 1999). It is trained on questions with and without an answer in the collection.
"""

from __future__ import annotations

import numpy as np

from retrieval.ranking.features import FEATURES
from retrieval.system.arrays import Booleans, Floats, Integers

MAX_LEAD = 10.0
"""The largest lead that counts. Scores are log-odds: a hit that leads by 10 is e¹⁰ ≈ 22,000 times likelier."""

STANDING = ("probability", "probability of passage", "lead", "lead over passages", "words asked")
"""How a hit stands among the candidates."""

_EVIDENCE = np.array([column for column, feature in enumerate(FEATURES) if feature.raises_confidence])
"""The columns of the ranking's features that the confidence uses too: what sentence and passage hold."""

CONFIDENCE_NAMES = (*STANDING, *(feature.full_name for feature in FEATURES if feature.raises_confidence))
"""The features of the confidence; all can only raise it."""


def standings(
    passages: Integers, words: int, features: Floats, scores: Floats, statement: Booleans | None = None
) -> Floats:
    """The confidence's features of every candidate: an array of candidates × `CONFIDENCE_NAMES`.

    Args:
        passages: for each candidate its passage.
        words: how many groups of terms of the question carry weight.
        features: candidates × `FEATURES`.
        scores: for each candidate its score.
        statement: which candidates the best one answers for, itself included (`of_same_statement`); they are no rivals
            of it. By default it is alone.
    """
    odds = np.exp(scores - scores.max())
    probability = odds / odds.sum()
    itself, same = np.eye(len(scores), dtype=bool), passages[:, None] == passages
    if statement is not None:
        itself[scores.argmax()] = statement
        same |= itself
    found = np.empty((len(scores), len(CONFIDENCE_NAMES)))
    found[:, 0], found[:, 1] = itself @ probability, same @ probability
    found[:, 2] = _lead(scores, np.where(itself, -np.inf, scores).max(axis=1))
    found[:, 3] = _lead(scores, np.where(same, -np.inf, scores).max(axis=1))
    found[:, 4] = np.log(max(words, 1))
    found[:, len(STANDING) :] = features[:, _EVIDENCE]
    return found


def _lead(scores: Floats, best: Floats) -> Floats:
    """How far each score lies above another, at most `MAX_LEAD` either way."""
    lead: Floats = np.minimum(np.maximum(scores - best, -MAX_LEAD), MAX_LEAD)  # np.clip takes ten times as long
    return lead


def probability(standing: Floats, weights: Floats, bias: float | Floats) -> Floats:
    """The logistic function of the weighted sum of each row of `standing`, with a bias for all rows or for each."""
    found: Floats = 1 / (1 + np.exp(-(standing @ weights + bias)))
    return found
