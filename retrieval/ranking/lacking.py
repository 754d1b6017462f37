"""What the article of a hit lacks of the question: a reason for doubt that no sentence alone shows.

A sentence need not have each word that is asked, since title, context and the sentences around it have them too. A word
that its whole article never has is another matter: most questions about things of which no article tells have one. It
counts most where it stands right behind a word that the article has, and other articles have it. It then names that
word more closely: «پل زمرد» is not the bridge of an article about «پل زنبق».
"""

from __future__ import annotations

import numpy as np

from retrieval.query.question import Question
from retrieval.ranking.evidence import Evidence
from retrieval.ranking.question_codes import NO_COLUMN
from retrieval.system.arrays import Floats, Integers

LACKED, LACKED_BEHIND, NOTHING_LACKED = 3.0, 5.0, 0.8
"""Log-odds: taken off for a word that is all of the question, taken off once more where it names a word more closely,
and given where nothing is lacked.

Chosen on everyday questions, by article, for the sum of right answers and right refusals; on Wikipedia's they tell
questions without an answer apart as well.
"""

NO_GROUP = -1


def doubts(evidence: Evidence) -> Floats:
    """For each passage of the evidence, what its article takes off the log-odds of its hits' confidence."""
    held, of = _held_by_articles(evidence)
    lacked = evidence.shares * (1 - held)
    before = preceding(evidence.question)
    names = (before != NO_GROUP) & (evidence.codes.groups.columns[evidence.codes.groups.starts] != NO_COLUMN)
    behind = np.where(names & (held[:, before] > 0), lacked, 0.0)
    found: Floats = LACKED * lacked.max(axis=1) + LACKED_BEHIND * behind.max(axis=1) - NOTHING_LACKED
    return found[of]


def _held_by_articles(evidence: Evidence) -> tuple[Floats, Integers]:
    """Articles × groups: how much is held of each, relatives included; and for each passage its article's row."""
    related = np.maximum.reduceat(evidence.held_by_stems, evidence.passages.firsts)
    articles = evidence.block.articles
    opens = np.concatenate([[True], articles[1:] != articles[:-1]])
    held: Floats = np.maximum.reduceat(np.maximum(evidence.held.passages, related), opens.nonzero()[0])
    return held, opens.cumsum() - 1


def preceding(question: Question) -> Integers:
    """For each group of a question the group of the word right before it, `NO_GROUP` where there is none."""
    group_of = {term: place for place, group in enumerate(question.query) for term in group.terms}
    found = np.full(len(question.query), NO_GROUP)
    last = NO_GROUP
    for place, units in enumerate(question.order):
        group = next((group_of[unit] for unit in units if unit in group_of), NO_GROUP)
        if group != NO_GROUP and found[group] == NO_GROUP and place != question.slot and last != group:
            found[group] = last
        last = group
    return found
