"""What is allowed is told by the sentence that rules on it, with yes or no only where that is plain."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.answer import Verdict
from bot.dialogue.conversation import Conversation
from bot.dialogue.polarity import allowed
from bot.rendering.plain import plain_text
from retrieval import Retriever
from retrieval.text import bare

RULES = """---
title: مقررات باغ پروانه
---
عکاسی با تلفن همراه آزاد است. پرواز بادبادک ممنوع است. آوردن زیرانداز مجاز نیست.

دوچرخه‌سواری تنها در روزهای تعطیل مجاز است. باغ پروانه ۲۰۰ درخت دارد.
"""


@pytest.fixture
def garden(tmp_path: Path) -> Conversation:
    (tmp_path / "rules.md").write_text(RULES, encoding="utf-8")
    return Conversation(Retriever.from_corpus(tmp_path))


@pytest.mark.parametrize(
    ("question", "piece", "verdict"),
    [
        ("میشه بادبادک برد باغ پروانه؟", "بادبادک ممنوع", Verdict.NO),
        ("بادبادک تو باغ پروانه ممنوعه؟", "بادبادک ممنوع", Verdict.YES),
        ("میشه زیرانداز برد باغ پروانه؟", "مجاز نیست", Verdict.NO),
        ("عکاسی با تلفن همراه تو باغ پروانه مجازه؟", "آزاد است", Verdict.YES),
        ("میشه تو باغ پروانه دوچرخه سواری کرد", "تنها در روزهای تعطیل", None),
    ],
)
def test_a_rule_answers_and_says_yes_or_no_where_it_is_plain(
    garden: Conversation, question: str, piece: str, verdict: Verdict | None
) -> None:
    answer = garden.ask(question)
    assert piece in answer.claims[0].quote
    assert answer.verdict is verdict
    assert plain_text(answer).startswith({Verdict.YES: "بله", Verdict.NO: "خیر", None: "«"}[verdict])


@pytest.mark.parametrize("question", ["باغ پروانه چند درخت دارد؟", "تو باغ پروانه میشه اسب آورد؟"])
def test_nothing_is_said_of_what_no_rule_names(garden: Conversation, question: str) -> None:
    assert garden.ask(question).verdict is None


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("ورود سگ ممنوع است", False),
        ("ورود سگ مجاز نیست", False),
        ("ورود سگ آزاد است", True),
        ("نوشیدن آب اشکالی ندارد", True),
        ("ورود سگ جز در پارک ممنوع است", None),
        ("سگ پارس می‌کند", None),
    ],
)
def test_what_a_clause_allows(clause: str, expected: bool | None) -> None:
    assert allowed(bare(clause).split()) is expected
