"""Number words and digits stand for one another in questions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.query.numbers import amount, ending_at, ordinal, parts_of, runs, spellings
from retrieval.text import bare


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("هفده نفر", ["17"]),
        ("هزار و دویست رأس", ["1200"]),
        ("یکصد و بیست خانه و سه پل", ["120", "3"]),
        ("18 هزار و 600 عضو", ["18600"]),
        ("دو میلیون و 100 هزار تومان", ["2100000"]),
        ("سال 1404", []),
        ("شهر و روستا", []),
    ],
)
def test_words_of_numbers_are_read(words: str, digits: list[str]) -> None:
    assert [value for _, value in runs([bare(word) for word in words.split()])] == digits


@pytest.mark.parametrize(
    ("words", "start", "value"),
    [
        ("بیست و یکم", 0, 21),
        ("روز دوازدهم", 1, 12),
        ("روز 12", 1, 12),
        ("سی‌ام", 0, 30),
        ("روز اول", 1, 1),
        ("اول هفتم", 1, 7),
        ("هر روز", 2, 0),
        ("", 0, 0),
    ],
)
def test_the_number_before_a_place_is_read(words: str, start: int, value: int) -> None:
    spelt = [bare(word) for word in words.split()]
    assert ending_at(spelt, len(spelt)) == (start, value)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (17, ["هفده"]),
        (120, ["یکصد", "بیست"]),
        (48, ["چهل", "وهشت"]),
        (1_200, ["هزار", "دویست"]),
        (18_600, ["18", "هزار", "600"]),
        (2_100_000, ["دو", "میلیون", "صد", "هزار"]),
        (0, []),
    ],
)
def test_a_number_is_written_with_its_parts(value: int, written: list[str]) -> None:
    parts = parts_of(value)
    assert len(parts) == len(written)
    assert all(word in part for word, part in zip(written, parts, strict=True))


@given(st.integers(1, 999))
def test_a_number_is_read_from_the_words_that_it_is_written_with(value: int) -> None:
    words = " و ".join(part[0] for part in parts_of(value)) + (" و یک" if value % 10 == 1 and value % 100 > 11 else "")
    words += " و یک" if value % 100 == 1 < value else ""
    assert [int(digits) for _, digits in runs(words.split())] == [value]


def test_ordinals_and_spoken_forms_have_values() -> None:
    assert ordinal("پنجم") == "5"
    assert ordinal("مردم") == ""
    assert "پونصد" in spellings(500)


@given(st.lists(st.sampled_from("و صد هزار دویست میلیون بیست سه 12 400 شهر".split())))
def test_numbers_are_of_words_side_by_side(words: list[str]) -> None:
    places = [place for run, _ in runs(words) for place in run]
    assert places == sorted(set(places))
    assert all(words[place] != "شهر" for place in places)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("۳۸ میلیون و ۵۰۰ هزار تومان", 38_500_000),
        ("۱٬۲۵۰٬۰۰۰", 1_250_000),
        ("1,200", 1200),
        ("۷٫۴۳ ثانیه", 7.43),
        ("۱٫۵ میلیون", 1_500_000),
        ("بسته ۱۲ تایی", 12),
        ("دو هزار و دویست", 2200),
        ("ندارد", None),
        ("", None),
    ],
)
def test_the_first_number_of_a_text(text: str, expected: float | None) -> None:
    assert amount(text) == expected
