"""The editors' own answers: given in reply to a question, first where it is asked again, and ended."""

from __future__ import annotations

import json
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from bot.state import pins
from bot.state.pins import Pin
from bot.state.sqlite import connect
from bot.wording import texts
from tests.bot.telegram.conftest import Start
from tests.bot.telegram.fake import Fake
from tests.bot.telegram.harness import as_shown, ask, press, until

ADMIN, MEMBER, GROUP = 9, 7, -500
HEAD = texts.PINNED.partition("{")[0]
WORDS = "سوغات لار امسال کمیاب است."


async def say(fake: Fake, text: str, chat: int = MEMBER, user: int = 0, **content: Any) -> str:
    before = len(fake.sent)
    ask(fake, text, chat, **{"from": {"id": user or abs(chat), "is_bot": False, "first_name": "ک"}}, **content)
    await until(lambda: len(fake.sent) == before + 1)
    return str(fake.sent[-1]["plain"])


def reply_to(text: str, chat: int, user: int, message: int = 999_999) -> dict[str, Any]:
    """What a message has that replies to another."""
    kind = "private" if chat > 0 else "supergroup"
    return {
        "reply_to_message": {
            "message_id": message,
            "date": int(time.time()),
            "chat": {"id": chat, "type": kind, "title": "گ"},
            "from": {"id": user, "is_bot": False, "first_name": "ک"},
            "text": text,
        }
    }


async def test_the_words_of_editors_come_before_quotations(fake: Fake, start: Start) -> None:
    await start(telegram_admins=str(ADMIN), telegram_profile="false")
    assert await say(fake, "/pin متن", ADMIN) == as_shown(texts.HOW_TO_PIN)
    assert await say(fake, "/pin", ADMIN, **reply_to("سوغات لار چیست؟", ADMIN, MEMBER)) == as_shown(texts.HOW_TO_PIN)
    assert (
        await say(fake, f"/pin {WORDS}", MEMBER, **reply_to("سوغات لار چیست؟", MEMBER, MEMBER)) == texts.UNKNOWN_COMMAND
    )
    kept = await say(fake, f"/pin ۳۰ {WORDS}", GROUP, ADMIN, **reply_to("سوغات لار چیست؟", GROUP, MEMBER))
    assert kept.startswith(texts.PIN_KEPT.partition("{")[0])
    for question in ("سوغات لار چیست؟", "سوغات لار چيه", "soghat lar chist"):
        shown = await say(fake, question)
        assert shown.startswith(HEAD)
        assert shown.index(WORDS) < shown.index(texts.BELOW_PINNED) < shown.index("حلوای مسقطی")
    for question in ("سوغات شیراز چیست؟", "سوغات لار کجاست؟", "جاهای دیدنی لار کدام‌اند؟"):
        assert HEAD not in await say(fake, question)


async def test_words_stand_alone_where_the_articles_have_no_answer(fake: Fake, start: Start) -> None:
    bot = await start(telegram_admins=str(ADMIN), telegram_profile="false")
    question = "قیمت خودرو چند است؟"
    assert "پیدا نشد" in await say(fake, question)
    await say(fake, "/pin به این پرسش پاسخی نداریم.", ADMIN, **reply_to(question, ADMIN, MEMBER))
    shown = await say(fake, question)
    assert shown.startswith(HEAD)
    assert "پیدا نشد" not in shown
    listed = await say(fake, "/pins", ADMIN)
    assert question in listed
    assert "پاسخی نداریم" in listed
    button = dict(fake.sent[-1])
    press(fake, button, texts.END_LISTED.format(number="۱"), MEMBER)
    await until(lambda: len(fake.answered) == 1)
    press(fake, button, texts.END_LISTED.format(number="۱"), ADMIN)
    await until(lambda: fake.messages[ADMIN, button["id"]]["plain"] == texts.NO_PINS)
    assert "پیدا نشد" in await say(fake, question)
    await bot.terminate()


async def test_words_of_a_collection_stay_in_it(fake: Fake, start: Start, tmp_path: Path) -> None:
    corpus = tmp_path / "articles"
    (corpus / "hr").mkdir(parents=True)
    (corpus / "a.md").write_text("پل تازهٔ رودخانه دو سال ساخته شد.", "utf-8")
    (corpus / "hr" / "b.md").write_text("حقوق کارکنان از فروردین افزایش می‌یابد.", "utf-8")
    await start(corpus=str(corpus), telegram_admins=str(ADMIN), telegram_collections="hr", telegram_profile="false")
    question = "حقوق کارکنان کی افزایش می‌یابد؟"
    await say(fake, "/bind hr", GROUP, ADMIN)
    await say(fake, "/pin از اردیبهشت.", GROUP, ADMIN, **reply_to(question, GROUP, MEMBER))
    assert (await say(fake, f"/ask {question}", GROUP)).startswith(HEAD)
    assert HEAD not in await say(fake, question)
    await say(fake, "/pin از مرداد.", ADMIN, **reply_to(question, ADMIN, MEMBER))
    assert "از مرداد." in await say(fake, question)
    assert json.loads(fake.sent[-1]["reply_markup"])


def test_words_are_shown_until_they_expire(tmp_path: Path) -> None:
    now, opened = time.time(), frozenset({"hr"})
    with closing(connect(tmp_path / "state.sqlite")) as db:
        for sense, made, expires in (("a", now - 9, now + 9), ("a", now, now - 1), ("b", now, now - 1)):
            pins.pin(db, Pin(0, sense, "؟", f"{made}", opened, made, expires))
        assert pins.pinned(db, "a", opened) is None, "a later answer to the same question takes the place of the first"
        pins.pin(db, Pin(0, "a", "؟", "همه", frozenset(), now - 5, now + 9))
        pins.pin(db, Pin(0, "a", "؟", "تازه", opened, now, now + 9))
        found = [pins.pinned(db, "a", chosen) for chosen in (opened, frozenset({"lab"}), opened | {"lab"})]
        assert [one.words if one else "" for one in found] == ["تازه", "همه", "تازه"]
        pins.purge(db)
        assert len(pins.pins(db)) == db.execute("SELECT count(*) FROM pin").fetchone()[0] == 2
