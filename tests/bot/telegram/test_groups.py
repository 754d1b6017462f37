"""Where people talk: questions of others, replies to any answer, threads with topics of their own."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from bot.service.limits import PAUSE_SECONDS
from bot.wording import texts
from tests.bot.telegram.conftest import Start, shares_a_bot
from tests.bot.telegram.fake import Fake
from tests.bot.telegram.harness import as_shown, ask, message, until
from tests.bot.telegram.profile import BOT
from tests.bot.telegram.test_bot import CLUSTERS, SOUVENIR, replies, say

GROUP = -100500
CONTINUED = "و کدام در آستانه است؟"
MENTION = {"type": "mention", "offset": 0, "length": len("@pasokh_test_bot")}


def user(number: int) -> dict[str, Any]:
    return {"from": {"id": number, "is_bot": False, "first_name": "کاربر"}}


def continues(answer: dict[str, Any]) -> bool:
    """Whether an answer to `CONTINUED` goes on with one to `CLUSTERS`."""
    return str(answer["plain"]).startswith("• مسقطی لاری")


def shown(answer: dict[str, Any]) -> dict[str, Any]:
    """A message of the bot's, as a reply to it carries it."""
    chat = {"id": int(answer["chat_id"]), "type": "supergroup"}
    return {"message_id": answer["id"], "date": 1, "chat": chat, "from": BOT, "text": answer["plain"]}


@shares_a_bot
async def test_a_question_of_somebody_else_is_asked_by_a_reply(served: Fake) -> None:
    theirs = message(served, SOUVENIR, GROUP, **user(1))
    for text, content in (("/ask", {}), ("@pasokh_test_bot", {"entities": [MENTION]})):
        answer = await say(served, text, GROUP, **user(2), reply_to_message=theirs, **content)
        assert "حلوای مسقطی" in answer["plain"]
        assert json.loads(answer["reply_parameters"])["message_id"] == theirs["message_id"]
    assert (await say(served, "/ask", GROUP))["plain"] == as_shown(texts.WHAT_TO_ASK)
    # What follows is the topic of whoever had it asked; and the question is read after what its author has asked.
    assert (await say(served, f"/ask {CLUSTERS}", GROUP, **user(1)))["plain"]
    theirs = message(served, CONTINUED, GROUP, **user(1))
    assert continues(await say(served, "/ask", GROUP, **user(2), reply_to_message=theirs))


@shares_a_bot
async def test_threads_have_topics_of_their_own(served: Fake) -> None:
    for chat in (GROUP, 7):
        one, two = ({"message_thread_id": number, "is_topic_message": True} for number in (31, 32))
        assert (await say(served, f"/ask {CLUSTERS}", chat, **one))["message_thread_id"] == "31"
        assert not continues(await say(served, f"/ask {CONTINUED}", chat, **two))
        assert (await say(served, "/new", chat, **two))["plain"] == texts.NEW_TOPIC
        assert not continues(await say(served, f"/ask {CONTINUED}", chat))
        assert continues(await say(served, f"/ask {CONTINUED}", chat, **one))


@shares_a_bot
async def test_what_is_spoken_gets_a_word_on_what_to_do(served: Fake) -> None:
    voice: dict[str, Any] = {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}}
    note: dict[str, Any] = {"video_note": {"file_id": "v", "file_unique_id": "v", "duration": 3, "length": 240}}
    for spoken in (voice, note):
        assert (await say(served, None, **spoken))["plain"] == texts.SPOKEN
    assert "حلوای مسقطی" in (await say(served, None, **voice, caption=SOUVENIR))["plain"]
    theirs = message(served, None, GROUP, **voice, **user(1))
    assert (await say(served, "/ask", GROUP, reply_to_message=theirs))["plain"] == texts.SPOKEN
    ask(served, None, GROUP, **voice)
    answer = await say(served, f"/ask {SOUVENIR}", GROUP)
    assert (await say(served, None, GROUP, **voice, reply_to_message=shown(answer)))["plain"] == texts.SPOKEN


async def test_a_reply_to_an_answer_goes_on_with_it_whoever_got_it(fake: Fake, start: Start) -> None:
    bot = await start()
    clusters = await say(fake, f"/ask {CLUSTERS}", GROUP, **user(1))
    await say(fake, f"/ask {SOUVENIR}", GROUP, **user(1))
    assert not continues(await say(fake, f"/ask {CONTINUED}", GROUP, **user(2)))
    assert continues(await say(fake, CONTINUED, GROUP, **user(2), reply_to_message=shown(clusters)))
    assert continues(await say(fake, f"/ask {CONTINUED}", GROUP, **user(2)))  # it is this user's topic from now on
    await bot.kill()
    await start()
    assert continues(await say(fake, CONTINUED, GROUP, **user(3), reply_to_message=shown(clusters)))


async def typed(fake: Fake, number: int, text: str, user: int = 7) -> tuple[int, str]:
    """What an inline query shows: how many quotations, and the notice above them."""
    fake.answered.clear()
    sender = {"id": user, "is_bot": False, "first_name": "کاربر"}
    fake.push(inline_query={"id": str(number), "from": sender, "query": text, "offset": ""})
    await until(lambda: len(fake.answered) == 1)
    params = fake.answered[0][1]
    return len(params["results"]), json.loads(params.get("button", '{"text": ""}'))["text"]


async def test_typing_inline_leaves_the_private_chat_its_limit_and_is_excused_there(fake: Fake, start: Start) -> None:
    await start(telegram_user_rate="1", telegram_access="list", telegram_allowed="7")
    for letters in range(len("سوغات "), len(SOUVENIR)):
        await typed(fake, letters, SOUVENIR[:letters])
    assert (await typed(fake, 100, SOUVENIR))[0] > 0
    await asyncio.sleep(PAUSE_SECONDS + 0.1)
    assert await typed(fake, 101, SOUVENIR) == (0, texts.INLINE_TOO_MANY)
    assert await typed(fake, 102, f"{SOUVENIR} ") == (0, texts.INLINE_TOO_MANY)
    assert await typed(fake, 103, SOUVENIR, 8) == (0, texts.INLINE_NOT_OPEN)
    assert "حلوای مسقطی" in (await say(fake, SOUVENIR))["plain"]
    assert (await say(fake, SOUVENIR))["plain"] == texts.TOO_MANY
    group = await say(fake, f"/ask {SOUVENIR}", GROUP, **user(7))
    assert (group["chat_id"], group["plain"]) == (str(GROUP), texts.TOO_MANY)


async def test_a_group_that_becomes_a_supergroup_keeps_permission_topic_and_what_waits(
    fake: Fake, start: Start
) -> None:
    old, new = -500, -100600
    settings = {"telegram_access": "list", "telegram_allowed": str(old)}
    bot = await start(**settings)
    await say(fake, f"/ask {CLUSTERS}", old, **user(1))
    await bot.terminate()
    fake.moved[old] = new
    fake.sent.clear()
    ask(fake, f"/ask {SOUVENIR}", old, **user(2))
    ask(fake, None, old, migrate_to_chat_id=new)
    ask(fake, None, new, migrate_from_chat_id=old)
    ask(fake, f"/ask {CONTINUED}", new, **user(1))
    bot = await start(**settings)
    souvenir, continued = await replies(fake, 2)
    assert (souvenir["chat_id"], "reply_parameters" in souvenir) == (str(new), False)
    assert "حلوای مسقطی" in souvenir["plain"]
    assert continues(continued)
    await bot.terminate()
    bot = await start(**settings)
    assert continues(await say(fake, f"/ask {CONTINUED}", new, **user(1)))
    assert (await say(fake, f"/ask {SOUVENIR}", -501))["plain"] == texts.NOT_ALLOWED
    assert '"message given up"' not in bot.log


async def test_a_chat_that_telegram_says_has_moved_is_followed(fake: Fake, start: Start) -> None:
    await start()
    fake.moved[-500] = -100600
    answer = await say(fake, f"/ask {CLUSTERS}", -500, **user(1))
    assert answer["chat_id"] == "-100600"
    assert continues(await say(fake, f"/ask {CONTINUED}", -100600, **user(1)))
