"""The server of PostgreSQL that the tests of a process share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bot.postgresql import Server


@pytest.fixture(scope="session")
def started_postgresql() -> Iterator[Server]:
    server = Server("fsync=off", "max_connections=50")
    yield server
    server.remove()


@pytest.fixture
def postgresql(started_postgresql: Server) -> Server:
    """The server, with nothing of the bot's in it."""
    started_postgresql.forget()
    return started_postgresql
