"""The time that articles tell by their words, seen from the day on which they appeared."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from retrieval.query.named_days import named_days
from retrieval.query.period import Period, named_times, named_week
from retrieval.text.jalali import WEEKDAYS
from retrieval.text.orthography import bare
from retrieval.types import Article

LEAD = 300
"""Code points of an article's beginning that tell which week it is about."""

_HALF_A_YEAR = datetime.timedelta(183)
"""A day without a year is the nearest such day: in news it lies as often ahead as behind."""

_SHORT = 7
"""Days of the longest time that tells of a day in it."""

_WORD = re.compile(r"\w+")
_WEEKDAYS = {bare(name): place for place, name in enumerate(WEEKDAYS)}
_WEEK = len(WEEKDAYS)


def time_of(article: Article | None, day: datetime.date) -> Period:
    """The time that an article is about: the week that title or lead name («نرخ هفتهٔ دوم آبان»), else its day.

    Args:
        article: the article; None where it cannot be read now.
        day: when it appeared.
    """
    named = named_week(_words(f"{article.title}\n{article.text[:LEAD]}"), day) if article else None
    return named or Period(day, day)


def tells_of(text: str, day: datetime.date, asked: Period) -> bool:
    """Whether a text of an article of a day names some of the days asked about, or a part of them."""
    words = _words(text)
    return any(told.days <= max(asked.days, _SHORT) and told.meets(asked) for told in _told(words, day))


def days_told(text: str, day: datetime.date) -> Iterator[datetime.date]:
    """The days that a text of an article of a day names by month or in numerals."""
    return _named(_words(text), day)


def _words(text: str) -> list[str]:
    return _WORD.findall(bare(text))


def _told(words: Sequence[str], day: datetime.date) -> Iterator[Period]:
    counted = (named.period for named in named_times(words, day))
    single = chain(_named(words, day), _weekdays(words, day))
    return chain(counted, (Period(one, one) for one in single))


def _named(words: Sequence[str], day: datetime.date) -> Iterator[datetime.date]:
    for named in named_days(words):
        try:
            yield named.date(day + _HALF_A_YEAR)
        except (ValueError, OverflowError):
            continue


def _weekdays(words: Sequence[str], day: datetime.date) -> Iterator[datetime.date]:
    """The days nearest to one that are named by their weekday: «سه‌شنبه», «سه شنبه»."""
    for before, word in pairwise(["", *words]):
        place = _WEEKDAYS.get(before + word, _WEEKDAYS.get(word))
        if place is not None:
            ahead = (place - (day.weekday() + 2)) % _WEEK
            yield day + datetime.timedelta(ahead if ahead <= _WEEK // 2 else ahead - _WEEK)
