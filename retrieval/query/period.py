"""The time that a question asks about: «۱۲ آبان», «در سال ۱۴۰۳», «هفتهٔ گذشته», «الان», «قبلاً».

Days are of the Jalali calendar, as people name them; a four-digit year from 1900 on is Gregorian.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from retrieval.query.named_days import LAST_JALALI, MONTH, MONTHS, WEEK, is_year, latest_year, named_days, year_behind
from retrieval.query.numbers import ending_at, has_number, ordinal
from retrieval.text.jalali import JALALI_MONTHS, JalaliDay, jalali_days
from retrieval.text.orthography import bare
from retrieval.text.word_tables import read, sections, word_set

_TABLES = sections(read(__file__, "time_words.txt"))
NEWEST, EARLIER, COMING = (word_set(_TABLES[name]) for name in ("newest", "earlier", "coming"))
_DAYS_BACK = {bare(word): back for back, word in enumerate(("پس‌فردا", "فردا", "امروز", "دیروز", "پریروز"), start=-2)}
_YEARS_BACK = {bare("امسال"): 0, bare("پارسال"): 1, bare("پیرارسال"): 2}
_LAST, _THIS = word_set("گذشته پیش قبل قبلی اخیر"), bare("این")
_DAY, _YEAR = bare("روز"), bare("سال")
_REACH_BACK = {WEEK: 13, MONTH: 61}
"""How many days «هفتهٔ گذشته» and «ماه گذشته» reach back at the most, for those who do not count by the calendar."""
_BACK = {*_DAYS_BACK, *_YEARS_BACK, _DAY, WEEK, MONTH, _YEAR}
"""The words that may count back from today."""
_SEASONS = {bare(name): place for place, name in enumerate(("بهار", "تابستان", "پاییز", "زمستان"))}
_OF_TIME = MONTHS.keys() | _SEASONS.keys() | _BACK | NEWEST | EARLIER | COMING
"""The words for a time that are no numbers."""
_LAST_WEEK, _WEEK_DAYS = 4, 7
"""The week of a month that ends with it, and the days of the others."""


class Period(NamedTuple):
    """Days from the first to the last, both included."""

    first: datetime.date
    last: datetime.date

    def holds(self, day: datetime.date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def meets(self, other: Period) -> bool:
        """Whether the middle of one is in the other: a week that begins on the last day of another is not that week."""
        return self.holds(other._middle) or other.holds(self._middle)

    @property
    def _middle(self) -> datetime.date:
        return self.first + (self.last - self.first) / 2


class NamedTime(NamedTuple):
    """A time that some words name.

    Args:
        places: the words'.
        period: the days.
        is_counted: whether it is counted from today.
    """

    places: Sequence[int]
    period: Period
    is_counted: bool = False


class When(NamedTuple):
    """The time that a question asks about.

    Args:
        period: the days that it names; None where it names none.
        around: where these are counted by the calendar, other days that people may mean: «هفتهٔ گذشته» is the last week,
            or the last seven days.
        years: the years that it names, as digits.
        newest: whether it asks for what holds now or came last.
        earlier: whether it asks for what held before.
        coming: whether it asks for what comes next.
        places: those of the words that name days or years.
        counted: of these, those that count from today: «دیروز» is another day in each article.
    """

    period: Period | None = None
    around: Period | None = None
    years: frozenset[str] = frozenset()
    newest: bool = False
    earlier: bool = False
    coming: bool = False
    places: frozenset[int] = frozenset()
    counted: frozenset[int] = frozenset()

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
    today = today or datetime.date.today()
    found = list(named_times(words, today))
    years = frozenset(word for word in words if is_year(word))
    period = min((named.period for named in found), key=lambda period: period.days, default=None)
    places = frozenset(place for named in found for place in named.places)
    counted = frozenset(place for named in found if named.is_counted for place in named.places)
    newest, earlier, coming = (not table.isdisjoint(words) for table in (NEWEST, EARLIER, COMING))
    newest = newest or any(word == _THIS and behind in _REACH_BACK for word, behind in pairwise(words))
    return When(period, _around(words, today), years, newest, earlier, coming, places, counted)


def named_times(words: Sequence[str], today: datetime.date) -> Iterator[NamedTime]:
    """Every time that some words name; see `when`."""
    days = named_days(words)
    for named in days:
        try:
            day = named.date(today)
        except ValueError:
            continue
        yield NamedTime((*named.days, *named.months, *named.years), Period(day, day))
    taken = {place for named in days for place in (*named.days, *named.months, *named.years)}
    for place, word in enumerate(words):
        if place in taken:
            continue
        if word in MONTHS:
            found = _of_month(words, place, today)
        elif word in _SEASONS:
            found = _of_season(words, place)
        elif word in _BACK:
            found = _week_of_month(words, place, today) or _back(words, place, today)
        else:
            found = _of_year(words, place) if is_year(word) else None
        if found:
            yield found


def _of_month(words: Sequence[str], place: int, today: datetime.date) -> NamedTime | None:
    """A month by its name, with the year behind it if it is there."""
    month, years = MONTHS[words[place]], year_behind(words, place + 1)
    period = _jalali(int(words[years[0]]) if years else latest_year(today, month), month)
    return NamedTime(range(place, place + 1), period) if period else None


def _of_season(words: Sequence[str], place: int) -> NamedTime | None:
    """A season of a year; without a year it comes again."""
    years, first = year_behind(words, place + 1), 3 * _SEASONS[words[place]] + 1
    months = [_jalali(int(words[years[0]]), month) for month in (first, first + 2)] if years else [None]
    opens, ends = months[0], months[-1]
    return NamedTime(range(place, place + 1), Period(opens.first, ends.last)) if opens and ends else None


def _of_year(words: Sequence[str], place: int) -> NamedTime | None:
    """A year; that of a month which is named before it is the month's."""
    if not (MONTHS.keys() | _SEASONS.keys()).isdisjoint(words[max(place - 3, 0) : place]):
        return None
    make = _jalali if int(words[place]) <= LAST_JALALI else _gregorian
    period = make(int(words[place]))
    return NamedTime(range(place, place + 1), period) if period else None


def named_week(words: Sequence[str], today: datetime.date) -> Period | None:
    """The first week that some words name by its number in a month; None where they name none."""
    found = (_week_of_month(words, place, today) for place, word in enumerate(words) if word == WEEK)
    return next((named.period for named in found if named), None)


def _week_of_month(words: Sequence[str], place: int, today: datetime.date) -> NamedTime | None:
    """A week by its number in a month: «هفتهٔ دوم آبان», «هفتهٔ اول خرداد ۱۴۰۵»."""
    number = ordinal(words[place + 1]) if words[place] == WEEK and place + 1 < len(words) else ""
    month = place + 2
    if not number or month >= len(words) or words[month] not in MONTHS:
        return None
    week, found = int(number), _of_month(words, month, today)
    if not found or not 1 <= week <= _LAST_WEEK:
        return None
    first = found.period.first + datetime.timedelta(_WEEK_DAYS * (week - 1))
    last = found.period.last if week == _LAST_WEEK else first + datetime.timedelta(_WEEK_DAYS - 1)
    return NamedTime(range(place, month + 1), Period(first, last))


def _back(words: Sequence[str], place: int, today: datetime.date) -> NamedTime | None:
    """What is counted from today: «دیروز», «فردا», «پارسال», «هفتهٔ گذشته», «سه ماه پیش»."""
    word = words[place]
    if word in _DAYS_BACK:
        day = today - datetime.timedelta(_DAYS_BACK[word])
        return NamedTime(range(place, place + 1), Period(day, day), is_counted=True)
    if word in _YEARS_BACK:
        year = _jalali(JalaliDay.of(today).year - _YEARS_BACK[word])
        return NamedTime(range(place, place + 1), year, is_counted=True) if year else None
    start, count = ending_at(words, place)
    if _LAST.isdisjoint(words[place + 1 : place + 2]):
        return None
    period = _counted_back(word, count or 1, today)
    return NamedTime(range(start, place + 2), period, is_counted=True) if period else None


def _counted_back(unit: str, count: int, today: datetime.date) -> Period | None:
    """The day, week, month or year that lies so many of them back; a week begins on Saturday."""
    this = JalaliDay.of(today)
    try:
        if unit == _DAY:
            return Period(today - datetime.timedelta(count), today - datetime.timedelta(count))
        if unit == WEEK:
            saturday = today - datetime.timedelta((today.weekday() + 2) % _WEEK_DAYS + _WEEK_DAYS * count)
            return Period(saturday, saturday + datetime.timedelta(_WEEK_DAYS - 1))
    except OverflowError:
        return None
    if unit == MONTH:
        years, month = divmod(this.year * len(JALALI_MONTHS) + this.month - 1 - count, len(JALALI_MONTHS))
        return _jalali(years, month + 1)
    return _jalali(this.year - count)


def _around(words: Sequence[str], today: datetime.date) -> Period | None:
    """The days that reach back from today as far as «هفتهٔ گذشته» or «ماه گذشته» may, without a number."""
    for place, (word, behind) in enumerate(pairwise(words)):
        if word in _REACH_BACK and behind in _LAST and ending_at(words, place)[0] == place:
            return Period(today - datetime.timedelta(_REACH_BACK[word]), today)
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
