"""`retrieval read`: fields and blocks of what is read, and what is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from retrieval.__main__ import main
from retrieval.corpus.readers.registry import READERS
from retrieval.system import FAILED
from tests.conftest import ROOT

PAGE = (
    "<title>سیل گلستان</title><div itemprop=articleBody><h2>گنبد</h2><p>سیل به گنبد رسید و پل آق‌قلا را شکست"
    " و مردم را از خانه‌ها و زمین‌هایشان راند و راه‌های روستایی را بست.<ul><li>پل<ul><li>راه</ul></ul><p>انتهای پیام</div>"
)


def test_fields_and_blocks_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.html"
    file.write_text(PAGE, encoding="utf-8")
    assert main(["read", str(file)]) == 0
    lines = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines() if line]
    assert lines[:2] == [["id", "a.html"], ["title", "سیل گلستان"]]
    assert lines[2] == ["date", "–"]
    names = [name for name, _ in lines[6:]]
    assert names == ["heading", "context", "paragraph", "context", "item", "item", "furniture"]


def test_what_cannot_be_read_is_told_with_its_remedy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("سیل به گنبد رسید.", encoding="utf-8")
    (tmp_path / "b.md").write_text("---\ndraft: true\n---\nسیل", encoding="utf-8")
    assert main(["read", str(tmp_path)]) == 0
    shown = capsys.readouterr()
    assert "paragraph   سیل به گنبد رسید." in shown.out
    assert "1 draft is left out" in shown.err
    assert main(["read", str(tmp_path / "c.html")]) == FAILED


def test_the_document_names_every_format() -> None:
    text = (ROOT / "docs" / "corpus.md").read_text("utf-8")
    table = {ending for row in re.findall(r"(?m)^\| (`\.[^|]+)\|", text) for ending in re.findall(r"`(\.\w+)`", row)}
    assert table == set(READERS)
