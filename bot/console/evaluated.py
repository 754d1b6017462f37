"""Chats for `retrieval evaluate`: what a user of the console would be told, as `bot ask --json` prints it.

The entry point `bot` of the group `pasokh.chats` in `pyproject.toml` names `chats`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

from bot.dialogue.conversation import Conversation
from bot.dialogue.turn import remember
from bot.history import History
from bot.rendering.plain import to_json
from retrieval import Caution, Retriever

Ask = Callable[[str, datetime.date | None], dict[str, object]]
"""A chat: a message, and what «امروز» means in it → the answer."""


def chats(retriever: Retriever, caution: Caution) -> Callable[[], Ask]:
    """What begins a chat over a corpus.

    Args:
        retriever: finds sentences in the corpus.
        caution: how sure an answer must be.
    """
    conversation = Conversation(retriever, caution)

    def new_chat() -> Ask:
        history: History = ()

        def ask(text: str, today: datetime.date | None) -> dict[str, object]:
            nonlocal history
            turn = conversation.read(text, history, today)
            answer = conversation.answer(turn)
            history = remember(turn, answer)
            return to_json(answer, 0.0)

        return ask

    return new_chat
