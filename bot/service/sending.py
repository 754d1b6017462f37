"""The order in which messages are sent: one after the other to a chat, chats side by side.

What the server does not take now is sent again, not before the time that it names. What it never will take is given up.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable

from bot.errors import NotTakenError, RefusedError, StateError
from bot.service.backoff import Backoff
from bot.service.lanes import PASSING, Lanes, kind
from bot.service.metrics import Metrics
from bot.state import outbox, records
from bot.state.base import Connection, State
from bot.state.moves import Moves
from bot.state.outbox import Outgoing, Row
from retrieval import PasokhError

LOG = logging.getLogger(__name__)

SENDS_AT_ONCE = 4
"""The most messages on their way at once: enough for the 30 a second that Telegram takes, and few, for each of them may
come twice after `kill -9`.
"""

SEND_BACKOFF = Backoff(0.5, 30.0, spread=True)

Send = Callable[[Outgoing], Awaitable[int]]
"""Sends something, and returns the id of the message that shows it; 0 where none does.

Raises:
    RefusedError: nothing can be sent any more.
    NotTakenError: it never can be.
    PasokhError: it could not be sent now, and may later.
"""


class Sender:
    """Sends what is in the outbox.

    A response that is lost may hide a message that was delivered, and Telegram takes no key by which it could tell. So
    what was on its way when the bot was killed, or when its response was lost, may come twice.

    Args:
        state: the file that holds the outbox.
        send: sends.
        metrics: what is counted.
        moves: under which ids chats have gone on.
    """

    def __init__(self, state: State, send: Send, metrics: Metrics, moves: Moves) -> None:
        self._state, self._send, self._metrics, self._moves = state, send, metrics, moves
        self.lanes: Lanes[Row] = Lanes(self._attempt, SENDS_AT_ONCE)
        self.started = asyncio.Event()
        """Set once what a stopped bot left is lined up. Nothing may be written to the outbox before."""

    async def start(self) -> int:
        """Begin with what a stopped bot left unsent; returns how much that is. Nothing may be written before."""
        left = await self._state.run(outbox.waiting)
        self.line_up(left)
        self.started.set()
        return len(left)

    def enqueue(self, rows: Iterable[Row]) -> None:
        """Have sent what was written to the outbox just now. Replicas that share a state hear of it by themselves."""
        if not self._state.is_shared:
            self.line_up(rows)

    def line_up(self, rows: Iterable[Row]) -> None:
        """Have sent what is in the outbox, each behind what was lined up for its chat before."""
        for row in rows:
            self.lanes.add(self._moves.first(row.chat), row, row.not_before - time.time() if row.not_before else 0.0)

    async def _attempt(self, row: Row, attempts: int) -> float | None:
        """See `lanes.Attempt`."""
        try:
            outgoing = row.outgoing or self._state.read(lambda connection: outbox.read(connection, row.key))
        except StateError as error:
            LOG.warning("message put off", extra={"row": row.key, "reason": kind(error)})
            return SEND_BACKOFF.pause(attempts, error)
        if outgoing is None:
            return None  # another replica, which had the chat for a while, has sent it
        try:
            message = await self._send(outgoing)
        except RefusedError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever is wrong with one message, the next is sent
            return await self._failed(row, outgoing, attempts, error)
        await self._settle(row, outgoing, message, "sent")
        if outgoing.question is not None and outgoing.part == 0:
            self._metrics.latency.observe(time.time() - row.since)
        return None

    async def _failed(self, row: Row, outgoing: Outgoing, attempts: int, error: Exception) -> float | None:
        """Put a message off, or give it up; returns what `_attempt` returns."""
        pause = SEND_BACKOFF.pause(row.attempts + attempts, error)
        passing = isinstance(error, PASSING) and not isinstance(error, NotTakenError)
        if passing and time.time() + pause < row.expires:
            extra = {"row": row.key, "reason": kind(error), "seconds": round(pause, 1)}
            LOG.warning("message put off", extra=extra)
            self._metrics.sends.labels("put off").inc()
            await self._state.insist(lambda connection: outbox.put_off(connection, row.key, pause))
            return pause
        # Of another error's words nothing is told, for they may quote the message.
        reason = str(error) if isinstance(error, PasokhError) else kind(error)
        LOG.warning("message given up", extra={"row": row.key, "reason": reason})
        await self._settle(row, outgoing, 0, "given up")
        return None

    async def _settle(self, row: Row, outgoing: Outgoing, message: int, how: str) -> None:
        """Delete a row, and remember which message shows the part of the answer."""

        def work(connection: Connection) -> None:
            outbox.settle(connection, row.key)
            if outgoing.question is not None:
                records.set_reply(connection, outgoing.question, outgoing.part, message)

        self._metrics.sends.labels(how).inc()
        await self._state.insist(work)
