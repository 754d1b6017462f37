"""How sure a figure is, by resampling questions from a given seed.

Intervals are percentile intervals of the bootstrap (Efron and Tibshirani, «An Introduction to the Bootstrap», 1993).
Differences of two runs are tested by randomisation, which flips their signs at random (Smucker, Allan and Carterette,
«A Comparison of Statistical Significance Tests for Information Retrieval Evaluation», CIKM 2007).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import scipy
from numpy.typing import NDArray

RESAMPLES = 1000
"""Samples that an interval is made of."""

SIGN_FLIPS = 9999
"""Ways of flipping the signs that a difference is compared with."""


Values: TypeAlias = NDArray[np.float64]


class Estimate(NamedTuple):
    """A figure with its 95 % confidence interval."""

    value: float
    low: float
    high: float


class Difference(NamedTuple):
    """How much one run is above another, with its 95 % confidence interval.

    Args:
        value, low, high: the mean of the paired differences, with its interval.
        p: the probability of a difference at least as large, either way, if the runs were equally good.
        won, tied, lost: for how many questions the run is above the other, equal to it, below it.
    """

    value: float
    low: float
    high: float
    p: float
    won: int
    tied: int
    lost: int


def estimate(statistic: Callable[..., Any], *samples: Sequence[float] | Values, seed: int) -> Estimate:
    """A statistic of one or several samples, with its interval; each sample is resampled independently.

    Args:
        statistic: from as many arrays as there are samples to a figure. If it takes an `axis`, many resamples are
            worked on at once.
        samples: each an array of shape (n,), not empty.
        seed: the same seed gives the same interval.
    """
    arrays = [np.asarray(sample, dtype=np.float64) for sample in samples]
    value = float(statistic(*arrays))
    if min(map(len, arrays)) < 2:
        return Estimate(value, value, value)
    found = scipy.stats.bootstrap(
        arrays, statistic, n_resamples=RESAMPLES, batch=100, method="percentile", rng=np.random.default_rng(seed)
    )
    return Estimate(value, float(found.confidence_interval.low), float(found.confidence_interval.high))


def mean(values: Sequence[float] | Values, seed: int) -> Estimate:
    """The mean of a measure, an array of shape (questions,), with its interval."""
    return estimate(np.mean, values, seed=seed)


def clustered_mean(values: Sequence[float] | Values, clusters: Sequence[str], seed: int) -> Estimate:
    """The mean of a measure, an array of shape (questions,), with an interval that resamples whole clusters.

    Questions about one article are easy or hard together; an interval that took them for independent would be narrow.
    """
    totals: dict[str, list[float]] = {}
    for value, cluster in zip(values, clusters, strict=True):
        totals.setdefault(cluster, []).append(float(value))
    sums = np.array([sum(some) for some in totals.values()])
    counts = np.array([len(some) for some in totals.values()], dtype=np.float64)
    rng = np.random.default_rng(seed)
    drawn = rng.integers(len(sums), size=(RESAMPLES, len(sums)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return Estimate(float(sums.sum() / counts.sum()), float(low), float(high))


def difference(ours: Sequence[float], theirs: Sequence[float], seed: int) -> Difference:
    """How much the mean of `ours` is above that of `theirs`; both have the same questions, shape (questions,)."""
    paired = np.asarray(ours, dtype=np.float64) - np.asarray(theirs, dtype=np.float64)
    changed = paired[paired != 0]
    if not len(changed):
        return Difference(0.0, 0.0, 0.0, 1.0, 0, len(paired), 0)
    # Questions that both runs answer alike weigh nothing, whatever their sign; leaving them out saves most of the time.
    test = scipy.stats.permutation_test(
        (np.append(changed, 0.0),),
        np.sum,
        permutation_type="samples",
        n_resamples=SIGN_FLIPS,
        batch=500,
        rng=np.random.default_rng(seed),
    )
    won, lost = int((paired > 0).sum()), int((paired < 0).sum())
    return Difference(*mean(paired, seed), float(test.pvalue), won, len(paired) - won - lost, lost)
