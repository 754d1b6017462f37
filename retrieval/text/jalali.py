"""The Jalali calendar: the names of its months, and its days ↔ days as `datetime.date` has them."""

from __future__ import annotations

import datetime
from typing import NamedTuple

JALALI_MONTHS = tuple("فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split())
"""The months in their order, as they are written."""

WEEKDAYS = tuple("شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه".split())
"""The days of the week in their order, as they are written."""


class JalaliDay(NamedTuple):
    """A day of the Jalali calendar; month and day count from 1."""

    year: int
    month: int
    day: int

    @classmethod
    def of(cls, day: datetime.date) -> JalaliDay:
        """A day in this calendar.

        Raises:
            ValueError: it lies before the calendar's first year (AD 622).
        """
        from persiantools.jdatetime import JalaliDate  # noqa: PLC0415  # most questions and corpora need no calendar

        converted = JalaliDate(day)  # type: ignore[no-untyped-call]
        return cls(converted.year, converted.month, converted.day)

    def gregorian(self) -> datetime.date:
        """The same day as Python has it.

        Raises:
            ValueError: the calendar has no such day.
        """
        from persiantools.jdatetime import JalaliDate  # noqa: PLC0415  # as above

        converted: datetime.date = JalaliDate(*self).to_gregorian()  # type: ignore[no-untyped-call]
        return converted


def jalali_days(year: int, month: int = 0, day: int = 0) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a year, of a month, or of a day.

    Args:
        year: of the Jalali calendar.
        month: from 1 on; 0 for the whole year.
        day: from 1 on; 0 for the whole month.

    Raises:
        ValueError: there is no such day.
    """
    first = JalaliDay(year, month or 1, day or 1).gregorian()
    if day:
        return first, first
    following = JalaliDay(year, month + 1, 1) if 0 < month < len(JALALI_MONTHS) else JalaliDay(year + 1, 1, 1)
    return first, following.gregorian() - datetime.timedelta(1)
