"""What a kind of message is, and what it may ask of the conversation."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Protocol

from bot.dialogue.answer import Answer, Claim
from bot.dialogue.turn import Turn
from bot.history import Answered
from retrieval import Hit, Retriever


class Answerer(Protocol):
    """What a kind needs of `Conversation`, which tries the kinds. Each method is described there."""

    retriever: Retriever

    def read(self, text: str, history: Iterable[Answered | str] = (), today: datetime.date | None = None) -> Turn:
        """A message, read after those before it."""

    def one(self, turn: Turn) -> Answer:
        """The answer to a message that asks one thing."""

    def search(self, turn: Turn, k: int) -> list[Hit]:
        """The best hits for a message, best first."""

    def not_found(self, text: str, hits: list[Hit], near: Claim | None = None, sure: float = 0.0) -> Answer:
        """The answer where nothing sure was found."""

    def headings(self, hits: list[Hit]) -> tuple[str, ...]:
        """Headings of articles to ask about."""


Kind = Callable[[Answerer, Turn], Answer | None]
"""A kind of message: its answer, or None where the message is of another."""
