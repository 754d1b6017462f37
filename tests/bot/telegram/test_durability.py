"""What must not be lost: kills, faults, malformed updates, a server that fails, order within a chat."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.service.sending import SENDS_AT_ONCE
from bot.wording import texts
from tests.bot.telegram.conftest import Standing, Start, shares_a_bot
from tests.bot.telegram.fake import BAD_GATEWAY, LOST, NOT_JSON, RESET, SENDING, TOKEN, Fake, Fault, failure, flood
from tests.bot.telegram.harness import ask, children, free_port, message, press, until

SOUVENIR = "سوغات لار چیست؟"


def answers(fake: Fake) -> Counter[int]:
    return Counter(int(sent["chat_id"]) for sent in fake.sent)


@shares_a_bot
async def test_order_within_a_chat_is_kept_and_chats_do_not_wait_for_each_other(served: Fake) -> None:
    held: list[float] = []

    def hold(method: str, params: dict[str, Any]) -> Fault | None:
        """Chat 7 gets nothing before chat 8 has its answer."""
        if method in SENDING and params["chat_id"] == "7" and (len(held) < 2 or not answers(served)[8]):
            held.append(time.monotonic())
            return BAD_GATEWAY
        return None

    served.fault = hold
    questions = [SOUVENIR, "قیمت دلار چند است؟", "کدام خوشه در حال اجراست؟"]
    for question in questions:
        ask(served, question)
    ask(served, SOUVENIR, 8)
    await until(lambda: answers(served)[7] == 3)
    own = [sent["plain"] for sent in served.sent if sent["chat_id"] == "7"]
    assert ["حلوای مسقطی" in own[0], "پیدا نشد" in own[1], "نی‌ریز" in own[2]] == [True] * 3
    assert served.sent[0]["chat_id"] == "8"


@shares_a_bot
async def test_a_send_that_fails_is_tried_again(served: Fake) -> None:
    refused = Fault(200, flood(1).body)
    failing: list[Fault] = []
    failed: list[float] = []

    def once(method: str, _: dict[str, Any]) -> Fault | None:
        if method not in SENDING or not failing:
            return None
        failed.append(time.monotonic())
        return failing.pop()

    served.fault = once
    for fault in (flood(1), refused, BAD_GATEWAY, NOT_JSON, RESET, LOST):
        served.sent.clear()
        failing.append(fault)
        ask(served, SOUVENIR)
        await until(lambda fault=fault: not failing and len(served.sent) == 1 + fault.delivered)  # type: ignore[misc]
        await asyncio.sleep(0.3)
        assert len(served.sent) == 1 + fault.delivered
        if fault.status == 429 or fault is refused:
            assert served.sent[0]["at"] - failed[-1] >= 1


@shares_a_bot
async def test_polling_recovers_from_whatever_the_server_answers(served: Fake, standing: Standing) -> None:
    conflict, number = Fault(409, failure(409, "Conflict")), Fault(200, {"ok": True, "result": 7})
    faults = [
        conflict,
        BAD_GATEWAY,
        NOT_JSON,
        RESET,
        flood(1),
        number,
        Fault(200, {}),
        Fault(200, "[]"),
        Fault(200, "["),
    ]
    for chat, fault in enumerate(faults, start=1):
        told = standing.bot.log.count('"no updates')
        served.fault = lambda method, _, fault=fault: fault if method == "getUpdates" else None  # type: ignore[misc]
        ask(served, SOUVENIR, chat)
        await until(lambda told=told: standing.bot.log.count('"no updates') > told)  # type: ignore[misc]
        served.fault = lambda _method, _params: None
        ask(served, SOUVENIR, 100 + chat)
        await until(lambda chat=chat: answers(served)[100 + chat] == 1, 30)  # type: ignore[misc]
    assert set(answers(served).values()) == {1}
    assert len(served.sent) == 2 * len(faults)
    assert "another program fetches" in standing.bot.log


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_kill_9_loses_nothing(fake: Fake, start: Start, webhook: bool) -> None:
    url = f"http://127.0.0.1:{free_port()}/hook"
    settings = {"telegram_webhook_url": url, "telegram_webhook_secret": "s3cret"} if webhook else {}
    settings["telegram_processes"] = "2"
    for number in range(120):
        ask(fake, SOUVENIR, 1000 + number)
    for goal in (10, 40, 80):
        bot = await start(**settings)
        await until(lambda goal=goal: len(answers(fake)) >= goal)  # type: ignore[misc]
        await bot.kill()
    await start(**settings)
    await until(lambda: len(answers(fake)) == 120)
    await asyncio.sleep(0.3)
    assert sum(answers(fake).values()) - 120 <= 3 * SENDS_AT_ONCE


@pytest.mark.parametrize("killed", [False, True], ids=["alive", "killed"])
async def test_a_part_that_fails_costs_no_other_part(fake: Fake, start: Start, tmp_path: Path, killed: bool) -> None:
    corpus = tmp_path / "articles"
    corpus.mkdir()
    gardens = " ".join(f"باغ شمارهٔ {number} کنار رودخانه است." for number in range(500))
    (corpus / "a.txt").write_text(f"انار ساوه نامدار است. {gardens}", "utf-8")
    bot = await start(corpus=str(corpus))
    ask(fake, "انار کجا نامدار است؟")
    await until(lambda: len(fake.sent) == 1)
    answer = fake.sent.pop()
    failures: list[float] = []

    def second_fails(method: str, _: dict[str, Any]) -> Fault | None:
        if method in SENDING and len(fake.sent) == 1 and len(failures) < 4:
            failures.append(time.monotonic())
            return BAD_GATEWAY
        return None

    fake.fault = second_fails
    press(fake, answer, texts.IN_CONTEXT)
    if killed:
        await until(lambda: len(failures) == 2)
        await bot.kill()
        await start(corpus=str(corpus))
    await until(lambda: len(failures) == 4 and len(fake.sent) >= 4)
    await asyncio.sleep(0.5)
    shown = [sent["plain"] for sent in fake.sent]
    assert len(set(shown)) == len(shown)
    assert shown[0].startswith("انار ساوه")
    places = [" ".join(shown).index(f"شمارهٔ {number} ") for number in range(500)]
    assert places == sorted(places)


async def test_an_update_that_cannot_be_read_is_passed_over_and_no_other(fake: Fake, start: Start) -> None:
    def poisoned(method: str, params: dict[str, Any]) -> Fault | None:
        offered = [one for one in fake.pending if one["update_id"] >= int(params.get("offset") or 0)]
        if method != "getUpdates" or poison not in [one["update_id"] for one in offered[: int(params["limit"])]]:
            return None
        ids = ", ".join(f'{{"update_id": {one["update_id"]}}}' for one in offered[: int(params["limit"])])
        return Fault(200, f'{{"ok": true, "result": [{ids}')

    for chat in range(1, 6):
        ask(fake, SOUVENIR, chat)
    poison = fake.pending[2]["update_id"]
    fake.fault = poisoned
    bot = await start()
    await until(lambda: answers(fake) == {1: 1, 2: 1, 4: 1, 5: 1})
    await until(lambda: '"update parked"' in bot.log)
    assert "UnreadableUpdateError" in bot.log


async def test_an_odd_character_makes_nothing_unreadable(fake: Fake, start: Start) -> None:
    odd = json.dumps(message(fake, "سوغات لار?"), ensure_ascii=False).encode().replace(b"?", b"\xff\x01")
    update = b'{"ok": true, "result": [{"update_id": 7, "n": ' + b"9" * 5000 + b', "message": ' + odd + b"}]}"
    given: list[int] = []

    def once(method: str, _: dict[str, Any]) -> Fault | None:
        if method == "getUpdates" and not given:
            given.append(1)
            return Fault(200, update.decode("latin-1"), charset="latin-1")
        return None

    fake.fault = once
    await start()
    await until(lambda: answers(fake)[7] == 1)
    assert "حلوای مسقطی" in fake.sent[0]["plain"]


@pytest.mark.parametrize("status", [401, 404])
async def test_a_token_that_is_revoked_ends_the_bot(fake: Fake, start: Start, status: int) -> None:
    bot = await start()
    fake.fault = lambda method, _: Fault(status, failure(status, "Unauthorized")) if method == "getUpdates" else None
    ask(fake, SOUVENIR)
    assert await bot.ended(30) == 2
    assert bot.log.splitlines()[-1].startswith("bot: Telegram rejects the token")


async def test_a_server_that_comes_late_is_waited_for(fake: Fake, start: Start) -> None:
    fake.fault = lambda _method, _params: BAD_GATEWAY if len(fake.calls) < 3 else None
    bot = await start()
    ask(fake, SOUVENIR)
    await until(lambda: len(fake.sent) == 1)
    assert "Telegram cannot be reached" in bot.log


async def test_malformed_updates_are_set_aside_with_a_line_each(fake: Fake, start: Start) -> None:
    chance = random.Random(7)
    ways: list[Any] = [{"message": 7}, {"message": {"text": SOUVENIR}}, {"unheard_of": {}}, {"message": None, "x": []}]
    fake.push_raw("no update at all")
    for number in range(60):
        ask(fake, SOUVENIR, 1000 + number)
        fake.push(**chance.choice(ways))
    bot = await start()
    await until(lambda: len(answers(fake)) == 60)
    await until(lambda: len([line for line in bot.lines if "update" in line]) == 61)
    ask(fake, SOUVENIR, 5)
    await until(lambda: answers(fake)[5] == 1)
    assert SOUVENIR not in bot.log


async def test_sigterm_ends_within_ten_seconds_and_what_was_begun_is_done_later(fake: Fake, start: Start) -> None:
    fake.fault = lambda method, params: Fault(hang=60) if method in SENDING and params["chat_id"] == "1" else None
    bot = await start()
    ask(fake, SOUVENIR, 1)
    ask(fake, SOUVENIR, 2)
    await until(lambda: answers(fake)[2] == 1)
    status, seconds = await bot.terminate()
    assert (status, seconds < 10) == (0, True)
    fake.fault = lambda _method, _params: None
    await start()
    await until(lambda: answers(fake) == {1: 1, 2: 1})


async def test_who_blocks_the_bot_is_remembered_and_skipped(fake: Fake, start: Start) -> None:
    bot = await start()
    fake.blocked.add(7)
    ask(fake, SOUVENIR)
    await until(lambda: "message given up" in bot.log)
    for _ in range(4):
        ask(fake, SOUVENIR)
    ask(fake, SOUVENIR, 8)
    await until(lambda: bot.log.count("update skipped") == 4)
    assert sum(call.method in SENDING and call.params["chat_id"] == "7" for call in fake.calls) == 1
    fake.blocked.clear()
    await asyncio.sleep(1.1)
    ask(fake, SOUVENIR)
    await until(lambda: answers(fake)[7] == 1)


async def test_no_level_of_log_shows_the_token(fake: Fake, start: Start) -> None:
    bot = await start(telegram_log_level="DEBUG")
    fake.fault = lambda method, _: RESET if method in SENDING and not fake.sent and len(fake.calls) % 2 else None
    ask(fake, SOUVENIR)
    await until(lambda: len(fake.sent) == 1)
    await bot.terminate()
    assert "DEBUG" in bot.log
    assert TOKEN not in bot.log
    assert TOKEN.partition(":")[2] not in bot.log


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
async def test_no_process_outlives_the_bot(fake: Fake, start: Start, number: signal.Signals) -> None:
    bot = await start()
    ask(fake, SOUVENIR)
    await until(lambda: len(fake.sent) == 1)
    family = children(bot.process.pid)
    assert len(family) >= 2
    bot.process.send_signal(number)
    await bot.ended()
    await until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family))


async def test_a_bot_whose_answering_processes_are_killed_answers(fake: Fake, start: Start) -> None:
    bot = await start(telegram_processes="2")
    for pid in children(bot.process.pid):
        os.kill(pid, signal.SIGKILL)
    ask(fake, SOUVENIR)
    await until(lambda: len(fake.sent) == 1)
    assert "حلوای مسقطی" in fake.sent[0]["plain"]
