"""Messages that ask for articles: of a topic, of a time, a summary of one; and those that only look like it."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from bot.dialogue.answer import Status
from bot.dialogue.conversation import Conversation
from bot.dialogue.headlines import central
from retrieval import Retriever

TODAY = datetime.date(2025, 11, 24)
ROWS = [
    {
        "id": "storm",
        "title": "توفان در بندر نرگس",
        "date": "2025-11-10",
        "text": "توفان در بندر نرگس ده قایق را شکست. باد صد کیلومتر در ساعت بود. "
        "قایق‌های شکسته را صیادان از بندر بردند. بوی باران می‌آمد.",
    },
    {"id": "boats", "title": "قایق‌های نو", "date": "2025-11-20", "text": "پس از توفان بندر نرگس ده قایق نو خریدند."},
    {"id": "bread", "title": "نان ارزان شد", "date": "2025-07-30", "text": "نانوایان بهای نان را پایین آوردند."},
]


@pytest.fixture
def paper(tmp_path: Path) -> Conversation:
    path = tmp_path / "paper.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), encoding="utf-8")
    return Conversation(Retriever.from_corpus(path))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("خبرهای آبان", ["boats", "storm"]),
        ("مطالب مرداد ۱۴۰۴ چیا بوده؟", ["bread"]),
        ("چه خبر از توفان", ["boats", "storm"]),
        ("همه گزارش های مربوط به توفان رو بیار", ["boats", "storm"]),
        ("چه خبرهایی درباره توفان بندر نرگس دارید؟", ["boats", "storm"]),
        ("چند مقاله درباره نانوایان هست", ["bread"]),
        ("خبر هواشناسی چی دارین", ["storm"]),
        ("خبر ورزشی چی دارین", []),
        ("خبرهای توفان در مرداد", []),
        ("خبرهای زلزله", []),
        ("مطالب دی ۱۴۰۰", []),
    ],
)
def test_articles_of_a_topic_or_time_are_listed_the_newest_first(
    paper: Conversation, question: str, expected: list[str]
) -> None:
    answer = paper.ask(question, today=TODAY)
    assert [claim.citation.article.id for claim in answer.claims] == expected
    assert answer.status is (Status.ANSWERED if expected else Status.NOT_FOUND)
    if expected:
        titles = {row["id"]: row["title"] for row in ROWS}
        assert answer.claims[0].items == (tuple(titles[name] for name in expected) if len(expected) > 1 else ())


@pytest.mark.parametrize(
    "question", ["خلاصهٔ خبر توفان در بندر", "گزارش توفان رو تو چند خط خلاصه کن", "چکیده توفان بندر"]
)
def test_a_summary_is_the_lead_and_sentences_of_one_article(paper: Conversation, question: str) -> None:
    (claim,) = paper.ask(question, today=TODAY).claims
    article = claim.citation.article
    assert article.id == "storm"
    assert claim.quote == "توفان در بندر نرگس ده قایق را شکست."
    assert claim.items
    assert all(item in article.text and item not in claim.quote for item in claim.items)


def test_a_summary_of_what_was_answered_last_needs_no_topic(paper: Conversation) -> None:
    (claim,) = paper.ask("خلاصه‌اش رو بگو", ("نانوایان چه کردند؟",), TODAY).claims
    assert claim.citation.article.id == "bread"
    assert paper.ask("خلاصه رو بگو", today=TODAY).status is Status.CLARIFY


def test_a_headline_alone_is_answered_by_its_article(paper: Conversation) -> None:
    assert paper.ask("دربارهٔ قایق‌های نو", today=TODAY).claims[0].citation.article.id == "boats"


@pytest.mark.parametrize("question", ["در خبرهای آبان باد توفان چند کیلومتر بود؟", "توفان چند قایق را شکست؟"])
def test_a_question_among_such_words_is_answered_by_its_sentence(paper: Conversation, question: str) -> None:
    answer = paper.ask(question, today=TODAY)
    assert answer.claims[0].citation.article.id == "storm"
    assert not answer.claims[0].items


def test_central_sentences_share_words_with_others() -> None:
    assert central([["پل", "رود"], ["نان"], ["رود", "پل", "آب"], ["آب", "پل"]], 2) == [0, 2]
    assert central([], 3) == []
