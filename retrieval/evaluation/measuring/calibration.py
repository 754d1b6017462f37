"""Answered or not found: how well the confidence tells questions with an answer from those without."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import scipy
from numpy.typing import NDArray

from retrieval.evaluation.measuring.statistics import Estimate, Values, estimate
from retrieval.ranking.answerability import Caution

DEFAULT_THRESHOLD = Caution.BALANCED.value
"""The product's threshold by default."""

ANSWERED_SHARE = 0.8
"""Precision is also given at the threshold that answers this share of the answerable questions."""

RELIABILITY_BINS = 10


@dataclass(frozen=True, slots=True)
class Trial:
    """A question's confidence, and what is true of the question.

    Args:
        confidence: 0 to 1.
        answerable: whether the collection answers it.
        from_passage: whether the first sentence is from a gold passage.
        right: whether the first claim contains a gold answer; the same as `from_passage` if only passages were judged.
    """

    confidence: float
    answerable: bool
    from_passage: bool
    right: bool


def auroc(answerable: Values, unanswerable: Values) -> float:
    """The probability that an answerable question has the higher confidence, ties counted half.

    The area under the ROC curve, as Mann and Whitney's U over the number of pairs (Hanley and McNeil, 1982).
    """
    ranks = scipy.stats.rankdata(np.concatenate((answerable, unanswerable)))
    pairs = len(answerable) * len(unanswerable)
    return float((ranks[: len(answerable)].sum() - len(answerable) * (len(answerable) + 1) / 2) / pairs)


def threshold_for(confidences: Values, share: float = ANSWERED_SHARE) -> float:
    """The highest threshold that at least a `share` of `confidences` reach; there is at least one."""
    return float(np.sort(confidences)[len(confidences) - math.ceil(share * len(confidences))])


def precision_of_answered(
    answerable: Values, right: Values, unanswerable: Values, threshold: float, without: float
) -> float:
    """The share of the answers given that are right; 1 if none is given.

    Args:
        answerable: the confidences of the questions that have an answer.
        right: for each of these, 1 if the first claim is right, else 0.
        unanswerable: the confidences of the questions without an answer.
        threshold: the confidence from which on a question is answered.
        without: the share of questions without an answer that is assumed, whatever their number here.
    """
    given = answerable >= threshold
    good = (1 - without) * float(np.mean(given * right))
    answered = (1 - without) * float(np.mean(given)) + without * _mean(unanswerable >= threshold)
    return good / answered if answered else 1.0


def precision_of_not_found(answerable: Values, unanswerable: Values, threshold: float, without: float) -> float:
    """The share of the replies «not found» that are right; 1 if there is none. Arguments: `precision_of_answered`."""
    true = without * _mean(unanswerable < threshold)
    said = true + (1 - without) * float(np.mean(answerable < threshold))
    return true / said if said else 1.0


def _mean(values: NDArray[np.bool_]) -> float:
    return float(np.mean(values)) if len(values) else 0.0


def measure(
    trials: Sequence[Trial], *, seed: int, threshold: float = DEFAULT_THRESHOLD, without: float | None = None
) -> Mapping[str, Estimate]:
    """How well confidence tells answerable questions from others: figure → estimate; {} if either kind is missing.

    Args:
        trials: the questions.
        seed: of the intervals.
        threshold: the confidence from which on the product answers.
        without: see `precision_of_answered`; by default the share that the questions have.
    """
    found = [trial for trial in trials if trial.answerable]
    none = np.array([trial.confidence for trial in trials if not trial.answerable])
    if not found or not len(none):
        return {}
    share = len(none) / len(trials) if without is None else without
    confidences = np.array([trial.confidence for trial in found])
    kinds = {
        "passage": np.array([float(trial.from_passage) for trial in found]),
        "answer": np.array([float(trial.right) for trial in found]),
    }
    # Resampled by their numbers, so that a question keeps its confidence and its judgement together.
    numbers = np.arange(len(found), dtype=np.float64)

    def precision(right: Values, at: float | None, chosen: Values, others: Values) -> float:
        picked = chosen.astype(int)
        enough = threshold_for(confidences[picked]) if at is None else at
        return precision_of_answered(confidences[picked], right[picked], others, enough, share)

    figures = {
        "AUROC": estimate(auroc, confidences, none, seed=seed),
        "answered, of the answerable": estimate(lambda found: np.mean(found >= threshold), confidences, seed=seed),
        "answered, of the unanswerable": estimate(lambda others: np.mean(others >= threshold), none, seed=seed),
        "precision of «not found»": estimate(
            partial(precision_of_not_found, threshold=threshold, without=share), confidences, none, seed=seed
        ),
    }
    for at, where in ((threshold, ""), (None, f" at {ANSWERED_SHARE:.0%} answered")):
        for kind, right in kinds.items():
            figures[f"precision of «answered» by {kind}{where}"] = estimate(
                partial(precision, right, at), numbers, none, seed=seed
            )
    return figures


def reliability(trials: Sequence[Trial]) -> list[tuple[float, float, int]]:
    """For each tenth of the confidence with any question: the mean confidence, the share right, how many questions."""
    bins: dict[int, list[Trial]] = {}
    for trial in trials:
        bins.setdefault(min(int(trial.confidence * RELIABILITY_BINS), RELIABILITY_BINS - 1), []).append(trial)
    return [
        (
            sum(trial.confidence for trial in members) / len(members),
            sum(trial.right for trial in members) / len(members),
            len(members),
        )
        for _, members in sorted(bins.items())
    ]


def tradeoff(trials: Sequence[Trial]) -> list[tuple[float, float]]:
    """For each confidence, taken as the threshold: the share of questions answered, and the share of these right."""
    ranked = sorted(trials, key=lambda trial: -trial.confidence)
    right, points = 0, []
    for answered, (trial, following) in enumerate(zip(ranked, [*ranked[1:], None], strict=True), start=1):
        right += trial.right
        if following is None or following.confidence < trial.confidence:
            points.append((answered / len(ranked), right / answered))
    return points
