"""Relatives share a coarse stem, and other words do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.stems import STEM_LENGTH, stem


@given(term=st.text("ابپتجدرسشکگلمنهوی۰۱۲", max_size=12))
def test_a_stem_is_a_short_beginning_and_never_empty(term: str) -> None:
    assert term.startswith(stem(term))
    assert len(stem(term)) >= min(len(term), 3)
    assert len(stem(term)) <= STEM_LENGTH or term.isdigit() or len(term) < 4


@pytest.mark.parametrize(
    ("one", "other"),
    [("هنر", "هنرمندی"), ("انقلاب", "انقلابی"), ("نویسنده", "نویسندگی"), ("کتاب", "کتابها")],
)
def test_relatives_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("کتاب", "کباب"), ("1399123", "1399124"), ("سال", "سالن"), ("شهر", "شعر")])
def test_others_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)
