"""Words as people say and type them: what is joined to a word, what is parted from it, and what says nothing."""

from __future__ import annotations

import json

import pytest

from retrieval import Retriever
from retrieval.query.question_words import Seeks

TEXT = (
    "گلدان یاس را در زمستان هر سه هفته آب بدهید. اجاره غرفه روزی دویست هزار تومان است. "
    "بچه‌های استاد در شیراز زندگی می‌کنند. مدیر کارخانه استاد دانشگاه است. پنیر ارزان شد."
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    folder = tmp_path_factory.mktemp("town")
    (folder / "articles.jsonl").write_text(json.dumps({"id": "a", "title": "", "text": TEXT}), encoding="utf-8")
    return Retriever.from_corpus(folder)


def _weighed(town: Retriever, question: str) -> set[str]:
    read = town.read(question)
    weighed = zip(read.query, read.weights, strict=True)
    return {next(filter(town.index.knows, group.terms), group.terms[0]) for group, weight in weighed if weight > 0}


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("اجاره ش روزی چنده", {"اجاره", "روز"}),
        ("بچه هاش کجا زندگی میکنن", {"بچه", "زندگی"}),
        ("حتما باید به گلدون آب بدم", {"گلدان", "اب", "داد"}),
        ("برام اجاره غرفه رو بگو", {"اجاره", "غرفه"}),
        ("راجع به پنیر", {"پنیر"}),
        ("درست شنیدم پنیر ارزون شده", {"پنیر", "ارزان"}),
    ],
)
def test_only_what_is_asked_weighs(town: Retriever, question: str, words: set[str]) -> None:
    assert _weighed(town, question) == words


def test_what_to_do_is_no_question_for_a_post(town: Retriever) -> None:
    assert "استاد" in {term for group in town.read("مدیر چیکار میکنه").query for term in group.terms}
    assert "استاد" not in {term for group in town.read("با پنیر چیکار کنم").query for term in group.terms}


def test_an_attribute_alone_asks_for_a_quantity(town: Retriever) -> None:
    assert town.read("قیمت پنیر").seeks is Seeks.QUANTITY
    assert town.read("چرا قیمت پنیر بالا رفت").seeks is Seeks.REASON
    assert town.read("پنیر").seeks is Seeks.ANYTHING
