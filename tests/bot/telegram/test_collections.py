"""Collections in the bot itself: bound to a group, to a thread, to a code; and nothing of them anywhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.wording import texts
from tests.bot.telegram.conftest import Start
from tests.bot.telegram.fake import Fake
from tests.bot.telegram.harness import ask, press, until

ADMIN, MEMBER, STRANGER, GROUP, OTHER_GROUP = 9, 7, 8, -500, -501
PLUM = "آلوی نیشابور در پاییز خشک می‌شود."
QUESTION = "آلوی نیشابور کی خشک می‌شود؟"
SETTINGS = {"telegram_admins": str(ADMIN), "telegram_collections": "hr", "telegram_profile": "false"}


@pytest.fixture
async def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    (folder / "hr").mkdir(parents=True)
    write(folder, "bridge", "پل رودخانه", "پل تازهٔ رودخانه دو سال ساخته شد.")
    write(folder, "hr/plum", "آلوی نیشابور", PLUM)
    return folder


def write(corpus: Path, name: str, title: str, text: str) -> None:
    draft = corpus / ".draft"
    draft.write_text(f"---\ntitle: {title}\n---\n{text}\n", "utf-8")
    draft.rename(corpus / f"{name}.md")


async def say(fake: Fake, text: str, chat: int, user: int = 0, **content: Any) -> str:
    before = len(fake.sent)
    sender = {"from": {"id": user or abs(chat), "is_bot": False, "first_name": "ک"}}
    ask(fake, text, chat, **sender, **content)
    await until(lambda: len(fake.sent) == before + 1)
    return str(fake.sent[-1]["plain"])


async def everything(fake: Fake, chat: int, user: int = 0) -> str:
    """All that the bot shows in a chat, one after the other."""
    shown = [
        await say(fake, text, chat, user)
        for text in (
            f"/ask {QUESTION}",
            "/ask آلو",
            "/ask آلوی نیشابور",
            "/sources",
            "/about",
            "/start",
            f"/watch {QUESTION}",
        )
    ]
    return "\n".join(shown)


def is_quoted(shown: str) -> bool:
    return "در پاییز خشک" in shown


async def test_a_collection_is_quoted_where_it_is_bound_and_nowhere_else(
    fake: Fake, start: Start, corpus: Path
) -> None:
    await start(corpus=str(corpus), **SETTINGS)
    ask(fake, "/bind hr", GROUP, **{"from": {"id": STRANGER, "is_bot": False, "first_name": "ک"}})
    assert not is_quoted(await say(fake, f"/ask {QUESTION}", GROUP))
    assert await say(fake, "/bind hr", GROUP, ADMIN) == texts.BOUND.format(name="hr", place=texts.THIS_CHAT)
    assert is_quoted(await say(fake, f"/ask {QUESTION}", GROUP))
    assert "مقاله‌ها: ۲" in await say(fake, "/about", GROUP)
    for chat in (STRANGER, OTHER_GROUP, ADMIN):
        shown = await everything(fake, chat)
        assert not is_quoted(shown)
        assert "۱. آلو" not in shown
        assert "مقاله‌ها: ۱" in shown
    write(corpus, "hr/more", "آلوی خوانسار", "آلوی نیشابور در پاییز خشک می‌شود و در زمستان به بازار می‌آید.")
    assert await say(fake, "/unbind hr", GROUP, ADMIN) == texts.UNBOUND.format(name="hr", place=texts.THIS_CHAT)
    assert not is_quoted(await everything(fake, GROUP))


async def test_a_thread_has_collections_of_its_own(fake: Fake, start: Start, corpus: Path) -> None:
    await start(corpus=str(corpus), **SETTINGS)
    inside = {"message_thread_id": 31, "is_topic_message": True}
    assert texts.THIS_THREAD in await say(fake, "/bind hr", GROUP, ADMIN, **inside)
    assert is_quoted(await say(fake, f"/ask {QUESTION}", GROUP, **inside))
    assert not is_quoted(await say(fake, f"/ask {QUESTION}", GROUP))
    assert not is_quoted(await say(fake, f"/ask {QUESTION}", GROUP, message_thread_id=32, is_topic_message=True))


async def test_a_code_opens_a_collection_to_whoever_gives_it(fake: Fake, start: Start, corpus: Path) -> None:
    bot = await start(corpus=str(corpus), telegram_access="code", telegram_code="الف", **SETTINGS)
    assert await say(fake, "/invite hr", STRANGER) == texts.NOT_ADMITTED
    assert await say(fake, "/invite pay", ADMIN) == texts.WHICH_COLLECTION.format(names="hr")
    first = (await say(fake, "/invite hr", ADMIN)).rpartition("start=")[2]
    code = (await say(fake, "/invite hr", ADMIN)).rpartition("start=")[2]
    assert await say(fake, f"/start {first}", MEMBER) == texts.NOT_ADMITTED
    assert await say(fake, f"/start {code}", MEMBER) == texts.JOINED.format(name="hr")
    assert is_quoted(await say(fake, QUESTION, MEMBER))
    assert await say(fake, "/start الف", STRANGER) == texts.ADMITTED
    assert not is_quoted(await everything(fake, STRANGER))
    assert f"\u200e{MEMBER}" in await say(fake, "/collections", ADMIN)
    await bot.terminate()
    await start(corpus=str(corpus), telegram_access="code", telegram_code="الف", **SETTINGS)
    shown = fake.sent[-1]
    assert is_quoted(await say(fake, QUESTION, MEMBER))
    shown = dict(fake.sent[-1])
    await say(fake, f"/unbind hr {MEMBER}", ADMIN)
    before = len(fake.sent)
    press(fake, shown, texts.MORE, MEMBER)
    await until(lambda: bool(fake.answered))
    assert [params.get("text") for _, params in fake.answered] == [texts.NO_MORE]
    assert not is_quoted("\n".join(sent["plain"] for sent in fake.sent[before:]))
    assert not is_quoted(await say(fake, "و بعد چه شد؟", MEMBER))


async def test_news_of_a_collection_is_told_where_it_is_open(fake: Fake, start: Start, corpus: Path) -> None:
    (corpus / "hr" / "plum.md").unlink()
    await start(corpus=str(corpus), **SETTINGS)
    await say(fake, "/bind hr", GROUP, ADMIN)
    for chat in (GROUP, OTHER_GROUP, STRANGER):
        assert "پیدا نشد" in await say(fake, f"/ask {QUESTION}", chat)
        assert QUESTION in await say(fake, f"/watch {QUESTION}", chat)
    write(corpus, "hr/plum", "آلوی نیشابور", PLUM)
    await until(lambda: any("خبر تازه" in sent["plain"] for sent in fake.sent))
    write(corpus, "apple", "آلوی نیشابور", "نوشته‌اند که آلوی نیشابور از آغاز مهر خشک می‌شود، پس از چیدن.")
    await until(
        lambda: {s["chat_id"] for s in fake.sent if "آغاز مهر" in s["plain"]} >= {str(OTHER_GROUP), str(STRANGER)}
    )
    assert {sent["chat_id"] for sent in fake.sent if is_quoted(sent["plain"])} == {str(GROUP)}


async def test_what_is_typed_elsewhere_finds_open_articles_alone(fake: Fake, start: Start, corpus: Path) -> None:
    await start(corpus=str(corpus), **SETTINGS)
    await say(fake, f"/bind hr {MEMBER}", ADMIN)
    assert is_quoted(await say(fake, QUESTION, MEMBER))
    for query in (QUESTION, "پل تازهٔ رودخانه چند سال ساخته شد؟"):
        user = {"id": MEMBER, "is_bot": False, "first_name": "ک"}
        fake.push(inline_query={"id": query, "from": user, "query": query, "offset": ""})
    await until(lambda: len(fake.answered) == 2)
    found = {params["inline_query_id"]: params["results"] for _, params in fake.answered}
    assert "پاییز" not in found[QUESTION]
    assert "دو سال" in str(list(found.values())[1])


async def test_a_folder_above_the_corpus_is_refused(start: Start, corpus: Path) -> None:
    bot = await start(corpus=str(corpus), telegram_collections="../hr")
    assert await bot.ended() != 0
    assert "PASOKH_TELEGRAM_COLLECTIONS" in bot.log
