"""Questions about an article itself are answered from its front matter, and others are not mistaken for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.answer import Status
from bot.dialogue.conversation import Conversation
from retrieval import Retriever

FIRST = "---\ntitle: سیل گلستان\ndate: 2019-03-20\nsource: روزنامهٔ بهار\nauthor: نگار نیکو\n---\nسیل به گنبد رسید."
SECOND = "---\ntitle: برف تبریز\ndate: 2020-01-15\nsource: روزنامهٔ بهار\n---\nبرف در تبریز بارید."


@pytest.fixture
def one(tmp_path: Path) -> Conversation:
    (tmp_path / "flood.md").write_text(FIRST, encoding="utf-8")
    return Conversation(Retriever.from_corpus(tmp_path))


@pytest.fixture
def two(tmp_path: Path) -> Conversation:
    (tmp_path / "flood.md").write_text(FIRST, encoding="utf-8")
    (tmp_path / "snow.md").write_text(SECOND, encoding="utf-8")
    return Conversation(Retriever.from_corpus(tmp_path))


@pytest.mark.parametrize(
    ("question", "detail"),
    [
        ("این خبر در چه تاریخی منتشر شده است؟", "۲۹ اسفند ۱۳۹۷"),
        ("اين خبر کی منتشر شد", "۲۹ اسفند ۱۳۹۷"),
        ("تاریخ انتشار این گزارش؟", "۲۹ اسفند ۱۳۹۷"),
        ("خبرنگار این گزارش کیست؟", "نگار نیکو"),
        ("این مطلب را چه کسی نوشته؟", "نگار نیکو"),
        ("کی این خبر رو نوشته", "نگار نیکو"),
        ("این خبر رو کی نوشته؟", "نگار نیکو"),
        ("این نوشته از کیست؟", "نگار نیکو"),
        ("این نوشته کی منتشر شد؟", "۲۹ اسفند ۱۳۹۷"),
        ("نویسنده این مقاله‌ها کیست؟", "نگار نیکو"),
        ("منبع این خبر چیست؟", "روزنامهٔ بهار"),
        ("منبع خبر", "روزنامهٔ بهار"),
        ("عنوان خبر رو بگو", "سیل گلستان"),
        ("عنوان این مقاله چیست", "سیل گلستان"),
    ],
)
def test_details_of_the_only_article(one: Conversation, question: str, detail: str) -> None:
    (claim,) = one.ask(question).claims
    assert claim.items == (detail,)
    assert claim.quote == ""
    assert (claim.citation.number, claim.citation.article.id) == (1, "flood.md")


def test_a_detail_that_the_article_lacks_is_not_found(one: Conversation) -> None:
    answer = one.ask("لینک این خبر چیست؟")
    assert (answer.status, answer.claims) == (Status.NOT_FOUND, ())


def test_this_article_among_several_is_asked_back_for(two: Conversation) -> None:
    answer = two.ask("این خبر کی منتشر شد؟")
    assert answer.status is Status.CLARIFY
    assert answer.suggestions == ("سیل گلستان", "برف تبریز")


def test_this_article_is_the_one_cited_before(two: Conversation) -> None:
    assert two.ask("این خبر کی منتشر شد؟", ("برف کجا بارید؟",)).claims[0].items == ("۲۵ دی ۱۳۹۸",)


def test_this_article_is_any_where_all_agree(two: Conversation) -> None:
    assert two.ask("منبع این خبر چیست؟").claims[0].items == ("روزنامهٔ بهار",)


def test_a_topic_says_which_article(two: Conversation) -> None:
    assert two.ask("خبر برف تبریز کی منتشر شد؟").claims[0].items == ("۲۵ دی ۱۳۹۸",)
    assert two.ask("گزارش زلزله بم کی منتشر شد؟").status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "detail"),
    [
        ("خبر سیل گلستان مال چه تاریخیه", "۲۹ اسفند ۱۳۹۷"),
        ("گزارش سیل گلستان رو کی نوشته؟", "نگار نیکو"),
        ("نویسندهٔ مطلب سیل گلستان", "نگار نیکو"),
        ("خبر سیل گلستان رو کدوم روزنامه چاپ کرده", "روزنامهٔ بهار"),
        ("منبع خبر سیل گلستان؟", "روزنامهٔ بهار"),
        ("تاریخ انتشار خبر برف تبریز", "۲۵ دی ۱۳۹۸"),
    ],
)
def test_details_of_the_article_that_is_named(two: Conversation, question: str, detail: str) -> None:
    assert two.ask(question).claims[0].items == (detail,)


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("مصاحبه با آشپز مال چه تاریخیه؟", "۱۲ مهر ۱۴۰۴"),
        ("مصاحبه با آشپز رو کی نوشته", "گفت‌وگو از لعیا پرسا"),
        ("مصاحبه با آشپز تو کدوم مجله چاپ شده", "گفت‌وگوی ماهنامهٔ سفره با یک آشپز"),
    ],
)
def test_what_the_front_matter_lacks_is_quoted_from_the_lines_around_the_text(
    tmp_path: Path, question: str, line: str
) -> None:
    text = (
        "نان خوب ور می‌آید\nگفت‌وگوی ماهنامهٔ سفره با یک آشپز\n۱۲ مهر ۱۴۰۴\nگفت‌وگو از لعیا پرسا\n\nنان را سه ساعت می‌گذارم."
    )
    (tmp_path / "bread.txt").write_text(text, encoding="utf-8")
    answer = Conversation(Retriever.from_corpus(tmp_path)).ask(question)
    assert line in {answer.claims[0].quote, *answer.claims[0].items}


@pytest.mark.parametrize(
    "question", ["سیل به کجا رسید؟", "تاریخ سیل گلستان؟", "نویسندهٔ کتاب شاهنامه کیست؟", "برف کجا بارید و به کجا رسید؟"]
)
def test_questions_about_the_subject_are_not_about_the_article(two: Conversation, question: str) -> None:
    assert all(claim.quote for claim in two.ask(question).claims)
