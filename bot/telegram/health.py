"""How the bot is, for whoever watches it."""

from __future__ import annotations

import time

from bot.errors import StateError
from bot.service.metrics import Metrics
from bot.state import inbox, outbox
from bot.telegram.polling import Pulse
from bot.telegram.replying import Replier

MAX_SILENCE_SECONDS = 60.0
"""After so long without a successful poll the health check turns red."""


class Watched:
    """What a running bot tells of itself.

    Args:
        replier: has the state and the workers.
        metrics: what has been counted.
        pulse: when Telegram was last heard; None where it delivers by itself.
    """

    def __init__(self, replier: Replier, metrics: Metrics, pulse: Pulse | None) -> None:
        self._replier, self._metrics, self._pulse = replier, metrics, pulse

    async def health(self) -> tuple[bool, dict[str, object]]:
        """See `server.Health`."""
        try:
            # By the connection that writes: it is the one that must work.
            counted, unsent, oldest = await self._replier.state.run(
                lambda db: (inbox.counts(db), outbox.count(db), inbox.oldest(db))
            )
        except StateError as error:
            return False, {"status": "the file of state cannot be used", "reason": str(error)}
        workers, silence = self._replier.workers, 0.0 if self._pulse is None else self._pulse.silence
        status = "ok"
        if silence >= MAX_SILENCE_SECONDS:
            status = "Telegram is not heard"
        elif workers.late == workers.size:
            status = "no process answers"
        age = 0.0 if oldest is None else round(time.time() - oldest, 1)
        report: dict[str, object] = {"status": status, **counted, "unsent": unsent, "oldest": age, "late": workers.late}
        return status == "ok", report | ({} if self._pulse is None else {"silence": round(silence, 1)})

    async def page(self) -> bytes:
        """See `server.Page`."""
        return self._metrics.page(self._replier.state)
