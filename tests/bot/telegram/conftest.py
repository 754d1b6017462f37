"""A Bot API for each test, and bots that are gone when the test is over."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import pytest_asyncio

from bot.state import records
from bot.state.moves import Moves
from bot.state.records import Asked
from bot.state.sqlite import StateFile
from bot.telegram.client import connect
from bot.telegram.delivery import Delivery
from tests.bot.telegram.fake import TOKEN, Fake
from tests.bot.telegram.harness import Bot, ask, until
from tests.conftest import data_folder

Start = Callable[..., Awaitable[Bot]]

USERS = (1, 2, 3, 7, 100500)
"""Who asks a bot that several tests share."""

shares_a_bot = pytest.mark.asyncio(loop_scope="module")
"""For tests of the bot that stands, which share its loop; they come before the others of their module."""


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
        print(bot.log)  # noqa: T201  # pytest shows it where the test has failed


class Standing(NamedTuple):
    """A bot with the settings that it has by itself, and the Bot API that it asks."""

    fake: Fake
    bot: Bot


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def standing(
    tmp_path_factory: pytest.TempPathFactory,
    data: Path,
    analyzer: object,  # noqa: ARG001
) -> AsyncIterator[Standing]:
    """A bot for all tests of a module that need no settings of their own: to start one takes seconds."""
    fake = Fake()
    await fake.start()
    bot = Bot(fake, data_folder(tmp_path_factory.mktemp("standing"), data), telegram_processes="1")
    await bot.start()
    await until(lambda: bot.process.returncode is not None or '"running"' in bot.log)
    yield Standing(fake, bot)
    await bot.kill()
    await fake.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def served(standing: Standing) -> Fake:
    """The Bot API of the bot that stands, which remembers nothing of the tests before."""
    fake = standing.fake
    fake.fault = lambda _method, _params: None
    fake.sent.clear()
    for user in USERS:
        ask(fake, "/forget", user)
    await until(lambda: len(fake.sent) == len(USERS))
    for kept in (fake.sent, fake.answered, fake.calls):
        kept.clear()
    return fake


@pytest.fixture
async def delivery(fake: Fake, tmp_path: Path) -> AsyncIterator[Delivery]:
    """What sends to the fake, with a question on record whose key is 1."""
    client, state = connect(TOKEN, fake.url), StateFile(tmp_path / "state.sqlite")
    await client.initialize()
    await state.run(lambda db: records.record(db, Asked(1, 7, 7, 5, "پرسش؟", (), (), ()), "answered"))
    yield Delivery(client, state, Moves(state))
    await client.shutdown()
    await state.close()
