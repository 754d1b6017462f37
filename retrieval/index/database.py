"""One SQLite database, in a file or in memory: transactions, snapshots, and its errors in the project's own words."""

from __future__ import annotations

import os
import sqlite3
import time
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from retrieval.errors import DamagedError, IndexStoreError

_REASONS = {
    "database is locked": "another process is writing it",
    "database or disk is full": "the disk is full",
    "file is not a database": "it is damaged",
    "database disk image is malformed": "it is damaged",
}
"""SQLite's messages, and plainer ones."""

CACHE_SIZE = -32_768
"""SQLite's page cache, 32 MiB (a negative size counts KiB): the inner pages of large tables stay in memory."""

LOCK_TIMEOUT = 5.0
"""Seconds to wait for another process that writes."""


class Database:
    """An open database. With write-ahead logging, readers and a writer do not wait for each other.

    Args:
        path: the file, created where it is missing; None for a database in memory.
        schema: the statements that create its tables.

    Raises:
        IndexStoreError: the file is no database, or its folder cannot be written.
    """

    def __init__(self, path: Path | None, schema: str) -> None:
        self.path, self._schema = path, schema
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as error:  # ValueError: the name has a NUL
            reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
            raise IndexStoreError(f"{path}: the stored index cannot be made ({reason})") from error
        with self.translated():
            self._connect()

    def _connect(self) -> None:
        self._process = os.getpid()
        self._connection = sqlite3.connect(
            self.path or ":memory:", timeout=LOCK_TIMEOUT, isolation_level=None, check_same_thread=False
        )
        # Whoever drops a database need not close it; SQLite's connections warn of that from Python 3.13 on.
        weakref.finalize(self, self._connection.close).atexit = False
        self._connection.execute(f"PRAGMA cache_size = {CACHE_SIZE}")
        if self.path is not None:
            self._log_ahead()
        if self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            # In one transaction: another process that opens it meanwhile, or after a kill, finds all tables or none.
            self._connection.executescript(f"BEGIN IMMEDIATE; {self._schema} COMMIT;")

    def _log_ahead(self) -> None:
        """Turn write-ahead logging on. While another process does so too, SQLite refuses at once instead of waiting."""
        end = time.monotonic() + LOCK_TIMEOUT
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                    raise
                time.sleep(0.01)

    def rows(self, statement: str, *values: object) -> list[Any]:
        """All rows that a statement reads.

        Raises:
            IndexStoreError: the database is damaged or unreadable.
        """
        return self._fetched("read", statement, values)

    def stream(self, statement: str) -> Iterator[Any]:
        """The rows that a statement reads, one by one."""
        with self.translated():
            yield from self._connection.execute(statement)

    def write(self, statement: str, *values: object) -> list[Any]:
        """Change the database, within `writing`; returns the rows that the statement gives.

        Raises:
            IndexStoreError: the database is damaged, another process is writing it, or the disk is full.
        """
        return self._fetched("written", statement, values)

    def _fetched(self, done: str, statement: str, values: tuple[object, ...]) -> list[Any]:
        if self._process != os.getpid() and self.path is not None:
            self._connect()  # SQLite's connections do not survive a fork
        try:  # to enter a context takes as long as some statements do
            return self._connection.execute(statement, values).fetchall()
        except BaseException:
            with self.translated(done):
                raise

    def write_all(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Run a statement that changes the database once for each row of values, within `writing`."""
        with self.translated("written"):
            self._connection.executemany(statement, rows)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction: all that is written inside becomes visible at once, or nothing where an exception is raised.

        Raises:
            IndexStoreError: another process is writing, or the disk is full; nothing has changed.
        """
        if self._connection.in_transaction:
            self.write("COMMIT")
        self.write("BEGIN IMMEDIATE")
        try:
            yield
            self.write("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def hold(self) -> None:
        """Begin a snapshot: from now on the database is read as it is now, whatever others write."""
        if self._connection.in_transaction:
            self.rows("COMMIT")
        self.rows("BEGIN")
        self.rows("SELECT 1 FROM sqlite_master LIMIT 1")

    def check(self) -> None:
        """Let SQLite check the whole file.

        Raises:
            DamagedError: SQLite finds damage.
        """
        ((found,),) = self.rows("PRAGMA integrity_check(1)")
        if found != "ok":
            raise DamagedError(f"{self.path}: the stored index is damaged ({' '.join(found.split())})")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    @contextmanager
    def translated(self, done: str = "read") -> Iterator[None]:
        """Turn errors of SQLite and the file system into the project's own.

        Args:
            done: the participle of what is done inside, for «the stored index cannot be …».

        Raises:
            DamagedError: what is stored cannot be understood.
            IndexStoreError: it cannot be reached, is locked, or the disk is full.
        """
        try:
            yield
        except (sqlite3.Error, OSError, ValueError) as error:
            away = isinstance(error, (sqlite3.OperationalError, sqlite3.ProgrammingError, OSError))
            kind = IndexStoreError if away else DamagedError
            reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
            raise kind(f"{self.path}: the stored index cannot be {done} ({_REASONS.get(reason, reason)})") from error
