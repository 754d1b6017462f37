"""What a sentence gains that tells who took a post, where the question asks who holds it.

Most mentions of a mayor are of one who speaks, and an older article has as many as a newer one. Who holds the post now
is told where he or she is elected or appointed.
"""

from __future__ import annotations

import numpy as np

from retrieval.ranking.evidence import Evidence
from retrieval.system.arrays import Floats, Integers

APPOINTED = 2.5
"""What the score of a sentence gains that tells of an appointment, in a passage that has all that is asked; scores are
log-odds."""


def appointments(evidence: Evidence, rows: Integers) -> Floats:
    """What each of some rows gains.

    Args:
        evidence: what is held of the question.
        rows: those that are ranked.
    """
    numbers = list(filter(None, map(evidence.index.number, evidence.question.appointing)))  # they begin at 1
    if not numbers:
        return np.zeros(len(rows))
    units = evidence.units
    tells = np.bincount(units.rows[np.isin(units.words, numbers)], minlength=len(evidence.numbers))[rows] > 0
    on_topic = evidence.coverage(evidence.held.passages[evidence.passages.of[rows]])
    gained: Floats = APPOINTED * tells * on_topic**2
    return gained
