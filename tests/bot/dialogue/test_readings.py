"""What a message was read as is said, and what else it may mean is offered."""

from __future__ import annotations

import json

import pytest

from bot.console.chat import _chosen
from bot.dialogue.answer import Status
from bot.dialogue.conversation import Conversation
from bot.rendering.plain import plain_text, to_json
from bot.telegram import keyboards
from bot.wording import texts
from retrieval import Retriever
from tests.bot.dialogue.telling import told

ARTICLES = {
    "pol.md": "---\ntitle: دو پل تازه\n---\n\nپل زنبق در سال ۱۳۸۰ با ۲۰ میلیارد تومان ساخته شد و ۳۴۰ متر طول دارد.\n\n"
    "پل یاس در سال ۱۳۹۱ با ۴۵ میلیارد تومان ساخته شد و ۲۱۰ متر طول دارد.\n",
    "shahr.md": "---\ntitle: شهرداری گلدره\n---\n\nساعت کار بخش بایگانی از ۸ تا ۲۰ است. شهردار گلدره مینا صدری است.\n",
    "daneshkade.md": "---\ntitle: دانشکدهٔ کشاورزی چشمه‌سفید\n---\n\n"
    "ساعت کار بخش بایگانی از ۹ تا ۱۶ است. دانشکده ۳۰۰ دانشجو دارد.\n",
    "borj.md": "---\ntitle: برج فروهرمنش\n---\n\nبرج فروهرمنش ۱۲ طبقه و ۴۰ واحد دارد.\n",
    "hafte1.md": "---\ntitle: قیمت هفتگی میوه در هفتهٔ اول\n---\n\nهر کیلو خرمالو ۴۵ هزار تومان است.\n",
    "hafte2.md": "---\ntitle: قیمت هفتگی میوه در هفتهٔ دوم\n---\n\nهر کیلو خرمالو ۵۲ هزار تومان است.\n",
}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Conversation:
    folder = tmp_path_factory.mktemp("town")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Conversation(Retriever.from_corpus(folder))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("شهرداز گلدره کیه", "شهردار"),
        ("saat kar baygani", "ساعت کار بایگانی"),
        ("برج فرودرمنظ چند طبقه دارد", "فروهرمنش"),
    ],
)
def test_what_was_read_otherwise_than_typed_is_said(town: Conversation, typed: str, meant: str) -> None:
    answer = told(town, typed)
    assert answer.meant == meant
    assert plain_text(answer).startswith(texts.MEANT.format(meant=meant))
    assert to_json(answer, 0.0)["meant"] == meant


@pytest.mark.parametrize("typed", ["شهردار گلدره کیه", "شهردااااار گلدره کیههه", "شهرداره گلدره کیه", "قیمت خرمالو"])
def test_what_was_read_as_typed_needs_no_word(town: Conversation, typed: str) -> None:
    answer = told(town, typed)
    assert (answer.meant, answer.offers) == ("", ()) or typed == "شهرداره گلدره کیه"
    assert answer.status is Status.ANSWERED


@pytest.mark.parametrize(
    ("message", "offers"),
    [
        ("قیمتش چنده", ("قیمت پل زنبق چنده", "قیمت پل یاس چنده")),
        ("طول آن چقدر است؟", ("طول پل زنبق چقدر است؟", "طول پل یاس چقدر است؟")),
    ],
)
def test_behind_a_comparison_it_is_asked_which_is_meant(
    town: Conversation, message: str, offers: tuple[str, ...]
) -> None:
    answer = told(town, "پل زنبق قدیمی‌تره یا پل یاس؟", message)
    assert (answer.status, answer.message, answer.offers) == (Status.CLARIFY, texts.WHICH, offers)
    assert f"۲. {offers[1]}" in plain_text(answer)


def test_one_of_the_two_is_named(town: Conversation) -> None:
    assert told(town, "پل زنبق قدیمی‌تره یا پل یاس؟", "طول پل یاس چقدر است؟").status is Status.ANSWERED


def test_articles_of_different_subjects_that_answer_equally_are_told_apart(town: Conversation) -> None:
    answer = told(town, "ساعت کار بخش بایگانی چنده")
    assert answer.status is Status.ANSWERED
    assert (answer.message, len(answer.offers)) == (texts.WHICH, 2)
    for offer, hours in zip(answer.offers, ("۸ تا ۲۰", "۹ تا ۱۶"), strict=True):
        assert hours in told(town, "ساعت کار بخش بایگانی چنده", offer).claims[0].quote


def test_reports_of_one_subject_are_no_two_readings(town: Conversation) -> None:
    assert told(town, "قیمت خرمالو چنده").offers == ()


def test_an_offered_question_is_asked_by_its_number() -> None:
    offers = ("قیمت پل زنبق", "قیمت پل یاس")
    assert [_chosen(text, offers) for text in ("1", "۲", "3", "0", "۱۲", "الف")] == [*offers, "3", "0", "۱۲", "الف"]
    assert _chosen("1", ()) == "1"


def test_an_offered_question_has_a_button() -> None:
    under = keyboards.under_answer(1, has_context=False, copied="")
    rows = json.loads(keyboards.with_offers(under, ["قیمت پل یاس"]) or "")["inline_keyboard"]
    assert rows[0] == [{"text": "قیمت پل یاس", "callback_data": f"{keyboards.EXAMPLE}:0"}]
    assert rows[1:] == json.loads(under)["inline_keyboard"]
    assert keyboards.with_offers(None, []) is None
