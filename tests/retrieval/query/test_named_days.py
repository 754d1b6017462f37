"""A day is met however the question and the article write it."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Retriever
from retrieval.query.named_days import named_days
from retrieval.text import bare
from tests.retrieval.query.test_matching import over

TODAY = datetime.date(2025, 11, 24)
WRITTEN = [
    "۱۲ مرداد ۱۴۰۴",
    "دوازدهم مردادماه ۱۴۰۴",
    "۱۴۰۴/۵/۱۲",
    "1404/05/12",
    "12/05/1404",
    "2025-08-03",
    "۳ اوت ۲۰۲۵",
]
"""One day, in seven ways."""
OTHERS = ["نمایشگاه گل ۲۵ تیر ۱۴۰۴ است.", "جشن انار 1404/09/21 است.", "سوگواره ۷ دی ۱۴۰۳ است."]


@pytest.fixture(scope="module", params=WRITTEN)
def dated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    return over(tmp_path_factory.mktemp("dated"), [f"مسابقه شنا {request.param} است.", *OTHERS])


@pytest.mark.parametrize("asked", WRITTEN)
def test_a_day_is_met_whichever_side_writes_it_how(dated: Retriever, asked: str) -> None:
    hit = dated.search(dated.read(f"{asked} چه خبر است", TODAY), 1)[0]
    assert hit.article.id == "0"
    assert hit.coverage > 0.6


@pytest.mark.parametrize("asked", ["12 ام مرداد", "۱۲ مرداد ماه", "دوازده مرداد"])
def test_a_day_without_its_year_is_met_too(dated: Retriever, asked: str) -> None:
    assert dated.search(dated.read(f"{asked} چه خبر است", TODAY), 1)[0].article.id == "0"


@pytest.mark.parametrize("words", ["31 مهر 1404", "40 تیر", "13 45 1404", "تیر 12", "مردم مهر", "مه 2025", "12 1404"])
def test_what_names_no_day_is_none(words: str) -> None:
    days = named_days([bare(word) for word in words.split()])
    assert [spelt for day in days for spelt in day.spellings(TODAY)] == []


@given(st.lists(st.sampled_from("مهر ماه دوم و بیست 12 31 1404 2025 0 00 اوت ام سال".split()), max_size=7))
def test_the_places_of_days_lie_among_the_words(words: list[str]) -> None:
    for day in named_days(words):
        places = [*day.days, *day.months, *day.years]
        assert len(set(places)) == len(places)
        assert all(0 <= place < len(words) for place in places)
        assert all(spelt.same for _, spelt in day.spellings(TODAY))
