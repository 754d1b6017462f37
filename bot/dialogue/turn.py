"""A message of a chat, read once: what answering and remembering need to know of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from bot.dialogue.answer import Answer
from bot.dialogue.article_details import Inquiry
from bot.dialogue.topics import TopicRequest
from retrieval import Question

MAX_TOPIC_QUESTIONS = 4
"""Questions of one topic that are remembered."""

History = tuple[str, ...]
"""The questions of a chat's present topic that were answered, the oldest first."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A message, read after the questions before it. `Conversation.read` makes one.

    Two turns are equal if they have the same text and the same previous turn: the answer depends on nothing else.

    Args:
        text: the message as it was typed, but printable.
        previous: the question before it; None where there is none or the message does not need it.
        history: the questions before it, as they were given.
        question: the message, read by itself.
        leans: whether the message needs the question before it to be understood.
        may_lean: whether it may go on with that question though it can be understood by itself.
        inquiry: what it asks about an article itself; None where it asks about something else.
        request: what it asks of the articles of a topic; None where it asks for something else.
        completed: `question` with what it takes from the questions that it leans on.
        today: what «امروز» means in it; None for the day it is.
        near: the number of the sentence that answered last, if the message goes on with what was asked then.
        is_placed: whether that has been looked for; it is looked for once, when the message is answered.
    """

    text: str
    previous: Turn | None
    history: History = field(compare=False)
    question: Question = field(compare=False)
    leans: bool = field(compare=False)
    inquiry: Inquiry | None = field(compare=False)
    request: TopicRequest | None = field(compare=False)
    completed: Question = field(compare=False)
    today: datetime.date | None = None
    may_lean: bool = field(default=False, compare=False)
    near: int | None = field(default=None, compare=False)
    is_placed: bool = field(default=False, compare=False)

    @property
    def lent(self) -> History:
        """What the history lends to the answer: all of it, or nothing."""
        return self.history if self.previous else ()

    @property
    def topic_length(self) -> int:
        """How many questions the topic has, with this one."""
        return 1 + (self.previous.topic_length if self.leans and self.previous else 0)


def remember(turn: Turn, answer: Answer) -> History:
    """The questions that the next message may lean on.

    Without a claim in the answer, the history stays as it was. A question with a topic of its own begins a new one.
    """
    if not answer.claims:
        return turn.history
    return (*turn.history, turn.text)[-min(turn.topic_length, MAX_TOPIC_QUESTIONS) :]
