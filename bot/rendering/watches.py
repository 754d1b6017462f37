"""Questions that are kept until an article answers them: how their list looks, and what is told in the end."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from bot.rendering.markup import Mark, Rich, joined, marked
from bot.wording import texts
from bot.wording.dates import jalali, persian_digits


def news_text(question: str, answer: Rich) -> Rich:
    """What tells an answer that was waited for."""
    return joined("\n\n", [marked(texts.NEWS.format(question=question), Mark.BOLD), answer])


def watches_text(kept: Sequence[tuple[str, datetime.date]]) -> Rich:
    """A list of questions that are kept, each until a day."""
    if not kept:
        return Rich(texts.NO_WATCHES)
    lines = (
        texts.WATCH_LINE.format(number=persian_digits(number), question=question, until=jalali(until))
        for number, (question, until) in enumerate(kept, start=1)
    )
    return joined("\n", [marked(texts.WATCHES, Mark.BOLD), *lines])
