"""What a list gains where the question asks for several things, or for the steps of something.

The items of a list hardly ever repeat what it lists: «زرده‌ها را بیفزایید» has no word of «طرز تهیه نان». The list is
found by what names it, as nearly all sentences of the article are.
"""

from __future__ import annotations

import re

import numpy as np

from retrieval.query.question_words import Seeks
from retrieval.ranking.sentence_view import SentenceView
from retrieval.system.arrays import Floats
from retrieval.types import Form

LISTED = 3.0
"""What the score of a list gains in a passage that has all that is asked; scores are log-odds."""

_STEP = re.compile(r"\W*\d.*(?:[ینو]د|یم)\W*", re.DOTALL)
"""A numbered item that ends as a verb does («بزنید», «می‌شود»); «۲. یک دفتر» is no step."""


def listings(view: SentenceView) -> Floats:
    """What each sentence gains: of lists where several things are asked for, of numbered ones where it is a manner."""
    evidence, question = view.evidence, view.evidence.question
    asks_how = question.seeks is Seeks.MANNER
    if not (asks_how or question.enumerates):
        return np.zeros(len(view.rows))
    forms = [evidence.units.form(row) for row in view.rows.tolist()]
    listed = np.array([form in (Form.ITEM, Form.PAIR, Form.LEAD_IN) for form in forms])
    if asks_how:
        for place in listed.nonzero()[0].tolist():
            listed[place] = bool(_STEP.fullmatch(evidence.sentence(int(view.rows[place])).text))
    gained: Floats = LISTED * listed * view.covered.by_passage**2
    return gained
