"""Text that is shown can be written, keeps its offsets where they count, and cannot act on the display."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.safe import for_message, for_terminal, printable


@given(st.text() | st.text("\ud800\udfffa\0"))
def test_what_is_printable_can_be_written_and_keeps_its_offsets(text: str) -> None:
    shown = printable(text)
    assert shown.encode().decode() == shown
    assert len(shown) == len(text)
    assert "\0" not in shown
    assert all(other in {one, "\ufffd"} for one, other in zip(text, shown, strict=True))
    assert printable(shown) == shown


@given(text=st.text() | st.text("\x00\x07\t\n\r\x1b\x7f\x85\x9b\u2028\u202e\u2066\ufdd0\uffffابa"))
def test_a_terminal_is_shown_no_control_character_and_keeps_its_offsets(text: str) -> None:
    shown = for_terminal(text)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(letter) == "Cc" for letter in shown if letter not in "\t\n")
    assert all(other in {one, "\ufffd"} for one, other in zip(text, shown, strict=True))


@pytest.mark.parametrize(
    ("text", "in_terminal", "in_message"),
    [
        ("الف\tب\n\u200cج\u200f", "الف\tب\n\u200cج\u200f", "الف\tب\n\u200cج\u200f"),
        ("\x1b[31mسرخ\r", "\ufffd[31mسرخ\ufffd", "[31mسرخ"),
        ("الف\u202eب\u2069", "الف\ufffdب\ufffd", "الفب"),
        ("الف\u2028ب\ufdd0\uffff", "الف\u2028ب\ufdd0\uffff", "الفب"),
        ("\x00\ud800", "\ufffd\ud800", "\ufffd\ufffd"),
    ],
)
def test_what_acts_on_a_display_is_taken_out(text: str, in_terminal: str, in_message: str) -> None:
    assert for_terminal(text) == in_terminal
    assert for_message(text) == in_message
