"""What is remembered, in each engine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.state.base import State
from bot.state.opening import opened
from tests.bot.postgresql import Server

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.cluster)]


@pytest.fixture(params=ENGINES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where nothing is remembered yet."""
    if request.param == "sqlite":
        return str(tmp_path / "state.sqlite")
    server: Server = request.getfixturevalue("postgresql")
    return server.address


@pytest.fixture
async def state(address: str) -> AsyncIterator[State]:
    found = opened(address)
    yield found
    await found.close()
