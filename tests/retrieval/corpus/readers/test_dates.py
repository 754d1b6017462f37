"""Dates in every form that files have them in: the day in Tehran, or none."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from retrieval.corpus.readers.dates import day_in, day_of

FIELDS = {
    "1396/02/28 - 22:57": "2017-05-18",
    "۱۳۹۶/۰۲/۲۸ - ۲۲:۵۷": "2017-05-18",
    "1404-10-06": "2025-12-27",
    "2025-12-27": "2025-12-27",
    "2025/12/27 10:20": "2025-12-27",
    "2026-10-19T21:30:00Z": "2026-10-20",
    "2026-10-19T20:29:59+00:00": "2026-10-19",
    "2026-10-19T21:30:00": "2026-10-19",
    "2021-06-19T19:45:00Z": "2021-06-20",  # summer time
    "2014-07-09T01:14:00.00+3:30": "2014-07-09",
    "2017-01-25 T 09:43:47 +0330": "2017-01-25",
    "2017-01-25 09:43:47.606": "2017-01-25",
    "شنبه ۲۳ بهمن ۱۳۸۹ - ۰۹:۰۵": "2011-02-12",
    "۲۳ بهمن‌ماه ۱۳۸۹": "2011-02-12",
    "09:05 - 1389 بهمن 23": "2011-02-12",
    "سه‌شنبه، ۱۸ تير ۱۳۹۳، ساعت ۱۲:۳۰": "2014-07-09",
    "18 آذر 99": "2020-12-08",
    "دوشنبه ۱۹ اکتبر ۲۰۲۶": "2026-10-19",
    "12 ژوئیه 2014": "2014-07-12",
    "Mon, 19 Oct 2026 19:30:00 GMT": "2026-10-19",
    "Mon, 19 Oct 2026 21:30:00 GMT": "2026-10-20",
    "19 Oct 2026 19:30:00 +0330": "2026-10-19",
    "19-Oct-2026": "2026-10-19",
    "October 19th, 2026": "2026-10-19",
    "20/12/1396": "2018-03-11",
    "12/27/2025": "2025-12-27",
    "93/04/18 :: 01:14": "2014-07-09",
    "04/08/12": "2025-11-03",
    "13930418": "2014-07-09",
    "20140709011400": "2014-07-09",
    "20261019T193000Z": "2026-10-19",
    "1413840600": "2014-10-21",
    "1413840600000": "2014-10-21",
    "13\u200f/3\u200f/1405": "2026-06-03",
}
NONE = (
    "", "فردا", "۰/۰۰/۰۰ - ۰۰:۰۰", "0000-00-00 00:00:00", "0001-01-01T00:00:00", "1404-13-01", "2025-02-30",
    "زمستان 1383", "۲۳ بهمن ۲۰۱۱", "19 Oct 1389", "123456", "9999-12-31T23:59:00-12:00", "1.5",
)  # fmt: skip


@pytest.mark.parametrize(("written", "day"), FIELDS.items())
def test_a_field_is_read_in_each_form(written: str, day: str) -> None:
    assert day_of(written) == datetime.date.fromisoformat(day)


@pytest.mark.parametrize("written", NONE)
def test_what_is_no_date_is_none(written: str) -> None:
    assert day_of(written) is None


def test_dates_moments_and_numbers_are_taken() -> None:
    day = datetime.date(2014, 10, 21)
    late = datetime.datetime(2014, 10, 20, 22, tzinfo=datetime.UTC)
    assert day_of(day) == day_of(late) == day_of(1413840600) == day_of(datetime.datetime(2014, 10, 21, 3)) == day
    assert day_of(None) is day_of(True) is day_of({}) is None


def test_only_a_whole_year_is_a_date_inside_a_text() -> None:
    assert day_in("روزنامهٔ جهان، شماره ۱۲ به تاریخ ۸۶/۳/۱، صفحه ۴") is None
    assert day_in("روزنامهٔ جهان، شماره ۱۲ به تاریخ 1386/3/1، صفحه ۴") == datetime.date(2007, 5, 22)
    assert day_in("تاریخ انتشار: ۱۰:۳۰ - ۰۷ تير ۱۳۹۰") == datetime.date(2011, 6, 28)


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2040, 1, 1)))
def test_each_day_is_read_in_both_calendars(day: datetime.date) -> None:
    jalali = JalaliDate(day)  # type: ignore[no-untyped-call]
    assert day_of(day.isoformat()) == day_of(day.strftime("%d %b %Y")) == day
    assert day_of(f"{jalali.year}/{jalali.month}/{jalali.day}") == day


@given(st.text() | st.text("0123456789/-.: +Zبهمنآذر", max_size=40))
def test_any_text_is_a_day_or_none(text: str) -> None:
    assert day_of(text) is None or isinstance(day_of(text), datetime.date)
