"""What an entry of a list or a table gains whose label is asked for: «وزن: ۲۷ کیلوگرم» for «وزن».

Such an entry says of what it tells in what names its list, above it; of its own words only the label can be asked for.
"""

from __future__ import annotations

import numpy as np

from retrieval.ranking.evidence import Evidence
from retrieval.ranking.sentence_view import stands_alone
from retrieval.ranking.word_view import WordView
from retrieval.system.arrays import Floats, Integers

LABELLED = 1.0
"""What the score of an entry gains that begins with all that is asked of its topic; scores are log-odds."""


def labels(evidence: Evidence, rows: Integers) -> Floats:
    """What each of some rows gains.

    Args:
        evidence: what is held of the question.
        rows: those that are ranked.
    """
    is_entry = stands_alone(evidence, rows)
    if not is_entry.any():
        return np.zeros(len(rows))
    titles = evidence.held.titles[evidence.passages.of[rows]]
    asked = (1 - titles) * evidence.shares
    opening = (WordView(evidence, rows).held_by_opening * asked).sum(axis=1) / np.maximum(asked.sum(axis=1), 1e-9)
    gained: Floats = (
        LABELLED * is_entry * opening * evidence.coverage(np.maximum(titles, evidence.held.sentences[rows]))
    )
    return gained
