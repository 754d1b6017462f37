"""The engine that an address names."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from bot.state import sqlite
from bot.state.base import Connection, State
from bot.state.postgresql.addresses import is_address


def opened(address: str) -> State:
    """The state at an address.

    Args:
        address: of a database of PostgreSQL, for one of the replicas of a bot; or the path of a SQLite file for one
            bot, which is created if need be.

    Raises:
        StateError: it cannot be opened; see the engine.
    """
    if not is_address(address):
        return sqlite.StateFile(Path(address))
    from bot.state.postgresql.state import PostgresState  # noqa: PLC0415  # the library is optional

    return PostgresState(address)


@contextmanager
def reading(address: str) -> Generator[Connection]:
    """A connection to the state at an address for a process beside the bot, which only reads.

    Raises:
        StateError: it cannot be opened or read; see the engine.
    """
    if is_address(address):
        from bot.state.postgresql.connections import reading as of_server  # noqa: PLC0415  # the library is optional

        with of_server(address) as connection:
            yield connection
    else:
        with sqlite.reading(Path(address)) as file:
            yield file
