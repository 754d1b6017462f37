"""Dates as Persian readers write them."""

from __future__ import annotations

import datetime
from functools import lru_cache

from retrieval.text import JALALI_MONTHS, WEEKDAYS, JalaliDay

CACHED_DATES = 1024
"""Dates whose spelling is kept, and as many points in time. The sources of many answers share them."""

_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def persian_digits(number: int) -> str:
    """«۱۴۰۴» for 1404."""
    return str(number).translate(_DIGITS)


def weekday(date: datetime.date) -> str:
    """«جمعه» for a Friday."""
    return WEEKDAYS[(date.weekday() + 2) % len(WEEKDAYS)]


@lru_cache(CACHED_DATES)
def moment(time: datetime.datetime) -> str:
    """«۶ دی ۱۴۰۴، ۱۷:۰۵» for a point in time, in the time zone of the machine."""
    local = time.astimezone()
    return f"{jalali(local.date())}، {local:%H:%M}".translate(_DIGITS)


@lru_cache(CACHED_DATES)
def jalali(date: datetime.date) -> str:
    """«۶ دی ۱۴۰۴» for 2025-12-27.

    Raises:
        ValueError: the date lies before the Jalali calendar's first year (AD 622).
    """
    year, month, day = JalaliDay.of(date)
    return f"{persian_digits(day)} {JALALI_MONTHS[month - 1]} {persian_digits(year)}"
