"""What a sentence gains that tells itself what happened, where the question asks when, where or why it did.

Most sentences of an obituary have the name in them and «درگذشت» in the title above them; the day of death stands in the
one that says «چشم از جهان فروبست».
"""

from __future__ import annotations

import numpy as np

from retrieval.ranking.sentence_view import SentenceView
from retrieval.system.arrays import Floats

TOLD = 1.0
"""What the score of a sentence gains that has all deeds, in a passage that has all else; scores are log-odds."""


def deeds(view: SentenceView) -> Floats:
    """What each sentence gains."""
    evidence, question = view.evidence, view.evidence.question
    if not question.deeds or question.deeds.isdisjoint(group.terms for group in question.query):
        return np.zeros(len(view.rows))
    is_deed = np.array([group.terms in question.deeds for group in question.query])
    around = evidence.held.passages[view.passage]
    others = np.where(is_deed, 0.0, evidence.shares)
    on_topic = (around @ others) / (others.sum() or 1.0)
    told: Floats = TOLD * (view.here[:, is_deed] > 0).mean(axis=1) * on_topic**2
    return told
