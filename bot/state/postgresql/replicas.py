"""The share of a replica: its partitions, held by advisory locks of one session, and what it hears by LISTEN.

Each replica looks once a second how many there are, and holds no more than its share. A lock is free again as soon as
its session ends: at once where a replica is killed, after `SILENCE_SECONDS` where it hangs, and after the time-outs of
`connections` where its machine is gone. A replica whose session has ended takes up nothing more of what it held. What
it had at hand it may finish, for an update is marked done only once, whoever does it.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections.abc import Collection

import psycopg

from bot.errors import StateError
from bot.state.partitions import PARTITIONS, Answering
from bot.state.postgresql.connections import SESSION, fault, parameters

LOG = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""The time between looks at the other replicas; each look tells the server that this one is alive."""

SILENCE_SECONDS = 15
"""The server ends the session of a replica that is silent for so long."""

LOCKS, LEADER, MEMBER = 7_203_402, 1_000, 1_001
"""The first number of each lock; the second is a partition's, or one of these: of the leader, and of all replicas."""

CHANNEL = "pasokh"
"""What all replicas hear; that of a partition has its number behind it."""

_HELD = (
    "SELECT objid::bigint, count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = %s AND database"
    " = (SELECT oid FROM pg_database WHERE datname = current_database()) GROUP BY objid"
)


class Replica:
    """One of the replicas that share a database.

    Args:
        address: of the database.
        answering: is dealt partitions.
    """

    def __init__(self, address: str, answering: Answering) -> None:
        self._address, self._answering = address, answering
        self._held: set[int] = set()
        self._leaving: set[asyncio.Task[None]] = set()
        self._leads = False

    async def run(self) -> None:
        """Hold a share until cancelled."""
        while True:
            try:
                await self._hold()
            except psycopg.Error as error:
                LOG.warning("no partitions are held: %s", fault(self._address, error))
            except StateError as error:
                LOG.warning("no partitions are held: %s", error)
            await self._lose()
            await asyncio.sleep(LOOK_SECONDS)

    async def _hold(self) -> None:
        async with await psycopg.AsyncConnection.connect(**parameters(self._address), autocommit=True) as connection:
            await connection.execute(SESSION)
            await connection.execute(f"SET idle_session_timeout = '{SILENCE_SECONDS}s'; LISTEN {CHANNEL}".encode())
            await connection.execute("SELECT pg_advisory_lock_shared(%s, %s)", (LOCKS, MEMBER))
            await self._answering.connected()
            while True:
                await self._balance(connection)
                async for notice in connection.notifies(timeout=LOOK_SECONDS):
                    of, (kind, _, values) = notice.channel.removeprefix(CHANNEL), notice.payload.partition(" ")
                    self._answering.hear(int(of[1:]) if of else None, kind, json.loads(values))

    async def _lose(self) -> None:
        """The session has ended, and with it all that was held."""
        lost, self._held = self._held, set()
        if self._leads:
            self._leads = False
            self._answering.lead(leads=False)
        await self._answering.release(lost)
        await asyncio.gather(*self._leaving, return_exceptions=True)

    async def _balance(self, connection: psycopg.AsyncConnection) -> None:
        """Hold a share of the partitions, and lead if no other does."""
        locks: dict[int, int] = dict(await (await connection.execute(_HELD, (LOCKS,))).fetchall())
        share = -(-PARTITIONS // max(locks.get(MEMBER, 0), 1))
        if surplus := sorted(self._held)[share:]:
            self._held.difference_update(surplus)
            task = asyncio.create_task(self._leave(connection, surplus))
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)
        free = [one for one in range(PARTITIONS) if one not in locks]
        wanted = random.sample(free, max(min(share - len(self._held), len(free)), 0))
        if taken := [one for one in wanted if await _locks(connection, one)]:
            await connection.execute("; ".join(f"LISTEN {CHANNEL}_{one}" for one in taken).encode())
            self._held.update(taken)
            await self._answering.take(taken)
        if not self._leads and LEADER not in locks and await _locks(connection, LEADER):
            self._leads = True
            self._answering.lead(leads=True)

    async def _leave(self, connection: psycopg.AsyncConnection, partitions: Collection[int]) -> None:
        """Give partitions to others, once what is at hand of them is finished."""
        try:
            await connection.execute("; ".join(f"UNLISTEN {CHANNEL}_{one}" for one in partitions).encode())
            await self._answering.release(partitions)
            for one in partitions:
                await connection.execute("SELECT pg_advisory_unlock(%s, %s)", (LOCKS, one))
        except psycopg.Error as error:  # then the session has ended, and nothing is held any more
            LOG.debug("partitions were lost while they were given up", exc_info=error)


async def _locks(connection: psycopg.AsyncConnection, number: int) -> bool:
    row = await (await connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (LOCKS, number))).fetchone()
    return bool(row and row[0])
