"""The time that a question asks about: «۱۲ آبان», «در سال ۱۴۰۳», «هفتهٔ گذشته», «الان», «قبلاً».

Days are of the Jalali calendar, as people name them; a four-digit year from 1900 on is Gregorian.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from retrieval.query.named_days import LAST_JALALI, MONTH, MONTHS, is_year, latest_year, named_days, year_behind
from retrieval.query.numbers import has_number
from retrieval.text.jalali import JalaliDay, jalali_days
from retrieval.text.orthography import bare
from retrieval.text.word_tables import read, sections, word_set

_TABLES = sections(read(__file__, "time_words.txt"))
NEWEST, EARLIER, COMING = (word_set(_TABLES[name]) for name in ("newest", "earlier", "coming"))
_DAYS_BACK = {bare("امروز"): 0, bare("دیروز"): 1, bare("پریروز"): 2}
_YEARS_BACK = {bare("امسال"): 0, bare("پارسال"): 1, bare("پیرارسال"): 2}
_LAST = word_set("گذشته پیش قبل قبلی اخیر")
_YEAR = bare("سال")
_SPANS_BACK = {bare("هفته"): 13, MONTH: 61}
"""How many days «هفتهٔ گذشته» and «ماه گذشته» reach back at the most."""
_BACK = {*_DAYS_BACK, *_YEARS_BACK, *_SPANS_BACK, _YEAR}
"""The words that may count back from today."""
_OF_TIME = MONTHS.keys() | _BACK | NEWEST | EARLIER | COMING
"""The words for a time that are no numbers."""


class Period(NamedTuple):
    """Days from the first to the last, both included."""

    first: datetime.date
    last: datetime.date

    def holds(self, day: datetime.date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last


class When(NamedTuple):
    """The time that a question asks about.

    Args:
        period: the days that it names; None where it names none.
        years: the years that it names, as digits.
        newest: whether it asks for what holds now or came last.
        earlier: whether it asks for what held before.
        coming: whether it asks for what comes next.
        places: those of the words that name days or years.
    """

    period: Period | None = None
    years: frozenset[str] = frozenset()
    newest: bool = False
    earlier: bool = False
    coming: bool = False
    places: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.period or self.newest or self.earlier or self.coming)


NO_TIME = When()
"""A question that says nothing of time."""


def when(words: Sequence[str], today: datetime.date | None = None) -> When:
    """The time that the words of a question, folded and without half-spaces, ask about.

    Args:
        words: in order; `1404/08/12` is three of them.
        today: what «امروز» is; by default the day it is.
    """
    if _OF_TIME.isdisjoint(words) and not has_number(words):
        return NO_TIME
    found = list(_periods(words, today or datetime.date.today()))
    years = frozenset(word for word in words if is_year(word))
    period = max((period for _, period in found), key=lambda period: period.first - period.last, default=None)
    places = frozenset(place for its, _ in found for place in its)
    newest, earlier, coming = (not table.isdisjoint(words) for table in (NEWEST, EARLIER, COMING))
    return When(period, years, newest, earlier, coming, places)


def _periods(words: Sequence[str], today: datetime.date) -> Iterator[tuple[Sequence[int], Period]]:
    """Every period that some words name, with their places."""
    days = named_days(words)
    for named in days:
        try:
            day = named.date(today)
        except ValueError:
            continue
        yield (*named.days, *named.months, *named.years), Period(day, day)
    taken = {place for named in days for place in (*named.days, *named.months, *named.years)}
    for place, word in enumerate(words):
        if place in taken:
            continue
        if word in MONTHS:
            found = _of_month(words, place, today)
        elif word in _BACK:
            found = _back(words, place, today)
        else:
            found = _of_year(words, place) if is_year(word) else None
        if found:
            yield found


def _of_month(words: Sequence[str], place: int, today: datetime.date) -> tuple[Sequence[int], Period] | None:
    """A month by its name, with the year behind it if it is there."""
    month, years = MONTHS[words[place]], year_behind(words, place + 1)
    period = _jalali(int(words[years[0]]) if years else latest_year(today, month), month)
    return (range(place, place + 1), period) if period else None


def _of_year(words: Sequence[str], place: int) -> tuple[Sequence[int], Period] | None:
    """A year; that of a month which is named before it is the month's."""
    if not MONTHS.keys().isdisjoint(words[max(place - 3, 0) : place]):
        return None
    make = _jalali if int(words[place]) <= LAST_JALALI else _gregorian
    period = make(int(words[place]))
    return (range(place, place + 1), period) if period else None


def _back(words: Sequence[str], place: int, today: datetime.date) -> tuple[Sequence[int], Period] | None:
    """Days counted back from today: «دیروز», «پارسال», «هفتهٔ گذشته»."""
    word, behind = words[place], words[place + 1] if place + 1 < len(words) else ""
    if word in _DAYS_BACK:
        day = today - datetime.timedelta(_DAYS_BACK[word])
        return range(place, place + 1), Period(day, day)
    years = _YEARS_BACK.get(word, 1 if word == _YEAR and behind in _LAST else None)
    if years is not None and (period := _jalali(JalaliDay.of(today).year - years)):
        return range(place, place + 1 + (word == _YEAR)), period
    if word in _SPANS_BACK and behind in _LAST:
        return range(place, place + 2), Period(today - datetime.timedelta(_SPANS_BACK[word]), today)
    return None


def _jalali(year: int, month: int = 0, day: int = 0) -> Period | None:
    try:
        return Period(*jalali_days(year, month, day))
    except ValueError:
        return None


def _gregorian(year: int, month: int = 0, day: int = 0) -> Period | None:
    try:
        first = datetime.date(year, month or 1, day or 1)
        following = datetime.date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1)
        return Period(first, first if day else following - datetime.timedelta(1))
    except ValueError:
        return None
