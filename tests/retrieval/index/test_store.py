"""The store in SQLite passes the contract, in memory and in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval import Analyzer
from retrieval.corpus.folder import Folder
from retrieval.index.reader import IndexReader
from retrieval.indexing.opening import open_index
from retrieval.indexing.spec import IndexSpec
from tests.retrieval.index.store_contract import StoreContract, write


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("contract") / "corpus")


@pytest.fixture(params=["in memory", "stored"])
def index(request: pytest.FixtureRequest, corpus: Path, tmp_path: Path, analyzer: Analyzer) -> IndexReader:
    folder = tmp_path if request.param == "stored" else None
    return open_index(Folder(corpus), folder, IndexSpec("rank-bm25", analyzer))


class TestStore(StoreContract):
    """`Store`."""
