"""A chat as the tests hold it."""

from __future__ import annotations

from bot.dialogue.answer import Answer
from bot.dialogue.conversation import Conversation
from bot.dialogue.turn import remember
from bot.history import History


def told(conversation: Conversation, *messages: str) -> Answer:
    """The answer to the last of some messages, each said behind those before it."""
    history: History = ()
    for message in messages:
        turn = conversation.read(message, history)
        answer = conversation.answer(turn)
        history = remember(turn, answer)
    return answer
