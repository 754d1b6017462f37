"""«چرا؟» behind an answer is answered by the clause that gives the reason, and never by the same answer."""

from __future__ import annotations

import pytest

from bot.dialogue.answer import Status
from bot.dialogue.conversation import Conversation
from bot.wording import texts
from retrieval import Retriever
from tests.bot.dialogue.telling import told

POOL = """استخر نیلوفر شهرک بهمن از ۲۰ مرداد تعطیل است. بلیت آن ۹۰ هزار تومان است.

سالن ورزش شهرک به سبب نشت آب از ۳ شهریور بسته شد. کتابخانهٔ شهرک شب‌ها باز است، زیرا دانش‌آموزان در آن درس می‌خوانند.

آسانسور ساختمان اداری خراب است. بنابراین مراجعان باید از پلکان بروند.

مدیر شهرک، هما بیات، به شیراز رفته است. او برای دیدن نمایشگاه گل رفته است. هما بیات دو پسر به نام‌های سام و نوید دارد.
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Conversation:
    folder = tmp_path_factory.mktemp("town")
    (folder / "town.txt").write_text(POOL, encoding="utf-8")
    return Conversation(Retriever.from_corpus(folder))


@pytest.mark.parametrize("why", ["چرا؟", "خب چرا", "علتش چیه؟"])
@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("سالن ورزش شهرک از کی بسته شد؟", "به سبب نشت آب"),
        ("کتابخانهٔ شهرک کی باز است؟", "زیرا دانش‌آموزان"),
        ("مراجعان ساختمان اداری از کجا باید بروند؟", "آسانسور ساختمان اداری خراب است"),
        ("مدیر شهرک کجا رفته است؟", "برای دیدن نمایشگاه گل"),
    ],
)
def test_the_clause_of_the_reason_is_quoted(town: Conversation, question: str, why: str, reason: str) -> None:
    answer = told(town, question, why)
    assert answer.status is Status.ANSWERED
    assert answer.claims[0].quote.startswith(reason)


@pytest.mark.parametrize("why", ["چرا؟", "دلیلش چیه"])
def test_where_no_reason_is_given_nothing_is_repeated(town: Conversation, why: str) -> None:
    answer = told(town, "بلیت استخر نیلوفر چند است؟", why)
    assert (answer.status, answer.message) == (Status.NOT_FOUND, texts.NO_REASON)


@pytest.mark.parametrize("message", ["مطمئنی؟", "واقعا؟", "باشه", "نه"])
def test_what_asks_nothing_is_not_answered_again(town: Conversation, message: str) -> None:
    assert told(town, "بلیت استخر نیلوفر چند است؟", message).status is Status.GREETING


def test_without_an_answer_before_it_there_is_nothing_to_give_a_reason_for(town: Conversation) -> None:
    assert told(town, "چرا؟").status is Status.GREETING


@pytest.mark.parametrize("children", ["بچه هاش", "بچه‌هاش کیا هستن", "بچه های او", "فرزندانش"])
def test_a_relation_is_told_by_other_words_behind_a_possessive_too(town: Conversation, children: str) -> None:
    answer = told(town, "هما بیات کیست؟", children)
    assert answer.status is Status.ANSWERED
    assert "سام و نوید" in answer.claims[0].quote
