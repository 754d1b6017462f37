"""Both levels of a cluster pass the contract of engines, over one shard, where df is the collection's."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import count
from typing import ClassVar, Self

import pytest

from retrieval.engines import Document, Engine
from retrieval.engines.cluster import writing
from retrieval.engines.cluster.client import Cluster
from retrieval.engines.cluster.levels import ClusterLevel, FoundPassages
from retrieval.engines.cluster.mappings import PASSAGES as KIND
from retrieval.engines.cluster.requests import PASSAGES, SENTENCES
from retrieval.engines.cluster.settings import PREFIX, ClusterSettings
from retrieval.testing import EngineContract
from tests.retrieval.cluster.server import Server

pytestmark = pytest.mark.cluster


class Built(ClusterLevel):
    """A level that is built of documents: each is a passage of one sentence."""

    field: ClassVar[str]
    number: ClassVar[Iterator[int]] = (place // 2 for place in count(1))

    @classmethod
    def build(cls, documents: Iterable[Document], *, k1: float, b: float) -> Self:
        assert (k1, b) == (cls.k1, cls.b)
        listed = list(documents)
        cluster = Cluster(ClusterSettings(tuple(os.environ[f"{PREFIX}HOSTS"].split(",")), shards=1, replicas=0))
        cluster.tell("DELETE", f"/test-{next(cls.number)}", ignore=(404,))  # that of the example before
        index = f"test-{next(cls.number)}"
        writing.create(cluster, KIND, index)
        writing.write(cluster, index, ((str(one.number), one.owner, stored(one)) for one in listed))
        writing.refresh(cluster, index)
        terms = [set(one.terms.split()) for one in listed]
        return cls(FoundPassages(cluster, index), cls.field, lambda term: sum(term in its for its in terms), len(terms))


class BuiltSentences(Built):
    field = SENTENCES


class BuiltPassages(Built):
    field = PASSAGES


def stored(document: Document) -> dict[str, object]:
    """A document as the cluster has it."""
    number, owner, terms = document
    span = {"gte": number, "lt": number + 1}
    return {"number": number, "article": owner, "span": span, "terms": terms, "sentences": [{"terms": terms}]}


@pytest.fixture(scope="module", params=[BuiltSentences, BuiltPassages], autouse=True)
def engine(request: pytest.FixtureRequest, cluster: Server) -> type[Engine]:
    assert cluster.hosts
    built: type[Engine] = request.param
    return built


class TestClusterLevel(EngineContract):
    """`ClusterLevel`."""
