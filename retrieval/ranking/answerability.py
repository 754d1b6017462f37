"""Whether to answer: how sure the quotations of an answer must be, taken together, to be given at all."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from math import prod

from retrieval.ranking.hits import Hit

MAX_QUOTATIONS = 3
"""Quotations that an answer shows at the most."""


class Caution(Enum):
    """How sure an answer must be: the least `answer_probability` at which it is given instead of «not found»."""

    CAREFUL = 0.6
    BALANCED = 0.3
    EAGER = 0.1


def answer_probability(hits: Sequence[Hit]) -> float:
    """The probability (0 to 1) that the quotations an answer would show, those of the first hits, hold the answer.

    Where several sentences are equally good, each alone is unsure and together they are not. They are taken as
    independent (a noisy or: Pearl, «Probabilistic Reasoning in Intelligent Systems», 1988).
    """
    return 1.0 - prod(1 - hit.confidence for hit in hits[:MAX_QUOTATIONS])
