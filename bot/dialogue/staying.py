"""Whether a message goes on with the article of the last answer, or leaves it for another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue import followups
from bot.dialogue.answer import SUFFICIENT_CONFIDENCE
from bot.dialogue.turn import Turn
from retrieval import Analyzer, Caution, Hit, Question, answer_probability


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a message.

    Args:
        question: what was asked.
        hits: best first.
        sure: the probability that an answer made of them is right.
    """

    question: Question
    hits: list[Hit]
    sure: float


def everywhere(question: Question, hits: list[Hit]) -> Found:
    """What was found among all articles."""
    return Found(question, hits, answer_probability(hits))


def in_article(question: Question, hits: list[Hit]) -> Found:
    """What was found in the article of the last answer, whose sentences are rivals: the first alone says how sure."""
    return Found(question, hits, hits[0].confidence if hits else 0.0)


PER_MISSING_WORD, TO_STAY, TO_STAY_LEANING = 1.75, 4.2, 5.7
"""The log-odds of leaving: what each word of a message counts that the article of the last answer lacks, and what
speaks for staying with it, more where the message leans on the question before. Fitted to the later questions of judged
dialogues, which stay, and to first questions asked after another article's, which leave; both are told 95 times of 100.
"""
MAX_ODDS = 6.9
"""The largest log-odds of an answer that count, either way."""
ALL, MOST = 0.99, 0.75
"""What covers more than the first share of a question has all of its words; than the second, most of them."""
MORE_COVERED = 0.2
"""The share of an ellipsis by which another article must have more of it than that of the last answer."""


def stands_alone(turn: Turn) -> bool:
    """Whether a message leaves the article of the last answer, whatever other articles have for it.

    It does where it can be understood by itself and that article has none of its words; see `leaves`.
    """
    asks_of_articles = turn.inquiry is not None or turn.request is not None
    return is_whole(turn) and not asks_of_articles and not turn.question.coverage(turn.held)


def surely_leaves(turn: Turn, elsewhere: Found) -> bool:
    """Whether `leaves` holds, whichever sentence of the article of the last answer is the best.

    Args:
        turn: the message.
        elsewhere: what all articles have.
    """
    if not elsewhere.hits or elsewhere.hits[0].article.id == turn.beside:
        return False
    return _lacks_what_is_elsewhere(turn, turn.question.coverage(turn.held), elsewhere)


def leaves(turn: Turn, beside: Found, elsewhere: Found, analyzer: Analyzer) -> bool:
    """Whether a message is answered from what was found elsewhere.

    It leaves the article of the last answer where that lacks several of its words, and where another answers far more
    surely. An ellipsis leaves where another article has what it puts in place («دیوان چی؟»). What only asks for the
    time before («پیش‌ترش چند بود؟»), or for another kind of answer («سمت او»), leaves where another article tells it as
    surely. A message that can be understood by itself leaves an article that has none of its words, or that lacks
    some of them where another has all and is likely to answer; 9 of 955 later questions of dialogues are of that kind.

    Args:
        turn: the message.
        beside: what the article of the last answer has for it.
        elsewhere: what all articles have.
        analyzer: text → terms.
    """
    if not beside.hits or not elsewhere.hits:
        return not beside.hits
    if turn.question.query and followups.names_nothing(turn.completed):  # «سمت او»: the same, of another kind
        return elsewhere.sure >= min(beside.sure, Caution.EAGER.value)
    if beside.hits[0].article.id == elsewhere.hits[0].article.id:
        return False
    if turn.leans and turn.completed.when.earlier and not followups.weighed(turn.question):
        return elsewhere.sure >= beside.sure
    here, there = coverage(turn.question, beside.hits[:1]), coverage(turn.question, elsewhere.hits[:1])
    if followups.is_ellipsis(turn.question, analyzer):
        return there > here + MORE_COVERED or beside.sure < Caution.EAGER.value <= elsewhere.sure
    missing = (1 - here) * turn.question.asked
    odds = PER_MISSING_WORD * missing + _log_odds(elsewhere.sure) - _log_odds(beside.sure)
    return _lacks_what_is_elsewhere(turn, here, elsewhere) or odds > (TO_STAY_LEANING if turn.leans else TO_STAY)


def is_whole(turn: Turn) -> bool:
    """Whether a message can be understood by itself."""
    return not turn.leans and turn.question.asked > 1


def _lacks_what_is_elsewhere(turn: Turn, here: float, elsewhere: Found) -> bool:
    """Whether a message that can be understood by itself is answered elsewhere by words that are not here.

    Args:
        turn: the message.
        here: the share of its weight that the article of the last answer has.
        elsewhere: what all articles have.
    """
    if not is_whole(turn):
        return False
    has_all = (
        here <= MOST and elsewhere.sure > SUFFICIENT_CONFIDENCE and coverage(turn.question, elsewhere.hits[:1]) > ALL
    )
    return not here or has_all


def _log_odds(probability: float) -> float:
    if not 0 < probability < 1:
        return MAX_ODDS if probability else -MAX_ODDS
    return max(-MAX_ODDS, min(MAX_ODDS, math.log(probability / (1 - probability))))


def needed(turn: Turn, found: Found, caution: Caution, analyzer: Analyzer) -> float:
    """How sure an answer must be.

    It may be less sure where a message only puts other words in place and the hit has them all, and where it names
    nothing but a follow-up's «سمت او».

    Args:
        turn: the message.
        found: what answers it.
        caution: how sure the answers to other messages must be.
        analyzer: text → terms.
    """
    question = turn.question
    if not (turn.history and turn.leans):
        return caution.value
    has_all = question.asked > 0 and coverage(question, found.hits[:1]) > ALL
    is_eager = followups.names_nothing(turn.completed) or (has_all and followups.is_ellipsis(question, analyzer))
    return Caution.EAGER.value if is_eager else caution.value


def coverage(question: Question, hits: Sequence[Hit]) -> float:
    """The share of a question's weight that some hits have, with their passages and what names these."""
    return question.coverage(term for hit in hits for term in hit.terms[1] | hit.context_terms)
