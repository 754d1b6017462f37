"""What is done one after the other in a lane."""

from __future__ import annotations

import asyncio

import pytest

from bot.service import lanes
from bot.service.backoff import Backoff
from bot.service.lanes import Lanes


async def test_what_fails_unforeseen_is_tried_again_before_what_waits_behind_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lanes, "BACKOFF", Backoff(0.01, 0.01))
    tried: list[tuple[str, int]] = []
    over = asyncio.Event()

    async def attempt(item: str, attempts: int) -> float | None:
        tried.append((item, attempts))
        if item == "first" and attempts < 3:
            raise ValueError
        if item == "second":
            over.set()
        return None

    queue: Lanes[str] = Lanes(attempt, 1)
    for item in ("first", "second"):
        queue.add(7, item)
    await asyncio.wait_for(over.wait(), 5)
    assert tried == [("first", 1), ("first", 2), ("first", 3), ("second", 1)]
