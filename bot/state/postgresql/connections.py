"""Connections to PostgreSQL: opened with time-outs, taking `?` for a value, with errors that say what to do.

A replica that hangs, or whose machine is gone, must lose what it holds. So the server ends a connection that hears
nothing for a while, and both ends look whether the other one is still there.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from typing import Any

import psycopg

from bot.errors import StateError
from bot.state.base import Rows
from bot.state.postgresql.addresses import shown

OLDEST_SERVER = 140_000
"""PostgreSQL 14, the first that ends a session that is silent for too long."""

SCHEMA = "pasokh"

ALIVE: dict[str, Any] = {
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "application_name": "pasokh",
}
"""How libpq notices that the server is gone; `tcp_user_timeout` is in milliseconds. An address may say others."""

SESSION = (
    f"SET search_path = {SCHEMA}; SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2;"
    " SET tcp_keepalives_count = 3; SET tcp_user_timeout = 10000; SET lock_timeout = '10s'; SET TIME ZONE 'UTC'"
)
"""How the server notices that a replica is gone. A statement that waits for another's transaction gives up."""

NUL, REPLACEMENT = "\0", "\N{REPLACEMENT CHARACTER}"
"""PostgreSQL's texts hold every character but NUL."""


class Translated:
    """A connection of psycopg as the modules of this room use it; see `base.Connection`."""

    def __init__(self, raw: psycopg.Connection) -> None:
        self.raw = raw

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Rows:
        """See `base.Connection`."""
        return self.raw.execute(_placed(statement), _cleaned(values))

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> None:
        """See `base.Connection`."""
        self.raw.cursor().executemany(_placed(statement), map(_cleaned, rows))


@lru_cache(512)
def _placed(statement: str) -> bytes:
    return statement.replace("%", "%%").replace("?", "%s").encode()


def _cleaned(values: Sequence[Any]) -> Sequence[Any]:
    if any(isinstance(value, str) and NUL in value for value in values):
        return [value.replace(NUL, REPLACEMENT) if isinstance(value, str) else value for value in values]
    return values


def parameters(address: str) -> dict[str, Any]:
    """What psycopg is to be given for an address.

    Raises:
        StateError: it is no address.
    """
    try:
        return ALIVE | psycopg.conninfo.conninfo_to_dict(address)
    except psycopg.Error:  # what it says may quote the password
        raise StateError("PASOKH_STATE is no address; write postgresql://USER:PASSWORD@HOST/DATABASE") from None


def connect(address: str) -> psycopg.Connection:
    """A connection, each of whose statements is a transaction of its own unless one is begun.

    Raises:
        StateError: there is no server, or it does not let us in, or is too old.
    """
    try:
        connection = psycopg.connect(**parameters(address), autocommit=True)
        connection.execute(SESSION)
    except psycopg.Error as error:
        raise fault(address, error) from error
    if connection.info.server_version < OLDEST_SERVER:
        connection.close()
        raise StateError(f"{shown(address)}: the server is older than PostgreSQL 14; update it")
    return connection


@contextmanager
def reading(address: str) -> Generator[Translated]:
    """A connection for a process beside the bot, which only reads.

    Raises:
        StateError: the server cannot be reached or read.
    """
    with closing(connect(address)) as raw:
        try:
            raw.execute("SET default_transaction_read_only = on")
            yield Translated(raw)
        except psycopg.Error as error:
            raise fault(address, error) from error


def fault(address: str, error: psycopg.Error) -> StateError:
    """What psycopg says, in one line and with the remedy; the error is its cause."""
    said = " ".join(str(error).split("\n")[0].split())
    told = StateError(f"{shown(address)}: {said}{_remedy(error)}")
    told.__cause__ = error
    return told


def _remedy(error: psycopg.Error) -> str:
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return "; have the database's owner say: GRANT CREATE ON DATABASE … TO …"
    if isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
        return "; this server is a standby: name the other one too, and add ?target_session_attrs=read-write"
    if isinstance(error, psycopg.errors.DiskFull):
        return "; make room on the server's disk"
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return "; see that the server runs, and check PASOKH_STATE"
    return ""
