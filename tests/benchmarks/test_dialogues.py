"""Dialogues are asked in their order, and judged by what the first claim quotes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.dialogues import main

pytestmark = pytest.mark.usefixtures("analyzer")

BRIDGE = "پل چوبی روستا در سال ۱۳۲۰ ساخته شد. طول آن چهل متر است. سیل بهاری پایه‌های آن را شست."


def test_first_and_later_questions_are_counted_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = [
        {"question": "پل چوبی در چه سالی ساخته شد؟", "answers": ["سال ۱۳۲۰"]},
        {"question": "طولش چقدر است؟", "answers": ["چهل متر"]},
        {"question": "معمارش چه کسی بود؟", "answers": []},
    ]
    row = {"id": "1", "title": "پل چوبی", "text": BRIDGE, "questions": asked}
    (tmp_path / "dialogues.jsonl").write_text(json.dumps(row), encoding="utf-8")
    main(tmp_path / "dialogues.jsonl")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "first, answerable: 1 questions: right 1.000"
    assert lines[1] == "first, unanswerable: 0 questions: "
    assert lines[2] == "later, answerable: 1 questions: right 1.000"
    assert lines[3].startswith("later, unanswerable: 1 questions: ")
