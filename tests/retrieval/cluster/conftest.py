"""Three nodes for all tests of a cluster, and a collection of its own for each module."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from retrieval.engines.cluster.settings import PREFIX
from tests.retrieval.cluster.server import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.remove()


@pytest.fixture(scope="module")
def cluster(server: Server) -> Iterator[Server]:
    """The server, named by the environment; what a module leaves there is removed."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(PREFIX)]:
            patch.delenv(name)
        patch.setenv(f"{PREFIX}HOSTS", ",".join(server.hosts))
        patch.setenv(f"{PREFIX}SHARDS", "3")
        yield server
        server.forget()
