"""A follow-up names its time by that of the question before it."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.query.later_times import counted_on
from retrieval.query.period import Period
from retrieval.text import bare

DAY = datetime.date.fromisoformat
WEEK = Period(DAY("2025-10-30"), DAY("2025-11-05"))  # هفتهٔ دوم آبان ۱۴۰۴


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("هفته بعدش چی", "2025-11-06", "2025-11-12"),
        ("هفته قبل چطور", "2025-10-23", "2025-10-29"),
        ("هفته سوم چی", "2025-11-06", "2025-11-12"),
        ("روز بعد چی", "2025-10-31", "2025-11-06"),
        ("ماه بعد چی", "2025-11-22", "2025-12-21"),
        ("ماه قبلش", "2025-09-23", "2025-10-22"),
        ("سال بعدش چی", "2026-03-21", "2027-03-20"),
    ],
)
def test_a_time_is_counted_on_from_another(words: str, first: str, last: str) -> None:
    found = counted_on([bare(word) for word in words.split()], WEEK)
    assert found is not None
    assert found.period == Period(DAY(first), DAY(last))


@pytest.mark.parametrize("words", ["روز سوم چی", "هفته چی", "سوم چی", "بعدش چی", ""])
def test_what_names_no_time_counts_none(words: str) -> None:
    assert counted_on([bare(word) for word in words.split()], WEEK) is None


@given(
    st.lists(st.sampled_from("هفته ماه سال روز بعدش قبل سوم پنجم چی".split()), max_size=5),
    st.dates(DAY("1850-01-01"), DAY("2100-01-01")),
)
def test_any_words_count_days_in_order_or_none(words: list[str], day: datetime.date) -> None:
    found = counted_on(list(map(bare, words)), Period(day, day))
    assert found is None or found.period.first <= found.period.last
