"""What a sentence gains that counts what is asked for: «۳۷ حجره» for «چند حجره»."""

from __future__ import annotations

import numpy as np

from retrieval.query.question import Question
from retrieval.query.question_words import Seeks
from retrieval.ranking.sentence_view import SentenceView
from retrieval.system.arrays import Floats
from retrieval.text.orthography import bare

COUNTED = 2.0
"""What the score of a sentence gains that counts it, in a passage that has all else; scores are log-odds."""

MAX_BETWEEN = 1
"""Words without a meaning of their own that may stand between «چند» and its noun: «تا»."""

_HOW_MANY = bare("چند")


def counts(view: SentenceView) -> Floats:
    """What each sentence gains."""
    evidence, question = view.evidence, view.evidence.question
    terms = _counted(question) if question.seeks is Seeks.QUANTITY else frozenset()
    columns = [column for term, column in evidence.codes.column.items() if term in terms]
    if not columns:
        return np.zeros(len(view.rows))
    is_else = np.array([terms.isdisjoint(group.terms) for group in question.query]) * evidence.shares
    around = evidence.held.passages[view.passage]
    on_topic = (around @ is_else) / (is_else.sum() or 1.0)
    gained: Floats = COUNTED * view.words.counts_any(columns) * on_topic**2
    return gained


def _counted(question: Question) -> frozenset[str]:
    """The terms of what is counted, the noun behind «چند» or «چند تا», with those that stand for them."""
    if question.slot is None or sum(token.bare == _HOW_MANY for token in question.tokens) > 1:
        return frozenset()  # «از چند تا چند» asks for hours
    behind = question.order[question.slot :]
    found = (
        frozenset(term for group in question.query if not units.isdisjoint(group.terms) for term in group.shares)
        for units in map(set, behind[: MAX_BETWEEN + 1])
    )
    return next(filter(None, found), frozenset())
