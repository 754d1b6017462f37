"""Superlatives, comparisons and two questions in one are answered by what decides them, or refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.dialogue.adjectives import superlatives
from bot.dialogue.answer import Status
from bot.dialogue.conversation import Conversation
from retrieval import Retriever

PRICES = """---
title: قیمت میوه در بازار سبز
---
| میوه | بسته | قیمت (تومان) |
|---|---|---|
| سیب گلاب | جعبه ۱۰ کیلویی | ۴۵۰٬۰۰۰ |
| سیب سرخ | تکی | ۳۸٬۰۰۰ |
| انگور | جعبه ۵ کیلویی | ۲۹۰٬۰۰۰ |
| آلو | تکی | ۹٬۵۰۰ |

فروش بازار سبز جمعه‌ها دو برابر است. پرفروش‌ترین میوهٔ بازار سبز انگور است.
"""
SERVICES = """---
title: نرخ تعمیر در کارگاه مهرآباد
---
| کار | نوبت در مهرآباد | مزد (هزار تومان) | ضمانت |
|---|---|---|---|
| تعویض چرخ | ۹:۳۰ | ۳۰۰ | ۶ ماه |
| تعویض پره | ۱۰:۰۰ | ۷۵۰ | ۱ سال |
| شست‌وشو | ۱۲:۳۰ | ۱۲۰ | ۲ هفته |
"""
BRIDGES = [
    {"id": "a", "title": "پل نسترن", "text": "پل نسترن ۳۴۰ متر درازا دارد. ساخت پل نسترن در ۱۳۵۲ تمام شد."},
    {"id": "b", "title": "پل شقایق", "text": "پل شقایق ۵۱۰ متر درازا دارد. ساخت پل شقایق در ۱۳۹۱ تمام شد."},
    {"id": "c", "title": "باران", "text": "دیروز ۱۲ میلی‌متر باران در شیرکوه و ۳۰ میلی‌متر در زردکوه بارید."},
]


@pytest.fixture
def prices(tmp_path: Path) -> Conversation:
    (tmp_path / "prices.md").write_text(PRICES, encoding="utf-8")
    return Conversation(Retriever.from_corpus(tmp_path))


@pytest.fixture
def services(tmp_path: Path) -> Conversation:
    (tmp_path / "services.md").write_text(SERVICES, encoding="utf-8")
    return Conversation(Retriever.from_corpus(tmp_path))


@pytest.fixture
def bridges(tmp_path: Path) -> Conversation:
    path = tmp_path / "bridges.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in BRIDGES), encoding="utf-8")
    return Conversation(Retriever.from_corpus(path))


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("گران‌ترین میوهٔ بازار سبز چیه؟", "سیب گلاب"),
        ("گرون ترین میوه بازار سبز", "سیب گلاب"),
        ("ارزون‌ترین چیز تو لیست بازار سبز چیه و چنده", "آلو"),
        ("ارزان ترین سیب بازار سبز", "سیب سرخ"),
    ],
)
def test_the_most_and_the_least_are_read_from_a_table(prices: Conversation, question: str, row: str) -> None:
    (claim,) = prices.ask(question).claims
    assert claim.quote.lstrip("| ").startswith(row)
    assert "قیمت" in claim.context[-1]


def test_without_a_column_a_sentence_says_what_is_the_most(prices: Conversation) -> None:
    assert "انگور است" in prices.ask("پرفروش ترین میوه بازار سبز چیه").claims[0].quote


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("ارزون ترین کار کارگاه مهرآباد کدومه", "شست‌وشو"),
        ("طولانی ترین ضمانت کارگاه مهرآباد رو کدوم کار داره", "تعویض پره"),
        ("کدوم کار کارگاه مهرآباد ضمانتش بیشتره", "تعویض پره"),
        ("تو کارگاه مهرآباد کدوم کار گرون‌تره", "تعویض پره"),
    ],
)
def test_what_measures_is_compared_in_its_units(services: Conversation, question: str, row: str) -> None:
    (claim,) = services.ask(question).claims
    assert claim.quote.lstrip("| ").startswith(row)


@pytest.mark.parametrize("question", ["گران‌ترین میوهٔ بازار نیلوفر", "سنگین‌ترین میوهٔ جهان چیست؟"])
def test_a_table_of_something_else_says_nothing(prices: Conversation, question: str) -> None:
    assert "سیب گلاب" not in "".join(claim.quote for claim in prices.ask(question).claims)


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("گرون ترین میوه", ["گرون"]),
        ("از همه بیشتر", ["بیش"]),
        ("بزرگ‌ترین و قدیمی‌ترین", ["بزرگ", "قدیمی"]),
        ("بهتر", []),
    ],
)
def test_superlatives_are_told_in_every_spelling(text: str, stems: list[str]) -> None:
    assert [one.stem for one in superlatives(text.replace("\u200c", "").split())] == stems


@pytest.mark.parametrize(
    ("question", "pieces"),
    [
        ("پل نسترن درازتره یا پل شقایق؟", ["۳۴۰ متر", "۵۱۰ متر"]),
        ("کدوم پل قدیمی تره، نسترن یا شقایق", ["۱۳۵۲", "۱۳۹۱"]),
        ("دیروز تو شیرکوه بیشتر بارون اومد یا زردکوه", ["۱۲ میلی‌متر", "۳۰ میلی‌متر"]),
    ],
)
def test_both_sides_of_a_comparison_are_quoted(bridges: Conversation, question: str, pieces: list[str]) -> None:
    quoted = "".join(claim.quote for claim in bridges.ask(question).claims)
    assert [piece for piece in pieces if piece not in quoted] == []


def test_a_comparison_without_one_side_is_refused_and_says_which(bridges: Conversation) -> None:
    answer = bridges.ask("پل نسترن درازتره یا پل لادن؟")
    assert answer.status is Status.NOT_FOUND
    assert "لادن" in answer.message


def test_both_of_two_questions_are_answered_or_said_to_be_missing(bridges: Conversation) -> None:
    answer = bridges.ask("پل نسترن چند متر است؟ مدیرش کیست؟")
    assert "۳۴۰" in answer.claims[0].quote
    assert answer.missing == ("مدیرش کیست؟",)
