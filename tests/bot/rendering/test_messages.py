"""Texts with marks as messages: whatever they hold, Telegram takes both forms, none is too long, no word is lost."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.entities import entities
from bot.rendering.markup import Mark, Rich, joined, marked, rich
from bot.rendering.messages import MAX_MESSAGE_UNITS, split, utf16_length
from bot.rendering.rich_message import html
from tests.bot.telegram.entities import marked as read
from tests.bot.telegram.entities import rich_text
from tests.bot.telegram.entities import units as counted

HOSTILE = st.text(max_size=30) | st.text(
    "ابپ گ\u200c<>&\"'/*_`[](){}#|\n\t\0\ud800\udfff\u202e\u2066\u2069\u200f👍🏽é\u0301aZ.؟!", max_size=40
)
NAMES = st.sampled_from(["source-1", "source-2"])
LINKS = st.sampled_from(['https://example.org/?a=1&b=<">', "http://x"])
LEAVES = (
    HOSTILE.map(Rich)
    | st.builds(lambda text, link: marked(text, Mark.LINK, link), HOSTILE, LINKS)
    | st.builds(marked, HOSTILE, st.sampled_from([Mark.BOLD, Mark.ITALIC, Mark.CITED]))
    | st.builds(lambda text, name: marked(text, Mark.CITATION, name), HOSTILE, NAMES)
)


def table(rows: list[list[str]]) -> Rich:
    """Rows of cells, the first one of headers."""
    marks = [Mark.HEADER, *[Mark.CELL] * len(rows)]
    lines = (
        marked(joined(" | ", (marked(cell, mark) for cell in row)), Mark.ROW)
        for row, mark in zip(rows, marks, strict=False)
    )
    return marked(joined("\n", lines), Mark.TABLE)


def fold(summary: str, inside: Rich) -> Rich:
    return marked(rich(marked(summary, Mark.SUMMARY), "\n", inside), Mark.FOLD)


LINES = st.lists(LEAVES, max_size=3).map(lambda texts: rich(*texts))
BLOCKS = (
    LINES
    | st.builds(marked, LINES, st.sampled_from([Mark.QUOTATION, Mark.LONG_QUOTATION]))
    | st.builds(lambda text, name: marked(text, Mark.SOURCE, name), LINES, NAMES)
    | st.lists(st.lists(HOSTILE, min_size=1, max_size=3), max_size=3).map(table)
)
TEXTS = st.lists(BLOCKS | st.builds(fold, HOSTILE, BLOCKS), max_size=4).map(lambda texts: joined("\n\n", texts))


def first_strong(line: str) -> str:
    return next((d for d in map(unicodedata.bidirectional, line) if d in {"L", "R", "AL"}), "none")


def kept(text: str) -> str:
    """What of a text is sure to be shown: its letters, not the marks that steer it, not its white space."""
    return "".join(letter for letter in text if unicodedata.category(letter)[0] in "LNPS")


def words(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(letter for letter in text if unicodedata.category(letter)[0] in "LN")


def shown_letters(part: Rich) -> Iterator[tuple[str, frozenset[str]]]:
    """Each letter of a message that is not white space, with the types of the entities that it has."""
    letters = [(letter, set[str]()) for letter in part.text for _ in range(1 + (letter > "\uffff"))]
    for entity in read_entities(part):
        for _, kinds in letters[entity["offset"] : entity["offset"] + entity["length"]]:
            kinds.add(entity["type"])
    place = 0
    for letter in part.text:
        if not letter.isspace():
            yield letter, frozenset(letters[place][1])
        place += 1 + (letter > "\uffff")


def read_entities(part: Rich) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(json.dumps(entities(part)))
    read(part.text, found)
    return found


@given(text=TEXTS)
def test_telegram_takes_both_forms_and_reads_the_same_in_them(text: Rich) -> None:
    for part in split(text):
        read(part.text, entities(part))
        assert words(rich_text(html(part))) == words(part.text)


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
        read(part.text, entities(part))
        rich_text(html(part))


@given(text=TEXTS, limit=st.integers(4, 60))
def test_a_letter_keeps_its_entities_where_a_text_is_cut(text: Rich, limit: int) -> None:
    (whole,) = split(text, 10**6) or [Rich()]
    expected, found = list(shown_letters(whole)), [one for part in split(text, limit) for one in shown_letters(part)]
    assert found == expected


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
    for part in parts:
        assert read(part.text, entities(part)) == [("blockquote", part.text)]
        assert html(part) == f"<blockquote>{part.text}</blockquote>"


def test_a_text_without_a_place_to_cut_is_cut_anywhere_but_inside_a_character() -> None:
    parts = split(Rich("👍" * 3000))
    assert [utf16_length(part.text) for part in parts] == [4096, 1904]


def test_entities_count_utf_16_code_units() -> None:
    text = rich("👍🏽 نیم\u200cفاصله ", marked("é\u0301👍", Mark.BOLD), marked(" ب", Mark.LINK, "http://x"))
    assert entities(text) == [
        {"type": "bold", "offset": 15, "length": 4},
        {"type": "text_link", "offset": 19, "length": 2, "url": "http://x"},
    ]


def test_a_mark_inside_another_is_an_entity_and_a_tag_inside_another() -> None:
    text = marked(rich("یک ", marked("دو", Mark.BOLD), " سه"), Mark.QUOTATION)
    assert html(text) == "<blockquote>یک <b>دو</b> سه</blockquote>"
    assert read(text.text, entities(text)) == [("blockquote", "یک دو سه"), ("bold", "دو")]


def test_a_quotation_in_a_fold_is_part_of_the_fold() -> None:
    text = fold("در متن", marked(marked("یک", Mark.BOLD), Mark.QUOTATION))
    assert html(text) == "<details><summary>در متن</summary><blockquote><b>یک</b></blockquote></details>"
    assert read(text.text, entities(text)) == [
        ("expandable_blockquote", "در متن\nیک"),
        ("bold", "در متن"),
        ("bold", "یک"),
    ]


def test_a_table_has_cells_in_one_form_and_lines_in_the_other() -> None:
    text = table([["نام", "شمار"], ["یک", "<۱"]])
    assert html(text) == (
        '<table bordered striped><tr><th align="right">نام</th><th align="right">شمار</th></tr>'
        '<tr><td align="right">یک</td><td align="right">&lt;۱</td></tr></table>'
    )
    assert text.text == "نام | شمار\nیک | <۱"
    assert read(text.text, entities(text))[1:] == [("bold", "نام"), ("bold", "شمار")]


def test_a_citation_leads_to_its_source_unless_that_is_in_another_message() -> None:
    number = marked("[1]", Mark.CITATION, "source-1")
    text = joined("\n", [rich("یک ", number), marked("منبع", Mark.SOURCE, "source-1")])
    assert html(text) == (
        '<p>یک <a href="#source-1">[1]</a></p><footer><tg-reference name="source-1">منبع</tg-reference></footer>'
    )
    assert [html(part) for part in split(text, 7)] == [
        "<p>یک [1]</p>",
        '<footer><tg-reference name="source-1">منبع</tg-reference></footer>',
    ]


def test_a_fold_that_is_cut_is_a_fold_in_both_messages() -> None:
    first, second = split(fold("در متن", Rich("یک دو سه. چهار پنج شش.")), 18)
    assert html(first) == "<details><summary>در متن</summary><p>یک دو سه.</p></details>"
    assert html(second) == "<details><summary>…</summary><p>چهار پنج شش.</p></details>"


def test_marks_that_touch_are_closed_before_they_are_opened() -> None:
    text = rich(marked("یک", Mark.BOLD), marked(marked("دو", Mark.ITALIC), Mark.LINK, 'http://x?a&"'))
    assert html(text) == '<p><b>یک</b><a href="http://x?a&amp;&quot;"><i>دو</i></a></p>'


def test_paragraphs_and_lines_are_apart() -> None:
    assert html(Rich("یک\nدو\n \nسه")) == "<p>یک<br>دو</p><p>سه</p>"


def test_a_line_that_begins_in_latin_is_turned_inside_its_mark() -> None:
    (part,) = split(rich("یک\n", marked("two\n12 three\nچهار five", Mark.QUOTATION)))
    assert part.text == "یک\n\u200ftwo\n\u200f12 three\nچهار five"
    assert read(part.text, entities(part)) == [("blockquote", part.text[3:])]


@pytest.mark.parametrize("text", ["", " \n\t", "\u202e"])
def test_nothing_to_say_gives_no_part(text: str) -> None:
    assert split(Rich(text)) == []


def test_a_number_behind_a_latin_name_runs_on_in_persian() -> None:
    assert split(Rich("روزنامهٔ Today، ۲۴ آبان و Now, 5 و یک، دو"))[0].text == (
        "روزنامهٔ Today\u200f، ۲۴ آبان و Now, 5 و یک، دو"
    )


def test_the_stroke_of_a_command_stays_before_its_name() -> None:
    assert split(Rich("فهرست: /watches\n/start یا 1/x"))[0].text == "فهرست: \u200e/watches\n\u200f\u200e/start یا 1/x"
