"""Number words and digits stand for one another in questions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.query.numbers import runs, words_of
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


@given(st.integers(1, 999))
def test_a_number_is_read_from_the_words_that_it_is_written_with(value: int) -> None:
    spelt = dict.fromkeys(words_of(str(value)))
    values = {next(iter(runs([word])))[1] for word in spelt}
    assert sum(map(int, values)) == value


@given(st.lists(st.sampled_from("و صد هزار دویست میلیون بیست سه 12 400 شهر".split())))
def test_numbers_are_of_words_side_by_side(words: list[str]) -> None:
    places = [place for run, _ in runs(words) for place in run]
    assert places == sorted(set(places))
    assert all(words[place] != "شهر" for place in places)
