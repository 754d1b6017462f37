"""Every engine in a folder keeps the contract of stored engines, and tells of damage."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.engines import ENGINES, StoredEngine, engine_class, is_stored_engine
from retrieval.errors import DamagedError, IndexStoreError
from retrieval.testing import StoredEngineContract
from retrieval.testing.stored_engine import FRUIT, write

STORED = [engine for engine in map(engine_class, ENGINES) if is_stored_engine(engine)]


@pytest.fixture(params=STORED, scope="module")
def engine(request: pytest.FixtureRequest) -> type[StoredEngine]:
    found: type[StoredEngine] = request.param
    return found


class TestStoredEngines(StoredEngineContract):
    """Every engine of the package that lives in a folder."""


@pytest.mark.parametrize("name", ["nowhere", "file", "nul\0"])
def test_what_is_no_engine_is_damaged_and_named(engine: type[StoredEngine], tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DamagedError, match=r"^[^\n]*: the index of the engine cannot be used \([^\n]+\)$"):
        engine.open(tmp_path / name)
    with pytest.raises(IndexStoreError, match=r"^[^\n]*: the index of the engine cannot be used \([^\n]+\)$"):
        write(engine, tmp_path / "file", FRUIT)
