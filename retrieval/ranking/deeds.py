"""What a sentence gains that tells itself what happened, where the question asks when, where or why it did.

Most sentences of an obituary have the name in them and «درگذشت» in the title above them; the day of death stands in the
one that says «چشم از جهان فروبست».
"""

from __future__ import annotations

import numpy as np

from retrieval.ranking.evidence import Evidence
from retrieval.system.arrays import Floats, Integers

TOLD = 1.0
"""What the score of a sentence gains that has all deeds, in a passage that has all else; scores are log-odds."""


def deeds(evidence: Evidence, rows: Integers) -> Floats:
    """What each of some rows gains.

    Args:
        evidence: what is held of the question.
        rows: those that are ranked.
    """
    question = evidence.question
    if not question.deeds or question.deeds.isdisjoint(group.terms for group in question.query):
        return np.zeros(len(rows))
    is_deed = np.array([group.terms in question.deeds for group in question.query])
    around = evidence.held.passages[evidence.passages.of[rows]]
    others = np.where(is_deed, 0.0, evidence.shares)
    on_topic = (around @ others) / (others.sum() or 1.0)
    told: Floats = TOLD * (evidence.held.sentences[rows][:, is_deed] > 0).mean(axis=1) * on_topic**2
    return told
