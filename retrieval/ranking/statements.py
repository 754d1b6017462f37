"""Which candidates state the same as the best one, of other days: «سد ۷۱ درصد آب دارد», «سد ۶۴ درصد آب دارد».

Each week's list has the same lines with other numbers. They are no rivals that make an answer doubtful; the line that
is ranked first, as a rule the newest, answers for all.
"""

from __future__ import annotations

from retrieval.ranking.evidence import Evidence
from retrieval.system.arrays import Integers
from retrieval.text.traits import Trait

SAME_WORDS = 0.7
"""The least share of the words of two sentences, numbers left out, that both have: Jaccard's coefficient."""

_NUMBER = Trait.NUMBER.value


def of_same_statement(evidence: Evidence, rows: Integers, best: int) -> list[int]:
    """The places of those among some rows that state the same as the best one, in another article.

    Args:
        evidence: what is held of the question.
        rows: those that are ranked.
        best: the place of the best one.
    """
    held = evidence.held.sentences[rows].tolist()
    articles = evidence.block.articles[evidence.passages.of[rows]].tolist()
    alike = [n for n, its in enumerate(held) if its == held[best] and articles[n] != articles[best]]
    if not alike or not any(held[best]):
        return []
    words = _words(evidence, int(rows[best]))
    others = {place: _words(evidence, int(rows[place])) for place in alike}
    return [place for place, its in others.items() if len(words & its) >= SAME_WORDS * len(words | its) > 0]


def _words(evidence: Evidence, row: int) -> frozenset[int]:
    """The units of a sentence that are no numbers."""
    start = evidence.units.starts[row]
    units = slice(start, start + evidence.units.ordered[row])
    return frozenset(evidence.units.words[units][evidence.units.traits[units] & _NUMBER == 0].tolist())
