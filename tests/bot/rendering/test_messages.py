"""Texts with marks as messages: whatever they hold, Telegram takes their HTML, none is too long, no word is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.markup import Mark, Rich, marked, rich
from bot.rendering.messages import MAX_MESSAGE_UNITS, html, split, utf16_length
from tests.bot.telegram.entities import parse
from tests.bot.telegram.entities import units as counted

HOSTILE = st.text(max_size=60) | st.text(
    "ابپ گ\u200c<>&\"'/*_`[](){}#|\n\t\0\ud800\udfff\u202e\u2066\u2069\u200f👍🏽é\u0301aZ.؟!", max_size=80
)
LINKS = st.sampled_from(['https://example.org/?a=1&b=<">', "http://x"])
LEAVES = (
    HOSTILE.map(Rich)
    | st.builds(lambda text, link: marked(text, Mark.LINK, link), HOSTILE, LINKS)
    | st.builds(marked, HOSTILE, st.sampled_from([Mark.BOLD, Mark.ITALIC, Mark.QUOTATION]))
    | st.builds(lambda one, two: marked(rich(one, marked(two, Mark.BOLD)), Mark.QUOTATION), HOSTILE, HOSTILE)
)
TEXTS = st.lists(LEAVES, max_size=8).map(lambda texts: rich(*texts))


def first_strong(line: str) -> str:
    return next((d for d in map(unicodedata.bidirectional, line) if d in {"L", "R", "AL"}), "none")


def kept(text: str) -> str:
    """What of a text is sure to be shown: its letters, not the marks that steer it, not its white space."""
    return "".join(letter for letter in text if unicodedata.category(letter)[0] in "LNPS")


@given(text=TEXTS)
def test_telegram_reads_what_was_meant(text: Rich) -> None:
    for part in split(text):
        assert parse(html(part))[0] == part.text


@given(text=TEXTS)
def test_no_line_runs_from_left_to_right_and_nothing_unsafe_is_left(text: Rich) -> None:
    shown = "\n".join(part.text for part in split(text))
    assert "L" not in {first_strong(line) for line in shown.split("\n")}
    assert not set(shown) & set("\0\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ud800\udfff")
    shown.encode("utf-8")


@given(text=TEXTS, limit=st.integers(4, 60))
def test_parts_fit_and_hold_everything_but_white_space(text: Rich, limit: int) -> None:
    parts = split(text, limit)
    assert all(0 < counted(part.text) <= limit for part in parts)
    whole = "".join(part.text for part in split(text, 10**6))
    assert "".join("".join(part.text for part in parts).split()) == "".join(whole.split())
    for part in parts:
        assert parse(html(part))[0] == part.text


@given(text=TEXTS)
def test_letters_digits_and_signs_are_all_shown(text: Rich) -> None:
    shown = "".join(part.text for part in split(text))
    assert kept(shown).replace("\ufffd", "") == kept(text.text).replace("\ufffd", "")


@given(text=HOSTILE)
def test_half_spaces_are_kept(text: str) -> None:
    shown = "".join(part.text for part in split(Rich(f"ب{text}ب")))
    assert shown.count("\u200c") == text.count("\u200c")


def test_a_long_text_is_cut_where_sentences_end() -> None:
    sentence = "این جمله‌ای است که در میان آن چیزی بریده نمی‌شود. "
    parts = split(marked(sentence * 300, Mark.QUOTATION))
    assert len(parts) == -(-utf16_length(sentence * 300) // MAX_MESSAGE_UNITS)
    assert all(part.text.endswith(".") for part in parts)
    assert all(html(part).startswith("<blockquote>") and html(part).endswith("</blockquote>") for part in parts)


def test_a_text_without_a_place_to_cut_is_cut_anywhere_but_inside_a_character() -> None:
    parts = split(Rich("👍" * 3000))
    assert [utf16_length(part.text) for part in parts] == [4096, 1904]


def test_a_mark_inside_another_is_a_tag_inside_another() -> None:
    text = marked(rich("یک ", marked("دو", Mark.BOLD), " سه"), Mark.QUOTATION)
    assert html(text) == "<blockquote>یک <b>دو</b> سه</blockquote>"


def test_marks_that_touch_are_closed_before_they_are_opened() -> None:
    text = rich(marked("یک", Mark.BOLD), marked(marked("دو", Mark.ITALIC), Mark.LINK, 'http://x?a&"'))
    assert html(text) == '<b>یک</b><a href="http://x?a&amp;&quot;"><i>دو</i></a>'


def test_a_line_that_begins_in_latin_is_turned_inside_its_mark() -> None:
    (part,) = split(rich("یک\n", marked("two\n12 three\nچهار five", Mark.QUOTATION)))
    assert html(part) == "یک\n<blockquote>\u200ftwo\n\u200f12 three\nچهار five</blockquote>"


@pytest.mark.parametrize("text", ["", " \n\t", "\u202e"])
def test_nothing_to_say_gives_no_part(text: str) -> None:
    assert split(Rich(text)) == []
