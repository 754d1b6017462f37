"""What a sentence gains that tells who took a post, where the question asks who holds it.

Most mentions of a mayor are of one who speaks, and an older article has as many as a newer one. Who holds the post now
is told where he or she is elected or appointed.
"""

from __future__ import annotations

import numpy as np

from retrieval.ranking.sentence_view import SentenceView
from retrieval.system.arrays import Floats

APPOINTED = 2.5
"""What the score of a sentence gains that tells of an appointment, in a passage that has all that is asked; scores are
log-odds."""


def appointments(view: SentenceView) -> Floats:
    """What each sentence gains."""
    evidence = view.evidence
    numbers = list(filter(None, map(evidence.index.number, evidence.question.appointing)))  # they begin at 1
    if not numbers:
        return np.zeros(len(view.rows))
    units = evidence.units
    tells = np.bincount(units.rows[np.isin(units.words, numbers)], minlength=len(evidence.numbers))[view.rows] > 0
    gained: Floats = APPOINTED * tells * view.covered.by_passage**2
    return gained
