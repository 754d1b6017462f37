"""What a SQLite file remembers, moved to PostgreSQL in one transaction."""

from __future__ import annotations

import fcntl
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path

import psycopg

from bot.errors import StateError
from bot.state import sqlite
from bot.state.postgresql.addresses import shown
from bot.state.postgresql.connections import SCHEMA, Translated, connect, fault
from bot.state.postgresql.state import migrate

TABLES = (
    *("move", "user", "question", "feedback", "reply", "topic", "watch", "told", "mark", "binding", "invitation"),
    *("pin", "broadcast", "digest", "outbox", "inbox"),
)
"""Those that others refer to come first."""

NUMBERED = ("watch", "pin", "digest", "outbox", "inbox")
"""Their keys are given by the engine, and go on behind those that the file has given."""


def move(path: Path, address: str) -> dict[str, int]:
    """Move everything. The file stays as it is.

    Args:
        path: the file, which no bot may be using.
        address: of a database in which nothing is remembered yet.

    Returns:
        The number of rows of each table.

    Raises:
        StateError: the file cannot be read or is in use, or the database cannot be written or remembers something.
    """
    if not path.is_file():
        raise StateError(f"{path}: there is no such file; name it by --file")
    with ExitStack() as opened:
        lock = opened.enter_context(path.with_suffix(".lock").open("w"))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StateError(f"{path}: a bot is using it; stop that one first") from error
        file = opened.enter_context(closing(sqlite.connect(path)))
        server = opened.enter_context(closing(connect(address)))
        migrate(address, server)
        try:
            with server.transaction():
                return _move_all(file, Translated(server), address)
        except psycopg.Error as error:
            raise fault(address, error) from error
        except sqlite3.Error as error:
            raise sqlite.fault(path, error) from error


def _move_all(file: sqlite3.Connection, server: Translated, address: str) -> dict[str, int]:
    for table in TABLES:
        if server.execute(f'SELECT EXISTS (SELECT FROM "{table}")').fetchone()[0]:  # noqa: S608  # constant
            raise StateError(f"{shown(address)}: it remembers something already; name an empty database")
    moved = {table: _move(file, server, table) for table in TABLES}
    for table in NUMBERED:
        given = file.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        if given and given[0]:
            server.execute("SELECT setval(pg_get_serial_sequence(?, 'key'), ?)", (f"{SCHEMA}.{table}", given[0]))
    return moved


def _move(file: sqlite3.Connection, server: Translated, table: str) -> int:
    """Move a table; returns the number of its rows."""
    found = file.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # constant
    columns = [column[0] for column in found.description]
    names, places = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    server.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', found)  # noqa: S608  # the schema's
    counted: int = server.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608  # constant
    return counted
