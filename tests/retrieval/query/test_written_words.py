"""Everyday verbs and attributes are met by what articles have instead."""

from __future__ import annotations

from itertools import product

import pytest

from retrieval import Retriever
from retrieval.query import written_words
from retrieval.text.word_tables import entries, read, rows
from tests.retrieval.query.test_matching import over

TEXTS = [
    "لیلا آذرمهر سال ۱۳۵۰ در رشت زاده شد.",
    "بهنام کوه‌کن در ۷۰ سالگی درگذشت.",
    "وزیر کناره‌گیری خود را اعلام کرد.",
    "بهنام کوه‌کن، آموزگار پرآوازه، در بندر انزلی درگذشت و همان‌جا به خاک سپرده شد.",
    "بهنام کوه‌کن در جوانی با مینو رودکی ازدواج کرد.",
    "موتور تازه ۹۰ کیلووات توان دارد و هر ساعت خنک می‌شود.",
    "بردن هیچ حیوانی به کتابخانه روا نیست.",
    "گلدوزان پارچه را در کارگاه می‌بافند.",
]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    return over(tmp_path_factory.mktemp("town"), TEXTS)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("لیلا آذرمهر کجا به دنیا اومد", "0"),
        ("لیلا آذرمهر کی به دنیا آمده", "0"),
        ("به دنیا آمدن لیلا کی بود", "0"),
        ("بهنام کوه‌کن کی از دنیا رفت", "1"),
        ("بهنام کوه‌کن کی فوت کرده", "1"),
        ("وزیر استعفا داده؟", "2"),
        ("وزیر کی استعفا میده", "2"),
        ("زن بهنام کوه‌کن کی بود", "4"),
        ("قبر بهنام کوه‌کن کجاست", "3"),
    ],
)
def test_an_everyday_verb_is_one_word_in_any_form(town: Retriever, question: str, found: str) -> None:
    asked = town.read(question)
    assert town.search(asked, 1)[0].article.id == found
    assert asked.asked <= 4


def test_a_verb_of_one_word_is_looked_for_at_the_end_only(town: Retriever) -> None:
    assert all("گذشت" not in group.substitutes for group in town.read("آن مرد که در رشت کار می‌کرد کیست").query)


def test_what_is_said_of_a_kind_holds_for_its_members_and_not_the_other_way(town: Retriever) -> None:
    assert town.search(town.read("میشه گربه برد کتابخونه؟"), 1)[0].article.id == "6"
    assert all("گربه" not in (*group.terms, *group.substitutes) for group in town.read("حیوان").query)


def test_of_a_compound_the_telling_part_counts(town: Retriever) -> None:
    assert all("ساعت" not in (*group.terms, *group.substitutes) for group in town.read("مصرف موتور").query)


def test_an_everyday_verb_with_a_question_word_means_what_articles_write(town: Retriever) -> None:
    assert "میکن" not in " ".join(town.read("بهنام کوه‌کن چیکار میکنه").terms)
    assert not town.read("بهنام کوه‌کن از چی مرد").head


@pytest.mark.parametrize(
    "table", ["everyday_verbs.txt", "attributes.txt", "broader.txt", "idioms.txt", "relations.txt"]
)
def test_the_tables_have_both_sides(town: Retriever, table: str) -> None:
    for left, right in entries(read(written_words.__file__, table)):
        assert left
        assert right
        assert all(town.analyzer.terms(word) for word in right)


def test_a_kind_is_no_synonym_of_its_members(town: Retriever) -> None:
    """What stands for one another both ways has its table already."""
    together = [
        {tuple(town.analyzer.terms(member)) for member in members}
        for _, members in rows(read(written_words.__file__, "synonyms.txt"))
    ]
    for members, kinds in entries(read(written_words.__file__, "broader.txt")):
        for pair in product(members, kinds):
            terms = {tuple(town.analyzer.terms(word)) for word in pair}
            assert len(terms) == 2, pair
            assert not any(terms <= words for words in together), pair
