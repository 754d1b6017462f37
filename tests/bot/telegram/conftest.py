"""A Bot API for each test, and bots that are gone when the test is over."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.state import records
from bot.state.moves import Moves
from bot.state.records import Asked
from bot.state.sqlite import StateFile
from bot.telegram.client import connect
from bot.telegram.delivery import Delivery
from tests.bot.telegram.fake import TOKEN, Fake
from tests.bot.telegram.harness import Bot, until
from tests.conftest import data_folder

Start = Callable[..., Awaitable[Bot]]


@pytest.fixture
async def fake() -> AsyncIterator[Fake]:
    server = Fake()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def start(fake: Fake, tmp_path: Path, data: Path, analyzer: object) -> AsyncIterator[Start]:  # noqa: ARG001
    """Start a bot with these settings and wait until it takes updates; one process answers unless they say more."""
    bots: list[Bot] = []

    async def begin(**settings: str) -> Bot:
        bot = Bot(fake, data_folder(tmp_path, data), **{"telegram_processes": "1", **settings})
        bots.append(bot)
        await bot.start()
        await until(lambda: bot.process.returncode is not None or '"running"' in bot.log)
        return bot

    yield begin
    for bot in bots:
        await bot.kill()


@pytest.fixture
async def delivery(fake: Fake, tmp_path: Path) -> AsyncIterator[Delivery]:
    """What sends to the fake, with a question on record whose key is 1."""
    client, state = connect(TOKEN, fake.url), StateFile(tmp_path / "state.sqlite")
    await client.initialize()
    await state.run(lambda db: records.record(db, Asked(1, 7, 7, 5, "پرسش؟", (), (), ()), "answered"))
    yield Delivery(client, state, Moves(state))
    await client.shutdown()
    await state.close()
