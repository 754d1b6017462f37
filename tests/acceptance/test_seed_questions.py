"""The dispatch that must always work: its judged questions, by kind, on the raw dispatch and on the shipped digests."""

from __future__ import annotations

import json

import pytest

from bot.dialogue.answer import Answer
from bot.dialogue.conversation import Conversation
from bot.rendering.plain import plain_text, to_json
from retrieval import Retriever
from retrieval.text import bare
from tests.conftest import EVAL, needs_shared

QUESTIONS = EVAL / "seed_questions.jsonl"

Row = dict[str, object]


def rows() -> list[Row]:
    return (
        [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()] if QUESTIONS.exists() else []
    )


def cases() -> list[object]:
    return [pytest.param(row, id=f"{row['kind']}-{row['id']}") for row in rows()]


def before(row: Row) -> tuple[str, ...]:
    """The question before, if there is one."""
    return (str(row["after"]),) if row["after"] else ()


def squeezed(text: str) -> str:
    """Text as the judges compare it: without half-spaces, spaces and letter variants."""
    return "".join(bare(text).split())


def check(row: Row, answer: Answer) -> None:
    claimed = squeezed(" ".join(claim.quote + " ".join(claim.items) for claim in answer.claims))
    listed = squeezed(" ".join(item for claim in answer.claims for item in claim.items))
    must, must_not = row["must"], row["must_not"]
    assert isinstance(must, list)
    assert isinstance(must_not, list)
    assert answer.status.value == row["status"]
    assert [piece for piece in must if squeezed(piece) not in claimed] == []
    assert [piece for piece in must_not if squeezed(piece) in listed] == []


@needs_shared
@pytest.mark.parametrize("row", cases())
def test_on_the_raw_dispatch(dispatch: Retriever, row: Row) -> None:
    check(row, Conversation(dispatch).ask(str(row["question"]), before(row)))


@needs_shared
@pytest.mark.parametrize("row", cases())
def test_on_the_shipped_digests(digests: Retriever, row: Row) -> None:
    check(row, Conversation(digests).ask(str(row["question"]), before(row)))


@needs_shared
def test_every_question_is_asked() -> None:
    assert len(rows()) == 27


def test_the_example_that_must_always_work(dispatch: Retriever) -> None:
    answer = Conversation(dispatch).ask("کدام خوشه‌ها به مرحلهٔ توسعه‌یافتگی رسیده‌اند؟")
    (claim,) = answer.claims
    assert [item.replace("\u200c", "") for item in claim.items] == [
        "گلاب و عرقیات گیاهی میمند فارس",
        "سنگ شمال استان",
        "ترشیجات",
        "شوریجات و رب گوجهفرنگی",
        "فرش دستباف",
        "خرما",
        "گیاهان دارویی",
    ]
    assert all(item in claim.quote for item in claim.items)
    assert claim.quote in dispatch.articles[0].text
    assert "آستانه" not in claim.quote
    assert "باشگاه خبرنگاران جوان، مریم رضایی، ۶ دی ۱۴۰۴" in plain_text(answer)


@needs_shared
@pytest.mark.parametrize("which", ["dispatch", "digests"])
def test_spelling_never_changes_the_answer(request: pytest.FixtureRequest, which: str) -> None:
    conversation = Conversation(request.getfixturevalue(which))
    plain = [str(row["question"]) for row in rows() if not row["after"]]
    for question in plain:
        expected = to_json(conversation.ask(question), 0)
        for spelling in (
            question.replace("\u200c", ""),
            question.replace("\u200c", " "),
            question.replace("ی", "ي").replace("ک", "ك"),
            question.rstrip("؟"),
            question.replace("؟", "?"),
        ):
            answer = to_json(conversation.ask(spelling), 0)
            assert [answer["claims"], answer["status"]] == [expected["claims"], expected["status"]], spelling
