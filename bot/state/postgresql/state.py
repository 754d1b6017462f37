"""The state in PostgreSQL: one connection that writes, one that reads, both made anew where they break.

Where a connection breaks while a transaction is committed, nobody knows whether it was. Work that was done must not be
done again, for it may have put messages into the outbox. So the server is asked by the transaction's number what became
of it, before anything else is done.
"""

from __future__ import annotations

import logging
import time
from typing import Any

import psycopg

from bot.errors import StateError
from bot.state.base import Connection, Result, Work
from bot.state.committing import Committer
from bot.state.postgresql.addresses import shown
from bot.state.postgresql.connections import SCHEMA, Translated, connect, fault
from bot.state.postgresql.schema import MIGRATIONS

LOG = logging.getLogger(__name__)

RETRY_SECONDS = 0.5
"""The time between attempts to reach a server that was there before."""

DOUBT_SECONDS = 120.0
"""How long a server is waited for that knows whether a transaction was committed."""

MIGRATING = 7_203_401
"""The number of the advisory lock under which the schema is brought up to date."""


class PostgresState:
    """The database, open; see `State`.

    Args:
        address: of the database, as libpq reads it.

    Raises:
        StateError: it cannot be reached or written, or its schema is of a later version.
    """

    is_shared = True

    def __init__(self, address: str) -> None:
        self.address = address
        with connect(address) as first:
            migrate(address, first)
        self._committer = Committer(_Writer(address), RETRY_SECONDS)
        self._reader = _Link(address)
        self.run, self.insist = self._committer.run, self._committer.insist

    def read(self, work: Work[Result]) -> Result:
        """See `State`."""
        try:
            try:
                return work(self._reader.connection())
            except psycopg.OperationalError:  # the connection may have broken long ago, with nobody using it
                return work(self._reader.connection())
        except psycopg.Error as error:
            raise fault(self.address, error) from error

    async def flush(self) -> None:
        """See `State`. PostgreSQL has flushed what it has committed."""

    async def close(self) -> None:
        """See `State`."""
        await self._committer.close()
        self._reader.close()


class _Link:
    """A connection that is made anew where it is broken, but only so often.

    Args:
        address: of the database.
        writes: whether it may write.
    """

    def __init__(self, address: str, *, writes: bool = False) -> None:
        self._address, self._writes = address, writes
        self._current: Translated | None = None
        self._refused: StateError | None = None
        self._tried = 0.0

    def connection(self) -> Translated:
        """The connection.

        Raises:
            StateError: the server cannot be reached, or could not a moment ago.
        """
        if self._current is not None and not self._current.raw.closed:
            return self._current
        if self._refused is not None and time.monotonic() - self._tried < RETRY_SECONDS:
            raise self._refused
        try:
            raw = connect(self._address)
            if not self._writes:
                raw.execute("SET default_transaction_read_only = on")
        except (StateError, psycopg.Error) as error:
            self._tried = time.monotonic()
            self._refused = error if isinstance(error, StateError) else fault(self._address, error)
            raise self._refused from error
        self._current, self._refused = Translated(raw), None
        return self._current

    def close(self) -> None:
        """Close it; the next use makes a new one."""
        if self._current is not None:
            self._current.raw.close()
            self._current = None


class _Writer:
    """See `committing.Writer`."""

    def __init__(self, address: str) -> None:
        self._address, self._link = address, _Link(address, writes=True)
        self._number: Any = None
        self.close = self._link.close

    def begin(self) -> Connection:
        connection = self._link.connection()
        # In one go: each statement is a way to the server and back.
        begun = connection.raw.execute("BEGIN; SELECT pg_current_xact_id()")
        begun.nextset()
        (self._number,) = begun.fetchone() or (None,)
        return connection

    def commit(self) -> None:
        try:
            self._link.connection().raw.execute("COMMIT")
        except psycopg.OperationalError:
            if not self._was_committed(self._number):
                raise

    def undo(self) -> None:
        try:
            self._link.connection().raw.execute("ROLLBACK")
        except (StateError, psycopg.Error):
            self._link.close()

    def fault(self, error: Exception) -> Exception:
        return fault(self._address, error) if isinstance(error, psycopg.Error) else error

    def _was_committed(self, number: Any) -> bool:
        """Whether a transaction has come through whose connection broke; asks until the server knows."""
        began = time.monotonic()
        while time.monotonic() - began < DOUBT_SECONDS:
            try:
                row = self._link.connection().execute("SELECT pg_xact_status(?::text::xid8)", (str(number),)).fetchone()
            except (StateError, psycopg.Error):
                time.sleep(RETRY_SECONDS)
                continue
            if row[0] != "in progress":
                return bool(row[0] == "committed")
            time.sleep(RETRY_SECONDS)
        LOG.error("%s: it is not known whether a change was written; it is made again", shown(self._address))
        return False


def migrate(address: str, connection: psycopg.Connection) -> None:
    """Bring the schema up to date, once, whichever of several replicas comes first.

    Raises:
        StateError: it is of a later version, or may not be changed.
    """
    try:
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (MIGRATING,))
            if _one(connection, f"SELECT to_regclass('{SCHEMA}.version')") is None:  # constant
                connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}".encode())
                connection.execute("CREATE TABLE version (number BIGINT NOT NULL)")
                connection.execute("INSERT INTO version VALUES (0)")
            version = _one(connection, "SELECT number FROM version")
            if version > len(MIGRATIONS):
                raise StateError(f"{shown(address)}: it was written by a later version of Pasokh; update Pasokh")
            for script in MIGRATIONS[version:]:
                connection.execute(script.encode())
            if version < len(MIGRATIONS):
                connection.execute("UPDATE version SET number = %s", (len(MIGRATIONS),))
    except psycopg.Error as error:
        raise fault(address, error) from error


def _one(connection: psycopg.Connection, statement: str) -> Any:
    row = connection.execute(statement.encode()).fetchone()
    return row[0] if row else None
