"""Judged candidates → weights: two convex losses and their slopes, minimised by L-BFGS. Values in, values out.

Features are first scaled to a standard deviation of 1, so that one penalty suits all. A feature that never varies has
the weight 0.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy
from numpy.typing import NDArray

from retrieval.ranking.confidence import CONFIDENCE_NAMES
from retrieval.system.arrays import Floats

RANKING_PENALTY, CONFIDENCE_PENALTY = 50.0, 10.0
"""L2 penalties on standardised features, chosen by cross-validation; a factor of 3 either way changes little."""


def fit_ranking(features: Sequence[Floats], gold: Sequence[NDArray[np.bool_]], counts: Sequence[float]) -> Floats:
    """The weights that give the gold sentences the most probability in a softmax over each question's candidates.

    ListNet's top-one loss (Cao et al., «Learning to rank: from pairwise approach to listwise approach», 2007) with an
    L2 penalty. A question with no gold candidate teaches nothing and is left out.

    Args:
        features: for each question an array of its candidates × `FEATURES`.
        gold: for each question whether each of its candidates holds an answer; at least one of all does.
        counts: for each question how much it counts.
    """
    usable = [place for place, its in enumerate(gold) if its.any()]
    together = np.vstack([features[place] for place in usable])
    sizes = [len(gold[place]) for place in usable]
    starts, owner = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(usable)), sizes)
    missing = np.where(np.concatenate([gold[place] for place in usable]), 0.0, -np.inf)
    importance = np.array([counts[place] for place in usable])
    spread = _spread(together)
    scaled = together / spread

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = scaled @ weights
        everything = np.logaddexp.reduceat(scores, starts)
        right = np.logaddexp.reduceat(scores + missing, starts)
        surplus = np.exp(scores - everything[owner]) - np.exp(scores + missing - right[owner])
        value = importance @ (everything - right) + RANKING_PENALTY * (weights @ weights) / 2
        return float(value), scaled.T @ (surplus * importance[owner]) + RANKING_PENALTY * weights

    found = scipy.optimize.minimize(loss, np.zeros(len(spread)), jac=True, method="L-BFGS-B", options={"maxiter": 120})
    weights: Floats = found.x / spread
    return weights


def fit_confidence(standing: Floats, right: NDArray[np.bool_], counts: Floats) -> tuple[Floats, float]:
    """The weights and the bias of the confidence: logistic regression with an L2 penalty and weights of at least 0.

    Args:
        standing: the confidence's features of first hits, an array of hits × `CONFIDENCE_NAMES`.
        right: for each hit whether its quotation answers.
        counts: for each hit how much it counts.
    """
    middle, spread = standing.mean(axis=0), _spread(standing)
    scaled = np.hstack([(standing - middle) / spread, np.ones((len(standing), 1))])

    def loss(weights: Floats) -> tuple[float, Floats]:
        logits = scaled @ weights
        penalised = np.append(weights[:-1], 0.0)
        value = (counts * (np.logaddexp(0, logits) - right * logits)).sum() + CONFIDENCE_PENALTY * (
            penalised**2
        ).sum() / 2
        slope = scaled.T @ (counts * (np.exp(-np.logaddexp(0, -logits)) - right))
        return float(value), slope + CONFIDENCE_PENALTY * penalised

    # More evidence never makes it less sure; correlated features would otherwise trade signs.
    found = scipy.optimize.minimize(
        loss,
        np.zeros(scaled.shape[1]),
        jac=True,
        method="L-BFGS-B",
        bounds=[(0.0, None)] * len(CONFIDENCE_NAMES) + [(None, None)],
        options={"maxiter": 300},
    )
    weights: Floats = found.x[:-1] / spread
    return weights, float(found.x[-1] - weights @ middle)


def _spread(values: Floats) -> Floats:
    """Each column's standard deviation; infinite if the column does not vary, so that its weight becomes 0."""
    deviation = values.std(axis=0)
    spread: Floats = np.where(deviation > 1e-6, deviation, np.inf)
    return spread
