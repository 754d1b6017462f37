"""An answer, judged."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from retrieval.evaluation.answering.chats import Answered


class Outcome(Enum):
    """What became of a question."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"
    """No answer, but the likeliest quotation was shown, marked as unsure."""
    REFUSED = "refused"


class Judgement(NamedTuple):
    """A question with what became of it.

    Args:
        group: what it counts in.
        part: the part of the group, a kind of question or some turns, whose share of right ones is told; "" for none.
        article: what it was asked about; questions about one article are no independent sample.
        answerable: whether the articles answer it.
        outcome: what became of it. What has no answer is right where it is not answered.
        in_part: whether a part of the articles could not be searched.
    """

    group: str
    part: str
    article: str
    answerable: bool
    outcome: Outcome
    in_part: bool = False


def without_claim(answer: Answered) -> Outcome:
    """What an answer without a claim is."""
    return Outcome.UNSURE if answer["nearest"] else Outcome.REFUSED
