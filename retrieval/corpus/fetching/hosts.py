"""Good manners: what `robots.txt` forbids is left, and no host is asked twice at once, or without a pause."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego

from retrieval.corpus.fetching.web import NOTHING_KNOWN, PRODUCT, Elsewhere, Reply, Validators, Web, WebError

PAUSE_SECONDS, MAX_PAUSE_SECONDS = 1.0, 30.0
"""Between two requests to a host; and the most of what its `robots.txt` may ask for."""
MAX_REDIRECTS = 5
MAX_FAILURES = 3
"""Requests without an answer after which a host is left in peace."""
_BUSY = frozenset((429, 503))
"""Statuses by which a host asks to be left in peace."""
MAX_ROBOTS_BYTES = 500_000
"""What of a `robots.txt` is read (RFC 9309, section 2.5)."""


@dataclass(slots=True)
class _Host:
    """A host within a round.

    Args:
        turn: held by the one request that is made of it.
        rules: its `robots.txt`; None before it is asked for.
        trouble: why it is not asked for anything any more.
        failures: requests that it has not answered.
        free: when it may be asked again, by the clock of the event loop.
    """

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: Protego | None = None
    trouble: WebError | None = None
    failures: int = 0
    free: float = 0.0


class Hosts:
    """The web as it is asked in one round.

    Args:
        web: makes the requests.
        pause: seconds between two requests to a host.
    """

    def __init__(self, web: Web, pause: float = PAUSE_SECONDS) -> None:
        self._web, self._pause = web, pause
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)

    async def get(self, url: str, known: Validators = NOTHING_KNOWN) -> Reply | None:
        """What an address gives, after as many redirects as are allowed.

        Args:
            url: of the web.
            known: see `Web.ask`.

        Returns:
            None where the known version is still the newest.

        Raises:
            WebError: it cannot be fetched, or may not.
        """
        for _ in range(MAX_REDIRECTS + 1):
            reply = await self._ask(url, known)
            if not isinstance(reply, Elsewhere):
                return reply
            url = reply.url
        raise WebError(f"it redirects more than {MAX_REDIRECTS} times", is_lasting=True)

    async def _ask(self, url: str, known: Validators) -> Reply | Elsewhere | None:
        """One request, when its host's turn has come."""
        host = self._hosts[_origin(url)]
        async with host.turn:
            if host.trouble is None and host.rules is None:
                await self._learn(host, url)
            if host.trouble is not None:
                raise host.trouble
            if host.rules is not None and not host.rules.can_fetch(url, PRODUCT):
                raise WebError("its robots.txt forbids it", is_lasting=True)
            try:
                return await self._timely(host, url, known)
            except WebError as error:
                host.failures += not error.status and not error.is_lasting
                if error.status in _BUSY or host.failures >= MAX_FAILURES:
                    host.trouble = error
                raise

    async def _learn(self, host: _Host, url: str) -> None:
        """Read a host's `robots.txt`: one that is not there forbids nothing, one that cannot be had forbids all."""
        there = f"{_origin(url)}/robots.txt"
        try:
            for _ in range(MAX_REDIRECTS + 1):
                reply = await self._timely(host, there, NOTHING_KNOWN)
                if not isinstance(reply, Elsewhere):
                    break
                there = reply.url
            content = reply.content if isinstance(reply, Reply) else b""
            host.rules = Protego.parse(content[:MAX_ROBOTS_BYTES].decode("utf-8", "replace"))
        except WebError as error:
            if 400 <= error.status < 500 and error.status not in _BUSY:
                host.rules = Protego.parse("")
            else:
                host.trouble = WebError(f"its robots.txt: {error.reason}", is_lasting=error.is_lasting)

    async def _timely(self, host: _Host, url: str, known: Validators) -> Reply | Elsewhere | None:
        """One request, after the pause that its host is owed."""
        clock = asyncio.get_running_loop()
        await asyncio.sleep(max(0.0, host.free - clock.time()))
        try:
            return await self._web.ask(url, known)
        finally:
            asked = host.rules.crawl_delay(PRODUCT) if host.rules else None
            host.free = clock.time() + min(max(self._pause, asked or 0.0), MAX_PAUSE_SECONDS)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"
