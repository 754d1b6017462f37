"""A Bot API for each test, and bots that are gone when the test is over."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from tests.bot.telegram.fake import Fake
from tests.bot.telegram.harness import Bot, data_folder, until

Start = Callable[..., Awaitable[Bot]]


@pytest.fixture
async def fake() -> AsyncIterator[Fake]:
    server = Fake()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def start(fake: Fake, tmp_path: Path, data: Path, analyzer: object) -> AsyncIterator[Start]:  # noqa: ARG001
    """Start a bot with these settings and wait until it takes updates."""
    bots: list[Bot] = []

    async def begin(**settings: str) -> Bot:
        bot = Bot(fake, data_folder(tmp_path, data), **settings)
        bots.append(bot)
        await bot.start()
        await until(lambda: bot.process.returncode is not None or '"running"' in bot.log)
        return bot

    yield begin
    for bot in bots:
        await bot.kill()
