"""Who asks for the next thing is told of a day after that of the article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retrieval import Retriever

ARTICLES = {
    "2025-11-03": (
        "تیم آذرخش سروستان یکشنبه ۱۱ آبان در بازی هفته نهم لیگ از سد پولاد گذشت. این بازی ۱۱ آبان در ورزشگاه مهر بود. "
        "هفته دهم روز ۱۷ آبان برگزار می‌شود و آذرخش میهمان کاوه است."
    ),
    "2026-03-15": "تیم آذرخش سروستان ۲۳ اسفند بازی را برد. آذرخش پنجم فروردین با سپهر دیدار می‌کند.",
}


def _retriever(folder: Path, day: str) -> Retriever:
    row = {"id": "a", "title": "آذرخش برد", "date": day, "text": ARTICLES[day]}
    (folder / "articles.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    return Retriever.from_corpus(folder)


@pytest.mark.parametrize(
    ("day", "said"), [("2025-11-03", "۱۷ آبان"), ("2026-03-15", "پنجم فروردین")], ids=["month", "year"]
)
def test_the_next_is_after_the_day_of_the_article(tmp_path: Path, day: str, said: str) -> None:
    retriever = _retriever(tmp_path, day)
    assert said in retriever.search(retriever.read("بازی بعدی آذرخش کیه"), 1)[0].sentence.text


def test_who_does_not_ask_for_it_is_told_of_the_day_itself(tmp_path: Path) -> None:
    retriever = _retriever(tmp_path, "2025-11-03")
    assert "۱۱ آبان" in retriever.search(retriever.read("بازی هفته نهم آذرخش کی بود"), 1)[0].sentence.text
