"""Dialogues and question rows are asked in chats, and judged by what is told."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from retrieval.__main__ import main
from retrieval.evaluation.answering import dialogues, rows
from retrieval.evaluation.answering.figures import told
from retrieval.evaluation.answering.outcomes import Judgement, Outcome
from retrieval.evaluation.measuring.statistics import clustered_mean, mean
from tests.retrieval.evaluation.judged_files import write_corpus, write_rows

pytestmark = pytest.mark.usefixtures("analyzer")

BRIDGE = "پل چوبی روستا در سال ۱۳۲۰ ساخته شد. طول آن چهل متر است. سیل بهاری پایه‌های آن را شست."


def claim(quote: str, *items: str, context: str = "") -> dict[str, object]:
    return {"quote": quote, "items": list(items), "context": [context] if context else []}


def answer(*claims: dict[str, object], article: str = "1", near: bool = False) -> dict[str, object]:
    return {
        "status": "answered" if claims else "not_found",
        "claims": list(claims),
        "citations": [{"article": article} for _ in claims],
        "nearest": claim("نزدیک") if near else None,
    }


def test_a_dialogue_is_asked_in_its_order_and_told_by_turn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = [
        {"question": "پل چوبی در چه سالی ساخته شد؟", "answers": ["سال ۱۳۲۰"]},
        {"question": "طولش چقدر است؟", "answers": ["چهل متر"]},
        {"question": "معمارش چه کسی بود؟", "answers": []},
    ]
    row = {"id": 1, "title": "پل چوبی", "text": BRIDGE, "questions": asked}
    file = tmp_path / "talks.jsonl"
    file.write_text(json.dumps(row), encoding="utf-8")
    assert main(["evaluate", str(file), "--json", str(tmp_path / "out.json")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "talks: first questions, in chats: 1 questions, 1 answerable"
    assert "talks: later questions, in chats: 2 questions, 1 answerable" in lines
    first, later = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["chats"]
    assert first["shares"]["A@1"] == [1, 1, 1]
    assert later["shares"]["A@1"] == [1, 1, 1]
    assert later["parts"] == {"turns 2 and 3": {"questions": 1, "right": [1, 1, 1]}}
    assert set(later["shares"]) == {
        "right",
        "A@1",
        "answered",
        "unsure",
        "refused",
        "not answered, of the unanswerable",
    }


def test_rows_are_asked_of_their_folders_each_after_those_before_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "corpus").mkdir()
    write_corpus(tmp_path / "corpus" / "village")
    file = write_rows(
        tmp_path / "rows.jsonl",
        {"articles": "village", "question": "نانوا کیست؟", "must": ["حیدر قاسمی"], "kind": "who"},
        {"articles": "village", "question": "قیمت دلار چند است؟", "status": "not_found", "kind": "absent"},
        {"articles": "village", "question": "قیمت دلار چند است؟", "must": ["۵"], "kind": "who"},
    )
    assert main(["evaluate", str(file), "--corpus", str(tmp_path / "corpus")]) == 0
    out = capsys.readouterr().out
    assert "rows: all, in chats: 3 questions, 2 answerable" in out
    assert "right, who (2)" in out
    assert "S@1" not in out, "the spans of rows in several folders are not judged"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('{"questions": [{"question": "چه؟"}]}', "it is no dialogue"),
        (
            '{"id": 1, "title": "", "text": "", "questions": [{"question": "چه؟", "answers": [""]}]}',
            "it is no dialogue",
        ),
        ('{"articles": "x", "question": 5}', "it is no question"),
        ('{"articles": "x", "question": "چه؟", "must": "text"}', "it is no question"),
    ],
)
def test_what_is_of_another_form_is_told_with_its_line(
    line: str, fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text(line, encoding="utf-8")
    assert main(["evaluate", str(file), "--corpus", str(tmp_path)]) == 2
    assert f"bad.jsonl, line 1: {fault}" in capsys.readouterr().err


def test_dialogues_alone_give_no_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "talks.jsonl"
    file.write_text(json.dumps({"id": 1, "title": "", "text": BRIDGE, "questions": []}), encoding="utf-8")
    assert main(["evaluate", str(file), "--html", str(tmp_path / "x.html")]) == 2
    assert "need a file with judged spans" in capsys.readouterr().err


def test_a_dialogues_answer_is_judged_by_article_and_quotation() -> None:
    right = claim("پل چوبی روستا در سال ۱۳۲۰ ساخته شد.")
    assert dialogues.judge(answer(right), "1", ["سال ۱۳۲۰"]) is Outcome.RIGHT
    assert dialogues.judge(answer(claim("سال ۱۳۲۰")), "1", ["در سال ۱۳۲۰ ساخته"]) is Outcome.RIGHT
    assert dialogues.judge(answer(right), "2", ["سال ۱۳۲۰"]) is Outcome.WRONG
    assert dialogues.judge(answer(right), "1", []) is Outcome.WRONG
    assert dialogues.judge(answer(near=True), "1", ["سال ۱۳۲۰"]) is Outcome.UNSURE
    assert dialogues.judge(answer(), "1", ["سال ۱۳۲۰"]) is Outcome.REFUSED
    assert dialogues.judge(answer(near=True), "1", []) is Outcome.RIGHT


def test_a_rows_answer_is_judged_by_what_it_must_contain(tmp_path: Path) -> None:
    file = write_rows(
        tmp_path / "rows.jsonl",
        {"question": "چند؟", "must": ["۴۸ هزار", "شیر"], "must_not": ["۳۰"], "once": True},
        {"question": "کدام؟", "must": ["الف", "ب"], "kind": "comparison"},
        {"question": "سلام", "status": "clarify"},
    )
    price, compared, greeting = rows.read(file)
    assert rows.judge(answer(claim("قیمت ۴۸ هزار تومان", context="شیر")), price) is Outcome.RIGHT
    assert rows.judge(answer(claim("قیمت ۱۴۸ هزار تومان", context="شیر")), price) is Outcome.WRONG
    assert rows.judge(answer(claim("۴۸ هزار", "۳۰ هزار", context="شیر")), price) is Outcome.WRONG
    twice = claim("شیر ۴۸ هزار")
    assert rows.judge(answer(twice, twice), price) is Outcome.WRONG
    assert rows.judge(answer(claim("الف"), claim("ب")), compared) is Outcome.RIGHT
    assert rows.judge(answer(claim("الف")), compared) is Outcome.WRONG
    assert rows.judge({"status": "greeting", "claims": [], "nearest": None}, greeting) is Outcome.RIGHT
    assert rows.judge(answer(), greeting) is Outcome.REFUSED


def test_questions_about_one_article_make_the_interval_wider() -> None:
    values = [1.0] * 50 + [0.0] * 50
    articles = ["a"] * 25 + ["b"] * 25 + ["c"] * 25 + ["d"] * 25
    alone, together = mean(np.array(values), 1), clustered_mean(values, articles, 1)
    assert alone.value == together.value == 0.5
    assert together.high - together.low > 2 * (alone.high - alone.low)


def test_groups_without_answerable_questions_have_no_share_of_them() -> None:
    (group,) = told("f", [Judgement("all", "", "1", False, Outcome.RIGHT)], 1)
    assert set(group.shares) == {"right", "not answered, of the unanswerable"}
    assert not group.parts
