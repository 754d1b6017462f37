"""The time that a follow-up names by that of the question before it: «هفتهٔ بعدش چی؟», «هفتهٔ سوم چی؟»."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import pairwise

from retrieval.query.named_days import MONTH, WEEK
from retrieval.query.period import NamedTime, Period, named_week
from retrieval.text.jalali import JALALI_MONTHS, JalaliDay, jalali_days
from retrieval.text.orthography import bare
from retrieval.text.word_tables import word_set

_DAY, _YEAR = bare("روز"), bare("سال")
_DAYS = {_DAY: 1, WEEK: 7}
_UNITS = {*_DAYS, MONTH, _YEAR}
_NEXT = word_set("بعد بعدش بعدی بعدیش بعدشم آینده")
_BEFORE = word_set("قبل قبلش قبلی قبلیش پیش پیشش")


def counted_on(words: Sequence[str], before: Period) -> NamedTime | None:
    """The time that some words name beside another; None where they do not.

    Args:
        words: of a follow-up, folded and without half-spaces.
        before: the time that was asked about.
    """
    for place, (unit, behind) in enumerate(pairwise(words)):
        steps = (behind in _NEXT) - (behind in _BEFORE)
        if unit in _UNITS and steps:
            period = _steps_on(unit, steps, before)
        else:
            period = _week(behind, before) if unit == WEEK else None
        if period:
            return NamedTime(range(place, place + 2), period, is_counted=True)
    return None


def _week(ordinal: str, before: Period) -> Period | None:
    """The week of that number in the month in which another time begins."""
    then = JalaliDay.of(before.first)
    return named_week([WEEK, ordinal, bare(JALALI_MONTHS[then.month - 1]), str(then.year)], before.first)


def _steps_on(unit: str, steps: int, before: Period) -> Period | None:
    """The time so many days, weeks, months or years from another; None where the calendar has none."""
    if unit in _DAYS:
        by = datetime.timedelta(steps * _DAYS[unit])
        return Period(before.first + by, before.last + by)
    then = JalaliDay.of(before.first)
    years, month = divmod(then.month - 1 + steps, len(JALALI_MONTHS))
    try:
        return Period(*(jalali_days(then.year + steps) if unit == _YEAR else jalali_days(then.year + years, month + 1)))
    except ValueError:
        return None
