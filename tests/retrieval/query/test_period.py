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
        ("هفته گذشته", "2025-11-11", "2025-11-24"),
        ("سال گذشته", "2024-03-20", "2025-03-20"),
        ("2024 05 01", "2024-05-01", "2024-05-01"),
        ("در 2024", "2024-01-01", "2024-12-31"),
    ],
)
def test_named_times_are_days(question: str, first: str, last: str) -> None:
    assert when([bare(word) for word in question.split()], TODAY).period == Period(DAY(first), DAY(last))


def test_what_holds_now_and_what_held_before_are_told_apart() -> None:
    assert when(list(map(bare, ("آخرین", "قیمت"))), TODAY).newest
    assert when(list(map(bare, ("شهردار", "سابق"))), TODAY).earlier
    assert not when(["قیمت", "نان"], TODAY)


@given(st.lists(st.sampled_from("آبان 12 31 1404 13 سال گذشته هفته ماه دیروز 0 اسفند 30 2024".split()), max_size=6))
def test_any_words_name_days_in_order_or_none(words: list[str]) -> None:
    found = when(list(map(bare, words)), TODAY)
    assert found.period is None or found.period.first <= found.period.last
    assert all(place < len(words) for place in found.places)
