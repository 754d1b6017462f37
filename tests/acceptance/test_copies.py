"""Three outlets and a correction, as a user meets them: one answer, the newest version, and who else has the story."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.dialogue.conversation import Conversation
from bot.rendering.replies import reply
from retrieval import Retriever
from tests.conftest import Run
from tests.retrieval.indexing.test_copies import BUDGET, GOLD, SHORT, STORY

QUESTION = "بودجهٔ شهرداری چند میلیارد تومان است؟"
FILES = {
    "isna.md": f"---\ntitle: بودجه تصویب شد\nsource: ایسنا\ndate: 1404-08-12\n---\nبه گزارش ایسنا، {STORY}\n",
    "mehr.html": f"<html><head><title>خبر بودجه</title><meta property='og:site_name' content='مهر'></head>"
    f"<body><article><h1>خبر بودجهٔ شهر</h1><p>{STORY.replace(chr(10) * 2, '</p><p>')}</p></article></body></html>",
    "fars.jsonl": json.dumps({"id": "fars", "source": "فارس", "date": "1404-08-12", "text": STORY}, ensure_ascii=False),
    "isna-2.md": f"---\ntitle: بودجه تصویب شد\nsource: ایسنا\ndate: 1404-08-13\n---\n{BUDGET.format(sum='۳۵۰')}\n",
    "gold-1.md": f"---\ndate: 1404-08-12\nsource: بازار\n---\n{GOLD.format(gram='۷ میلیون و ۲۰۰', coin='۹۱')}\n",
    "gold-2.md": f"---\ndate: 1404-08-13\nsource: طلا\n---\n{GOLD.format(gram='۷ میلیون و ۳۵۰', coin='۹۳')}\n",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def test_a_story_of_three_outlets_is_answered_once(corpus: Path, run: Run) -> None:
    answer = json.loads(run("bot", "ask", "--json", "--corpus", str(corpus), QUESTION).stdout)
    assert answer["status"] == "answered"
    (claim,), (citation,) = answer["claims"], answer["citations"]
    assert "۳۵۰ میلیارد" in claim["quote"]
    assert (citation["article"], citation["source"]) == ("isna-2.md", "ایسنا")
    assert {copy["article"] for copy in citation["copies"]} == {"isna.md", "mehr.html", "fars"}
    assert all(set(copy) == set(citation) - {"number", "start", "end", "copies"} for copy in citation["copies"])
    assert "و ۲ رسانهٔ دیگر" in answer["text"]


def test_a_story_that_two_take_back_is_answered_from_the_third(corpus: Path, run: Run) -> None:
    run("bot", "ask", "--corpus", str(corpus), QUESTION)
    for name in ("isna-2.md", "isna.md", "mehr.html"):
        (corpus / name).unlink()
    answer = json.loads(run("bot", "ask", "--json", "--corpus", str(corpus), QUESTION).stdout)
    assert [(one["article"], one["copies"]) for one in answer["citations"]] == [("fars", [])]
    assert "۳۰۰ میلیارد" in answer["claims"][0]["quote"]
    assert "رسانهٔ دیگر" not in answer["text"]


def test_telegram_says_who_else_has_the_story(corpus: Path) -> None:
    conversation = Conversation(Retriever.from_corpus(corpus))
    assert "ایسنا، ۱۳ آبان ۱۴۰۴، و ۲ رسانهٔ دیگر" in reply(conversation.ask(QUESTION)).text.text


def test_the_prices_of_two_days_are_no_copies(corpus: Path) -> None:
    answer = Conversation(Retriever.from_corpus(corpus)).ask("قیمت هر گرم طلا چند است؟")
    assert "۳۵۰ هزار" in answer.claims[0].quote
    assert not any(claim.citation.copies for claim in answer.claims)
    assert "دیگر" not in reply(answer).text.text


def test_where_no_outlet_is_named_copies_are_counted(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.md"):
        (tmp_path / name).write_text(SHORT, encoding="utf-8")
    answer = Conversation(Retriever.from_corpus(tmp_path)).ask("کتابخانهٔ مرکزی تیرازان چند جلد کتاب دارد؟")
    assert len(answer.claims) == 1
    assert "و ۲ نسخهٔ دیگر" in reply(answer).text.text
