"""The engine that an address names."""

from __future__ import annotations

from contextlib import AbstractContextManager, closing
from pathlib import Path

from bot.state import sqlite
from bot.state.base import Connection, State


def opened(address: str) -> State:
    """The state at an address, for one bot.

    Args:
        address: the path of a SQLite file, which is created if need be.

    Raises:
        StateError: it cannot be opened; see the engine.
    """
    return sqlite.StateFile(Path(address))


def reading(address: str) -> AbstractContextManager[Connection]:
    """A connection to the state at an address for a process beside the bot, which closes it and only reads.

    Raises:
        StateError: it cannot be opened; see the engine.
    """
    return closing(sqlite.connect(Path(address)))
