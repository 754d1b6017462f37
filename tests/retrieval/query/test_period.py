"""Every form in which a question names a time gives the days that are meant."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.query.period import Period, when
from retrieval.text import bare

TODAY = datetime.date(2025, 11, 24)  # ۳ آذر ۱۴۰۴
DAY = datetime.date.fromisoformat


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("12 آبان چه شد", "2025-11-03", "2025-11-03"),
        ("در 1404 08 12 چه شد", "2025-11-03", "2025-11-03"),
        ("خرداد 1403", "2024-05-21", "2024-06-20"),
        ("در سال 1403 بودجه چقدر بود", "2024-03-20", "2025-03-20"),
        ("خبرهای آبان", "2025-10-23", "2025-11-21"),
        ("مهر ماه", "2025-09-23", "2025-10-22"),
        ("دوازدهم آبان", "2025-11-03", "2025-11-03"),
        ("بیست و یکم مهر ماه 1404", "2025-10-13", "2025-10-13"),
        ("12 08 1404", "2025-11-03", "2025-11-03"),
        ("3 نوامبر 2025", "2025-11-03", "2025-11-03"),
        ("آبان ماه سال 1403", "2024-10-22", "2024-11-20"),
        ("5 دی", "2024-12-25", "2024-12-25"),
        ("پارسال", "2024-03-20", "2025-03-20"),
        ("دیروز", "2025-11-23", "2025-11-23"),
        ("هفته گذشته", "2025-11-15", "2025-11-21"),
        ("دو هفته پیش", "2025-11-08", "2025-11-14"),
        ("ماه پیش", "2025-10-23", "2025-11-21"),
        ("سه ماه قبل", "2025-08-23", "2025-09-22"),
        ("11 ماه پیش", "2024-12-21", "2025-01-19"),
        ("3 روز پیش", "2025-11-21", "2025-11-21"),
        ("دو سال پیش", "2023-03-21", "2024-03-19"),
        ("فردا", "2025-11-25", "2025-11-25"),
        ("هفته دوم آبان", "2025-10-30", "2025-11-05"),
        ("هفته چهارم مهر 1403", "2024-10-13", "2024-10-21"),
        ("زمستان 1403", "2024-12-21", "2025-03-20"),
        ("بهار سال 1404", "2025-03-21", "2025-06-21"),
        ("سال گذشته", "2024-03-20", "2025-03-20"),
        ("2024 05 01", "2024-05-01", "2024-05-01"),
        ("در 2024", "2024-01-01", "2024-12-31"),
    ],
)
def test_named_times_are_days(question: str, first: str, last: str) -> None:
    assert when([bare(word) for word in question.split()], TODAY).period == Period(DAY(first), DAY(last))


def test_last_week_may_be_the_last_seven_days() -> None:
    found = when(list(map(bare, ("هفته", "گذشته"))), TODAY)
    assert found.around == Period(DAY("2025-11-11"), TODAY)
    assert when(list(map(bare, ("دو", "هفته", "پیش"))), TODAY).around is None


def test_what_is_counted_from_today_is_told_apart() -> None:
    assert when(list(map(bare, ("قیمت", "دو", "هفته", "پیش"))), TODAY).counted == {1, 2, 3}
    assert not when(list(map(bare, ("12", "آبان"))), TODAY).counted
    assert not when(list(map(bare, ("هفته", "دوم", "آبان"))), TODAY).counted


def test_this_week_asks_for_the_newest() -> None:
    found = when(list(map(bare, ("قیمت", "این", "هفته"))), TODAY)
    assert found.newest
    assert not found.period


def test_what_holds_now_and_what_held_before_are_told_apart() -> None:
    assert when(list(map(bare, ("آخرین", "قیمت"))), TODAY).newest
    assert when(list(map(bare, ("شهردار", "سابق"))), TODAY).earlier
    assert not when(["قیمت", "نان"], TODAY)


@given(st.lists(st.sampled_from("آبان 12 31 1404 13 سال گذشته هفته ماه دیروز 0 اسفند 30 2024".split()), max_size=6))
def test_any_words_name_days_in_order_or_none(words: list[str]) -> None:
    found = when(list(map(bare, words)), TODAY)
    assert found.period is None or found.period.first <= found.period.last
    assert all(place < len(words) for place in found.places)
