"""How common a word is: of two readings as near to what was typed, the commoner one is meant; the rarer says more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import log, log10

from retrieval.engines import Searcher
from retrieval.query.question_words import asks

FREQUENCY_DISCOUNT = 0.15
"""What is taken off the cost of a reading for each tenfold of its document frequency."""


def log_frequency(word: str, terms: Sequence[str], engine: Searcher, *, stop_word: int) -> float:
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


PRIOR_SENTENCES = 1_000
"""As many sentences of the language at large are counted with a collection's own."""


def information(terms: Iterable[str], engine: Searcher, share: Callable[[str], float]) -> float:
    """ln(1 / p) of the commonest of some terms: how much it tells that a sentence has it.

    p = (df + μ · share) / (N + μ): in a collection of a few articles, that a word is in none of them does not say
    whether it is a name or just not the writers' word; how common it is in the language does. The larger the
    collection, the less that counts. (A Dirichlet prior: Zhai and Lafferty, «A Study of Smoothing Methods for Language
    Models», 2001.)

    Args:
        terms: those that stand for one another; at least one.
        engine: it counts the documents (N) and those with a term (df).
        share: the share of sentences of the language that have a term.
    """
    sentences = len(engine) + PRIOR_SENTENCES
    df = engine.document_frequency
    return log(sentences / max([df(term) + PRIOR_SENTENCES * share(term) for term in terms]))
