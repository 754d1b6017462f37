"""«چند» is answered by a sentence that counts the noun behind it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retrieval import Retriever
from retrieval.ranking.rank import SAID_AND_TIME

TEXT = (
    "پروین کوه‌گرد، ۴۷ ساله، بیست سال است که در سروستان باغ‌داری می‌کند. پروین در دو باغ کار می‌کند. "
    "او تا امروز ۱۴۰ نهال گردو کاشته است. کوه‌گرد سه شاگرد هم دارد."
)


@pytest.fixture
def gardener(tmp_path: Path) -> Retriever:
    row = {"id": "a", "title": "گفت‌وگو با پروین کوه‌گرد، باغ‌دار نمونه", "text": TEXT}
    (tmp_path / "articles.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    return Retriever.from_corpus(tmp_path)


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("پروین کوه‌گرد چند تا نهال کاشته", "۱۴۰ نهال"),
        ("کوه گرد چندتا شاگرد داره", "سه شاگرد"),
        ("پروین کوه‌گرد چند ساله است", "۴۷ ساله"),
    ],
)
def test_what_is_asked_for_is_counted(gardener: Retriever, question: str, counted: str) -> None:
    assert counted in gardener.search(gardener.read(question), 1)[0].sentence.text


def test_only_who_counts_it_gains(gardener: Retriever) -> None:
    hits = gardener.search(gardener.read("پروین کوه‌گرد چند تا نهال کاشته"), 4, explain=True)
    assert [hit.shares[SAID_AND_TIME] > 0 for hit in hits] == ["۱۴۰ نهال" in hit.sentence.text for hit in hits]
