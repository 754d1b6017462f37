"""Follow-ups: what leans on the question before, what begins a new topic, and what is not invented."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from bot.dialogue.conversation import Conversation
from bot.dialogue.possessives import possessed
from bot.dialogue.turn import MAX_TOPIC_QUESTIONS, remember
from bot.history import History, as_history
from retrieval import Analyzer, Retriever
from retrieval.text import bare

CLUSTERS = "کدام خوشه‌ها به مرحله توسعه‌یافتگی رسیده‌اند؟"
CHAINS = [
    ([CLUSTERS, "و کدام در آستانه است؟"], "مسقطی لاری"),
    ([CLUSTERS, "کدوم در آستانه است؟"], "مسقطی لاری"),
    ([CLUSTERS, "و کدام در آستانه است؟", "و کدام هنوز در حال اجراست؟"], "سنگ نی‌ریز"),
    (["عباس برنهاد کیست؟", "سمتش چیست؟"], "مدیرعامل"),
    (["مدیرعامل شرکت شهرک‌های صنعتی فارس کیست؟", "سمت او چیست؟"], "مدیرعامل"),
    (["سوغات معروف لار چیست؟", "و جاهای دیدنی آن کدام‌اند؟"], "بازار قیصریه"),
    (["عامل توسعه خوشه مسقطی لاری چه نام دارد؟", "چرا از او قدردانی شد؟"], "موفقیت ملی"),
    (["برنامه توسعه خوشه‌ای مسقطی چند سال اجرا شد؟", "چند دوره آموزشی در آن برگزار شد؟"], "بیش از ۱۰ دوره"),
    (["خوشه سنگ نی‌ریز در چه مرحله‌ای است؟", "و خوشه مسقطی لاری؟"], "در آستانه ورود"),
    (["خوشه مسقطی لاری چرا خوشه برتر شد؟", "استانداردش تدوین شد؟"], "استاندارد ملی"),
]


@pytest.mark.parametrize(
    ("chain", "expected"), CHAINS, ids=lambda value: value[-1] if isinstance(value, list) else None
)
@pytest.mark.parametrize("which", ["digests", "dispatch"])
def test_a_follow_up_is_completed_by_its_topic(
    request: pytest.FixtureRequest, which: str, chain: list[str], expected: str
) -> None:
    conversation = Conversation(request.getfixturevalue(which))
    history: History = ()
    for question in chain:
        turn = conversation.read(question, history)
        answer = conversation.answer(turn)
        history = remember(turn, answer)
    said = "".join(bare(claim.quote + " ".join(claim.items)) for claim in answer.claims)
    assert bare(expected).replace(" ", "") in said.replace(" ", "")
    assert [one.text for one in history] == chain[-MAX_TOPIC_QUESTIONS:]


@pytest.mark.parametrize("question", ["قیمتش چقدر است؟", "جمعیتش چقدر است؟", "و نرخ دلار چند است؟"])
def test_a_topic_lends_no_answer_to_what_the_articles_do_not_say(digests: Retriever, question: str) -> None:
    conversation = Conversation(digests)
    turn = conversation.read(question, ("سوغات معروف لار چیست؟",))
    answer = conversation.answer(turn)
    assert answer.claims == ()
    assert remember(turn, answer) == as_history(["سوغات معروف لار چیست؟"])


def test_a_question_with_a_topic_of_its_own_begins_anew(digests: Retriever) -> None:
    conversation = Conversation(digests)
    after, alone = conversation.read("سوغات لار چیست؟", (CLUSTERS,)), conversation.read("سوغات لار چیست؟")
    answer = conversation.answer(after)
    assert answer == conversation.answer(alone)
    assert [one.text for one in remember(after, answer)] == ["سوغات لار چیست؟"]


def test_a_topic_fades(digests: Retriever) -> None:
    conversation = Conversation(digests)
    history = as_history([CLUSTERS])
    for _ in range(8):
        turn = conversation.read("و کدام در آستانه است؟", history)
        history = remember(turn, conversation.answer(turn))
    assert len(history) == MAX_TOPIC_QUESTIONS


@pytest.mark.parametrize("word", ["ارزش", "آتش", "پوشش", "آموزش", "کوشش", "فرش", "نقش"])
def test_words_that_end_like_a_pronoun_do_not_lean(digests: Retriever, word: str) -> None:
    conversation = Conversation(digests)
    assert not conversation.read(f"{word} در کدام شهر است؟", (CLUSTERS,)).leans


TOWN = [
    {
        "id": "pool",
        "title": "استخر نسترن",
        "text": "| روز | بانوان | آقایان |\n|---|---|---|\n| شنبه | ۸ تا ۱۲ | ۱۴ تا ۲۰ |\n"
        "| یکشنبه | ۱۵ تا ۱۹ | ۷ تا ۱۱ |\n\n"
        "بهای بلیت استخر نسترن ۹۰ هزار تومان است. دانشجویان ۴۰ هزار تومان می‌پردازند. این استخر ۲۵ متر طول دارد.",
    },
    {"id": "clinic", "title": "درمانگاه", "text": "هزینهٔ ویزیت درمانگاه ۱۹۰ هزار تومان است. طول درمان دو ماه است."},
    {
        "id": "mehr",
        "title": "بارش مهر",
        "date": "2025-10-10",
        "text": "در مهر ۱۴۰۴ در شهر لاله ۱۲ میلی‌متر باران بارید.",
    },
    {
        "id": "aban",
        "title": "بارش آبان",
        "date": "2025-11-10",
        "text": "در آبان ۱۴۰۴ در شهر لاله ۳۰ میلی‌متر باران بارید.",
    },
]


@pytest.fixture
def town(tmp_path: Path) -> Conversation:
    path = tmp_path / "town.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in TOWN), encoding="utf-8")
    return Conversation(Retriever.from_corpus(path))


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        (["بلیت استخر نسترن چنده", "برای دانشجو چی؟"], "۴۰ هزار"),
        (["بلیت استخر نسترن چنده", "طولش چقدره"], "۲۵ متر"),
        (["در مهر چند میلی‌متر باران در شهر لاله بارید؟", "آبان چی؟"], "۳۰ میلی‌متر"),
        (["در آبان چند میلی‌متر باران در شهر لاله بارید؟", "مهر چطور؟"], "۱۲ میلی‌متر"),
        (["بلیت استخر نسترن چنده", "جمعیت شهر لاله چقدر است؟", "طولش چقدره"], "۲۵ متر"),
    ],
)
def test_an_ellipsis_puts_other_words_in_place_and_stays_where_the_answer_was(
    town: Conversation, chain: list[str], expected: str
) -> None:
    history: History = ()
    for question in chain:
        turn = town.read(question, history)
        answer = town.answer(turn)
        history = remember(turn, answer)
    assert expected in answer.claims[0].quote


def test_a_question_with_words_of_its_own_leaves_the_article(town: Conversation) -> None:
    before = town.read("بلیت استخر نسترن چنده")
    history = remember(before, town.answer(before))
    after = town.read("هزینهٔ ویزیت درمانگاه چقدر است؟", history)
    answer = town.answer(after)
    assert answer.claims[0].citation.article.id == "clinic"
    assert [one.text for one in remember(after, answer)] == [after.text]


def test_what_names_no_topic_stays_with_the_article(town: Conversation) -> None:
    history: History = ()
    for question in ("بلیت استخر نسترن چنده", "چند متر طول دارد؟", "دانشجویان چی؟"):
        turn = town.read(question, history)
        answer = town.answer(turn)
        history = remember(turn, answer)
        assert answer.claims[0].citation.article.id == "pool", question
    assert len(history) == 3


@pytest.mark.parametrize(
    ("first", "then", "price"),
    [
        ("قیمت هلو هفته اول تیر", "هفته بعدش چی", 62),
        ("قیمت هلو هفته سوم تیر", "هفته قبلش چند بود؟", 62),
        ("قیمت هلو هفته اول تیر", "هفته سوم چی؟", 63),
        ("قیمت هلو ۲ تیر", "روز بعدش چی", 61),
    ],
)
def test_a_follow_up_counts_on_from_the_time_before(tmp_path: Path, first: str, then: str, price: int) -> None:
    weeks = zip(("اول", "دوم", "سوم"), ("2025-06-24", "2025-07-01", "2025-07-08"), (61, 62, 63), strict=True)
    rows = [
        {"id": day, "title": f"نرخ هفتهٔ {week} تیر", "date": day, "text": f"کیلویی هلو {price} هزار تومان شد."}
        for week, day, price in weeks
    ]
    path = tmp_path / "prices.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    conversation = Conversation(Retriever.from_corpus(path))
    today = datetime.date(2025, 7, 20)
    before = conversation.read(first, today=today)
    answer = conversation.answer(conversation.read(then, remember(before, conversation.answer(before)), today))
    assert [str(price) in claim.quote for claim in answer.claims[:1]] == [True]


@pytest.mark.parametrize("question", ["خرداد چی؟", "قایقرانی چی؟"])
def test_an_ellipsis_of_what_no_article_has_is_refused(town: Conversation, question: str) -> None:
    assert town.ask(question, ("در مهر چند میلی‌متر باران در شهر لاله بارید؟",)).claims == ()


@pytest.mark.parametrize(
    ("word", "noun"),
    [
        ("هزینش", "هزینه"),
        ("هزینه‌اش", "هزینه"),
        ("مدارکش", "مدارک"),
        ("قدش", "قد"),
        ("آتش", ""),
        ("آموزش", ""),
        ("ش", ""),
    ],
)
def test_a_possessive_is_told_in_every_spelling(word: str, noun: str, analyzer: Analyzer) -> None:
    assert possessed(bare(word), analyzer) == bare(noun)
