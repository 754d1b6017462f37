"""How far the passages of sentences are on the topic of a question.

What a sentence says counts that far. A sentence with half of the topic may as well speak of something else, so it
counts squared.
"""

from __future__ import annotations

import numpy as np

from retrieval.ranking.sentence_view import SentenceView
from retrieval.system.arrays import Booleans, Floats


def topic(view: SentenceView) -> Floats:
    """How far the passage of each sentence is on the topic, from 0 to 1."""
    its: Floats = view.covered.by_passage**2
    return its


def topic_but_for(view: SentenceView, is_left_out: Booleans) -> Floats:
    """The same by the passage's own words alone, some groups of the question left out."""
    shares = np.where(is_left_out, 0.0, view.evidence.shares)
    its: Floats = (view.evidence.held.passages[view.passage] @ shares / (shares.sum() or 1.0)) ** 2
    return its
