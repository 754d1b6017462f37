"""What is written is flushed to disk beside the work on the file, which goes on meanwhile."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from bot.errors import StateError


class Flusher:
    """Flushes SQLite's log. A flush of the log is all that its own does after a change in the mode `FULL`.

    Args:
        path: the database, which is open.
    """

    def __init__(self, path: Path) -> None:
        self._log = path.with_name(f"{path.name}-wal")
        self._turn = asyncio.Lock()
        self._asked = self._flushed = 0
        _flush(path.parent)  # that the log exists is in the folder

    async def flush(self) -> None:
        """Return once everything that has been written so far outlasts a power cut.

        Raises:
            StateError: the disk does not take it.
        """
        self._asked += 1
        mine = self._asked
        async with self._turn:
            if self._flushed >= mine:  # a flush that began later has been made for all who waited
                return
            covered = self._asked
            try:
                await asyncio.to_thread(_flush, self._log)
            except OSError as error:
                raise StateError(f"{self._log}: cannot be flushed ({error.strerror})") from error
            self._flushed = covered


def _flush(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
