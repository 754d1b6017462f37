"""Answers as a chat shows them and as `bot ask --json` prints them."""

from __future__ import annotations

import datetime
import json
import time
import unicodedata
from dataclasses import replace
from typing import Any

import pytest

from bot.console.display import show
from bot.dialogue.answer import Answer, Citation, Claim, Status
from bot.dialogue.conversation import Conversation
from bot.rendering.plain import plain_text, source_line, to_json
from bot.rendering.replies import reply
from bot.wording import texts
from retrieval import Article, Retriever

FESTIVAL = Article(
    id="anar.md",
    title="جشنوارهٔ انار",
    text="جشنوارهٔ انار در ساوه برگزار شد. غرفه‌ها انار، رب و لواشک داشتند. ده هزار نفر آمدند.",
    date=datetime.date(2025, 12, 27),
    source="خبرگزاری نمونه",
    author="نرگس کاویانی",
    url="https://example.org/anar",
)
BRIDGE = Article(id="pol.md", title="پل تازهٔ رودخانه", text="پل تازه دو سال ساخته شد. درازای آن صد متر است.")
CROWD, STALLS, BUILT = "ده هزار نفر آمدند.", "غرفه‌ها انار، رب و لواشک داشتند.", "پل تازه دو سال ساخته شد."


def claim(number: int, article: Article, quote: str, *items: str) -> Claim:
    start = article.text.index(quote)
    return Claim(Citation(number, article, start, start + len(quote)), items)


def answered(*claims: Claim) -> Answer:
    return Answer("پرسش؟", Status.ANSWERED, claims, confidence=0.87654)


def directions(text: str) -> set[str]:
    """How the lines of `text` run by their first strong letter: "R", "AL" or "L"; addresses left out."""
    lines = [line for line in text.splitlines() if line and not line.startswith("https://")]
    strong = (filter({"L", "R", "AL"}.__contains__, map(unicodedata.bidirectional, line)) for line in lines)
    return {next(line, "none") for line in strong}


def test_claims_come_first_and_a_line_for_each_article_used_last() -> None:
    answer = answered(claim(1, FESTIVAL, CROWD), claim(2, BRIDGE, BUILT), claim(3, FESTIVAL, STALLS))

    assert plain_text(answer).split("\n") == [
        f"«{CROWD}» [1]",
        "",
        f"«{BUILT}» [2]",
        "",
        f"«{STALLS}» [3]",
        "",
        "[1] [3] جشنوارهٔ انار — خبرگزاری نمونه، نرگس کاویانی، ۶ دی ۱۴۰۴",
        "https://example.org/anar",
        "[2] پل تازهٔ رودخانه",
    ]


def test_an_article_without_a_claim_is_not_named() -> None:
    assert plain_text(answered(claim(1, BRIDGE, BUILT))) == f"«{BUILT}» [1]\n\n[1] پل تازهٔ رودخانه"


def test_the_items_of_a_list_stand_above_their_quotation() -> None:
    text = plain_text(answered(claim(1, FESTIVAL, STALLS, "انار", "رب", "لواشک")))

    assert text.startswith(f"• انار\n• رب\n• لواشک\n«{STALLS}» [1]\n")


def test_a_detail_from_the_front_matter_is_cited_without_quotation_marks() -> None:
    text = plain_text(answered(Claim(Citation(1, FESTIVAL, 0, 0), ("نرگس کاویانی",))))

    assert text.startswith("نرگس کاویانی [1]\n\n[1] جشنوارهٔ انار — ")


@pytest.mark.parametrize(
    ("article", "line"),
    [
        (FESTIVAL, "جشنوارهٔ انار — خبرگزاری نمونه، نرگس کاویانی، ۶ دی ۱۴۰۴"),
        (Article("a", "عنوان", "متن", author="نرگس"), "عنوان — نرگس"),
        (Article("a", "عنوان", "متن", datetime.date(2024, 3, 20)), "عنوان — ۱ فروردین ۱۴۰۳"),
        (Article("a", "عنوان", "متن", source="روزنامه"), "عنوان — روزنامه"),
        (Article("a", "عنوان", "متن", url="https://example.org"), "عنوان"),
        (Article("a", "", "واژه " * 50), f"{' '.join(['واژه'] * 12)}…"),
        (Article("a", "", "سیل به گنبد رسید."), "سیل به گنبد رسید"),
        (Article("a", "", "واژه. " * 50), f"{' '.join(['واژه.'] * 9)} واژه…"),
        (
            Article("a", "عنوان", "متن", indexed=datetime.datetime(2026, 7, 1, 6, 7)),
            "عنوان (نمایه: ۱۰ تیر ۱۴۰۵، ۰۶:۰۷)",
        ),
    ],
)
def test_a_source_is_named_as_far_as_it_is_known(article: Article, line: str) -> None:
    assert source_line(article) == line


def test_what_was_read_from_a_pdf_is_marked_so() -> None:
    article = Article("آمار.PDF", "آمار سیل", STALLS, source="استانداری")
    answer = answered(claim(1, article, STALLS))
    assert source_line(article) == "آمار سیل — استانداری، از PDF"
    assert "از PDF" in plain_text(answer)
    assert "از PDF" in reply(answer).text.text
    assert to_json(answer, 0.0)["citations"][0]["from_pdf"] is True  # type: ignore[index]


def test_not_found_offers_headings_and_cites_nothing() -> None:
    answer = Answer("؟", Status.NOT_FOUND, message=texts.NOT_FOUND, suggestions=("جشنوارهٔ انار", "پل تازه"))

    assert plain_text(answer) == f"{texts.NOT_FOUND}\n{texts.SUGGESTIONS}\n• جشنوارهٔ انار\n• پل تازه"


def test_headings_follow_a_question_for_the_article_without_another_introduction() -> None:
    answer = Answer("؟", Status.CLARIFY, message=texts.WHICH_ARTICLE, suggestions=("جشنوارهٔ انار",))

    assert plain_text(answer) == f"{texts.WHICH_ARTICLE}\n• جشنوارهٔ انار"


def test_a_greeting_is_answered_with_one_sentence_and_no_source(digests: Retriever) -> None:
    answer = Conversation(digests).ask("سلام، وقت بخیر")

    assert plain_text(answer) == texts.GREETING
    assert to_json(answer, 0)["citations"] == []


def test_json_says_the_same_as_the_text() -> None:
    answer = answered(claim(1, FESTIVAL, STALLS, "انار", "رب"), claim(2, BRIDGE, BUILT))
    start = FESTIVAL.text.index(STALLS)

    row: dict[str, Any] = json.loads(json.dumps(to_json(answer, 0.123456)))

    assert row["text"] == plain_text(answer)
    assert (row["question"], row["status"], row["suggestions"]) == ("پرسش؟", "answered", [])
    assert (row["confidence"], row["seconds"]) == (0.877, 0.1235)
    assert row["claims"][0] == {"quote": STALLS, "context": [], "items": ["انار", "رب"], "citation": 1}
    assert row["citations"][0] == {
        "number": 1,
        "article": "anar.md",
        "title": "جشنوارهٔ انار",
        "source": "خبرگزاری نمونه",
        "author": "نرگس کاویانی",
        "date": "2025-12-27",
        "url": "https://example.org/anar",
        "from_pdf": False,
        "indexed": None,
        "start": start,
        "end": start + len(STALLS),
        "copies": [],
    }
    assert (row["citations"][1]["date"], row["citations"][1]["author"]) == (None, "")


@pytest.mark.parametrize(
    "question",
    [
        "سوغات لار چیست",
        "کدام خوشه ها به مرحله توسعه یافتگی رسیده اند",
        "برنامه توسعه مسقطی لاری چند سال اجرا شد",
        "این خبر در چه تاریخی منتشر شده است؟",
        "نویسنده این خبر کیست",
        "عنوان این خبر چیست",
        "قیمت دلار چند است",
        "درود",
        "؟!",
        "لار " * 1000,
    ],
)
def test_every_line_of_a_reply_runs_from_right_to_left(question: str, digests: Retriever) -> None:
    assert directions(plain_text(Conversation(digests).ask(question))) == {"AL"}


def test_numbers_items_and_addresses_leave_the_lines_running_from_right_to_left() -> None:
    answer = answered(claim(1, FESTIVAL, STALLS, "انار"), claim(2, BRIDGE, BUILT), claim(3, FESTIVAL, CROWD))

    assert directions(plain_text(answer)) == {"AL"}


@pytest.mark.parametrize(
    "unsafe",
    ["\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\r", "\b", "\x7f", "\u202e", "\u202a", "\u2066", "\u2069"],
    ids=ascii,
)
def test_article_text_cannot_steer_the_terminal(unsafe: str, capsys: pytest.CaptureFixture[str]) -> None:
    article = Article("a.md", f"پل{unsafe} تازه", f"پل{unsafe} نیمه‌کاره ماند.", author=f"نرگس{unsafe}")

    show(answered(claim(1, article, article.text)))

    safe = unsafe
    for letter in "\x1b\x07\x9b\r\b\x7f\u202e\u202a\u2066\u2069":
        safe = safe.replace(letter, "\ufffd")
    shown = f"«پل{safe} نیمه‌کاره ماند.» [1]\n\n[1] پل{safe} تازه — نرگس{safe}\n"
    assert capsys.readouterr().out == shown


def test_a_source_says_when_the_index_took_it_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tehran")
    time.tzset()
    fresh = replace(BRIDGE, indexed=datetime.datetime(2026, 11, 24, 22, 35, tzinfo=datetime.UTC))
    answer = answered(claim(1, fresh, BUILT))
    assert source_line(fresh).endswith("(نمایه: ۴ آذر ۱۴۰۵، ۰۲:۰۵)")
    assert to_json(answer, 0.0)["citations"][0]["indexed"] == "2026-11-24T22:35:00+00:00"  # type: ignore[index]
    assert directions(plain_text(answer)) == {"AL"}
    monkeypatch.undo()
    time.tzset()
