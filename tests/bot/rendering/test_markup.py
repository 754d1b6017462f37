"""Marked texts: whatever they hold, Telegram takes their HTML, no part is too long, nothing that is read is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.markup import LIMIT, Piece, Rich, html, lines, plain, rich, split, utf16_length
from tests.bot.telegram.entities import parse
from tests.bot.telegram.entities import units as counted

HOSTILE = st.text(max_size=60) | st.text(
    "ابپ گ\u200c<>&\"'/*_`[](){}#|\n\t\0\ud800\udfff\u202e\u2066\u2069\u200f👍🏽é\u0301aZ.؟!", max_size=80
)
TAGS = st.sampled_from([(), ("b",), ("i",), ("blockquote",), ("blockquote", "b"), ("a",)])
PIECES = st.lists(
    st.builds(Piece, HOSTILE, TAGS, st.sampled_from(['https://example.org/?a=1&b=<">', "http://x"])), max_size=8
)


def first_strong(line: str) -> str:
    return next((d for d in map(unicodedata.bidirectional, line) if d in {"L", "R", "AL"}), "none")


@given(pieces=PIECES)
def test_telegram_reads_what_was_meant(pieces: list[Piece]) -> None:
    text = rich(*pieces)
    read, _ = parse(html(text))
    assert read == plain(text)


@given(pieces=PIECES)
def test_no_line_runs_from_left_to_right_and_nothing_unsafe_is_left(pieces: list[Piece]) -> None:
    shown = plain(rich(*pieces))
    assert "L" not in {first_strong(line) for line in shown.split("\n")}
    assert not set(shown) & set("\0\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ud800\udfff")
    shown.encode("utf-8")


@given(pieces=PIECES, limit=st.integers(4, 60))
def test_parts_fit_and_hold_everything_but_white_space(pieces: list[Piece], limit: int) -> None:
    text = rich(*pieces)
    parts = split(text, limit)
    assert all(0 < counted(plain(part)) <= limit for part in parts)
    assert "".join("".join(plain(part) for part in parts).split()) == "".join(plain(text).split())
    for part in parts:
        assert parse(html(part))[0] == plain(part)


@given(text=HOSTILE)
def test_half_spaces_are_kept(text: str) -> None:
    assert plain(rich(text)).count("\u200c") == text.count("\u200c")


def test_a_long_text_is_cut_where_sentences_end() -> None:
    sentence = "این جمله‌ای است که در میان آن چیزی بریده نمی‌شود. "
    parts = split(rich(Piece(sentence * 300, ("blockquote",))))
    assert len(parts) == -(-utf16_length(sentence * 300) // LIMIT)
    assert all(plain(part).endswith(".") for part in parts)
    assert all(html(part).startswith("<blockquote>") and html(part).endswith("</blockquote>") for part in parts)


def test_a_text_without_a_place_to_cut_is_cut_anywhere_but_inside_a_character() -> None:
    parts = split(rich("👍" * 3000))
    assert [utf16_length(plain(part)) for part in parts] == [4096, 1904]


def test_neighbours_with_the_same_tags_share_them() -> None:
    text: Rich = (Piece("یک ", ("blockquote",)), Piece("دو", ("blockquote", "b")), Piece(" سه", ("blockquote",)))
    assert html(text) == "<blockquote>یک <b>دو</b> سه</blockquote>"


@pytest.mark.parametrize("text", ["", " \n\t", "\u202e"])
def test_nothing_to_say_gives_no_part(text: str) -> None:
    assert split(rich(text)) == []


def test_lines_are_joined() -> None:
    assert plain(lines([rich("یک"), rich("دو")])) == "یک\nدو"
