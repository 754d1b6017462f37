"""Messages that ask several things: two questions in one, and comparisons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.dialogue.answer import Answer, Claim, Status, compose, renumbered
from bot.dialogue.parts import comparison, two_questions
from bot.dialogue.turn import Turn
from retrieval import MAX_QUOTATIONS, answer_probability

if TYPE_CHECKING:
    from bot.dialogue.conversation import Conversation


def both(conversation: Conversation, turn: Turn) -> Answer | None:
    """The answers to two questions in one message, the second with what the first was about."""
    questions = two_questions(turn.question.text, turn.question.tokens)
    if questions is None:
        return None
    first = conversation.read(questions[0], turn.history, turn.today)
    second = conversation.read(questions[1], (*turn.history, questions[0]), turn.today)
    second = replace(second, completed=second.question.following(first.completed))
    answers = conversation.one(first), conversation.one(second)
    missing = tuple(text for text, answer in zip(questions, answers, strict=True) if not answer.claims)
    if len(missing) == len(answers):
        return replace(answers[0], question=turn.text)
    claims = renumbered(claim for answer in answers for claim in answer.claims[:1])
    sure = min(answer.confidence for answer in answers if answer.claims)
    return Answer(turn.text, Status.ANSWERED, claims, sure, missing=missing)


def compared(conversation: Conversation, turn: Turn) -> Answer | None:
    """A quotation for each of two things that are compared; not found where one of them has none."""
    tokens, analyzer = turn.question.tokens, conversation.retriever.analyzer
    sides = comparison(tokens, analyzer)
    if sides is None:
        return None
    one, other, asking = (frozenset(term for place in side for term in tokens[place].terms) for side in sides)
    claims: list[Claim] = []
    sure = 1.0
    for named, left_out in ((one, other), (other, one)):
        side = replace(turn, completed=turn.completed.without(left_out, asking))
        hits = [hit for hit in conversation.search(side, MAX_QUOTATIONS) if named & (hit.terms[0] | hit.context_terms)]
        found = compose(side.completed, hits, analyzer, conversation.caution)
        if not found:
            return conversation.not_found(turn.text, hits)
        claims.append(found[0])
        sure = min(sure, answer_probability(hits))
    return Answer(turn.text, Status.ANSWERED, renumbered(claims), sure)
