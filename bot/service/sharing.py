"""Which chats this bot answers: all of them, or, where replicas share its state, those that it is dealt.

What is written for a chat is heard by the replica that has it, and lined up there, also by the one that wrote it. So
the order within a chat is that in which updates were committed, whoever received them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from typing import Any

from bot.errors import StateError
from bot.service.dispatch import Dispatcher, partition_of
from bot.service.limits import Limits
from bot.service.metrics import Metrics
from bot.service.sending import Sender
from bot.state import inbox, outbox, owner
from bot.state.base import State
from bot.state.inbox import Entry
from bot.state.moves import Moves
from bot.state.opening import replica
from bot.state.outbox import Row
from bot.state.partitions import PARTITIONS, partition
from bot.state.topics import Topics

LOOK_SECONDS = 5.0
"""The time between two calls of `idle`; see `Sharing.while_leading`."""


class Sharing:
    """The share of one replica; see `partitions.Answering`.

    Args:
        state: what all replicas share.
        dispatcher, sender: have what waits done.
        limits: those of all users together are divided among the replicas.
        metrics: what is counted.
        moves: under which ids chats have gone on.
        topics: those in memory.
    """

    def __init__(
        self,
        state: State,
        dispatcher: Dispatcher,
        sender: Sender,
        limits: Limits,
        metrics: Metrics,
        *,
        moves: Moves,
        topics: Topics,
    ) -> None:
        self._state, self._dispatcher, self._sender = state, dispatcher, sender
        self._moves, self._topics, self._limits, self._metrics = moves, topics, limits, metrics
        self._held: set[int] = set()
        self._known: dict[int, set[tuple[str, int]]] = {}
        self._leads, self._leads_no_more = asyncio.Event(), asyncio.Event()
        self._holding: asyncio.Task[None] | None = None

    async def start(self, bot: int) -> tuple[int, int]:
        """Begin; returns how much is unsent, and how many updates are undone, in all chats.

        Args:
            bot: the number of the bot that all replicas are.

        Raises:
            StateError: the state cannot be read, or replicas of another bot share it.
        """
        if self._state.is_shared and not await self._state.run(lambda db: owner.own(db, bot)):
            raise StateError("PASOKH_STATE: another bot's replicas share this database; give each bot one of its own")
        holding = replica(self._state, self)
        if holding is None:
            self.lead(leads=True)
            self._resize(set(range(PARTITIONS)))
            return await self._dispatcher.start()
        self._sender.started.set()
        self._holding = asyncio.create_task(holding)
        return await self._state.run(lambda db: (outbox.count(db), inbox.counts(db)["pending"]))

    async def hold(self) -> None:
        """Wait until cancelled. What is held is held until `stop`, for what is at hand must be finished before.

        Raises:
            Exception: whatever ends the holding.
        """
        await (asyncio.Event().wait() if self._holding is None else asyncio.shield(self._holding))

    async def stop(self) -> None:
        """Give everything up, once nothing is at hand."""
        if self._holding is not None:
            self._holding.cancel()
            await asyncio.gather(self._holding, return_exceptions=True)

    async def connected(self) -> None:
        """See `Answering`."""
        await self._moves.reload()
        self._topics.clear()

    async def take(self, partitions: Collection[int]) -> None:
        """See `Answering`."""
        rows, entries = await self._state.run(lambda db: (outbox.waiting(db), inbox.waiting(db)))
        self._topics.clear()
        self._known |= {one: set() for one in partitions}
        for row in rows:
            if (one := self._partition(row)) in partitions:
                self._known[one].add(("outbox", row.key))
                self._sender.line_up([row])
        for entry in entries:
            if (one := self._partition(entry)) in partitions:
                self._known[one].add(("inbox", entry.key))
                self._dispatcher.line_up([entry])
        self._resize(self._held.union(partitions))

    async def release(self, partitions: Collection[int]) -> None:
        """See `Answering`."""
        self._resize(self._held.difference(partitions))

        def leaves(lane: int) -> bool:
            return partition_of(lane) in partitions

        await asyncio.gather(*(lanes.release(leaves) for lanes in (self._dispatcher.lanes, self._sender.lanes)))
        for one in partitions:
            self._known.pop(one, None)

    def lead(self, *, leads: bool) -> None:
        """See `Answering`."""
        now, then = (self._leads, self._leads_no_more) if leads else (self._leads_no_more, self._leads)
        then.clear()
        now.set()
        self._metrics.leads.set(leads)

    def hear(self, of: int | None, kind: str, values: Sequence[Any]) -> None:
        """See `Answering`."""
        if kind == "move":
            self._moves.hear(*values)
        elif kind == "topics":
            self._topics.clear()
        elif kind == "inbox" and self._is_new(of, kind, values[0]):
            self._dispatcher.line_up([Entry(*values)])
        elif kind == "outbox" and self._is_new(of, kind, values[0]):
            self._sender.line_up([Row(*values)])

    async def while_leading(self, work: Callable[[], Awaitable[None]], idle: Callable[[], None] = lambda: None) -> None:
        """Do what one replica alone does, whenever this is the one, until cancelled; `idle` is called in between.

        Raises:
            Exception: what the work raises.
        """
        while True:
            while not self._leads.is_set():
                idle()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._leads.wait(), LOOK_SECONDS)
            tasks = [asyncio.ensure_future(work()), asyncio.ensure_future(self._leads_no_more.wait())]
            try:
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                if tasks[0].done():
                    tasks[0].result()
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    def _partition(self, item: Entry | Row) -> int:
        return partition(self._moves.first(item.chat), item.key)

    def _is_new(self, of: int | None, kind: str, key: int) -> bool:
        """Whether something is not among what was read when its partition was taken, nor of one that was given up."""
        known = None if of is None else self._known.get(of)
        if known is None:
            return False
        if (kind, key) in known:
            known.discard((kind, key))
            return False
        return True

    def _resize(self, held: set[int]) -> None:
        self._held = held
        self._limits.share = len(held) / PARTITIONS
        self._metrics.partitions.set(len(held))
