"""Words as people say and type them: what is joined to a word, what is parted from it, and what says nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retrieval import Retriever
from retrieval.engines.base import Group
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
        ("مرحومه استاد اجاره غرفه رو میدین", {"استاد", "اجاره", "غرفه"}),
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


def test_for_how_much_of_a_thing_a_price_is_hardly_weighs(town: Retriever) -> None:
    weights = {group.terms[0]: weight for group, weight in _groups(town, "پنیر روزی چنده")}
    assert weights["روز"] < weights["پنیر"] / 3


def _groups(town: Retriever, question: str) -> list[tuple[Group, float]]:
    read = town.read(question)
    return list(zip(read.query, read.weights, strict=True))


def test_a_word_for_how_much_there_is_of_a_thing_asks_for_that(tmp_path: Path) -> None:
    text = "کمانگیر با ۲۷ امتیاز ستاره میدان بود. میدان آب ندارد."
    (tmp_path / "articles.jsonl").write_text(json.dumps({"id": "a", "title": "", "text": text}), encoding="utf-8")
    nouns = {
        question: {term for group, _ in _groups(Retriever.from_corpus(tmp_path), question) for term in group.terms}
        for question in ("پرامتیازترین بازیکن", "پرآب‌ترین رود")
    }
    assert "امتیاز" in nouns["پرامتیازترین بازیکن"]
    assert "اب" not in nouns["پرآب‌ترین رود"]  # too short to be told from a part of a word


@pytest.mark.parametrize("question", ["اجاره آتش نشانی", "اجاره آتش‌نشانی"])
def test_a_part_of_a_compound_has_no_units(town: Retriever, question: str) -> None:
    station = [group for group, _ in _groups(town, question) if "نشانی" in group.terms]
    assert not any("خیابان" in group.substitutes for group in station)
