"""What is remembered for a while only."""

from __future__ import annotations

import asyncio
import logging

from bot.errors import StateError
from bot.state import broadcasts, inbox, pins, records, watches
from bot.state.base import State
from bot.state.topics import Topics

LOG = logging.getLogger(__name__)

DAY_SECONDS = 86_400.0


async def tidy(state: State, topics: Topics, retention: float) -> None:
    """Delete data older than `retention` seconds, now and every day."""
    while True:
        try:
            await state.run(lambda db: inbox.purge(db, retention))
            await state.run(lambda db: records.purge(db, retention))
            await state.run(lambda db: watches.purge(db, retention))
            await state.run(lambda db: broadcasts.purge(db, retention))
            await state.run(pins.purge)
            topics.clear()
        except StateError as error:
            LOG.warning("old data not deleted: %s", error)
        await asyncio.sleep(DAY_SECONDS)
