"""How sure a hit is: how it stands among the other candidates, and some of its features → a calibrated probability.

The probability that the quotation answers the question is a logistic function of these (Platt, «Probabilistic outputs
for support vector machines», 1999). It is trained on questions with and without an answer in the collection.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from retrieval.ranking.features import FEATURES
from retrieval.system.arrays import Floats, Integers

MAX_LEAD = 10.0
"""The largest lead that counts. Scores are log-odds: a hit that leads by 10 is e¹⁰ ≈ 22,000 times likelier."""

STANDING = ("probability", "probability of passage", "lead", "lead over passages", "words asked")
"""How a hit stands among the candidates."""

_EVIDENCE = [column for column, feature in enumerate(FEATURES) if feature.raises_confidence]
"""The columns of the ranking's features that the confidence uses too: what sentence and passage hold."""

CONFIDENCE_NAMES = (*STANDING, *(FEATURES[column].full_name for column in _EVIDENCE))
"""The features of the confidence; all can only raise it."""


def standings(passages: Integers, words: int, features: Floats, scores: Floats) -> Floats:
    """The confidence's features of every candidate: an array of candidates × `CONFIDENCE_NAMES`.

    Args:
        passages: for each candidate its passage.
        words: how many groups of terms of the question carry weight.
        features: candidates × `FEATURES`.
        scores: for each candidate its score.
    """
    odds = np.exp(scores - scores.max())
    probability = odds / odds.sum()
    same = passages[:, None] == passages
    itself = np.eye(len(scores), dtype=bool)
    found = np.empty((len(scores), len(CONFIDENCE_NAMES)))
    found[:, 0], found[:, 1] = probability, same @ probability
    found[:, 2], found[:, 3] = _lead(scores, itself), _lead(scores, same)
    found[:, 4] = np.log(max(words, 1))
    found[:, len(STANDING) :] = features[:, _EVIDENCE]
    return found


def _lead(scores: Floats, left_out: NDArray[np.bool_]) -> Floats:
    """How far each score lies above the best of the others, at most `MAX_LEAD` either way.

    Args:
        scores: for each candidate its score.
        left_out: candidates × candidates: whether the second is not one of the others of the first.
    """
    best = np.where(left_out, -np.inf, scores).max(axis=1)
    lead: Floats = np.minimum(np.maximum(scores - best, -MAX_LEAD), MAX_LEAD)  # np.clip takes ten times as long
    return lead


def probability(standing: Floats, weights: Floats, bias: float) -> Floats:
    """The logistic function of the weighted sum of each row of `standing`."""
    found: Floats = 1 / (1 + np.exp(-(standing @ weights + bias)))
    return found
