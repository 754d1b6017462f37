"""Questions that hang: they stop no others, whoever asked them is told, and whoever watches the bot sees it."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.wording import texts
from tests.bot.telegram.conftest import Start
from tests.bot.telegram.fake import SENDING, Fake, Fault, failure
from tests.bot.telegram.hanging import COMMAND, HANGS
from tests.bot.telegram.harness import Bot, ask, children, free_port, until
from tests.conftest import data_folder

SOUVENIR = "سوغات لار چیست؟"
DEADLINE = 8.0
WARMING = 8


async def figures(port: int) -> tuple[int, dict[str, object], dict[str, float]]:
    """The status and the report of `/health`, and the figures of `/metrics` by their names with labels."""
    base = f"http://127.0.0.1:{port}"
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{base}/health") as response:
            status, report = response.status, await response.json()
        async with session.get(f"{base}/metrics") as response:
            assert response.headers["Content-Type"].startswith("text/plain; version=0.0.4")
            page = await response.text()
    found = re.findall(r"^([a-z_]+(?:\{[^}]*\})?) ([0-9.e+-]+|\+Inf)$", page, re.MULTILINE)
    assert len(found) == len([line for line in page.splitlines() if not line.startswith("#")])
    return status, report, {name: float(value) for name, value in found}


@pytest.fixture
async def port(fake: Fake, tmp_path: Path, data: Path, analyzer: object) -> AsyncIterator[int]:  # noqa: ARG001
    """The port of a bot that some questions make hang."""
    found = free_port()
    settings = {"telegram_listen": f"127.0.0.1:{found}", "telegram_deadline": str(DEADLINE)}
    bot = Bot(fake, data_folder(tmp_path, data), *COMMAND, **settings)
    await bot.start()
    await until(lambda: '"running"' in bot.log)
    yield found
    await bot.kill()


async def test_two_hanging_questions_stop_no_others_and_are_told_so(fake: Fake, port: int) -> None:
    for chat in range(5, 5 + WARMING):  # so many at once that both processes have to answer, and are ready then
        ask(fake, SOUVENIR, chat)
    await until(lambda: len(fake.sent) == WARMING)
    assert (await figures(port))[0] == 200
    for chat in (1, 2):
        ask(fake, HANGS, chat)
    await asyncio.sleep(0.3)
    for number in range(100):
        ask(fake, SOUVENIR, 1000 + number)
    while (seen := await figures(port))[0] == 200:
        assert len(fake.sent) < WARMING + 100, "it was never seen"
        await asyncio.sleep(0.1)
    assert (seen[0], seen[1]["status"], seen[1]["late"]) == (503, "no process answers", 2)
    # The others are answered before the two are told, and so before the second attempts end.
    await until(lambda: len(fake.sent) == WARMING + 100)
    assert (await figures(port))[0] == 200
    await until(lambda: len(fake.sent) == WARMING + 102)
    assert {sent["chat_id"]: sent["plain"] for sent in fake.sent[WARMING + 100 :]} == {
        "1": texts.UNANSWERED,
        "2": texts.UNANSWERED,
    }
    ask(fake, SOUVENIR, 1)
    await until(lambda: len(fake.sent) == WARMING + 103)
    _, report, found = await figures(port)
    assert (report["parked"], report["pending"]) == (2, 0)
    assert found["pasokh_worker_restarts_total"] == 4
    assert found["pasokh_parked"] == 2
    assert found['pasokh_waiting{queue="inbox"}'] == found['pasokh_waiting{queue="outbox"}'] == 0
    assert found['pasokh_answers_total{found="found"}'] == WARMING + 101
    assert found['pasokh_sends_total{end="sent"}'] == WARMING + 103
    assert found["pasokh_answer_seconds_count"] == WARMING + 101
    assert found['pasokh_answer_seconds_bucket{le="30.0"}'] == WARMING + 101


async def test_a_process_that_is_stopped_loses_no_question(fake: Fake, start: Start) -> None:
    bot = await start(telegram_processes="1", telegram_deadline="1")
    ask(fake, SOUVENIR, 5)
    await until(lambda: len(fake.sent) == 1)
    for pid in children(bot.process.pid):
        if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
            os.kill(pid, signal.SIGSTOP)
    ask(fake, SOUVENIR, 6)
    ask(fake, "قیمت دلار چند است؟", 7)
    await until(lambda: len(fake.sent) == 3)
    assert {sent["chat_id"] for sent in fake.sent} == {"5", "6", "7"}


async def test_what_waits_to_be_sent_is_seen(fake: Fake, start: Start) -> None:
    port = free_port()
    fake.fault = lambda method, _: Fault(502, failure(502, "Bad Gateway")) if method in SENDING else None
    await start(telegram_listen=f"127.0.0.1:{port}")
    ask(fake, SOUVENIR)
    await until(lambda: len([call for call in fake.calls if call.method in SENDING]) >= 2)
    _, report, found = await figures(port)
    assert (report["pending"], report["unsent"]) == (0, 1)
    assert found['pasokh_waiting{queue="outbox"}'] == 1
    assert 0 < found['pasokh_oldest_seconds{queue="outbox"}'] < 60
    assert found['pasokh_sends_total{end="put off"}'] >= 1
    assert found["pasokh_answer_seconds_count"] == 0
