"""Articles tell their time by their words, seen from the day on which they appeared."""

from __future__ import annotations

import datetime
import json

import pytest

from retrieval import Retriever
from retrieval.query.period import Period
from retrieval.ranking.told_time import tells_of, time_of
from retrieval.types import Article

MONDAY = datetime.date(2025, 11, 24)  # ۳ آذر ۱۴۰۴
DAY = datetime.date.fromisoformat


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("نرخ میوه در هفتهٔ دوم آبان", "2025-10-30", "2025-11-05"),
        ("نرخ میوه در هفته اول آذر ۱۴۰۳", "2024-11-21", "2024-11-27"),
        ("نرخ میوه", "2025-11-24", "2025-11-24"),
        ("نرخ میوه نسبت به هفته گذشته", "2025-11-24", "2025-11-24"),
    ],
)
def test_an_article_is_about_its_week_or_its_day(text: str, first: str, last: str) -> None:
    articles = Article("a", "", text), Article("a", text, "")
    assert {time_of(article, MONDAY) for article in articles} == {Period(DAY(first), DAY(last))}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("مدرسه‌ها سه‌شنبه تعطیل است.", "2025-11-25"),
        ("مدرسه‌ها سه شنبه تعطیل است.", "2025-11-25"),
        ("جلسه جمعه برگزار شد.", "2025-11-21"),
        ("بازی ۱۷ آذر برگزار می‌شود.", "2025-12-08"),
        ("بازی ۵ دی برگزار می‌شود.", "2025-12-26"),
        ("دیروز باران آمد.", "2025-11-23"),
        ("فردا باران می‌آید.", "2025-11-25"),
    ],
)
def test_a_sentence_tells_of_the_days_that_it_names(text: str, told: str) -> None:
    assert tells_of(text, MONDAY, Period(DAY(told), DAY(told)))
    assert not tells_of(text, MONDAY, Period(DAY("2025-11-27"), DAY("2025-11-27")))


def test_a_year_tells_of_no_day_in_it() -> None:
    assert not tells_of("بودجه سال ۱۴۰۴ تصویب شد.", MONDAY, Period(DAY("2025-11-27"), DAY("2025-11-27")))


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    folder = tmp_path_factory.mktemp("market")
    weeks = zip(("اول", "دوم", "سوم"), ("2025-10-25", "2025-11-01", "2025-11-08"), (41, 42, 43), strict=True)
    rows = [
        {
            "id": f"{day}",
            "title": f"نرخ هفتهٔ {week} آبان",
            "date": day,
            "text": f"هر کیلو هندوانه {price} هزار تومان شد.",
        }
        for week, day, price in weeks
    ]
    (folder / "articles.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return Retriever.from_corpus(folder)


@pytest.mark.parametrize(
    ("question", "price"),
    [
        ("هندوانه هفته پیش چند بود", 43),
        ("هندوانه دو هفته پیش چند بود", 42),
        ("هندوانه ۴ آبان چند بود", 41),
        ("هندوانه ۱۲ آبان چند بود", 42),
        ("هندوانه هفته سوم آبان چند بود", 43),
    ],
)
def test_a_price_is_that_of_the_time_asked_about(market: Retriever, question: str, price: int) -> None:
    (hit,) = market.search(market.read(question, DAY("2025-11-16")), 1)
    assert str(price) in hit.sentence.text
    assert hit.coverage == pytest.approx(1.0)
