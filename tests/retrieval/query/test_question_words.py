"""What the words of a question tell, by the tables that the package ships."""

from __future__ import annotations

import pytest

from retrieval.query.question_words import KIND_NOUNS, ONE_OF, ONLY_ASKING, WHICH, Seeks, asks_for_several, kind
from retrieval.text.orthography import bare


@pytest.mark.parametrize(
    ("question", "sought"),
    [
        ("این جشن کی برگزار شد", Seeks.TIME),
        ("در کدام سال ساخته شد", Seeks.TIME),
        ("چند سال پیش بود", Seeks.TIME),
        ("چند سال طول کشید", Seeks.QUANTITY),
        ("چه‌قدر است", None),
        ("چه قدر است", Seeks.QUANTITY),
        ("مدیر آن چه کسی است", Seeks.PERSON),
        ("رئیس کیست و از چه سالی", Seeks.TIME),
        ("در چه منطقه‌ای است", Seeks.PLACE),
        ("کجا بود", Seeks.PLACE),
        ("به چه دلیل رفت", Seeks.REASON),
        ("به چه شکلی", Seeks.MANNER),
        ("یعنی چه", Seeks.DEFINITION),
        ("چه", None),
        ("", None),
    ],
)
def test_the_kind_of_answer_is_the_first_that_a_word_or_phrase_tells(question: str, sought: Seeks | None) -> None:
    assert kind([bare(word) for word in question.split()]) is sought


@pytest.mark.parametrize(
    ("question", "several"),
    [("کدام اند", True), ("کدام‌اند", True), ("نام ببرید", True), ("فهرستی از شهرها", True), ("کدام است", False)],
)
def test_some_words_ask_for_several_things(question: str, several: bool) -> None:
    assert asks_for_several([bare(word) for word in question.split()]) is several


def test_the_tables_are_read_in_their_forms() -> None:
    assert {"کدام", "کدوم", "چه"} == WHICH
    assert {"یک", "از"} == ONE_OF
    assert all(len(pair) == 2 for pair in ONLY_ASKING)
    assert "تعداد" in KIND_NOUNS
    tables = [word for pair in ONLY_ASKING for word in pair] + [*KIND_NOUNS, *WHICH]
    assert all(word == bare(word) and word for word in tables)
