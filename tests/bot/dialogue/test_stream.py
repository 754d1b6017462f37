"""The lines that `bot ask -` reads."""

from __future__ import annotations

import datetime
import json

import pytest

from bot.dialogue.stream import AskedLine, read_line
from retrieval import PasokhError


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("قیمت نفت", AskedLine("قیمت نفت", ("پیش",))),
        ("{قیمت", AskedLine("{قیمت", ("پیش",))),
        ("[1]", AskedLine("[1]", ("پیش",))),
        ('{"a": ' * 5000, AskedLine('{"a": ' * 5000, ("پیش",))),
        ('{"question": "چند؟"}', AskedLine("چند؟", ("پیش",))),
        ('{"question": "چند؟", "after": null, "now": null}', AskedLine("چند؟")),
        ('{"question": "چند؟", "after": "نفت؟"}', AskedLine("چند؟", ("نفت؟",))),
        (
            '{"question": "چند؟", "after": ["الف", "ب"], "now": "2025-11-24"}',
            AskedLine("چند؟", ("الف", "ب"), datetime.date(2025, 11, 24)),
        ),
    ],
)
def test_a_line_is_a_question_or_an_object(line: str, asked: AskedLine) -> None:
    assert read_line(line, ("پیش",)) == asked


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({}, "is no question"),
        ({"question": 5}, "is no question"),
        ({"question": "چند؟", "after": {"الف": 1}}, "is no question"),
        ({"question": "چند؟", "after": [1]}, "is no question"),
        ({"question": "چند؟", "now": "دیروز"}, "is no day"),
        ({"question": "چند؟", "now": 20251124}, "is no day"),
    ],
)
def test_an_object_of_another_form_is_named(row: dict[str, object], fault: str) -> None:
    with pytest.raises(PasokhError, match=fault):
        read_line(json.dumps(row))
