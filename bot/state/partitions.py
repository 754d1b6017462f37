"""Chats, dealt to the replicas of a bot that share its state."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Protocol

PARTITIONS = 32
"""A replica answers the chats of some of them, so there may be so many replicas. The schema in PostgreSQL has it."""


def partition(chat: int, key: int) -> int:
    """The partition of a chat, by its first id; what belongs to no chat, which is 0, goes by its key."""
    return abs(chat or key) % PARTITIONS


class Answering(Protocol):
    """What a replica does with the chats that it is dealt. What it raises is tried again with a new connection."""

    async def connected(self) -> None:
        """Learn what may have happened while nothing was heard."""

    async def take(self, partitions: Collection[int]) -> None:
        """Answer the chats of these partitions from now on: what waits is lined up, and what comes is heard."""

    async def release(self, partitions: Collection[int]) -> None:
        """Take up nothing more of these partitions; return once what was at hand is finished."""

    def lead(self, *, leads: bool) -> None:
        """Do what one replica alone does, or do it no more."""

    def hear(self, of: int | None, kind: str, values: Sequence[Any]) -> None:
        """Hear what was written to the state, in the order in which it was committed.

        Args:
            of: the partition; None for what concerns all replicas.
            kind: `inbox` or `outbox` for what waits in a chat of this replica's, `move` for a chat that goes on under
                another id, `topics` for topics that were deleted.
            values: the columns that tell what it is.
        """
