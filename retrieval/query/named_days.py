"""Days that the words of a question name, and how an article may write them otherwise.

«۱۲ مرداد», «دوازدهم مردادماه», «۱۴۰۴/۵/۱۲», «12/05/1404», «2025-08-03» and «۳ اوت ۲۰۲۵» are one day.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from retrieval.corpus.readers.dates import gregorian_months
from retrieval.query.numbers import ending_at, has_number, ordinals, spellings
from retrieval.text.jalali import JALALI_MONTHS, JalaliDay
from retrieval.text.orthography import bare

FIRST_JALALI, LAST_JALALI, FIRST_GREGORIAN, LAST_GREGORIAN = 1200, 1499, 1900, 2100
"""The years that are read as years."""

MAX_DAY = 31
"""The greatest number of a day in a month."""

WEEK, MONTH, _YEAR = bare("هفته"), bare("ماه"), bare("سال")
_ORDINAL_ENDINGS = frozenset(map(bare, ("ام", "م", "اُم")))
MONTHS = {
    bare(spelling): number
    for number, name in enumerate(JALALI_MONTHS, start=1)
    for spelling in (name, f"{name}\u200cماه", *(["امرداد"] if name == "مرداد" else []))
}
"""The months of the Jalali calendar by their names."""


class Spellings(NamedTuple):
    """What articles may have in place of some words, folded: what counts as much as these, and what less."""

    same: tuple[str, ...]
    weak: tuple[str, ...] = ()


class NamedDay(NamedTuple):
    """A day that some words name.

    Args:
        year: as it was named; None where it was not.
        month, day: in the calendar in which they were named.
        is_jalali: whether that is the Jalali calendar.
        days, months, years: the places of the words for each.
    """

    year: int | None
    month: int
    day: int
    is_jalali: bool
    days: range
    months: range
    years: range

    def date(self, today: datetime.date) -> datetime.date:
        """The day; without a year the one of the last such month that has begun.

        Raises:
            ValueError: the calendar has no such day.
        """
        if self.is_jalali:
            return JalaliDay(self.year or latest_year(today, self.month), self.month, self.day).gregorian()
        return datetime.date(self.year or today.year - (self.month > today.month), self.month, self.day)

    def spellings(self, today: datetime.date) -> Iterator[tuple[range, Spellings]]:
        """The places of the day's words, and what articles may have there.

        Words and numerals that are as likely something else count less: a month in one digit, all of the other
        calendar.
        """
        try:
            found = self.date(today)
            jalali = JalaliDay.of(found)
        except ValueError:
            return
        own, other = (jalali, (found.year, found.month, found.day))[:: 1 if self.is_jalali else -1]
        # Without a year the day of the other calendar is unsure; it counts where it is written as programs write it.
        others = [_digits(number)[0 if self.year else 1 :] for number in other]
        in_words = (*ordinals(jalali.day), *spellings(jalali.day))
        yield self.days, Spellings(_digits(own[2]), (*in_words, *others[2]))
        names = _names(jalali.month, found.month)
        yield self.months, Spellings((_digits(own[1])[1], *names), (*_digits(own[1]), *others[1]))
        if self.year:
            yield self.years, Spellings((str(own[0]), str(other[0])))


def named_days(words: Sequence[str]) -> list[NamedDay]:
    """The days that the words of a question, folded and without half-spaces, name; `1404/08/12` is three of them."""
    if not has_number(words):
        return []
    gregorian = gregorian_months()
    found = [
        _in_numerals(words, place) if word.isdigit() else _with_name(words, place)
        for place, word in enumerate(words)
        if word.isdigit() or word in MONTHS or word in gregorian
    ]
    return [day for day in found if day]


def is_year(word: str) -> bool:
    """Whether a word is a numeral that is read as a year."""
    if not (word.isdigit() and len(word) == 4):
        return False
    return FIRST_JALALI <= int(word) <= LAST_JALALI or FIRST_GREGORIAN <= int(word) <= LAST_GREGORIAN


def latest_year(today: datetime.date, month: int) -> int:
    """The last Jalali year in which a month has begun."""
    this = JalaliDay.of(today)
    return this.year - (month > this.month)


def year_behind(words: Sequence[str], place: int) -> range:
    """The place of the year behind a month's name, «ماه» and «سال» between them; an empty range where there is none."""
    for behind in range(place, min(place + 3, len(words))):
        if is_year(words[behind]):
            return range(behind, behind + 1)
        if words[behind] not in (MONTH, _YEAR):
            break
    return range(0)


def _with_name(words: Sequence[str], place: int) -> NamedDay | None:
    """A day whose month is named at a place."""
    is_jalali = words[place] in MONTHS
    month = MONTHS[words[place]] if is_jalali else gregorian_months()[words[place]]
    end = place - (place > 1 and words[place - 1] in _ORDINAL_ENDINGS)
    start, day = ending_at(words, end)
    if not 1 <= day <= MAX_DAY or words[start - 1 : start] == [WEEK]:
        return None
    years = year_behind(words, place + 1)
    year = int(words[years[0]]) if years else None
    if year and is_jalali != (year <= LAST_JALALI):
        return None
    return NamedDay(year, month, day, is_jalali, range(start, end), range(place, place + 1), years)


def _in_numerals(words: Sequence[str], place: int) -> NamedDay | None:
    """A day in three numerals, the year first or last."""
    three = words[place : place + 3]
    if len(three) < 3 or not all(word.isdigit() and len(word) <= 4 for word in three):
        return None
    year, month, day = range(place, place + 3) if is_year(three[0]) else range(place + 2, place - 1, -1)
    if not is_year(words[year]) or max(len(words[month]), len(words[day])) > 2:
        return None
    named = int(words[year])
    places = (range(spot, spot + 1) for spot in (day, month, year))
    return NamedDay(named, int(words[month]), int(words[day]), named <= LAST_JALALI, *places)


@lru_cache(1)
def _gregorian_names() -> dict[int, tuple[str, ...]]:
    months = gregorian_months()
    return {number: tuple(name for name, its in months.items() if its == number) for number in months.values()}


def _names(jalali: int, gregorian: int) -> tuple[str, ...]:
    """The names of a month in both calendars."""
    return (*(name for name, number in MONTHS.items() if number == jalali), *_gregorian_names()[gregorian])


def _digits(number: int) -> tuple[str, str]:
    """A number as people write it, and as programs do."""
    return str(number), f"{number:02}"
