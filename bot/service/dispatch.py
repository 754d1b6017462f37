"""The order in which updates are handled: one after the other in a chat, chats side by side.

An update that could not be handled now is handled again, and its chat waits for it; one that never can be is parked.
What an update leads to is written in one transaction: the changes, what is to be sent, and the mark that it is done.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import RefusedError
from bot.service.lanes import BACKOFF, PASSING, Lanes, kind
from bot.service.sending import Sender
from bot.state import inbox, outbox
from bot.state.base import Connection, State
from bot.state.inbox import Arrival, Entry
from bot.state.moves import Moves
from bot.state.outbox import Outgoing, Row
from bot.state.partitions import partition

LOG = logging.getLogger(__name__)

UPDATES_AT_ONCE = 8
"""The most updates in work at once: a few more than there are processes that answer."""

EXPIRY_SECONDS = 86_400.0
"""An update that could not be answered for so long is parked: nobody waits for it any more."""

_CHAT_BITS = 64
"""Of the number of a chat's lane; that of an update without a chat is longer."""

_DONE = object()

Change = Callable[[Connection], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an update leads to.

    Args:
        messages: what is to be sent, in order.
        changes: what is to be remembered.
        parked: why the update is set aside; "" where it is done.
    """

    messages: tuple[Outgoing, ...] = ()
    changes: tuple[Change, ...] = ()
    parked: str = ""


Handle = Callable[[Entry, Any], Awaitable[Outcome]]
"""Handles an update.

Raises:
    RefusedError: no update can be handled any more.
    PasokhError: it did not work now, and may later.
    Exception: it never will.
"""


class Dispatcher:
    """Has each update of the inbox handled, and hands the sender what it leads to.

    Args:
        state: the file that holds the inbox.
        handle: handles an update.
        sender: sends.
        moves: under which ids chats have gone on.
    """

    def __init__(self, state: State, handle: Handle, sender: Sender, moves: Moves) -> None:
        self._state, self._handle, self._sender, self._moves = state, handle, sender, moves
        self.lanes: Lanes[Entry] = Lanes(self._attempt, UPDATES_AT_ONCE)
        self._started = False

    async def start(self) -> tuple[int, int]:
        """Begin with what a stopped bot left; returns how much was unsent, and how many updates were undone."""
        unsent = await self._sender.start()
        self._started = True
        left = await self._state.run(inbox.waiting)
        self.line_up(left)
        return unsent, len(left)

    async def accept(self, arrivals: Sequence[Arrival]) -> None:
        """Write updates to the inbox, and line them up if the bot has started.

        Raises:
            StateError: the updates are not on disk.
        """
        for arrival in arrivals:
            if arrival.move is not None:
                await self._moves.learn(*arrival.move)
        # Work on the state is done in order: what is stored before the start is among what `start` finds. Replicas that
        # share a state are never started so: they hear what is stored.
        started = self._started
        stored = await self._state.run(lambda connection: inbox.store(connection, arrivals))
        self.line_up(stored if started else ())
        # They are handled while they are flushed; should the disk not take them, they come again and are known.
        await self._state.flush()

    def line_up(self, entries: Iterable[Entry]) -> None:
        """Have updates handled that are in the inbox, each behind those of its chat that were lined up before."""
        for entry in entries:
            # An update that belongs to no chat has a lane of its own.
            self.lanes.add(self._moves.first(entry.chat) if entry.chat else -entry.key << _CHAT_BITS, entry)

    async def _attempt(self, entry: Entry, attempts: int) -> float | None:
        """See `lanes.Attempt`."""
        try:
            if (update := self._content(entry)) is not _DONE:
                await self._finish(entry, await self._handle(entry, update))
        except RefusedError:
            raise
        except Exception as error:  # whatever an update does, the next is handled
            if isinstance(error, PASSING) and time.time() - entry.received < EXPIRY_SECONDS:
                pause = BACKOFF.pause(attempts, error)
                extra = {"update": entry.key, "reason": kind(error), "seconds": round(pause, 1)}
                LOG.warning("update put off", extra=extra)
                return pause
            LOG.debug("why it is parked", exc_info=error)
            # What the error says may quote the message, so it is not told.
            await self._finish(entry, Outcome(parked=f"{type(error).__name__} at {_place(error)}"))
        return None

    def _content(self, entry: Entry) -> Any:
        """What an update says; `_DONE` where another replica, which had its chat for a while, has handled it."""
        if entry.update is not None:
            return entry.update
        try:
            return self._state.read(lambda connection: inbox.read(connection, entry.key))
        except LookupError:
            return _DONE

    async def _finish(self, entry: Entry, outcome: Outcome) -> None:
        """Write down what an update leads to, and have it sent."""
        if outcome.parked:
            LOG.warning("update parked", extra={"update": entry.key, "reason": outcome.parked})

        def work(connection: Connection) -> list[Row]:
            parked = outcome.parked
            is_first = inbox.park(connection, entry.key, parked) if parked else inbox.finish(connection, entry.key)
            if not is_first:  # another replica has taken the chat over meanwhile, and handled the update
                return []
            for change in outcome.changes:
                change(connection)
            return outbox.add(connection, entry.received, outcome.messages)

        self._sender.enqueue(await self._state.insist(work))


def partition_of(lane: int) -> int:
    """The partition of what is in a lane, of updates or messages."""
    without_chat = abs(lane) >> _CHAT_BITS
    return partition(0, without_chat) if without_chat else partition(lane, 0)


def _place(error: Exception) -> str:
    """The line of code that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else "?"
