"""Who holds a post is told by the newest article that says who took it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retrieval import Retriever

ARTICLES = {
    "2024-05-02": (
        "بهروز کاجی، فرماندار سروستان، در نشست خبری از ساخت جاده خبر داد. به گفته فرماندار سروستان، راه بهار باز می‌شود."
    ),
    "2025-09-10": "با حکم استاندار، نسرین افرا به عنوان فرماندار سروستان منصوب شد. افرا پیش از این بخشدار کوهپایه بود.",
}


@pytest.fixture
def county(tmp_path: Path) -> Retriever:
    rows = [{"id": day, "title": "", "date": day, "text": text} for day, text in ARTICLES.items()]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (tmp_path / "articles.jsonl").write_text(text, encoding="utf-8")
    return Retriever.from_corpus(tmp_path)


@pytest.mark.parametrize("question", ["فرماندار سروستان کیست؟", "فرماندار سروستان کیه", "الان کی فرماندار سروستانه"])
def test_the_one_who_took_the_post_last_holds_it(county: Retriever, question: str) -> None:
    assert "افرا" in county.search(county.read(question), 1)[0].sentence.text


def test_what_a_holder_said_is_no_question_for_the_holder(county: Retriever) -> None:
    assert "جاده" in county.search(county.read("فرماندار سروستان از چه خبر داد"), 1)[0].sentence.text
