"""How sure a hit is: features of how it stands among the other candidates → a calibrated probability.

The probability that the quotation answers the question is a logistic function of the features (Platt, «Probabilistic
outputs for support vector machines», 1999), trained on questions with and without an answer in the collection.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from retrieval.features import NAMES
from retrieval.units import Floats, Integers

FARTHEST = 10.0
"""Scores are log-odds: beyond this distance nothing more is gained."""

STANDING = ("probability", "probability of passage", "score", "lead", "lead over passages", "words asked", "most missed")
FEATURES = (*STANDING, *NAMES)
"""How a hit stands among the candidates, then the features of its sentence."""


def standings(passages: Integers, missed: Floats, words: int, features: Floats, scores: Floats) -> Floats:
    """The features of confidence: an array of `len(scores)` × `len(FEATURES)`.

    Args:
        passages: each candidate's passage.
        missed: the share of the question that the most important term missing in that passage carries.
        words: how many groups of terms the question has.
        features: the candidates' ranking features, a row each.
        scores: their scores.
    """
    odds = np.exp(scores - scores.max())
    probability = odds / odds.sum()
    same = passages[:, None] == passages
    itself = np.eye(len(scores), dtype=bool)
    columns = [
        probability,
        (same * probability).sum(axis=1),
        scores,
        _lead(scores, itself),
        _lead(scores, same),
        np.full(len(scores), np.log(words)),
        missed,
    ]
    return np.column_stack([*columns, features[:, : len(NAMES)]])


def _lead(scores: Floats, left_out: NDArray[np.bool_]) -> Floats:
    """How far each score lies above the best of the others, at most `FARTHEST` either way."""
    best = np.where(left_out, -np.inf, scores).max(axis=1)
    lead: Floats = np.clip(scores - best, -FARTHEST, FARTHEST)
    return lead


def probability(standing: Floats, weights: Floats, bias: float) -> Floats:
    """The logistic function of the weighed sum of each row."""
    found: Floats = 1 / (1 + np.exp(-(standing @ weights + bias)))
    return found
