"""One SQLite database, in a file or in memory: transactions, snapshots, and its errors in the project's own words."""

from __future__ import annotations

import os
import sqlite3
import time
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
"""SQLite's words in plainer ones."""

CACHE = -32_768
"""Kibibytes of pages in memory, with SQLite's minus: the inner pages of large tables, and where new words go."""

PATIENCE = 5.0
"""Seconds to wait for another process that writes."""


class Database:
    """A database, open. Write-ahead logging keeps readers and a writer out of each other's way.

    Args:
        path: the file, made where there is none; None for one in memory.
        schema: statements for a new one.

    Raises:
        IndexStoreError: it is no database, or its folder cannot be written.
    """

    def __init__(self, path: Path | None, schema: str) -> None:
        self.path, self._schema = path, schema
        self._verb = "cannot be read"
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as error:  # the name may be one that cannot be
            reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
            raise IndexStoreError(f"{path}: the stored index cannot be made ({reason})") from error
        with self.translated():
            self._connect()

    def _connect(self) -> None:
        self._process = os.getpid()
        self._connection = sqlite3.connect(
            self.path or ":memory:", timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )
        self._connection.execute(f"PRAGMA cache_size = {CACHE}")
        if self.path is not None:
            self._log_ahead()
        if self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            # In one transaction: another process that opens it meanwhile, or after a kill, finds all tables or none.
            self._connection.executescript(f"BEGIN IMMEDIATE; {self._schema} COMMIT;")

    def _log_ahead(self) -> None:
        """Turn write-ahead logging on; while others turn it on too, SQLite refuses at once instead of waiting."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                    raise
                time.sleep(0.01)

    def rows(self, statement: str, *values: object) -> list[Any]:
        """All that a statement gives.

        Raises:
            IndexStoreError: the database is damaged, unreadable or cannot be written.
        """
        if self._process != os.getpid() and self.path is not None:
            self._connect()  # SQLite's connections do not survive a fork
        try:  # to enter a context takes as long as some statements do
            return self._connection.execute(statement, values).fetchall()
        except BaseException:
            with self.translated():
                raise

    def stream(self, statement: str) -> Iterator[Any]:
        """What a statement gives, row by row."""
        with self.translated():
            yield from self._connection.execute(statement)

    def insert(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Write many rows."""
        with self.translated():
            self._connection.executemany(statement, rows)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A change: what is written inside becomes visible together, or, where it fails, not at all.

        Raises:
            IndexStoreError: another process is writing, or the disk is full; nothing has changed.
        """
        self._verb = "cannot be written"
        try:
            if self._connection.in_transaction:
                self.rows("COMMIT")
            self.rows("BEGIN IMMEDIATE")
            try:
                yield
                self.rows("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        finally:
            self._verb = "cannot be read"

    def hold(self) -> None:
        """See the database from now on as it is now, whatever others write."""
        if self._connection.in_transaction:
            self.rows("COMMIT")
        self.rows("BEGIN")
        self.rows("SELECT 1 FROM sqlite_master LIMIT 1")

    def check(self) -> None:
        """Let SQLite read everything.

        Raises:
            DamagedError: it finds damage.
        """
        ((found,),) = self.rows("PRAGMA integrity_check(1)")
        if found != "ok":
            raise DamagedError(f"{self.path}: the stored index is damaged ({' '.join(found.split())})")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Turn what SQLite and the file system raise into the project's own error."""
        try:
            yield
        except (sqlite3.Error, OSError, ValueError) as error:
            away = isinstance(error, (sqlite3.OperationalError, sqlite3.ProgrammingError, OSError))
            kind = IndexStoreError if away else DamagedError
            reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
            raise kind(f"{self.path}: the stored index {self._verb} ({_REASONS.get(reason, reason)})") from error
