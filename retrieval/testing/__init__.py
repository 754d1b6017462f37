"""What an extension of the project can test itself by: the contract of engines, as classes of tests.

`EngineContract` and `StoredEngineContract` hold the tests. pytest runs them where a class inherits from one of the two
and a fixture gives the engine:

    @pytest.fixture
    def engine() -> type[Engine]:
        return MyEngine

    class TestMyEngine(EngineContract): ...

pytest and hypothesis are imported here and nowhere else in the package, and nothing else imports this room.
"""

import pytest

pytest.register_assert_rewrite("retrieval.testing.engine", "retrieval.testing.stored_engine")

from retrieval.testing.engine import EngineContract  # noqa: E402
from retrieval.testing.stored_engine import StoredEngineContract  # noqa: E402

__all__ = ["EngineContract", "StoredEngineContract"]
