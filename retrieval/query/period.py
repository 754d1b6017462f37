"""The time that a question asks about: «۱۲ آبان», «در سال ۱۴۰۳», «هفتهٔ گذشته», «الان», «قبلاً».

Days are of the Jalali calendar, as people name them; a four-digit year from 1900 on is Gregorian.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from retrieval.text.jalali import JALALI_MONTHS, JalaliDay, jalali_days
from retrieval.text.orthography import bare
from retrieval.text.word_tables import read, sections, word_set

_TABLES = sections(read(__file__, "time_words.txt"))
_MONTHS = {bare(name): number for number, name in enumerate(JALALI_MONTHS, start=1)}
NEWEST, EARLIER = word_set(_TABLES["newest"]), word_set(_TABLES["earlier"])
_DAYS_BACK = {bare("امروز"): 0, bare("دیروز"): 1, bare("پریروز"): 2}
_YEARS_BACK = {bare("امسال"): 0, bare("پارسال"): 1, bare("پیرارسال"): 2}
_LAST = word_set("گذشته پیش قبل قبلی اخیر")
_MONTH, _YEAR = bare("ماه"), bare("سال")
_SPANS_BACK = {bare("هفته"): 13, _MONTH: 61}
"""How many days «هفتهٔ گذشته» and «ماه گذشته» reach back at the most."""
FIRST_JALALI, LAST_JALALI, FIRST_GREGORIAN, LAST_GREGORIAN = 1200, 1499, 1900, 2100
"""The years that are read as years."""


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
        places: those of the words that name days or years.
    """

    period: Period | None = None
    years: frozenset[str] = frozenset()
    newest: bool = False
    earlier: bool = False
    places: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.period or self.newest or self.earlier)


NO_TIME = When()
"""A question that says nothing of time."""


def when(words: Sequence[str], today: datetime.date) -> When:
    """The time that the words of a question, folded and without half-spaces, ask about.

    Args:
        words: in order; `1404/08/12` is three of them.
        today: what «امروز» is.
    """
    found = list(_periods(words, today))
    years = frozenset(word for word in words if _is_year(word))
    period = max((period for _, period in found), key=lambda period: period.first - period.last, default=None)
    places = frozenset(place for its, _ in found for place in its)
    return When(period, years, not NEWEST.isdisjoint(words), not EARLIER.isdisjoint(words), places)


def _is_year(word: str) -> bool:
    if not (word.isdigit() and len(word) == 4):
        return False
    return FIRST_JALALI <= int(word) <= LAST_JALALI or FIRST_GREGORIAN <= int(word) <= LAST_GREGORIAN


def _periods(words: Sequence[str], today: datetime.date) -> Iterator[tuple[range, Period]]:
    """Every period that some words name, with their places."""
    for place, word in enumerate(words):
        if word in _MONTHS:
            found = _of_month(words, place, today)
        elif _is_year(word):
            found = _of_year(words, place)
        else:
            found = _back(words, place, today)
        if found:
            yield found


def _of_month(words: Sequence[str], place: int, today: datetime.date) -> tuple[range, Period] | None:
    """A month by its name, with the day before it and the year behind it if they are there."""
    before, behind = words[place - 1] if place else "", words[place + 1 : place + 3]
    has_day = before.isdigit() and len(before) <= 2
    month, day = _MONTHS[words[place]], int(before) if has_day else 0
    year = next((int(word) for word in behind if _is_year(word)), 0) or _latest_year(today, month)
    period = _jalali(year, month, day)
    end = place + 1 + (behind[:1] == [_MONTH])
    return (range(place - has_day, end), period) if period else None


def _of_year(words: Sequence[str], place: int) -> tuple[range, Period] | None:
    """A year, or a day with the year first; the year of a month that is named before it is the month's."""
    make = _jalali if int(words[place]) <= LAST_JALALI else _gregorian
    numbers = words[place : place + 3]
    if len(numbers) == 3 and all(number.isdigit() and len(number) <= 2 for number in numbers[1:]):
        period = make(*map(int, numbers))
        return (range(place, place + 3), period) if period else None
    if not _MONTHS.keys().isdisjoint(words[max(place - 2, 0) : place]):
        return None
    period = make(int(words[place]))
    return (range(place, place + 1), period) if period else None


def _back(words: Sequence[str], place: int, today: datetime.date) -> tuple[range, Period] | None:
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


def _latest_year(today: datetime.date, month: int) -> int:
    """The last year in which a month has begun."""
    this = JalaliDay.of(today)
    return this.year - (month > this.month)


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
