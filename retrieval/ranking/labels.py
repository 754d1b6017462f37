"""What an entry of a list or a table gains whose label is asked for: «رنگ: سبز» for «رنگ».

Such an entry says of what it tells in what names its list, above it; of its own words only the label can be asked for.
"""

from __future__ import annotations

import numpy as np

from retrieval.ranking.sentence_view import SentenceView
from retrieval.system.arrays import Floats

LABELLED = 1.0
"""What the score of an entry gains that begins with all that is asked of its topic; scores are log-odds."""


def labels(view: SentenceView) -> Floats:
    """What each sentence gains."""
    if not view.stands_alone.any():
        return np.zeros(len(view.rows))
    asked = (1 - view.title) * view.evidence.shares
    opening = (view.words.held_by_opening * asked).sum(axis=1) / np.maximum(asked.sum(axis=1), 1e-9)
    gained: Floats = LABELLED * view.stands_alone * opening * view.covered.with_title
    return gained
