"""Long polling: what is fetched is confirmed once it is written down."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.errors import StateError
from bot.service.backoff import Backoff
from bot.state.inbox import Arrival
from bot.telegram import polling
from bot.telegram.client import connect
from bot.telegram.polling import Pulse, poll
from tests.bot.telegram.fake import TOKEN, Fake


async def test_what_could_not_be_written_is_not_known_when_it_comes_again(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "REACH_BACKOFF", Backoff(0.01, 0.01))
    client = connect(TOKEN, fake.url)
    await client.initialize()
    fake.push_raw({"message": {"text": "بی‌شماره"}})
    taken: list[list[Arrival]] = []

    async def accept(arrivals: Sequence[Arrival]) -> None:
        taken.append(list(arrivals))
        if len(taken) == 1:
            raise StateError("disk full")

    polled = asyncio.create_task(poll(client, accept, Pulse()))
    while len(taken) < 3:
        await asyncio.sleep(0.01)
    polled.cancel()
    await client.shutdown()
    assert [len(arrivals) for arrivals in taken[:3]] == [1, 1, 0]
