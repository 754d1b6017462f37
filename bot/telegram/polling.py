"""Long polling: fetch updates, write them to the inbox, and only then move the offset, which confirms them."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.errors import PutOffError, StateError
from bot.service.backoff import Backoff
from bot.state.inbox import Arrival
from bot.telegram.client import MAX_UPDATES_FETCHED, Client
from bot.telegram.faults import UnreadableAnswerError
from bot.telegram.updates import arrival, unreadable

LOG = logging.getLogger(__name__)

REACH_BACKOFF = Backoff(0.5, 8.0)
"""Until Telegram can be reached: short pauses, so that a server that recovers is noticed soon."""

OFFSET_LASTS = 5 * 86_400.0
"""Seconds without an update after which no offset is sent: after a week without any, Telegram numbers them anew."""

TIMES_UNREADABLE = 3
"""How often an update must come unreadable before it is passed over: a connection may have cut it short."""

UNNUMBERED_KEPT = 1_000
"""So many updates without a number are known when they come again. Telegram itself numbers all of them."""

_NUMBER = re.compile(rb'"update_id"\s*:\s*(\d{1,18})\b')

Accept = Callable[[Sequence[Arrival]], Awaitable[None]]
"""Writes updates to the inbox; it returns once they are on disk."""


@dataclass
class Pulse:
    """When Telegram was last heard, for the health check.

    Args:
        heard: the time by the monotonic clock, in seconds.
    """

    heard: float = field(default_factory=time.monotonic)

    def beat(self) -> None:
        """Telegram has just been heard."""
        self.heard = time.monotonic()

    @property
    def silence(self) -> float:
        """Seconds since then."""
        return time.monotonic() - self.heard


async def poll(client: Client, accept: Accept, pulse: Pulse) -> None:
    """Fetch updates until cancelled.

    Raises:
        RefusedError: the token is not valid (any more).
    """
    offset, moved, failures = None, time.monotonic(), 0
    unnumbered: dict[bytes, None] = {}
    singly = Singly()
    while True:
        try:
            arrivals = list(map(arrival, await singly.fetch(client, offset)))
            pulse.beat()
            digests = {_digest(one.update): one for one in arrivals if one.number is None}
            new = [one for digest, one in digests.items() if digest not in unnumbered]
            await accept([*(one for one in arrivals if one.number is not None), *new])
            unnumbered = dict.fromkeys([*unnumbered, *digests][-UNNUMBERED_KEPT:])
            numbers = [one.number for one in arrivals if one.number is not None]
            if numbers:
                offset, moved = max(numbers) + 1, time.monotonic()
            elif time.monotonic() - moved > OFFSET_LASTS:
                offset = None
            if failures:
                LOG.warning("updates are coming in again")
            # Updates without a number cannot be confirmed and come again, so there is a pause before the next fetch.
            failures = 0 if numbers or not arrivals else failures + 1
        except (PutOffError, StateError) as error:
            failures += 1
            reason = error if isinstance(error, PutOffError) else f"the inbox cannot be written ({error})"
            LOG.warning("no updates: %s", reason, extra={"attempt": failures})
            await asyncio.sleep(REACH_BACKOFF.pause(failures, error))
            continue
        if failures:
            await asyncio.sleep(REACH_BACKOFF.pause(failures))


class Singly:
    """Fetches updates together, or singly after a batch that could not be read, so that only the bad one is lost."""

    def __init__(self) -> None:
        self._left = self._times = 0

    async def fetch(self, client: Client, offset: int | None) -> list[object]:
        """See `Client.fetch`. An update that came unreadable `TIMES_UNREADABLE` times is given as `unreadable`."""
        try:
            updates = await client.fetch(offset, 1 if self._left else MAX_UPDATES_FETCHED)
        except UnreadableAnswerError as error:
            if passed_over := self._unreadable(error.payload):
                return passed_over
            raise
        self._left, self._times = max(self._left - 1, 0), 0
        return updates

    def _unreadable(self, payload: bytes) -> list[object]:
        alone, self._left = bool(self._left), MAX_UPDATES_FETCHED
        number = _NUMBER.search(payload)
        self._times = self._times + 1 if alone and number else 0
        if number is None or self._times < TIMES_UNREADABLE:
            return []
        self._times = 0
        return [unreadable(payload, int(number[1]))]


def _digest(update: object) -> bytes:
    """What an update without a number is known by."""
    return hashlib.blake2b(json.dumps(update, sort_keys=True).encode(), digest_size=8).digest()
