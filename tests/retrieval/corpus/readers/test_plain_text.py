"""Plain texts as people have them: letters, mails, texts with the marks of other formats."""

from __future__ import annotations

import datetime

import pytest

from retrieval import Article
from retrieval.corpus.readers.record import FaultError
from retrieval.corpus.readers.registry import parse, records
from retrieval.types import Kind

DAY = datetime.date(2025, 9, 27)
LETTER = """شماره: ۲۲۸
تاریخ: ۱۴۰۴/۰۷/۰۵
موضوع: ساعت کار نیمهٔ دوم سال

ساعت کار از ۷:۳۰ تا ۱۴:۳۰ است.
"""


def read(content: str) -> Article:
    (record,) = records("a.txt", content.encode())
    return parse(record)


def shown(article: Article) -> list[tuple[Kind, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def test_the_head_of_a_letter_names_it_and_stays_in_the_text() -> None:
    article = read(LETTER)
    assert (article.title, article.date) == ("ساعت کار نیمهٔ دوم سال", DAY)
    assert article.text == LETTER


@pytest.mark.parametrize(
    ("head", "title", "author", "source"),
    [
        ("تیتر: سیل\nخبرنگار: نیکو\nمنبع: بهار", "سیل", "نیکو", "بهار"),
        ("از: مدیر\nبه: همه\nموضوع: سیل", "سیل", "", ""),
        ("نام کتاب: رود\nموضوع: رمان\nنویسنده: نیکو", "", "", ""),
    ],
)
def test_the_fields_of_a_dispatch_are_told_from_a_profile(head: str, title: str, author: str, source: str) -> None:
    article = read(f"{head}\n\nسیل به گنبد رسید.")
    assert (article.title, article.author, article.source) == (title, author, source)


def test_a_text_that_opens_with_its_title_behind_a_label_has_it() -> None:
    (record,) = records("a.txt", "عنوان: بازدید از کارخانه\nبازدیدکنندگان: زهرا امینی\n\nکارخانه باز است.".encode())
    assert parse(record).title == "بازدید از کارخانه"


def test_the_head_of_a_mail_is_fields_and_its_quotation_marks_are_left_out() -> None:
    head = "Subject: سیل\nDate: Sat, 27 Sep 2025 09:12:00 +0330\nFrom: نیکو <n@example.org>"
    article = read(f"{head}\n\n> سیل به گنبد رسید.\n>> پل شکست.")
    assert (article.title, article.author, article.date) == ("سیل", "نیکو", DAY)
    assert [text for _, text in shown(article)] == ["سیل به گنبد رسید.", "پل شکست."]


def test_marks_of_markdown_are_read_and_not_quoted() -> None:
    article = read("# آیین‌نامه\n\n**ورود:** ۷:۱۵\n**خروج:** ۱۳:۳۰\n\nلباس را [پارسه](https://example.org) می‌دوزد.")
    assert shown(article) == [
        (Kind.HEADING, "آیین‌نامه"),
        (Kind.PAIR, "ورود: ۷:۱۵"),
        (Kind.PAIR, "خروج: ۱۳:۳۰"),
        (Kind.PARAGRAPH, "لباس را پارسه می‌دوزد."),
    ]


@pytest.mark.parametrize("text", ["#سیل #باران آمد.", "۵ * ۳ ** ۲ است.", "دما < ۵ و باد > ۳ است.", "*** خبر ***"])
def test_marks_that_are_none_stay(text: str) -> None:
    assert read(text).text == text


def test_marks_without_end_are_refused() -> None:
    with pytest.raises(FaultError, match="too many lines, cells and marks"):
        read("[" * 200_000 + "](https://example.org) **سیل**")
