"""A sentence that tells itself what happened goes before one whose title tells it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retrieval import Retriever

TEXT = (
    "بهرام کوهیار، نوازنده سنتور، بامداد سوم دی ۱۴۰۴ در بیمارستان مهر چشم از جهان فروبست. "
    "کوهیار پنجم اسفند ۱۳۲۲ در روستای سرخاب زاده شد. او سه کتاب نوشت."
)


@pytest.fixture(scope="module")
def obituary(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    folder: Path = tmp_path_factory.mktemp("obituary")
    row = {"id": "a", "title": "بهرام کوهیار درگذشت", "text": TEXT}
    (folder / "articles.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    return Retriever.from_corpus(folder)


@pytest.mark.parametrize(
    ("question", "day"),
    [("کوهیار کی فوت کرد", "سوم دی"), ("کوهیار کی به دنیا اومد", "پنجم اسفند"), ("کوهیار از چی مرد", "سوم دی")],
)
def test_birth_and_death_are_told_apart(obituary: Retriever, question: str, day: str) -> None:
    assert day in obituary.search(obituary.read(question), 1)[0].sentence.text
