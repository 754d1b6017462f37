"""Tables of words are read as their editors mean them, and hold what the package needs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text import function_words
from retrieval.text.function_words import COPULAS, QUESTION_WORDS, SPOKEN_WORDS, STOP_LEMMAS, STOP_WORDS
from retrieval.text.orthography import bare, fold
from retrieval.text.word_tables import entries, read, rows, sections, word_set

TABLE = """\
# a comment
before، any section

[fruit]
سیب، گلابی  # with a comment
انار,  به ؛ آلو

# another
[drinks and food]
چای سبز: چای، دمنوش
نان:
آب
"""


def test_rows_are_sets_with_the_numbers_of_their_lines() -> None:
    assert list(rows(TABLE))[:2] == [(2, ["before", "any section"]), (4, ["[fruit]"])]
    assert list(rows(sections(TABLE)["fruit"])) == [(2, ["سیب", "گلابی"]), (3, ["انار", "به", "آلو"])]
    assert list(rows("،,\n#\n   \n")) == []


def test_sections_keep_their_order_and_hold_their_lines() -> None:
    assert list(sections(TABLE)) == ["fruit", "drinks and food"]
    assert sections("nothing") == {}


def test_an_entry_has_two_sides() -> None:
    assert list(entries(sections(TABLE)["drinks and food"])) == [
        (["چای سبز"], ["چای", "دمنوش"]),
        (["نان"], []),
        (["آب"], []),
    ]


@given(
    words=st.sets(st.text("ابپيكآ\u200c", min_size=1, max_size=5)), between=st.sampled_from([" ", "، ", "\n", ",\n "])
)
def test_a_set_has_each_word_bare_however_they_are_separated(words: set[str], between: str) -> None:
    assert word_set(between.join(sorted(words))) == {bare(word) for word in words}


@pytest.mark.parametrize("word", ["کدام", "چهکسی", "است", "درباره", "همچنین", "هایشان"])
def test_function_words_are_stop_words(word: str) -> None:
    assert word in STOP_WORDS
    assert STOP_WORDS > QUESTION_WORDS | COPULAS
    assert "کرد" in STOP_LEMMAS


def test_a_spoken_form_is_listed_once() -> None:
    listed = [fold(form) for forms, _ in entries(read(function_words.__file__, "spoken.txt")) for form in forms]
    assert len(SPOKEN_WORDS) == len(listed)
    assert SPOKEN_WORDS["کدوم"] == "کدام"
    assert SPOKEN_WORDS["میرن"] == "می\u200cروند"
    assert SPOKEN_WORDS["بگو"] == ""
