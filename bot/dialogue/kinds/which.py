"""A message that refers to one of two things behind a question about both: which of them is asked back."""

from __future__ import annotations

from bot.dialogue import readings
from bot.dialogue.answer import Answer, Status
from bot.dialogue.kinds.kind import Answerer
from bot.dialogue.parts import comparison
from bot.dialogue.turn import Turn
from bot.wording import texts
from retrieval import Question


def which(conversation: Answerer, turn: Turn) -> Answer | None:
    """«کدام را می‌گویید؟» with the message asked of either; None where one thing alone may be meant.

    «پل زنبق بلندتره یا پل یاس؟» is about two things, and «قیمتش چنده» behind it about either, as far as anybody knows.
    """
    analyzer = conversation.retriever.analyzer
    if not (turn.leans and turn.previous and turn.question.asked and readings.refers(turn.question, analyzer)):
        return None
    before = turn.previous.question
    sides = comparison(before.tokens, analyzer)
    if sides is None:
        return None
    names = [_name(before, places) for places in (sides.one, sides.other)]
    offers = tuple(readings.named(turn.question, name, analyzer) for name in names)
    return Answer(turn.text, Status.CLARIFY, message=texts.WHICH, offers=offers)


def _name(question: Question, places: frozenset[int]) -> str:
    """The words of a side, with the noun before them that both sides may share: «پل زنبق»."""
    tokens = question.tokens
    first = min(places)
    if first and tokens[first - 1].terms and tokens[first - 1].end + 1 == tokens[first].start:
        first -= 1
    return question.text[tokens[first].start : tokens[max(places)].end]
