"""What a sentence gains whose subject a passage right above names: «درازای آن ۹۰ متر است» under the bridge.

The title of a news item names its subject, or it names nothing («خبر تازه») and the lead does. Where it has no word
of a question, what a sentence lacks of that may so stand in a passage before it.
"""

from __future__ import annotations

import numpy as np

from retrieval.ranking.evidence import Evidence
from retrieval.ranking.sentence_view import SentenceView
from retrieval.system.arrays import Floats

NAMED = 2.5
"""What a sentence gains, and its doubt loses, where all of a question is named above; scores are log-odds."""
MAX_ABOVE = 12
"""Sentences from the beginning of a passage that names something to that of the one below; a story is as long."""
MIN_ADDED = 0.1
"""The least share of a question's weight that the sentence itself adds to what stands above."""


def subjects(view: SentenceView) -> Floats:
    """What each sentence gains."""
    evidence = view.evidence
    above = _held_above(evidence)
    if above is None:
        return np.zeros(len(view.rows))
    named = above[view.passage]
    together = evidence.coverage(np.maximum(view.here, named))
    adds = together - evidence.coverage(named) >= MIN_ADDED
    is_untitled = ~view.title.any(axis=1)
    gained: Floats = NAMED * (adds & is_untitled) * (together - view.covered.by_sentence)
    return gained


def _held_above(evidence: Evidence) -> Floats | None:
    """Passages × groups: how much the passages right above each in its article hold; None where none has any."""
    articles, starts = evidence.block.articles.tolist(), evidence.block.passages.tolist()
    held, found = evidence.held.passages, None
    first = 0
    for place in range(1, len(articles)):
        while articles[first] != articles[place] or starts[place] - starts[first] > MAX_ABOVE:
            first += 1
        if first < place:
            found = np.zeros_like(held) if found is None else found
            found[place] = held[first:place].max(axis=0)
    return found
