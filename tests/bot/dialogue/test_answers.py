"""What is claimed: the part of a sentence that answers, its items, and nothing where the evidence is thin."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.answer import Answer, Status
from bot.dialogue.clauses import clauses, words_of
from bot.dialogue.conversation import Conversation
from retrieval import MAX_QUESTION_LETTERS, Analyzer, Retriever
from retrieval.ranking.quotation import MAX_QUOTE
from tests.conftest import EVAL, needs_shared


def over(folder: Path, *texts: str, **fields: str) -> Conversation:
    """A conversation over articles with these texts and fields."""
    rows = [{"id": str(number), "text": text, **fields} for number, text in enumerate(texts)]
    path = folder / "articles.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return Conversation(Retriever.from_corpus(path))


def assert_verbatim(answer: Answer) -> None:
    for number, claim in enumerate(answer.claims, start=1):
        citation = claim.citation
        assert citation.number == number
        assert citation.article.text[citation.start : citation.end] == claim.quote
        if claim.quote:
            assert len(claim.quote) <= MAX_QUOTE or claim.items
            assert all(item in claim.quote for item in claim.items)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("علی آمد و رضا رفت.", ["علی آمد", "و رضا رفت"]),
        ("سیب و انار رسیده‌اند و گلابی هنوز می‌رسد.", ["سیب و انار رسیده‌اند", "و گلابی هنوز می‌رسد"]),
        ("او گفت: خانه سبز است که می‌بینید.", ["او گفت", "خانه سبز است", "که می‌بینید"]),
        ("سیب، انار و گلابی", ["سیب، انار و گلابی"]),
        ("", []),
    ],
)
def test_clauses_end_at_a_verb_that_something_follows(analyzer: Analyzer, text: str, expected: list[str]) -> None:
    found = clauses(words_of(text, 0, len(text), analyzer))
    assert [text[clause[0].start : clause[-1].end] for clause in found] == expected


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        (
            "روستاهای کندوان، ابیانه و ماسوله ثبت جهانی شدند و روستای میمند در نوبت است.",
            "کدام روستاها ثبت جهانی شدند؟",
            ["کندوان", "ابیانه", "ماسوله"],
        ),
        (
            "کارگاه‌های بسیاری در سه شهر یزد، میبد و اردکان ساخته شد.",
            "در کدام شهرها کارگاه ساخته شد؟",
            ["یزد", "میبد", "اردکان"],
        ),
        (
            "ورزش‌های تازه از جمله تنیس، شنا و دوچرخه‌سواری به برنامه افزوده شد.",
            "چه ورزش‌هایی به برنامه افزوده شد؟",
            ["تنیس", "شنا", "دوچرخه‌سواری"],
        ),
        (
            "در این بازار از فرش و گلیم گرفته تا سفال، مس و نقره، همه چیز فروخته می‌شود.",
            "چه چیزهایی در این بازار فروخته می‌شود؟",
            ["فرش", "گلیم", "سفال", "مس", "نقره"],
        ),
        ("کارخانه سیمان نکا در حال ساخت است.", "کدام کارخانه در حال ساخت است؟", ["سیمان نکا"]),
        (
            "شرکت قرار است پروژه‌های جدیدی آغاز کند، از جمله پروژه سد و نیروگاه و پروژه تونل.",
            "چه پروژه‌های جدیدی آغاز می‌شود؟",
            ["پروژه سد و نیروگاه", "پروژه تونل"],
        ),
    ],
)
def test_an_enumeration_is_answered_by_its_items(tmp_path: Path, text: str, question: str, expected: list[str]) -> None:
    answer = over(tmp_path, text).ask(question)
    assert [list(claim.items) for claim in answer.claims] == [expected]
    assert_verbatim(answer)


def test_only_the_clause_that_answers_is_quoted_for_a_list(tmp_path: Path) -> None:
    text = "روستاهای کندوان، ابیانه و ماسوله ثبت جهانی شدند و روستای میمند در نوبت است."
    assert "میمند" not in over(tmp_path, text).ask("کدام روستاها ثبت جهانی شدند؟").claims[0].quote


def test_a_sentence_that_refers_back_is_quoted_with_the_one_before(tmp_path: Path) -> None:
    answer = over(tmp_path, "سد لار در سال ۱۳۶۰ ساخته شد. این سد ۱۰۰ متر بلندی دارد.").ask("بلندی سد لار چند متر است؟")
    assert answer.claims[0].quote == "سد لار در سال ۱۳۶۰ ساخته شد. این سد ۱۰۰ متر بلندی دارد."


def test_a_long_sentence_is_quoted_around_the_clause_that_answers(tmp_path: Path) -> None:
    filler = "، ".join(["باغ‌های سرسبز کنار رودخانه هر سال آباد می‌شود"] * 12)
    answer = over(tmp_path, f"{filler} و پل تاریخی شهر را استاد هنرفر ساخته است.").ask("پل تاریخی را چه کسی ساخته است؟")
    assert "استاد هنرفر" in answer.claims[0].quote
    assert_verbatim(answer)


def test_a_further_claim_must_add_to_the_first(tmp_path: Path) -> None:
    apart = over(tmp_path, "جمعیت مراغه دویست هزار نفر است.", "مساحت مراغه صد کیلومتر است.", "مراغه زیباست.")
    assert len(apart.ask("جمعیت و مساحت مراغه چقدر است؟").claims) <= 2
    assert len(apart.ask("جمعیت مراغه چقدر است؟").claims) == 1


@pytest.mark.parametrize("question", ["جمعیت شیراز چقدر است؟", "بهترین فیلم سال کدام است؟", "who wrote this?"])
def test_not_found_cites_nothing_and_says_what_can_be_asked(digests: Retriever, question: str) -> None:
    answer = Conversation(digests).ask(question)
    assert (answer.status, answer.claims) == (Status.NOT_FOUND, ())
    assert 1 <= len(answer.suggestions) <= 3
    assert {article.heading for article in digests.articles} >= set(answer.suggestions)


@pytest.mark.parametrize(
    "message",
    [
        "سلام",
        "سلام!",
        "سلام، وقت بخیر",
        "ممنونم",
        "خیلی ممنون 🙏",
        "مرسی",
        "مرسی عالی بود",
        "hello",
        "خداحافظ",
        "سلام خوبی؟",
        "سلام، چطوری",
    ],
)
def test_greetings_and_thanks_get_a_short_reply_without_citation(digests: Retriever, message: str) -> None:
    answer = Conversation(digests).ask(message)
    assert (answer.status, answer.claims, answer.suggestions) == (Status.GREETING, (), ())


def test_a_greeting_before_a_question_is_no_part_of_it(digests: Retriever) -> None:
    conversation = Conversation(digests)
    assert conversation.ask("سلام، سوغات لار چیست؟").claims == conversation.ask("سوغات لار چیست؟").claims != ()


@pytest.mark.parametrize(
    "message", ["", "   ", "؟؟؟", "👍🏽👍", "...", "\u200c\u200f", "\n\t", "_", "x" * (MAX_QUESTION_LETTERS + 1)]
)
def test_what_is_no_question_is_answered_politely(digests: Retriever, message: str) -> None:
    answer = Conversation(digests).ask(message)
    assert answer.status is Status.CLARIFY
    assert answer.message


@given(message=st.text(max_size=300) | st.text("کدامچهخوشهلار ‌سوغات؟،«»\ud800\0", max_size=80))
@settings(max_examples=150)
def test_every_message_gets_an_answer_and_every_quotation_is_verbatim(digests: Retriever, message: str) -> None:
    answer = Conversation(digests).ask(message)
    assert bool(answer.claims) == (answer.status is Status.ANSWERED)
    assert bool(answer.message) != bool(answer.claims)
    assert 0 <= answer.confidence <= 1
    assert_verbatim(answer)


@needs_shared
def test_every_quotation_from_judged_paragraphs_is_verbatim(tmp_path: Path) -> None:
    entries = json.loads((EVAL / "pquad_validation.json").read_text(encoding="utf-8"))["data"][::10]
    texts = ["\n\n".join(paragraph["context"] for paragraph in entry["paragraphs"]) for entry in entries]
    conversation = over(tmp_path, *texts)
    asked = [qa["question"] for entry in entries for paragraph in entry["paragraphs"] for qa in paragraph["qas"]]
    answers = [conversation.ask(question) for question in asked]
    assert len(answers) > 400
    assert sum(bool(answer.claims) for answer in answers) > len(answers) / 2
    for answer in answers:
        assert_verbatim(answer)
