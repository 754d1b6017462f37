"""What the article of a hit lacks of the question: a reason for doubt that no sentence alone shows.

A sentence need not have each word that is asked, since title, context and the sentences around it have them too. A word
that its whole article never has is another matter: most questions about things of which no article tells have one. It
counts most where it stands right behind a word that the article has. It then names that word more closely: «پل زمرد» is
not the bridge of an article about «پل زنبق». And an article that has all of «باغ فین» does not tell who its gardener is
as long as it has no word for one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retrieval.query.question import Question
from retrieval.query.question_words import Seeks
from retrieval.ranking.evidence import Evidence
from retrieval.system.arrays import Floats, Integers
from retrieval.text.analyzer import Token
from retrieval.text.traits import Trait

LACKED, LACKED_BEHIND, LACKED_ASKED, UNTOLD, NOTHING_LACKED = 3.0, 5.0, 2.0, 1.5, 0.8
"""Log-odds: taken off for a word that is all of the question, taken off once more where it names a word more closely,
and once more where it names what is asked of a thing, or where that is told elsewhere in the article; and given where
nothing is lacked.

Chosen on everyday questions, by article, for the sum of right answers and right refusals; on Wikipedia's they tell
questions without an answer apart as well.
"""

NO_GROUP = -1
_CLAUSE_ENDS = "،,؛.!\n"


def doubts(evidence: Evidence, rows: Integers) -> list[float]:
    """For each of some sentences of the evidence, what is taken off the log-odds of its confidence.

    Args:
        evidence: what is held.
        rows: the sentences' rows in it.
    """
    articles: list[int] = evidence.block.articles.tolist()
    shares: list[float] = evidence.shares.tolist()
    held = _held_by_articles(evidence, articles)
    named = _named_more_closely(evidence)
    # In a small collection all words weigh alike; a word that weighs little there is no attribute.
    asked = [(group, min(shares[group] * len(shares), 1.0)) for group in asked_for(evidence.question)]
    passages = evidence.passages.of[rows]

    def doubt(article: int, around: Sequence[float]) -> float:
        has = held[article]
        lacked = [share * (1 - its) for share, its in zip(shares, has, strict=True)]
        behind = max((lacked[group] for group, before in named if has[before] > 0), default=0.0)
        unasked = max((weight for group, weight in asked if has[group] == 0), default=0.0)
        untold = 0.0 if unasked else max((weight for group, weight in asked if around[group] == 0), default=0.0)
        return LACKED * max(lacked) + LACKED_BEHIND * behind + LACKED_ASKED * unasked + UNTOLD * untold - NOTHING_LACKED

    around = _held_around(evidence, rows, passages).tolist() if asked else [()] * len(rows)
    return [doubt(articles[passage], its) for passage, its in zip(passages.tolist(), around, strict=True)]


def _held_around(evidence: Evidence, rows: Integers, passages: Integers) -> Floats:
    """Sentences × groups: how much each sentence, its neighbours and its title hold, relatives included.

    Args:
        evidence: what is held.
        rows: the sentences'.
        passages: theirs.
    """
    held = np.maximum(evidence.held.sentences, evidence.held_by_stems)
    around = np.maximum(held[rows], evidence.held.titles[passages])
    for neighbours in (np.maximum(rows - 1, 0), np.minimum(rows + 1, len(held) - 1)):
        is_beside = evidence.passages.of[neighbours] == passages
        around = np.maximum(around, held[neighbours] * is_beside[:, None])
    return around


def _held_by_articles(evidence: Evidence, articles: Sequence[int]) -> dict[int, list[float]]:
    """For each article how much is held of each group, relatives included.

    Args:
        evidence: what is held.
        articles: for each passage its article.
    """
    related = np.maximum.reduceat(evidence.held_by_stems, evidence.passages.firsts)
    held: dict[int, list[float]] = {}
    for article, its in zip(articles, np.maximum(evidence.held.passages, related).tolist(), strict=True):
        held[article] = list(map(max, held[article], its)) if article in held else its
    return held


def _named_more_closely(evidence: Evidence) -> list[tuple[int, int]]:
    """The groups that stand right behind another one, each with that."""
    return [(group, before) for group, before in enumerate(preceding(evidence.question)) if before != NO_GROUP]


def asked_for(question: Question) -> list[int]:
    """The groups that name what is asked of a thing: «باغبان» in «باغبان فین کیست», «آسانسور» in «… چند آسانسور دارد».

    They are the first noun of the clause that asks and, where it asks how many, the one behind the question word.
    Names, numbers and times are none: what is asked of a thing has a common noun.
    """
    is_how_much = question.seeks is Seeks.QUANTITY
    if not (is_how_much or (question.seeks is Seeks.PERSON and question.is_copular)) or not question.tokens:
        return []
    group_of = {term: place for place, group in enumerate(question.query) for term in group.terms}
    begin = max(question.text.rfind(mark, 0, question.tokens[-1].start) for mark in _CLAUSE_ENDS)
    told = [token for token in question.tokens if token.start > begin and not group_of.keys().isdisjoint(token.terms)]
    asked = told[:1] if question.slot != 0 else []
    if is_how_much and question.slot is not None:
        behind = {term for units in question.order[question.slot : question.slot + 1] for term in units}
        asked += [token for token in told if not behind.isdisjoint(token.terms)]
    terms = [term for token in asked if not _is_particular(token) for term in token.terms[:1]]
    return sorted({group_of[term] for term in terms if term in group_of})


def _is_particular(token: Token) -> bool:
    """Whether a word is a name, a number or a time."""
    return any(unit.traits & (Trait.NAME | Trait.NUMBER | Trait.TIME) for unit in token.ordered)


def preceding(question: Question) -> list[int]:
    """For each group of a question the group of the word right before it, `NO_GROUP` where there is none."""
    group_of = {term: place for place, group in enumerate(question.query) for term in group.terms}
    found = [NO_GROUP] * len(question.query)
    last = NO_GROUP
    for place, units in enumerate(question.order):
        group = next((group_of[unit] for unit in units if unit in group_of), NO_GROUP)
        if group != NO_GROUP and found[group] == NO_GROUP and place != question.slot and last != group:
            found[group] = last
        last = group
    return found
