"""Gaps in the bot itself: shown by meaning, asked again, and told to those who asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.wording import texts
from tests.bot.telegram.conftest import Start
from tests.bot.telegram.fake import Fake
from tests.bot.telegram.harness import ask, press, until

ADMIN = 9


async def say(fake: Fake, text: str, chat: int) -> dict[str, Any]:
    before = len(fake.sent)
    ask(fake, text, chat)
    await until(lambda: len(fake.sent) > before and int(fake.sent[before]["chat_id"]) == chat)
    return dict(fake.sent[before])


async def test_a_gap_that_was_filled_is_asked_again_and_told(fake: Fake, start: Start, tmp_path: Path) -> None:
    corpus = tmp_path / "articles"
    corpus.mkdir()
    (corpus / "one.md").write_text("---\ntitle: پل\n---\nپل تازهٔ رودخانه دو سال ساخته شد.", "utf-8")
    bot = await start(corpus=str(corpus), telegram_admins=str(ADMIN), telegram_profile="false")
    for question, chat in (
        ("قیمت آلوی نیشابور چقدر است؟", 7),
        ("نرخ آلوی نیشابور چنده", 8),
        ("قیمت آلوی نیشابور چقدر است؟", 7),
        ("موزهٔ شهر کی باز می‌شود؟", 7),
    ):
        assert "پیدا نشد" in (await say(fake, question, chat))["plain"]
    listed = await say(fake, "/gaps", ADMIN)
    assert "۱. قیمت آلوی نیشابور چقدر است؟ (۳ بار؛ پیدا نشد)" in listed["plain"]
    assert "۲. موزهٔ شهر کی باز می‌شود؟ (۱ بار؛ پیدا نشد)" in listed["plain"]
    press(fake, listed, "۱", 7)
    press(fake, listed, "۱", ADMIN)
    await until(lambda: fake.sent[-1]["plain"] == texts.ASKED_AGAIN.format(answered="۰", left="۳"))
    draft = corpus / ".draft"
    draft.write_text("---\ntitle: بازار\n---\nقیمت هر کیلو آلوی نیشابور ۴۰ هزار تومان است.", "utf-8")
    draft.rename(corpus / "plum.md")
    await until(lambda: '"articles changed"' in bot.log)
    before = len(fake.sent)
    press(fake, listed, "۱", ADMIN)
    await until(lambda: len(fake.sent) == before + 3)
    shown = {int(sent["chat_id"]): sent["plain"] for sent in fake.sent[before:]}
    assert shown[ADMIN] == texts.ASKED_AGAIN.format(answered="۳", left="۰")
    assert all("۴۰ هزار تومان" in shown[chat] for chat in (7, 8)), "each is told once"
    again = (await say(fake, "/gaps", ADMIN))["plain"]
    assert "آلوی" not in again
    assert "۱. موزهٔ شهر" in again
