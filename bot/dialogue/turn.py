"""A message of a chat, read once: what answering and remembering need to know of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from bot.dialogue.answer import Answer
from bot.dialogue.article_details import Inquiry
from bot.dialogue.topics import TopicRequest
from bot.history import Answered, History
from retrieval import Question

MAX_TOPIC_QUESTIONS = 4
"""Questions of one topic that are remembered."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A message, read after the questions before it. `Conversation.read` makes one.

    Two turns are equal if text, history and day are: the answer depends on nothing else.

    Args:
        text: the message as it was typed, but printable.
        previous: the question before it, where the message leans on it or the place of its answer is not known; else
            None.
        history: the questions before it, as they were given.
        question: the message, read by itself.
        leans: whether the message needs the question before it to be understood.
        inquiry: what it asks about an article itself; None where it asks about something else.
        request: what it asks of the articles of a topic; None where it asks for something else.
        completed: `question` with what it takes from the questions that it leans on.
        today: what «امروز» means in it; None for the day it is.
        beside: the id of the article that answered last; "" where none did.
        near: the number of the sentence that answered last; None where nothing did.
        held: the terms of the message that this article has; all of them where they do not matter.
        is_placed: whether that has been looked for; it is looked for once, when the message is answered.
    """

    text: str
    previous: Turn | None = field(compare=False)
    history: History
    question: Question = field(compare=False)
    leans: bool = field(compare=False)
    inquiry: Inquiry | None = field(compare=False)
    request: TopicRequest | None = field(compare=False)
    completed: Question = field(compare=False)
    today: datetime.date | None = None
    beside: str = field(default="", compare=False)
    near: int | None = field(default=None, compare=False)
    held: frozenset[str] = field(default=frozenset(), compare=False)
    is_placed: bool = field(default=False, compare=False)


def remember(turn: Turn, answer: Answer) -> History:
    """What the next message may go on with.

    Without a claim in the answer, the history stays as it was; but where nothing was answered before, a quotation that
    is not sure will do. A question that neither leans on the one before it nor is answered by the same article begins
    a new topic.
    """
    shown = answer.shown if answer.claims or not turn.history else None
    if shown is None:
        return turn.history
    citation = shown.citation
    answered = Answered(turn.text, citation.article.id, citation.place)
    stays = turn.leans or (bool(turn.history) and turn.history[-1].article == answered.article)
    return (*(turn.history if stays else ()), answered)[-MAX_TOPIC_QUESTIONS:]
