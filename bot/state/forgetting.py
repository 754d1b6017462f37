"""Deleting what is remembered of a user."""

from __future__ import annotations

from bot.state import digests, inbox, records, users, watches
from bot.state.base import Connection


def forget(connection: Connection, user: int) -> None:
    """Delete what a user has asked, judged, waits for and is told regularly."""
    for kept in (records, users, inbox, watches, digests):
        kept.forget(connection, user)
