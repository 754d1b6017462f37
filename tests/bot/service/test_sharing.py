"""The share of a replica: what is taken, heard, given up, and done by one alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.service.dispatch import Dispatcher, Outcome
from bot.service.limits import Leave, Limits
from bot.service.metrics import Metrics
from bot.service.sending import Sender
from bot.service.sharing import Sharing
from bot.state import inbox, outbox
from bot.state.inbox import Arrival, Entry
from bot.state.moves import Moves
from bot.state.outbox import Outgoing
from bot.state.partitions import PARTITIONS
from bot.state.sqlite import StateFile
from bot.state.topics import Topics


class Desk:
    """A replica whose answering is held until it is let go on."""

    def __init__(self, state: StateFile) -> None:
        self.state, self.moves, self.limits = state, Moves(state), Limits(0, 64)
        self.handled: list[Any] = []
        self.sent: list[int] = []
        self.go_on = asyncio.Event()
        metrics = Metrics()
        sender = Sender(state, self._send, metrics, self.moves)
        dispatcher = Dispatcher(state, self._handle, sender, self.moves)
        self.sharing = Sharing(state, dispatcher, sender, self.limits, metrics, moves=self.moves, topics=Topics(state))

    async def store(self, *chats: int) -> list[Entry]:
        return await self.state.run(lambda db: inbox.store(db, [Arrival(None, chat, chat) for chat in chats]))

    async def _handle(self, _: Entry, update: Any) -> Outcome:
        self.handled.append(update)
        await self.go_on.wait()
        return Outcome()

    async def _send(self, outgoing: Outgoing) -> int:
        self.sent.append(outgoing.chat)
        return 1


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    state = StateFile(tmp_path / "state.sqlite")
    yield Desk(state)
    await state.close()


async def test_what_is_taken_is_lined_up_and_what_is_heard_of_it_once(desk: Desk) -> None:
    desk.go_on.set()
    first, other, without = await desk.store(1, 2, 0)
    (row,) = await desk.state.run(lambda db: outbox.add(db, time.time(), [Outgoing(33, ({},))]))
    await desk.sharing.take([1])
    (later,) = await desk.store(33)
    for of, entry in ((1, first), (2, other), (1, later), (without.key % PARTITIONS, without)):
        desk.sharing.hear(of, "inbox", [entry.key, entry.chat, entry.received])
    desk.sharing.hear(1, "outbox", [row.key, row.chat, row.since, row.expires, 0, 0])
    await asyncio.sleep(0.3)
    assert (desk.handled, desk.sent, desk.limits.share) == ([1, 33], [33], 1 / PARTITIONS)
    await desk.sharing.take([2, without.key % PARTITIONS])
    await asyncio.sleep(0.3)
    assert desk.handled == [1, 33, 2, 0]


async def test_what_is_given_up_is_finished_as_far_as_it_is_at_hand(desk: Desk) -> None:
    await desk.store(1, 1, 2, 2)
    await desk.sharing.take([1, 2])
    await asyncio.sleep(0.1)
    giving_up = asyncio.create_task(desk.sharing.release([1]))
    await asyncio.sleep(0.1)
    assert (desk.handled, giving_up.done()) == ([1, 2], False)
    desk.go_on.set()
    await giving_up
    await asyncio.sleep(0.3)
    assert desk.handled == [1, 2, 2]
    assert [entry.chat for entry in await desk.state.run(inbox.waiting)] == [1]
    desk.sharing.hear(1, "inbox", [9, 1, 0.0])
    await desk.sharing.take([1])
    await asyncio.sleep(0.3)
    assert desk.handled == [1, 2, 2, 1]


async def test_what_another_replica_has_done_meanwhile_leads_to_nothing(desk: Desk) -> None:
    (entry,) = await desk.store(1)
    await desk.sharing.take([1])
    await asyncio.sleep(0.1)
    await desk.state.run(lambda db: inbox.finish(db, entry.key))
    desk.go_on.set()
    desk.sharing.hear(1, "inbox", [entry.key + 1, 1, time.time()])
    await asyncio.sleep(0.2)
    assert desk.handled == [1]
    assert await desk.state.run(inbox.counts) == {"pending": 0, "parked": 0}


async def test_one_alone_works_while_it_leads(desk: Desk) -> None:
    ticks: list[int] = []
    idle: list[int] = []

    async def work() -> None:
        while True:
            ticks.append(1)
            await asyncio.sleep(0.01)

    task = asyncio.create_task(desk.sharing.while_leading(work, lambda: idle.append(1)))
    await asyncio.sleep(0.1)
    assert (ticks, idle) == ([], [1])
    desk.sharing.lead(leads=True)
    await asyncio.sleep(0.1)
    assert ticks
    desk.sharing.lead(leads=False)
    await asyncio.sleep(0.05)
    before = len(ticks)
    await asyncio.sleep(0.1)
    assert (len(ticks), task.done()) == (before, False)
    task.cancel()


async def test_a_chat_that_has_moved_is_known_once_that_is_heard(desk: Desk) -> None:
    desk.sharing.hear(None, "move", [-5, -1005])
    assert desk.moves.first(-1005) == -5


def test_the_limit_of_all_is_divided_by_shares_and_never_to_nothing() -> None:
    limits = Limits(0, 4)
    limits.share = 0.5
    assert [limits.ask(user, None) for user in range(3)] == [Leave.ANSWER, Leave.ANSWER, Leave.EXCUSE]
    others = Limits(0, 4)
    others.share = 0.0
    assert [others.ask(user, None) for user in range(2)] == [Leave.ANSWER, Leave.EXCUSE]
