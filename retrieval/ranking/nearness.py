"""In a dialogue: what a sentence gains by standing near the one that answered last."""

from __future__ import annotations

import numpy as np

from retrieval.ranking.evidence import Evidence
from retrieval.system.arrays import Floats, Integers

NEAR_BEFORE, NEAR_BEHIND = 6, 16
"""How many sentences before and behind the last answer are candidates: in judged dialogues half of what is asked next
is answered within 300 code points behind it."""

SAME_ARTICLE, BESIDE, REACH = 1.0, 1.0, 4.0
"""What a candidate gains in the article of the last answer, and right behind that answer. `REACH` sentences from there
it gains a third of the latter. Scores are log-odds."""


def nearness(evidence: Evidence, rows: Integers, near: int) -> Floats:
    """What each of some rows gains.

    Args:
        evidence: where the rows are.
        rows: of the candidates.
        near: the number of the sentence that answered last; it itself gains what its article does.
    """
    place = int(np.searchsorted(evidence.numbers, near))
    if place == len(evidence.numbers) or evidence.numbers[place] != near:
        return np.zeros(len(rows))
    articles = evidence.block.articles[evidence.passages.of]
    distance = evidence.numbers[rows] - near
    gained = SAME_ARTICLE + np.where(distance != 0, BESIDE * np.exp(-np.abs(distance - 1) / REACH), 0.0)
    found: Floats = np.where(articles[rows] == articles[place], gained, 0.0)
    return found
