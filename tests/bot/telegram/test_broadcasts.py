"""A message to all users: confirmed, sent at a rate, once to each over kills, and stopped."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from bot.service.broadcasting import USERS_A_SECOND
from bot.state import records, users
from bot.state.records import Asked
from bot.state.sqlite import connect
from bot.wording import texts
from tests.bot.telegram.conftest import Start
from tests.bot.telegram.fake import Fake
from tests.bot.telegram.harness import as_shown, ask, press, until

ADMIN = 9
NEWS = "فردا پاسخ نمی‌دهیم."


def know(tmp_path: Path, asking: range, blocked: int = 0) -> None:
    """Have the bot know users who have asked, one of whom may block it."""
    (tmp_path / "data").mkdir(exist_ok=True)
    with closing(connect(tmp_path / "data" / "telegram.sqlite")) as db:
        for user in asking:
            records.record(db, Asked(user, user, user, 1, "؟", (), (), ()), "answered")
        records.record(db, Asked(5, -500, 77, 1, "؟", (), (), ()), "answered")
        if blocked:
            users.set_blocked(db, blocked, 1.0)


def change_membership(fake: Fake, user: int, status: str) -> None:
    """A user blocks the bot («kicked»), or takes that back («member»)."""
    bot = {"id": 1, "is_bot": True, "first_name": "ربات"}
    fake.push(
        my_chat_member={
            "chat": {"id": user, "type": "private"},
            "from": {"id": user, "is_bot": False, "first_name": "کاربر"},
            "date": int(time.time()),
            "old_chat_member": {"user": bot, "status": "member"},
            "new_chat_member": {"user": bot, "status": status, **({"until_date": 0} if status == "kicked" else {})},
        }
    )


def told(fake: Fake) -> Counter[int]:
    return Counter(int(sent["chat_id"]) for sent in fake.sent if sent["plain"] == NEWS)


async def begin(fake: Fake, text: str = NEWS) -> dict[str, Any]:
    """Write the message and confirm it; returns what has the button that stops it."""
    before = len(fake.sent)
    ask(fake, f"/broadcast {text}", ADMIN)
    await until(lambda: len(fake.sent) == before + 1)
    assert not told(fake), "nothing is sent before it is confirmed"
    press(fake, fake.sent[-1], texts.SEND, ADMIN)
    await until(lambda: any(sent["plain"] == texts.BROADCASTING for sent in fake.sent))
    return dict(next(sent for sent in fake.sent if sent["plain"] == texts.BROADCASTING))


async def test_each_user_gets_it_once_at_a_rate_also_over_kills(fake: Fake, start: Start, tmp_path: Path) -> None:
    know(tmp_path, range(1001, 1001 + 4 * USERS_A_SECOND), blocked=1003)
    settings = {"telegram_admins": str(ADMIN), "telegram_profile": "false"}
    bot = await start(**settings)
    await begin(fake)
    await until(lambda: len(told(fake)) >= USERS_A_SECOND)
    assert len(told(fake)) < 3 * USERS_A_SECOND
    await bot.terminate()
    await start(**settings)
    await until(lambda: any(sent["plain"].startswith(texts.BROADCAST_SENT.partition("{")[0]) for sent in fake.sent))
    await until(lambda: len(told(fake)) == 4 * USERS_A_SECOND - 1)
    assert set(told(fake).values()) == {1}
    assert 1003 not in told(fake)
    assert 77 not in told(fake), "who has written in a group alone is not written to"


async def test_it_is_stopped(fake: Fake, start: Start, tmp_path: Path) -> None:
    know(tmp_path, range(1001, 1001 + 20 * USERS_A_SECOND))
    await start(telegram_admins=str(ADMIN), telegram_profile="false")
    shown = await begin(fake)
    press(fake, shown, texts.STOP, 1001)
    press(fake, shown, texts.STOP, ADMIN)
    await until(lambda: any(params.get("text") == texts.BROADCAST_STOPPED for _, params in fake.answered))
    ask(fake, "/broadcast", ADMIN)
    await until(lambda: any(sent["plain"] == as_shown(texts.WHAT_TO_BROADCAST) for sent in fake.sent))
    assert len(told(fake)) < 10 * USERS_A_SECOND
    ask(fake, f"/broadcast {NEWS}", 1001)
    await until(lambda: any(sent["plain"] == texts.UNKNOWN_COMMAND for sent in fake.sent))


async def test_who_only_started_the_bot_gets_it_until_they_block_it(fake: Fake, start: Start) -> None:
    await start(telegram_admins=str(ADMIN), telegram_profile="false")
    for user in (1001, 1002, 1003, 1004):
        ask(fake, "/start", user)
    await until(lambda: len(fake.sent) == 4)
    change_membership(fake, 1002, "kicked")
    ask(fake, "/forget", 1003)
    await until(lambda: len(fake.sent) == 5)
    change_membership(fake, 1004, "kicked")
    change_membership(fake, 1004, "member")
    await begin(fake)
    await until(lambda: any(sent["plain"].startswith(texts.BROADCAST_SENT.partition("{")[0]) for sent in fake.sent))
    assert told(fake) == {1001: 1}
