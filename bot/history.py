"""What a chat's next question may go on with: the questions of its topic, each with the place of its answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Answered(NamedTuple):
    """A question that was answered.

    Args:
        text: as it was typed.
        article: the id of the article that its first claim quotes; "" where that is not known.
        start: where the sentence that answers begins in the article's text.
    """

    text: str
    article: str = ""
    start: int = 0


History = tuple[Answered, ...]
"""The questions of a chat's present topic that were answered, the oldest first."""


def as_history(rows: Iterable[str | Sequence[object]]) -> History:
    """The history that some texts or stored rows (text, article, start) tell."""
    return tuple(Answered(row) if isinstance(row, str) else _of_row(*row) for row in rows)


def _of_row(text: object, article: object = "", start: object = 0) -> Answered:
    return Answered(str(text), str(article), int(str(start)))
