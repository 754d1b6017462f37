"""Sends a message to all users, some each second, until it is stopped.

Messages go to the outbox in the transaction that notes how far they have come. So each user gets one, also where the
bot is killed between, and little is on its way when it is stopped.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence

from bot.service.lanes import kind
from bot.service.sending import Sender
from bot.state import broadcasts, outbox
from bot.state.base import Connection, State
from bot.state.broadcasts import Broadcast
from bot.state.outbox import Outgoing, Row

LOG = logging.getLogger(__name__)

USERS_A_SECOND = 10
"""A third of what Telegram takes of a bot, so that answers are not late: https://core.telegram.org/bots/faq."""

Make = Callable[[Broadcast, int], Sequence[Outgoing]]
"""The messages that tell a broadcast to a user; none where the user is not to be told."""

Report = Callable[[Broadcast], Sequence[Outgoing]]
"""The messages that tell its administrator that a broadcast has come to its end."""


class Broadcaster:
    """Sends what administrators have started, one message after the other.

    Args:
        state: the file that has the messages.
        sender: sends.
        make: makes the messages to users.
        report: makes the message to the administrator.
    """

    def __init__(self, state: State, sender: Sender, make: Make, report: Report) -> None:
        self._state, self._sender, self._make, self._report = state, sender, make, report

    async def run(self) -> None:
        """Send until cancelled."""
        await self._sender.started.wait()
        while True:
            try:
                if self._state.read(broadcasts.running) is not None:
                    self._sender.enqueue(await self._state.run(self._step))
            except Exception as error:  # noqa: BLE001  # whatever a broadcast does, messages are answered
                LOG.warning("broadcasts go on later", extra={"reason": kind(error)})
            await asyncio.sleep(1)

    def _step(self, db: Connection) -> list[Row]:
        """Write down the messages of the next second."""
        broadcast = broadcasts.running(db)
        if broadcast is None:
            return []
        users = broadcasts.users(db, broadcast.last, USERS_A_SECOND)
        if not users:
            broadcasts.stop(db, broadcast.key)
            LOG.info("broadcast sent", extra={"sent": broadcast.sent})
            return outbox.add(db, time.time(), self._report(broadcast))
        told = [made for user in users if (made := self._make(broadcast, user))]
        broadcasts.advance(db, broadcast.key, users[-1], len(told))
        return outbox.add(db, time.time(), [one for made in told for one in made])
