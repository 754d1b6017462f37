"""How common a word is in a collection: of two readings as near to what was typed, the commoner one is meant."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

from retrieval.engines import Engine
from retrieval.query.question_words import asks

FREQUENCY_DISCOUNT = 0.15
"""What is taken off the cost of a reading for each tenfold of its document frequency."""


def log_frequency(word: str, terms: Sequence[str], engine: Engine, *, stop_word: int) -> float:
    """log₁₀(1 + df) of the rarest of a word's terms.

    Args:
        word: folded, without half-spaces.
        terms: its terms; none for a stop word.
        engine: it counts the documents.
        stop_word: the df that is assumed for a stop word; one that asks («کیه») counts as if all documents had it.
    """
    if terms:
        return log10(1 + min(map(engine.document_frequency, terms)))
    return log10(1 + (len(engine) if asks(word) else stop_word))
