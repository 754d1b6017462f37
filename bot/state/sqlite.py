"""The bot's SQLite file: one thread that writes, and the schema brought up to date.

Changes that wait at the same time are committed in one transaction. The log is flushed to disk only before an update is
confirmed to its sender, which must outlast a power cut. A flush takes milliseconds, and nobody else waits for it. It is
of the whole log, so what a power cut may take is only the end of it, and never a part in the middle: the work of the
last moments, whose updates then wait again. The end of the process takes nothing.
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
import queue
import sqlite3
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bot.errors import StateError
from bot.state.base import Result, Work
from bot.state.flushing import Flusher
from bot.state.schema import MIGRATIONS

LOG = logging.getLogger(__name__)

Waiting = tuple[Work[Any], asyncio.Future[Any]]

DISK_RETRY_SECONDS = 5.0
"""The time between attempts to write what could not be written."""


class StateFile:
    """The file, open. Only its thread writes; coroutines hand it work by `run`.

    Args:
        path: the file, which is created if need be.

    Raises:
        StateError: the file cannot be read, is of a later version, or is open in another bot.
    """

    def __init__(self, path: Path) -> None:
        self.address = str(path)
        self._waiting: queue.SimpleQueue[Waiting | None] = queue.SimpleQueue()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = path.with_suffix(".lock").open("w")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StateError(f"{path}: another bot is using it; stop that one, or set PASOKH_DATA") from error
        except OSError as error:
            raise StateError(f"{path}: cannot be opened ({error.strerror}); check its permissions") from error
        self._connection, self._reader = connect(path), connect(path)
        self._reader.execute("PRAGMA query_only = ON")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self.flush = Flusher(path).flush
        self._thread = threading.Thread(target=self._serve, name="state", daemon=True)
        self._thread.start()

    async def run(self, work: Work[Result]) -> Result:
        """See `State`."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.put((work, future))
        return await future

    async def insist(self, work: Work[Result]) -> Result:
        """See `State`."""
        while True:
            try:
                return await self.run(work)
            except StateError as error:
                LOG.error("not written: %s", error)
                await asyncio.sleep(DISK_RETRY_SECONDS)

    def read(self, work: Work[Result]) -> Result:
        """See `State`."""
        try:
            return work(self._reader)
        except sqlite3.Error as error:
            raise self._fault(error) from error

    async def close(self) -> None:
        """See `State`."""
        self._waiting.put(None)
        await asyncio.to_thread(self._thread.join)
        self._connection.close()
        self._reader.close()
        self._lock.close()

    def _serve(self) -> None:
        """The thread: commit all work that waits, again and again."""
        closing = False
        while not closing:
            waiting = [self._waiting.get()]
            while not self._waiting.empty():
                waiting.append(self._waiting.get())
            closing = None in waiting
            self._commit([item for item in waiting if item is not None])

    def _commit(self, batch: list[Waiting]) -> None:
        outcomes: list[tuple[asyncio.Future[Any], Any, BaseException | None]] = []
        try:
            self._connection.execute("BEGIN")
            outcomes = [(future, *self._attempt(work)) for work, future in batch]
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            told = self._fault(error)
            outcomes = [(future, None, told) for _, future in batch]
        for future, result, fault in outcomes:
            _settle(future, result, fault)

    def _attempt(self, work: Work[Any]) -> tuple[Any, BaseException | None]:
        self._connection.execute("SAVEPOINT work")
        try:
            result: Any = work(self._connection)
            fault: BaseException | None = None
        except Exception as error:  # noqa: BLE001  # the caller of `run` gets it
            self._connection.execute("ROLLBACK TO work")
            result, fault = None, self._fault(error) if isinstance(error, sqlite3.Error) else error
        self._connection.execute("RELEASE work")
        return result, fault

    def _fault(self, error: sqlite3.Error) -> StateError:
        fault = StateError(f"{self.address}: {error}")
        fault.__cause__ = error
        return fault


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


def _settle(future: asyncio.Future[Any], result: Any, fault: BaseException | None) -> None:
    def settle() -> None:
        if future.cancelled():
            return
        if fault is None:
            future.set_result(result)
        else:
            future.set_exception(fault)

    future.get_loop().call_soon_threadsafe(settle)
