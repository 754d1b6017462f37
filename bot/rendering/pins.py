"""How the editors' own answers look: marked as theirs and dated, before what the articles say."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from bot.rendering.markup import Mark, Rich, joined, marked, rich
from bot.wording import texts
from bot.wording.dates import jalali, persian_digits


def pinned_text(words: str, day: datetime.date, answer: Rich | None) -> Rich:
    """An answer of the editors'.

    Args:
        words: theirs.
        day: when they wrote them.
        answer: what the articles say; None where they have no answer.
    """
    said = rich(marked(texts.PINNED.format(day=jalali(day)), Mark.BOLD), "\n", words)
    return joined("\n\n", [said, marked(texts.BELOW_PINNED, Mark.BOLD), answer]) if answer else said


def pins_text(pins: Sequence[tuple[str, str, datetime.date]]) -> Rich:
    """A list of the editors' answers: the question, the words, and the last day of each."""
    if not pins:
        return Rich(texts.NO_PINS)
    lines = (
        texts.PIN_LINE.format(number=persian_digits(number), question=question, words=words, until=jalali(until))
        for number, (question, words, until) in enumerate(pins, start=1)
    )
    return joined("\n", [marked(texts.PINS, Mark.BOLD), *lines])
