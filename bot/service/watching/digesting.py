"""Tells, at the hours that users chose, which articles have come.

The list, the hour of the next one and how far it went are written in one transaction, so that each is told once.
"""

from __future__ import annotations

import asyncio
import datetime
import logging
import time
from collections.abc import Awaitable, Callable, Sequence

from bot.errors import StateError
from bot.rendering.markup import Rich
from bot.rendering.replies import listing
from bot.service.lanes import kind
from bot.service.library import Library
from bot.service.sending import Sender
from bot.state import digests, outbox
from bot.state.base import Connection, State
from bot.state.digests import Digest
from bot.state.outbox import Outgoing, Row

LOG = logging.getLogger(__name__)

LOOK_SECONDS = 20.0
"""A digest may be so late."""

RETRY_SECONDS = 600.0
"""A digest that fails is tried again after so long, and the others go on meanwhile."""

MAX_LISTED = 10
MIN_TOPIC_COVERAGE = 0.6
"""The share of a topic's weight that an article must hold to be of it."""

Find = Callable[[Digest], Awaitable[tuple[Rich, int]]]
"""What there is to tell, nothing if it is empty; and the number of the last article that was looked at."""

Tell = Callable[[Digest, Rich], Sequence[Outgoing]]


def came(library: Library, topic: str, since: int) -> tuple[Rich, int]:
    """The articles of a topic that came after the one with a number, the newest or likeliest first.

    Args:
        library: what there is.
        topic: what they are about; "" for anything.
        since: the number.

    Returns:
        A list, empty where none came; and the number of the last article that there is.
    """
    retriever = library.conversation.retriever
    last = retriever.whole.stamp.last
    part = retriever.among(lambda _, number: number > since) if last > since else None
    if part is None or not len(part.articles):
        return Rich(), last
    if not topic:
        return listing(part.articles.latest(0, MAX_LISTED), 1), last
    found = [hit.article for hit in part.search_articles(topic, MAX_LISTED) if hit.coverage >= MIN_TOPIC_COVERAGE]
    return listing(found, 1) if found else Rich(), last


def first_due(hour: int, days: int, after: float, zone: datetime.tzinfo, weekday: int | None = None) -> float:
    """When a digest is due for the first time, in seconds since 1970.

    Args:
        hour: of the day, 0 to 23.
        days: from one to the next.
        after: seconds since 1970.
        zone: the time zone of the hour.
        weekday: the day of the week, 0 for Monday; None for the one that it is.
    """
    moment = datetime.datetime.fromtimestamp(after, zone)
    at = moment.replace(hour=hour, minute=0, second=0, microsecond=0)
    if weekday is not None:
        at += datetime.timedelta(days=(weekday - at.weekday()) % 7)
    return (at if at > moment else at + datetime.timedelta(days=days)).timestamp()


def next_due(digest: Digest, after: float, zone: datetime.tzinfo) -> float:
    """When a digest is due again, in seconds since 1970: on its day of the week, however late it was told.

    Args:
        digest: as it was due.
        after: seconds since 1970.
        zone: the time zone of its hour.
    """
    at = datetime.datetime.fromtimestamp(digest.next, zone).replace(hour=digest.hour, minute=0, second=0, microsecond=0)
    while at.timestamp() <= after:
        at += datetime.timedelta(days=digest.days)
    return at.timestamp()


class Digester:
    """Tells what is due.

    Args:
        state: the file that has the digests.
        sender: sends.
        find: finds what there is to tell.
        tell: makes the messages.
        zone: the time zone of the hours.
    """

    def __init__(self, state: State, sender: Sender, find: Find, tell: Tell, zone: datetime.tzinfo) -> None:
        self._state, self._sender, self._find, self._tell, self._zone = state, sender, find, tell, zone

    async def run(self) -> None:
        """Tell until cancelled."""
        await self._sender.started.wait()
        while True:
            try:
                due = self._state.read(lambda db: digests.due(db, time.time()))
            except StateError as error:
                LOG.warning("digests are told later: %s", error)
                due = []
            for digest in due:
                try:
                    await self._see_to(digest)
                except Exception as error:  # noqa: BLE001  # whatever a digest does, the next is told
                    LOG.warning("a digest is told later", extra={"digest": digest.key, "reason": kind(error)})
                    later = time.time() + RETRY_SECONDS
                    await self._state.insist(lambda db, one=digest, at=later: digests.told(db, one, one.since, at))  # type: ignore[misc]
            await asyncio.sleep(LOOK_SECONDS)

    async def _see_to(self, digest: Digest) -> None:
        found, last = await self._find(digest)
        due = next_due(digest, time.time(), self._zone)

        def work(db: Connection) -> list[Row]:
            if not digests.told(db, digest, last, due) or not found:
                return []
            return outbox.add(db, time.time(), self._tell(digest, found))

        self._sender.enqueue(await self._state.insist(work))
