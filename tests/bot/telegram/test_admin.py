"""Administrators and access: articles by Telegram, who may ask, how much."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.wording import texts
from tests.bot.telegram.conftest import Start
from tests.bot.telegram.fake import Fake
from tests.bot.telegram.harness import ask, press, until

ADMIN = 9
PLUM = "---\ntitle: آلوی نیشابور\n---\nآلوی نیشابور در پاییز خشک می‌شود. باغ‌های آن کم‌آب‌اند.\n"


@pytest.fixture
async def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.md").write_text("---\ntitle: پل\n---\nپل تازهٔ رودخانه دو سال ساخته شد.", "utf-8")
    return folder


async def say(fake: Fake, text: str | None, chat: int = ADMIN, **content: Any) -> str:
    fake.sent.clear()
    ask(fake, text, chat, **content)
    await until(lambda: len(fake.sent) == 1)
    return str(fake.sent[0]["plain"])


def document(fake: Fake, name: str, content: bytes, size: int | None = None) -> dict[str, Any]:
    fake.files["id"] = content
    return {"document": {"file_id": "id", "file_unique_id": "id", "file_name": name, "file_size": size or len(content)}}


async def test_an_article_is_added_by_file_and_answers_at_once(fake: Fake, start: Start, corpus: Path) -> None:
    await start(telegram_admins=str(ADMIN), corpus=str(corpus))
    assert "پیدا نشد" in await say(fake, "آلوی نیشابور کی خشک می‌شود؟")
    added = await say(fake, None, **document(fake, "alu.md", PLUM.encode()))
    assert added == texts.ADDED.format(title="آلوی نیشابور", sentences="۲")
    assert (corpus / "alu.md").read_text("utf-8") == PLUM
    assert "در پاییز خشک" in await say(fake, "آلوی نیشابور کی خشک می‌شود؟")
    assert await say(fake, None, **document(fake, "alu.md", PLUM.encode())) == added
    assert await say(fake, "/reload") == texts.RELOADED.format(articles="۲", sentences="۳")


REFUSED: list[tuple[tuple[str, bytes, int | None], str]] = [
    (("one.md", b"other", None), "one.md"),
    (("a.xyz", b"a", None), "its format is not known"),
    (("a.md", b"---\ntitle: [\n---\n", None), "line"),
    (("a.txt", b"", None), "it has no text"),
    (("a.txt", b"\x00\x01\x02", None), "binary"),
    (("../../evil.sh", b"x", None), "evil.sh: its format"),
    (("a.jsonl", b'{"id": "one.md", "title": "t", "text": "x"}', None), "one.md"),
    (("a.txt", b"x", 21 << 20), "۲۰ مگابایت"),
]


async def test_what_is_no_article_is_refused_with_the_reason(fake: Fake, start: Start, corpus: Path) -> None:
    await start(telegram_admins=str(ADMIN), corpus=str(corpus))
    for sent, reason in REFUSED:
        answer = await say(fake, None, **document(fake, *sent))
        assert answer.startswith(texts.REFUSED.split("{")[0])
        assert reason in answer
    assert [file.name for file in corpus.parent.rglob("*") if file.suffix in {".md", ".sh", ".pdf"}] == ["one.md"]


async def test_a_forwarded_post_becomes_an_article(fake: Fake, start: Start, corpus: Path) -> None:
    await start(telegram_admins=str(ADMIN), corpus=str(corpus))
    channel = {"id": -100, "type": "channel", "title": "کانال: باغ", "username": "garden"}
    origin = {"type": "channel", "date": 1766793600, "chat": channel, "message_id": 31, "author_signature": "نرگس"}
    post = "برداشت پسته\n\nپستهٔ دامغان در شهریور برداشت می‌شود. #پسته"
    assert await say(fake, post, forward_origin=origin) == texts.ADDED.format(title="برداشت پسته", sentences="۲")
    answer = await say(fake, "پستهٔ دامغان کی برداشت می‌شود؟")
    assert "در شهریور برداشت" in answer
    assert "برداشت پسته — کانال: باغ، نرگس، ۶ دی ۱۴۰۴" in answer
    assert "https://t.me/garden/31#:~:text=" in fake.sent[0]["rich_message"]
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    assert texts.NO_WORDS in await say(fake, None, forward_origin=origin, photo=photo)


async def test_others_can_add_nothing(fake: Fake, start: Start, corpus: Path) -> None:
    await start(telegram_admins=str(ADMIN), corpus=str(corpus))
    assert await say(fake, None, 7, **document(fake, "alu.md", PLUM.encode())) == texts.NO_WORDS
    assert await say(fake, "/reload", 7) == texts.UNKNOWN_COMMAND
    assert [file.name for file in corpus.iterdir()] == ["one.md"]


async def test_an_invitation_code_admits_for_good(fake: Fake, start: Start) -> None:
    settings = {"telegram_access": "code", "telegram_code": "انار-۷", "telegram_allowed": "8 -500"}
    bot = await start(**settings)
    assert await say(fake, "سوغات لار چیست؟", 7) == texts.NOT_ADMITTED
    assert await say(fake, "/start انار-8", 7) == texts.NOT_ADMITTED
    assert "حلوای مسقطی" in await say(fake, "سوغات لار چیست؟", 8)
    assert "حلوای مسقطی" in await say(fake, "/ask سوغات لار چیست؟", -500)
    assert await say(fake, "/start انار-۷", 7) == texts.ADMITTED
    await bot.terminate()
    await start(**settings)
    assert "حلوای مسقطی" in await say(fake, "سوغات لار چیست؟", 7)


async def test_limits_are_told_politely(fake: Fake, start: Start) -> None:
    await start(telegram_user_rate="2", telegram_access="list", telegram_allowed="7, 8")
    shown = [await say(fake, "سوغات لار چیست؟", 7) for _ in range(3)]
    assert [text == texts.TOO_MANY for text in shown] == [False, False, True]
    ask(fake, "سوغات لار چیست؟", 7)
    assert "حلوای مسقطی" in await say(fake, "سوغات لار چیست؟", 8)
    assert await say(fake, "سوغات لار چیست؟", 5) == texts.NOT_ALLOWED
    fake.sent.clear()
    ask(fake, "سوغات لار چیست؟", 8)
    await until(lambda: len(fake.sent) == 1)
    press(fake, fake.sent[0], texts.MORE, 8)
    await until(lambda: [params.get("text") for _, params in fake.answered] == [texts.TOO_MANY])
