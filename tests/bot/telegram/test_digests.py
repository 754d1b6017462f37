"""Digests in the bot itself: told at their hour, of what has come, once; listed and ended."""

from __future__ import annotations

import datetime
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot import texts
from bot.watching.digesting import following
from tests.bot.telegram.conftest import Start
from tests.bot.telegram.fake import Fake
from tests.bot.telegram.harness import Bot, as_shown, ask, press, until

TEHRAN = ZoneInfo("Asia/Tehran")


async def say(fake: Fake, text: str, chat: int = 7) -> dict[str, Any]:
    before = len(fake.sent)
    ask(fake, text, chat)
    await until(lambda: len(fake.sent) == before + 1)
    return dict(fake.sent[-1])


def write(corpus: Path, name: str, title: str, text: str) -> None:
    draft = corpus / ".draft"
    draft.write_text(f"---\ntitle: {title}\n---\n{text}\n", "utf-8")
    draft.rename(corpus / f"{name}.md")


def make_due(bot: Bot) -> None:
    """The hour of all digests has come."""
    with closing(sqlite3.connect(bot.data / "telegram.sqlite")) as db:
        db.execute("UPDATE digest SET next = ?", (time.time() - 60,))
        db.commit()


def told(fake: Fake) -> list[tuple[int, str]]:
    head = texts.DIGEST_OF_ALL[:12]
    return sorted((int(sent["chat_id"]), sent["plain"]) for sent in fake.sent if sent["plain"].startswith(head))


async def test_what_has_come_is_told_at_its_hour_and_once(fake: Fake, start: Start, tmp_path: Path) -> None:
    corpus = tmp_path / "articles"
    (corpus / "hr").mkdir(parents=True)
    write(corpus, "bridge", "پل رودخانه", "پل تازهٔ رودخانه دو سال ساخته شد.")
    settings = {"corpus": str(corpus), "telegram_profile": "false", "telegram_collections": "hr"}
    bot = await start(**settings)
    assert (await say(fake, "/digest"))["plain"] == as_shown(texts.HOW_TO_DIGEST)
    assert "ساعت ۸" in (await say(fake, "/digest روزانه"))["plain"]
    assert "هر هفته، ساعت ۱۸، دربارهٔ آلو" in (await say(fake, "/digest هفتگی ۱۸ آلو", -500))["plain"]
    write(corpus, "plum", "آلوی نیشابور", "آلوی نیشابور در پاییز خشک می‌شود.")
    write(corpus, "museum", "موزهٔ شهر", "موزهٔ شهر از فردا باز است.")
    write(corpus, "hr/pay", "حقوق تازه", "حقوق از فروردین بیشتر می‌شود.")
    await until(lambda: '"articles": 3' in bot.log)
    await bot.terminate()
    make_due(bot)
    bot = await start(**settings)
    await until(lambda: len(told(fake)) == 2)
    (group, about_plums), (user, everything) = told(fake)
    assert (group, user) == (-500, 7)
    assert "آلوی نیشابور" in about_plums
    assert "موزه" not in about_plums
    assert "آلوی نیشابور" in everything
    assert "موزهٔ شهر" in everything
    assert "حقوق" not in everything, "it is closed"
    assert "پل" not in everything, "it was there before"
    await bot.terminate()
    make_due(bot)
    await start(**settings)
    shown = await say(fake, "/digest")
    assert len(told(fake)) == 2, "nothing has come since"
    press(fake, shown, texts.END_LISTED.format(number="۱"))
    await until(lambda: fake.messages[7, shown["id"]]["plain"] == as_shown(texts.HOW_TO_DIGEST))


@pytest.mark.parametrize(
    ("hour", "days", "after", "expected"),
    [
        (8, 1, "2026-03-01 07:59", "2026-03-01 08:00"),
        (8, 1, "2026-03-01 08:00", "2026-03-02 08:00"),
        (8, 7, "2026-03-01 08:00", "2026-03-08 08:00"),
        (0, 1, "2026-12-31 23:30", "2027-01-01 00:00"),
    ],
)
def test_when_a_digest_is_due_next(hour: int, days: int, after: str, expected: str) -> None:
    at = datetime.datetime.fromisoformat(after).replace(tzinfo=TEHRAN).timestamp()
    found = datetime.datetime.fromtimestamp(following(hour, days, at, TEHRAN), TEHRAN)
    assert f"{found:%Y-%m-%d %H:%M}" == expected
