"""Every engine keeps the contract of engines, and what it has of its own."""

from __future__ import annotations

import pytest
from rank_bm25 import BM25Okapi

from retrieval import EngineError
from retrieval.engines import AUTO, ENGINES, Engine, engine_class
from retrieval.engines.base import K1, B
from retrieval.testing import EngineContract
from retrieval.testing.engine import FRUIT, build, query, scores


@pytest.fixture(params=sorted(ENGINES), scope="module")
def engine(request: pytest.FixtureRequest) -> type[Engine]:
    return engine_class(request.param)


class TestEngines(EngineContract):
    """Every engine of the package."""


def test_the_engine_in_memory_scores_as_rank_bm25_does() -> None:
    texts = [text or ["خالی"] for text in FRUIT]
    built = build(engine_class("rank-bm25"), texts)
    peer = BM25Okapi(texts, k1=K1, b=B)
    peer.idf = {term: built.idf(term) for term in peer.idf}
    assert scores(built, texts, query("سیب", "سرخ")) == pytest.approx(peer.get_scores(["سیب", "سرخ"]).tolist())


def test_an_unknown_engine_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(EngineError, match=rf"«lucene».*{AUTO}.*rank-bm25.*tantivy"):
        engine_class("lucene")
