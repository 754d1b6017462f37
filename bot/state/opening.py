"""The engine that an address names."""

from __future__ import annotations

from collections.abc import Coroutine, Generator
from contextlib import contextmanager
from pathlib import Path

from bot.state import sqlite
from bot.state.base import Connection, State
from bot.state.partitions import Answering
from bot.state.postgresql.addresses import is_address, require_library


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
    require_library()
    from bot.state.postgresql.state import PostgresState  # noqa: PLC0415  # the library is optional

    return PostgresState(address)


def move(path: Path, address: str) -> dict[str, int]:
    """Move what a SQLite file remembers to a database of PostgreSQL; see `moving.move`.

    Raises:
        StateError: it cannot be moved; see there.
    """
    require_library()
    from bot.state.postgresql import moving  # noqa: PLC0415  # the library is optional

    return moving.move(path, address)


def replica(state: State, answering: Answering) -> Coroutine[None, None, None] | None:
    """What holds the share of a replica until it is cancelled; None where the state is not shared."""
    if not state.is_shared:
        return None
    from bot.state.postgresql.replicas import Replica  # noqa: PLC0415  # the library is optional

    return Replica(state.address, answering).run()


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
