"""Answers that not everyone sees, guests, and reactions."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.wording import texts
from tests.bot.telegram.conftest import Start
from tests.bot.telegram.fake import Fake
from tests.bot.telegram.harness import ask, message, press, until
from tests.bot.telegram.test_bot import CLUSTERS, SOUVENIR, replies, say
from tests.bot.telegram.test_groups import CONTINUED, GROUP, MENTION, continues, user


def seen_by(sent: dict[str, Any]) -> dict[str, Any] | None:
    """Who alone sees a message; None for one that everyone sees."""
    found: dict[str, Any] | None = json.loads(sent.get("ephemeral_message_parameters", "null"))
    return found


async def test_in_quiet_groups_only_who_asks_sees_the_answer(fake: Fake, start: Start) -> None:
    await start(telegram_quiet="true")
    answer = await say(fake, f"/ask {SOUVENIR}", GROUP, **user(1))
    assert (seen_by(answer), "rich_message" in answer) == ({"receiver_user_id": 1}, True)
    fake.sent.clear()
    under = answer | {"id": 0}
    press(fake, under, texts.MORE, 2)
    assert seen_by((await replies(fake, 1))[0]) == {"receiver_user_id": 2, "callback_query_id": "0"}
    assert seen_by(await say(fake, SOUVENIR)) is None
    anonymous = {"sender_chat": {"id": GROUP, "type": "supergroup", "title": "گروه"}}
    assert seen_by(await say(fake, f"/ask {SOUVENIR}", GROUP, **anonymous)) is None
    fake.refuses_ephemeral = True
    answer = await say(fake, f"/ask {SOUVENIR}", GROUP, **user(1))
    assert (seen_by(answer), "حلوای مسقطی" in answer["plain"]) == (None, True)
    groups = [one for one in fake.calls if one.method == "setMyCommands" and "all_group" in one.params["scope"]]
    assert all(one["is_ephemeral"] for call in groups for one in json.loads(call.params["commands"]))


async def test_what_was_asked_unseen_is_never_answered_for_all(fake: Fake, start: Start) -> None:
    bot = await start()
    unseen = {"message_id": 0, "ephemeral_message_id": 77, **user(1)}
    answer = await say(fake, f"/ask {SOUVENIR}", GROUP, **unseen)
    assert seen_by(answer) == {"receiver_user_id": 1}
    assert json.loads(answer["reply_parameters"]) == {"ephemeral_message_id": 77}
    fake.refuses_ephemeral = True
    fake.sent.clear()
    ask(fake, f"/ask {SOUVENIR}", GROUP, **unseen)
    await until(lambda: '"message given up"' in bot.log)
    assert fake.sent == []


async def guested(fake: Fake, number: int, text: str, **content: Any) -> dict[str, Any]:
    """What the bot answers as a guest to a message that mentions it."""
    fake.answered.clear()
    asked = message(fake, f"@pasokh_test_bot {text}".strip(), GROUP, entities=[MENTION], guest_query_id=str(number))
    fake.push(guest_message={**asked, **content})
    await until(lambda: len(fake.answered) == 1)
    method, params = fake.answered[0]
    assert (method, params["guest_query_id"]) == ("guest", str(number))
    return params


@pytest.mark.parametrize("knows_rich", [True, False])
async def test_as_a_guest_it_answers_once_where_it_is_mentioned(fake: Fake, start: Start, *, knows_rich: bool) -> None:
    fake.knows_rich = knows_rich
    await start()
    answer = await guested(fake, 1, CLUSTERS)
    assert ("rich_message" in answer["content"], answer["plain"].startswith("• گلاب")) == (knows_rich, True)
    assert continues(await guested(fake, 2, CONTINUED))
    theirs = message(fake, SOUVENIR, GROUP, **user(3))
    assert "حلوای مسقطی" in (await guested(fake, 3, "", reply_to_message=theirs))["plain"]
    assert (await guested(fake, 4, ""))["plain"] == texts.NO_WORDS
    private = {"chat": {"id": 99, "type": "private", "first_name": "دیگری"}}
    assert "حلوای مسقطی" in (await guested(fake, 5, SOUVENIR, **private))["plain"]
    assert fake.sent == []


async def test_a_guest_too_says_who_may_not_ask(fake: Fake, start: Start) -> None:
    await start(telegram_access="list", telegram_allowed="7")
    assert (await guested(fake, 1, SOUVENIR, **user(8)))["plain"] == texts.NOT_ALLOWED
    assert "حلوای مسقطی" in (await guested(fake, 2, SOUVENIR, **user(7)))["plain"]


async def test_a_reaction_to_an_answer_is_feedback(fake: Fake, start: Start, tmp_path: Path) -> None:
    await start(telegram_admins="9")
    answer = await say(fake, f"/ask {SOUVENIR}", GROUP, **user(1))

    async def react(before: str, now: str, message_id: int) -> list[tuple[int, str]]:
        shown = [[{"type": "emoji", "emoji": one} for one in reactions] for reactions in (before, now)]
        chat = {"id": GROUP, "type": "supergroup", "title": "گروه"}
        changed = {"chat": chat, "message_id": message_id, "date": 1, "user": user(2)["from"]}
        fake.push(message_reaction={**changed, "old_reaction": shown[0], "new_reaction": shown[1]})
        await say(fake, "/stats", 9)
        with closing(sqlite3.connect(tmp_path / "data" / "telegram.sqlite")) as state:
            return state.execute("SELECT user, verdict FROM feedback").fetchall()

    shown = answer["id"]
    assert await react("", "👎", shown) == [(2, "wrong")]
    assert await react("👎", "👍", shown) == [(2, "right")]
    assert await react("👍", "🤔", shown) == []
    assert await react("", "👎", shown + 1000) == []
