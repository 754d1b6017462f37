"""Which candidates state the same as the best one, of other days: «دلار ۸۴ هزار تومان شد», «دلار ۹۳ هزار تومان شد».

Each week's list has the same lines with other numbers. They are no rivals that make an answer doubtful; the line that
is ranked first, as a rule the newest, answers for all.
"""

from __future__ import annotations

from retrieval.ranking.evidence import Evidence
from retrieval.system.arrays import Booleans, Integers
from retrieval.text.traits import Trait

SAME_WORDS = 0.7
"""The least share of the words of two sentences, numbers left out, that both have: Jaccard's coefficient."""

_NUMBER = Trait.NUMBER.value


def of_same_statement(evidence: Evidence, rows: Integers, best: int) -> Booleans:
    """For each of some rows whether it states the same as the best one, which is among them, in another article.

    Args:
        evidence: what is held of the question.
        rows: those that are ranked.
        best: the place of the best one.
    """
    held, articles = evidence.held.sentences[rows], evidence.block.articles[evidence.passages.of[rows]]
    alike: Booleans = (held == held[best]).all(axis=1) & (articles != articles[best])
    if held[best].any():
        words = _words(evidence, int(rows[best]))
        for place in alike.nonzero()[0].tolist():
            its = _words(evidence, int(rows[place]))
            alike[place] = len(words & its) >= SAME_WORDS * len(words | its) > 0
    else:
        alike[:] = False
    alike[best] = True
    return alike


def _words(evidence: Evidence, row: int) -> frozenset[int]:
    """The units of a sentence that are no numbers."""
    start = evidence.units.starts[row]
    units = slice(start, start + evidence.units.ordered[row])
    return frozenset(evidence.units.words[units][evidence.units.traits[units] & _NUMBER == 0].tolist())
