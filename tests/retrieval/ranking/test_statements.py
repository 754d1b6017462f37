"""Lines that state the same of several weeks are one statement, and make an answer surer, not less sure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retrieval import Retriever, answer_probability

LINES = "قند حبه‌ای: بسته {} هزار تومان\n\nعدس ریز: کیسه {} هزار تومان\n\nلوبیا چیتی: کیسه {} هزار تومان\n"
WEEKS = {"1404-07-01": (90, 210, 300), "1404-07-08": (95, 220, 310), "1404-07-15": (99, 230, 320)}


def _lists(folder: Path, weeks: int) -> Retriever:
    rows = [
        {"id": day, "title": f"نرخ هفتگی تعاونی سروستان، هفته {number}", "date": day, "text": LINES.format(*prices)}
        for number, (day, prices) in enumerate([*WEEKS.items()][-weeks:], 1)
    ]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "articles.jsonl").write_text(text, encoding="utf-8")
    return Retriever.from_corpus(folder)


def test_the_newest_answers_as_surely_as_if_it_were_alone(tmp_path: Path) -> None:
    sure = []
    for weeks in (1, 3):
        folder = tmp_path / str(weeks)
        folder.mkdir()
        retriever = _lists(folder, weeks)
        hits = retriever.search(retriever.read("قیمت قند حبه‌ای"), 3)
        assert "۹۹" in hits[0].sentence.text or "99" in hits[0].sentence.text
        sure.append(answer_probability(hits))
    assert sure[1] == pytest.approx(sure[0], abs=0.1)


def test_other_lines_of_the_same_list_stay_rivals(tmp_path: Path) -> None:
    retriever = _lists(tmp_path, 3)
    best, *others = retriever.search(retriever.read("قیمت قند حبه‌ای"), 9)
    assert best.confidence > max(hit.confidence for hit in others)
