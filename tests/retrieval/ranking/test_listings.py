"""A list goes before the sentences around it where several things, or the steps of something, are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval import Form, Retriever

RECIPE = """# نان خرمایی سروستان

نان خرمایی سروستان شیرینی خشکی است که با آرد و خرما درست می‌شود و در عید به مهمان می‌دهند.

## مواد لازم

1. آرد گندم، سه پیمانه
2. خرمای نرم، یک پیمانه

## روش پخت

1. خرما را با روغن پنج دقیقه تفت دهید.
2. آرد را الک کنید و آرام بیفزایید.
3. مایه را در سینی بریزید و بیست دقیقه بپزید.

نان خرمایی در ظرف دربسته ده روز تازه می‌ماند. هر نان خرمایی سروستان نزدیک صد کیلوکالری دارد.
"""


@pytest.fixture(scope="module")
def kitchen(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    folder: Path = tmp_path_factory.mktemp("kitchen")
    (folder / "bread.md").write_text(RECIPE, encoding="utf-8")
    return Retriever.from_corpus(folder)


@pytest.mark.parametrize("question", ["طرز تهیه نان خرمایی سروستان", "نون خرمایی سروستان چجوری درست میشه"])
def test_how_is_answered_by_the_steps(kitchen: Retriever, question: str) -> None:
    hit = kitchen.search(kitchen.read(question), 1)[0]
    assert hit.form is Form.ITEM
    assert "روش پخت" in hit.article.text[slice(*hit.context[-1])]


def test_how_long_is_not(kitchen: Retriever) -> None:
    assert "ده روز" in kitchen.search(kitchen.read("نان خرمایی چند روز تازه می‌ماند"), 1)[0].sentence.text
