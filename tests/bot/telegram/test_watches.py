"""Questions that wait for articles, in the bot itself: kept, told once, listed, ended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.wording import texts
from tests.bot.telegram.conftest import Start
from tests.bot.telegram.fake import Fake
from tests.bot.telegram.harness import as_shown, ask, message, press, until

BRIDGE = "پل تازهٔ رودخانه دو سال ساخته شد."
PLUM = "آلوی نیشابور در پاییز خشک می‌شود و بهارش کوتاه است."
QUESTION = "آلوی نیشابور کی خشک می‌شود؟"
KEPT = texts.WATCHED.partition("(")[0]
NEWS = texts.NEWS.format(question=QUESTION)


@pytest.fixture
async def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    add(folder, "bridge", "پل", BRIDGE)
    return folder


def add(corpus: Path, name: str, title: str, text: str) -> None:
    """An article comes, whole at once."""
    draft = corpus / f".{name}"
    draft.write_text(f"---\ntitle: {title}\n---\n{text}\n", "utf-8")
    draft.rename(corpus / f"{name}.md")


async def say(fake: Fake, text: str, chat: int = 7, **content: Any) -> dict[str, Any]:
    before = len(fake.sent)
    ask(fake, text, chat, **content)
    await until(lambda: len(fake.sent) == before + 1)
    return dict(fake.sent[-1])


def news(fake: Fake) -> list[dict[str, Any]]:
    return [sent for sent in fake.sent if "خبر تازه" in sent["plain"]]


async def asked(bot: Any, times: int) -> None:
    """Wait until the kept questions have been asked of what came."""
    await until(lambda: sum(line["message"] == "articles changed" for line in bot.lines) >= times)
    await until(lambda: bot.log.count("kept questions asked") >= times)


async def test_a_question_without_answer_is_told_when_an_article_comes(fake: Fake, start: Start, corpus: Path) -> None:
    bot = await start(corpus=str(corpus))
    shown = await say(fake, QUESTION)
    assert "پیدا نشد" in shown["plain"]
    press(fake, shown, texts.WATCH)
    await until(lambda: len(fake.sent) == 2)
    assert fake.sent[-1]["plain"].startswith(KEPT)
    add(corpus, "garden", "باغ", "باغ‌های شهر در پاییز آب می‌خواهند.")
    add(corpus, "plum", "آلوی نیشابور", PLUM)
    await until(lambda: bool(news(fake)))
    told = news(fake)[0]
    assert told["plain"].startswith(NEWS)
    assert "در پاییز خشک می‌شود" in told["plain"]
    assert "منبع [1]: آلوی نیشابور" in told["plain"]
    add(corpus, "copy", "آلوی نیشابور", PLUM)
    add(corpus, "again", "از نیشابور", f"خبرنگار ما نوشت: {PLUM}")
    add(corpus, "plum", "آلوی نیشابور", f"{PLUM} امسال هم چنین است.")
    await asked(bot, 2)
    assert "در پاییز خشک" in (await say(fake, QUESTION))["plain"]
    assert len(news(fake)) == 1, "copies, repeated quotations and edited articles are no news"
    assert "در پاییز خشک" in (await say(fake, "/watches"))["plain"] or QUESTION in fake.sent[-1]["plain"]
    press(fake, told, texts.END_WATCH)
    await until(lambda: any(params.get("text") == texts.WATCH_ENDED for _, params in fake.answered))
    assert (await say(fake, "/watches"))["plain"] == as_shown(texts.NO_WATCHES)


async def test_questions_are_kept_listed_and_ended(fake: Fake, start: Start, corpus: Path) -> None:
    await start(corpus=str(corpus), telegram_watches="2")
    assert (await say(fake, "/watch"))["plain"] == as_shown(texts.WHAT_TO_WATCH)
    assert (await say(fake, "/watch سلام"))["plain"] == texts.NOT_WATCHABLE
    theirs = {"reply_to_message": message(fake, "موزهٔ مس کی باز می‌شود؟", -500)}
    assert "«موزهٔ مس کی باز می‌شود؟»" in (await say(fake, "/watch", -500, **theirs))["plain"]
    assert (await say(fake, "/watches"))["plain"] == as_shown(texts.NO_WATCHES)
    assert (await say(fake, f"/watch {QUESTION}"))["plain"].startswith(KEPT)
    assert (await say(fake, f"/watch {QUESTION}"))["plain"] == as_shown(texts.WATCHED_BEFORE)
    assert (await say(fake, "/watch پل رودخانه کی ساخته شد؟"))["plain"].startswith(KEPT)
    assert (await say(fake, "/watch موزه کی باز می‌شود؟"))["plain"] == as_shown(texts.TOO_MANY_WATCHES.format(limit="۲"))
    shown = await say(fake, "/watches")
    assert QUESTION in shown["plain"]
    press(fake, shown, texts.END_LISTED.format(number="۱"), user=8)
    await until(lambda: [params.get("text") for _, params in fake.answered] == [texts.NOT_LISTED])
    assert QUESTION in fake.messages[7, shown["id"]]["plain"]
    press(fake, shown, texts.END_LISTED.format(number="۱"))
    await until(lambda: QUESTION not in fake.messages[7, shown["id"]]["plain"])
    ask(fake, "/forget")
    await until(lambda: fake.sent[-1]["plain"] == texts.FORGOTTEN)
    assert (await say(fake, "/watches"))["plain"] == as_shown(texts.NO_WATCHES)


async def test_articles_that_came_while_the_bot_was_down_are_asked(fake: Fake, start: Start, corpus: Path) -> None:
    bot = await start(corpus=str(corpus))
    await say(fake, f"/watch {QUESTION}", -500)
    await bot.kill()
    add(corpus, "plum", "آلوی نیشابور", PLUM)
    bot = await start(corpus=str(corpus))
    await until(lambda: bool(news(fake)))
    assert (news(fake)[0]["chat_id"], len(news(fake))) == ("-500", 1)
    await bot.terminate()
    await start(corpus=str(corpus))
    await say(fake, "سلام")
    assert len(news(fake)) == 1


async def test_without_questions_there_is_no_button(fake: Fake, start: Start, corpus: Path) -> None:
    await start(corpus=str(corpus), telegram_watches="0")
    assert "reply_markup" not in await say(fake, QUESTION)
    assert (await say(fake, f"/watch {QUESTION}"))["plain"] == as_shown(texts.TOO_MANY_WATCHES.format(limit="۰"))


async def test_who_may_not_ask_any_more_is_not_told(fake: Fake, start: Start, corpus: Path) -> None:
    bot = await start(corpus=str(corpus), telegram_access="list", telegram_allowed="7 8")
    for chat in (7, 8):
        await say(fake, f"/watch {QUESTION}", chat)
    await bot.terminate()
    await start(corpus=str(corpus), telegram_access="list", telegram_allowed="8")
    add(corpus, "plum", "آلوی نیشابور", PLUM)
    await until(lambda: bool(news(fake)))
    assert [sent["chat_id"] for sent in news(fake)] == ["8"]
