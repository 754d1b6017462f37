"""What a list gains where the question asks for several things, or for the steps of something.

The items of a list hardly ever repeat what it lists: «زرده‌ها را بیفزایید» has no word of «طرز تهیه نان». The list is
found by what names it, as nearly all sentences of the article are.
"""

from __future__ import annotations

import re

import numpy as np

from retrieval.query.question_words import Seeks
from retrieval.ranking.evidence import Evidence
from retrieval.system.arrays import Floats, Integers
from retrieval.types import Form

LISTED = 3.0
"""What the score of a list gains in a passage that has all that is asked; scores are log-odds."""

_STEP = re.compile(r"\W*\d.*(?:[ینو]د|یم)\W*", re.DOTALL)
"""A numbered item that ends as a verb does («بزنید», «می‌شود»); «۲. دو قطعه عکس» is no step."""


def listings(evidence: Evidence, rows: Integers) -> Floats:
    """What each of some rows gains: lists where several things are asked for, numbered ones where it is a manner.

    Args:
        evidence: what is held of the question.
        rows: those that are ranked.
    """
    question = evidence.question
    asks_how = question.seeks is Seeks.MANNER
    if not (asks_how or question.enumerates):
        return np.zeros(len(rows))
    forms = [evidence.units.form(row) for row in rows.tolist()]
    listed = np.array([form in (Form.ITEM, Form.PAIR, Form.LEAD_IN) for form in forms])
    if asks_how:
        for place in listed.nonzero()[0].tolist():
            listed[place] = bool(_STEP.fullmatch(evidence.sentence(int(rows[place])).text))
    on_topic = evidence.coverage(evidence.held.passages[evidence.passages.of[rows]])
    gained: Floats = LISTED * listed * on_topic**2
    return gained
