"""The bot's SQLite file: one thread that writes, and the schema brought up to date.

The log is flushed to disk only before an update is confirmed to its sender, which must outlast a power cut. A flush
takes milliseconds, and nobody else waits for it. It is of the whole log, so what a power cut may take is only the end
of it, and never a part in the middle: the work of the last moments, whose updates then wait again. The end of the
process takes nothing.
"""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Generator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from bot.errors import StateError
from bot.state.base import Connection, Result, Work
from bot.state.committing import Committer
from bot.state.flushing import Flusher
from bot.state.schema import MIGRATIONS

DISK_RETRY_SECONDS = 5.0
"""The time between attempts to write what could not be written."""


class StateFile:
    """The file, open; see `State`. Only its thread writes.

    Args:
        path: the file, which is created if need be.

    Raises:
        StateError: the file cannot be read, is of a later version, or is open in another bot.
    """

    is_shared = False

    def __init__(self, path: Path) -> None:
        self.address = str(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = path.with_suffix(".lock").open("w")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StateError(f"{path}: another bot is using it; stop that one, or set PASOKH_DATA") from error
        except OSError as error:
            raise StateError(f"{path}: cannot be opened ({error.strerror}); check its permissions") from error
        self._writer, self._reader = _Writer(path), connect(path)
        self._reader.execute("PRAGMA query_only = ON")
        self.flush = Flusher(path).flush
        self._committer = Committer(self._writer, DISK_RETRY_SECONDS)
        self.run, self.insist = self._committer.run, self._committer.insist

    def read(self, work: Work[Result]) -> Result:
        """See `State`."""
        try:
            return work(self._reader)
        except sqlite3.Error as error:
            raise self._writer.fault(error) from error

    async def close(self) -> None:
        """See `State`."""
        await self._committer.close()
        self._reader.close()
        self._lock.close()


class _Writer:
    """See `committing.Writer`."""

    def __init__(self, path: Path) -> None:
        self._path, self._connection = path, connect(path)
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self.close = self._connection.close

    def begin(self) -> Connection:
        self._connection.execute("BEGIN")
        return self._connection

    def commit(self) -> None:
        self._connection.execute("COMMIT")

    def undo(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def fault(self, error: Exception) -> Exception:
        return fault(self._path, error) if isinstance(error, sqlite3.Error) else error


@contextmanager
def reading(path: Path) -> Generator[Connection]:
    """A connection for a process beside the bot, which only reads.

    Raises:
        StateError: the file cannot be opened or read.
    """
    with closing(connect(path)) as connection:
        try:
            yield connection
        except sqlite3.Error as error:
            raise fault(path, error) from error


def fault(path: Path, error: sqlite3.Error) -> StateError:
    """What SQLite says of a file; the error is its cause."""
    told = StateError(f"{path}: {error}")
    told.__cause__ = error
    return told


def connect(path: Path) -> sqlite3.Connection:
    """A connection to the file with its schema brought up to date.

    Raises:
        StateError: the file is no database, is damaged, or is of a later version.
    """
    try:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        with ExitStack() as failing:
            failing.callback(connection.close)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA foreign_keys = ON")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > len(MIGRATIONS):
                raise StateError(f"{path}: it was written by a later version of Pasokh; update Pasokh")
            for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
                connection.executescript(f"BEGIN; {script}; PRAGMA user_version = {number}; COMMIT;")
            failing.pop_all()
    except sqlite3.Error as error:
        raise StateError(f"{path}: cannot be used ({error}); restore a backup, or move it away") from error
    return connection
