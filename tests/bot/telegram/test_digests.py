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

from bot.service.watching.digesting import first_due, next_due
from bot.state.digests import Digest
from bot.telegram.digest_wishes import wished
from bot.wording import texts
from tests.bot.telegram.conftest import Start
from tests.bot.telegram.fake import Fake
from tests.bot.telegram.harness import Bot, as_shown, ask, press, until

TEHRAN = ZoneInfo("Asia/Tehran")


async def say(fake: Fake, text: str, chat: int = 7, **content: Any) -> dict[str, Any]:
    before = len(fake.sent)
    ask(fake, text, chat, **content)
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
    assert "هر جمعه، ساعت ۱۸، دربارهٔ آلو" in (await say(fake, "/digest هر جمعه ۱۸ آلو", -500))["plain"]
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
    ("hour", "days", "weekday", "after", "expected"),
    [
        (8, 1, None, "2026-03-01 07:59", "2026-03-01 08:00"),
        (8, 1, None, "2026-03-01 08:00", "2026-03-02 08:00"),
        (8, 7, None, "2026-03-01 08:00", "2026-03-08 08:00"),
        (0, 1, None, "2026-12-31 23:30", "2027-01-01 00:00"),
        (18, 7, 4, "2026-03-01 08:00", "2026-03-06 18:00"),
        (18, 7, 6, "2026-03-01 18:30", "2026-03-08 18:00"),
    ],
)
def test_when_a_digest_is_due_first(hour: int, days: int, weekday: int | None, after: str, expected: str) -> None:
    assert shown(first_due(hour, days, seconds(after), TEHRAN, weekday)) == expected


@pytest.mark.parametrize(
    ("days", "now", "expected"),
    [
        (1, "2026-03-01 08:00", "2026-03-02 08:00"),
        (7, "2026-03-01 08:01", "2026-03-08 08:00"),
        (7, "2026-03-02 07:00", "2026-03-08 08:00"),
        (7, "2026-03-12 07:00", "2026-03-15 08:00"),
    ],
)
def test_a_digest_that_was_told_late_keeps_its_day(days: int, now: str, expected: str) -> None:
    digest = Digest(1, 7, 7, 0, "", days, 8, 0, seconds("2026-03-01 08:00"))
    assert shown(next_due(digest, seconds(now), TEHRAN)) == expected


def seconds(moment: str) -> float:
    return datetime.datetime.fromisoformat(moment).replace(tzinfo=TEHRAN).timestamp()


def shown(moment: float) -> str:
    return f"{datetime.datetime.fromtimestamp(moment, TEHRAN):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("روزانه", (1, None, 8, "")),
        ("روزانه ۸", (1, None, 8, "")),
        ("هر روز ساعت ۹ شب", (1, None, 21, "")),
        ("هرروز ساعت۷", (1, None, 7, "")),
        ("daily 18 rain", (1, None, 18, "rain")),
        ("هفتگی ۱۸ آلو", (7, None, 18, "آلو")),
        ("هفتگی جمعه‌ها سر ساعت ۶ عصر دربارهٔ آب", (7, 4, 18, "آب")),
        ("هر پنج شنبه", (7, 3, 8, "")),
        ("هر یک‌شنبه ۱۲ شب", (7, 6, 0, "")),
        ("هر سشنبه ساعت ۱۲ ظهر در مورد نرخ دلار", (7, 1, 12, "نرخ دلار")),
        ("هر شنبه ۲ شب", (7, 5, 2, "")),
        ("جمعه‌ها ۶ عصر دربارهٔ آب", (7, 4, 18, "آب")),
        ("پنجشنبه", (7, 3, 8, "")),
        ("هر هفته ۲۰ جلد کتاب", (7, None, 20, "جلد کتاب")),
        ("روزانه ۲۵", None),
        ("هر آب", None),
        ("آب", None),
        ("", None),
    ],
)
def test_what_somebody_wants_to_be_told(text: str, wish: tuple[int, int | None, int, str] | None) -> None:
    assert wished(text) == wish


async def test_a_list_shows_and_ends_what_is_told_in_its_chat_and_for_whom(fake: Fake, start: Start) -> None:
    await start(telegram_profile="false")
    private = {"from": {"id": 7, "is_bot": False, "first_name": "ک"}}
    await say(fake, "/digest هر روز دربارهٔ وام")
    await say(fake, "/digest هر جمعه دربارهٔ آب", -500, **private)
    listed = await say(fake, "/digest", -500, **private)
    assert "آب" in listed["plain"]
    assert "وام" not in listed["plain"], "what is told in private is listed there"
    press(fake, listed, texts.END_LISTED.format(number="۱"), user=8)
    await until(lambda: [params.get("text") for _, params in fake.answered] == [texts.NOT_LISTED])
    assert fake.messages[-500, listed["id"]]["plain"] == listed["plain"]
    assert {"آب" in line for line in (await say(fake, "/digest"))["plain"].splitlines()[1:3]} == {True, False}
