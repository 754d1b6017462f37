"""The store in a cluster passes the contract, on the machine that wrote it and on another."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval import Analyzer
from retrieval.corpus.folder import Folder
from retrieval.engines import CLUSTER
from retrieval.index.reader import IndexReader
from retrieval.indexing.opening import kept_index, open_index
from retrieval.indexing.spec import IndexSpec
from tests.retrieval.cluster.server import Server
from tests.retrieval.index.store_contract import StoreContract, write

pytestmark = pytest.mark.cluster


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("contract") / "corpus")


@pytest.fixture(scope="module")
def written(cluster: Server, corpus: Path, analyzer: Analyzer, tmp_path_factory: pytest.TempPathFactory) -> IndexReader:
    cluster.wait(3)
    return open_index(Folder(corpus), tmp_path_factory.mktemp("writer"), IndexSpec(CLUSTER, analyzer))


@pytest.fixture(params=["here", "elsewhere"])
def index(
    request: pytest.FixtureRequest, written: IndexReader, corpus: Path, tmp_path: Path, analyzer: Analyzer
) -> IndexReader:
    if request.param == "here":
        return written
    return kept_index(Folder(corpus), tmp_path, IndexSpec(CLUSTER, analyzer)).snapshot()


class TestClusterStore(StoreContract):
    """`ClusterStore`."""
