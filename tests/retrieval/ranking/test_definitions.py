"""A sentence that says what something is goes before others that only have its name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retrieval import Retriever, answer_probability

RULES = """ماده ۱- «امانت‌دار» کسی است که کارت عضویت گرفته باشد.

ماده ۲- هر امانت‌دار می‌تواند چهار کتاب ببرد.

«ودیعه»: پولی که هنگام عضویت گرفته می‌شود و پس داده می‌شود.

ودیعه برای هر امانت‌دار ۷۰ هزار تومان است.
"""

REVIEW = (
    "صدای زیاد بزرگ‌ترین عیب دستگاه است. نمره ما به تندباد ۴ هفت از ده است. "
    "تندباد ۴ تازه‌ترین پنکه شرکت باران است که سه هفته آن را آزمودیم. بهای تندباد ۴ نه میلیون تومان است."
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    folder: Path = tmp_path_factory.mktemp("library")
    rows = [
        {"id": "a", "title": "آیین‌نامه کتابخانه سروستان", "text": RULES},
        {"id": "b", "title": "بررسی پنکه تندباد ۴", "text": REVIEW},
    ]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "articles.jsonl").write_text(text, encoding="utf-8")
    return Retriever.from_corpus(folder)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("منظور از امانت‌دار در آیین‌نامه کتابخانه چیست", "کارت عضویت"),
        ("امانت دار تو آیین نامه کتابخونه یعنی چه", "کارت عضویت"),
        ("تعریف ودیعه در آیین‌نامه کتابخانه سروستان", "پولی که"),
        ("تندباد ۴ چیه", "تازه‌ترین پنکه"),
    ],
)
def test_what_is_asked_for_is_defined(library: Retriever, question: str, said: str) -> None:
    assert said in library.search(library.read(question), 1)[0].sentence.text


def test_who_asks_for_something_else_is_not_given_a_definition(library: Retriever) -> None:
    assert "۷۰ هزار" in library.search(library.read("ودیعه کتابخانه سروستان چقدر است"), 1)[0].sentence.text


def test_a_mention_does_not_tell_what_a_word_means(library: Retriever) -> None:
    told, mentioned = (
        answer_probability(library.search(library.read(question), 3))
        for question in ("منظور از ودیعه در آیین‌نامه کتابخانه سروستان", "منظور از کتاب در آیین‌نامه کتابخانه سروستان")
    )
    assert told > 2 * mentioned
