"""Dialogues → the weights by which a follow-up is answered within its article: part of `make train`.

    python -m benchmarks.following [FILE]

FILE is as in `retrieval.evaluation.answering.dialogues`. Figures are cross-validated by article in five folds: A@1 of
the later questions that have an answer, behind right answers and behind the bot's own, and AUROC of the confidence.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.stats import rankdata

from benchmarks.follow_ups import FOLDS, FollowUp, follow_ups, strangers
from retrieval import Caution, Retriever
from retrieval.evaluation.answering.dialogues import is_right, read
from retrieval.evaluation.datasets.question_rows import squeeze
from retrieval.evaluation.measuring.runs import retriever_over
from retrieval.ranking import weights as of_first_questions
from retrieval.ranking.excerpt import EvidenceExcerpt
from retrieval.ranking.features import FEATURES
from retrieval.ranking.following import (
    FOLLOWING_CONFIDENCE,
    FOLLOWING_FILE,
    FollowingWeights,
    following_to_json,
    standing,
)
from retrieval.ranking.places import PLACES
from retrieval.system.arrays import Floats

DIALOGUES = Path(__file__).resolve().parents[2] / "shared" / "eval" / "dialogues.jsonl"
OUT = Path(__file__).resolve().parents[1] / "retrieval" / "ranking" / FOLLOWING_FILE
PENALTY, PLACE_PENALTY, SCALE_PENALTY, CONFIDENCE_PENALTY = 10.0, 3.0, 0.01, 10.0
"""L2 penalties: of what a feature counts beyond its weight for first questions, of a place, of the scale of these
weights, and of the confidence. Chosen by cross-validation; a factor of 3 either way changes little."""

MIN_SPREAD = 1e-6


class Validated(NamedTuple):
    """What cross-validation finds for each question.

    Args:
        right: whether the first quotation is right.
        seen: what the confidence looks at: questions × `FOLLOWING_CONFIDENCE`.
        sure: how sure the answer is.
    """

    right: NDArray[np.bool_]
    seen: Floats
    sure: Floats


def fit(asked: Sequence[FollowUp]) -> tuple[Floats, Floats]:
    """The weights of features and places that give gold sentences the most probability; see `fitting.fit_ranking`."""
    usable = [one for one in asked if one.gold.any()]
    base = of_first_questions.shipped().ranking
    together = np.vstack([np.column_stack([one.features @ base, one.places, one.features]) for one in usable])
    sizes = [len(one.gold) for one in usable]
    starts, owner = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(usable)), sizes)
    missing = np.where(np.concatenate([one.gold for one in usable]), 0.0, -np.inf)
    penalties = np.array([SCALE_PENALTY] + [PLACE_PENALTY] * len(PLACES) + [PENALTY] * len(FEATURES))

    def loss(found: Floats) -> tuple[float, Floats]:
        scores = together @ found
        everything = np.logaddexp.reduceat(scores, starts)
        right = np.logaddexp.reduceat(scores + missing, starts)
        surplus = np.exp(scores - everything[owner]) - np.exp(scores + missing - right[owner])
        value = (everything - right).sum() + (penalties * found**2).sum()
        return float(value), together.T @ surplus + 2 * penalties * found

    start = np.zeros(together.shape[1])
    start[0] = 1.0
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    end = 1 + len(PLACES)
    return found[0] * base + found[end:], found[1:end]


def judged(asked: FollowUp, weights: tuple[Floats, Floats], retriever: Retriever) -> tuple[bool, Floats]:
    """Whether the first quotation is right, and what the confidence looks at."""
    scores = asked.features @ weights[0] + asked.places @ weights[1]
    best = int(scores.argmax())
    by_row = dict(enumerate(scores.tolist()))
    excerpt = EvidenceExcerpt(asked.evidence, best, by_row, retriever.analyzer)
    quote = squeeze(excerpt.sentence.article.text[slice(*excerpt.quotation)])
    return is_right(quote, asked.answers), standing(
        asked.evidence, asked.features, scores, of_first_questions.shipped()
    )[best]


def fit_confidence(found: Floats, right: NDArray[np.bool_]) -> tuple[Floats, float]:
    """The weights and the bias of a logistic regression over standardised features with an L2 penalty."""
    middle, spread = found.mean(axis=0), found.std(axis=0)
    spread[spread < MIN_SPREAD] = np.inf  # what never varies counts nothing
    rows = np.column_stack([(found - middle) / spread, np.ones(len(found))])

    def loss(weights: Floats) -> tuple[float, Floats]:
        logits = rows @ weights
        penalised = np.append(weights[:-1], 0.0)
        value = (np.logaddexp(0, logits) - right * logits).sum() + CONFIDENCE_PENALTY * (penalised**2).sum()
        return float(value), rows.T @ (1 / (1 + np.exp(-logits)) - right) + 2 * CONFIDENCE_PENALTY * penalised

    fitted = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x
    weights = fitted[:-1] / spread
    return weights, float(fitted[-1] - weights @ middle)


def auroc(values: Floats, right: NDArray[np.bool_]) -> float:
    """The probability that a right one has a higher value than a wrong one."""
    ranks, count = rankdata(values), int(right.sum())
    return float((ranks[right].sum() - count * (count + 1) / 2) / (count * (len(right) - count)))


def cross_validated(asked: Sequence[FollowUp], strange: Sequence[FollowUp], retriever: Retriever) -> Validated:
    """What each question is answered by weights that have not seen its article."""
    everything = [*asked, *strange]
    right, seen = np.zeros(len(everything), dtype=bool), np.zeros((len(everything), len(FOLLOWING_CONFIDENCE)))
    folds = np.array([one.fold for one in everything])
    for fold in range(FOLDS):
        fitted = fit([one for one in asked if one.fold != fold])
        for place in np.flatnonzero(folds == fold):
            right[place], seen[place] = judged(everything[place], fitted, retriever)
    sure = np.zeros(len(everything))
    for fold in range(FOLDS):
        others = folds != fold
        confidence, bias = fit_confidence(seen[others], right[others])
        sure[~others] = 1 / (1 + np.exp(-(seen[~others] @ confidence + bias)))
    return Validated(right, seen, sure)


def figures_of(asked: Sequence[FollowUp], found: Validated) -> dict[str, float]:
    """What cross-validation says."""
    right, sure = found.right[: len(asked)], found.sure[: len(asked)]
    answerable = np.array([bool(one.answers) for one in asked])
    behind_right = np.array([one.follows_right for one in asked])
    answered = sure >= Caution.BALANCED.value
    return {
        "A@1 behind right answers": _share(right[answerable & behind_right]),
        "A@1 behind own answers": _share(right[answerable & ~behind_right]),
        "AUROC": round(auroc(sure, right), 4),
        "answerable, right": _share((right & answered)[answerable]),
        "unanswerable, not answered": _share(~answered[~answerable]),
        "of another article, not answered": _share(found.sure[len(asked) :] < Caution.BALANCED.value),
    }


def _share(values: NDArray[np.bool_]) -> float:
    return round(float(values.mean()), 4)


def main(file: Path) -> None:
    """Fit, cross-validate, and write the weights."""
    dialogues = read(file)
    retriever = retriever_over([one.article for one in dialogues], "auto")
    asked = list(follow_ups(retriever, dialogues))
    strange = list(strangers(asked, retriever))
    found = cross_validated(asked, strange, retriever)
    figures = figures_of(asked, found)
    provenance = {
        "made by": "benchmarks.following",
        "from": file.name,
        "questions": len(asked),
        "cross-validated by article": figures,
    }
    weights = FollowingWeights(*fit(asked), *fit_confidence(found.seen, found.right))
    OUT.write_text(following_to_json(weights, provenance), encoding="utf-8")
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DIALOGUES)
