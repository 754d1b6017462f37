"""Gregorian dates as Persian readers write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from bot.wording.dates import jalali, persian_digits
from retrieval.text import JALALI_MONTHS

DATES = st.dates(datetime.date(622, 3, 22), datetime.date(9000, 12, 31))


@pytest.mark.parametrize(
    ("gregorian", "written"),
    [
        ("2025-12-27", "۶ دی ۱۴۰۴"),
        ("2024-03-19", "۲۹ اسفند ۱۴۰۲"),
        ("2024-03-20", "۱ فروردین ۱۴۰۳"),
        ("2025-03-20", "۳۰ اسفند ۱۴۰۳"),
        ("2025-03-21", "۱ فروردین ۱۴۰۴"),
        ("2025-09-22", "۳۱ شهریور ۱۴۰۴"),
        ("2025-09-23", "۱ مهر ۱۴۰۴"),
        ("2021-03-20", "۳۰ اسفند ۱۳۹۹"),
        ("2016-03-20", "۱ فروردین ۱۳۹۵"),
        ("1979-02-11", "۲۲ بهمن ۱۳۵۷"),
        ("0622-03-22", "۱ فروردین ۱"),
    ],
)
def test_known_dates_are_written_as_calendars_print_them(gregorian: str, written: str) -> None:
    assert jalali(datetime.date.fromisoformat(gregorian)) == written


@given(DATES)
def test_what_is_written_names_the_same_day(date: datetime.date) -> None:
    day, month, year = jalali(date).split()

    same = JalaliDate(int(year), JALALI_MONTHS.index(month) + 1, int(day))  # type: ignore[no-untyped-call]
    assert same.to_gregorian() == date


@given(DATES)
def test_the_next_day_counts_one_up_or_opens_a_month(date: datetime.date) -> None:
    day, *rest = jalali(date).split()
    next_day, *next_rest = jalali(date + datetime.timedelta(days=1)).split()

    if next_rest == rest:
        assert int(next_day) == int(day) + 1
    else:
        assert next_day == "۱"
        assert int(day) >= 29


def test_a_day_before_the_first_jalali_year_is_refused() -> None:
    with pytest.raises(ValueError, match="year"):
        jalali(datetime.date(622, 3, 21))


@given(st.integers(min_value=0))
def test_persian_digits_stand_for_the_same_number(number: int) -> None:
    written = persian_digits(number)

    assert int(written) == number
    assert set(written) <= set("۰۱۲۳۴۵۶۷۸۹")
