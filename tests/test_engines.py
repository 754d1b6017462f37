"""The contract of engines, run unchanged over every engine there is."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from retrieval import EngineError
from retrieval.engines import ENGINES, Engine, Group, engine_class
from retrieval.engines.base import SUBSTITUTE, inverse_document_frequency

K1, B = 0.9, 0.4
FRUIT = [["سیب", "سرخ"], ["سیب", "زرد", "شیرین"], ["انار", "سرخ"], [], ["سیب", "سیب", "سیب"]]

DOCUMENTS = st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), max_size=12)
QUERY = st.lists(
    st.builds(Group, st.lists(st.sampled_from("abcdefgh"), max_size=3).map(tuple), st.sampled_from([0.3, 1.0])),
    max_size=4,
)


@pytest.fixture(params=sorted(ENGINES), scope="module")
def engine(request: pytest.FixtureRequest) -> type[Engine]:
    return engine_class(request.param)


def ask(*terms: str) -> list[Group]:
    """A query for terms that stand for nothing else."""
    return [Group((term,)) for term in terms]


def scores(built: Engine, query: list[Group]) -> list[float]:
    """Every document's score, 0 where it is no candidate."""
    found = dict(built.search(query, len(built)))
    return [found.get(place, 0.0) for place in range(len(built))]


def bm25(documents: list[list[str]], term: str, document: int) -> float:
    """The formula of the contract, computed by hand."""
    tf = documents[document].count(term)
    average = sum(map(len, documents)) / len(documents)
    df = sum(term in other for other in documents)
    idf = math.log(1 + (len(documents) - df + 0.5) / (df + 0.5))
    return idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * len(documents[document]) / average)) if tf else 0.0


def test_scores_are_bm25_with_an_idf_that_is_never_negative(engine: type[Engine]) -> None:
    built = engine.build(FRUIT, k1=K1, b=B)
    for candidate in built.search(ask("سیب", "سرخ"), 10):
        expected = bm25(FRUIT, "سیب", candidate.document) + bm25(FRUIT, "سرخ", candidate.document)
        assert candidate.score == pytest.approx(expected, rel=1e-5)
        assert candidate.score > 0


def test_a_group_counts_once_by_its_best_term_times_its_weight(engine: type[Engine]) -> None:
    built = engine.build(FRUIT, k1=K1, b=B)
    expected = [0.5 * max(bm25(FRUIT, "زرد", place), bm25(FRUIT, "سرخ", place)) for place in range(len(FRUIT))]
    assert scores(built, [Group(("زرد", "سرخ", "زرد"), 0.5)]) == pytest.approx(expected, rel=1e-5)


def test_a_substitute_counts_half(engine: type[Engine]) -> None:
    built = engine.build(FRUIT, k1=K1, b=B)
    expected = [max(bm25(FRUIT, "زرد", place), SUBSTITUTE * bm25(FRUIT, "سیب", place)) for place in range(len(FRUIT))]
    assert scores(built, [Group(("زرد",), substitutes=("سیب",))]) == pytest.approx(expected, rel=1e-5)


def test_what_matches_nothing_finds_nothing(engine: type[Engine]) -> None:
    built = engine.build(FRUIT, k1=K1, b=B)
    assert built.search(ask("هلو"), 5) == built.search([], 5) == built.search([Group(())], 5) == []
    assert built.search(ask("سیب"), 0) == []


@pytest.mark.parametrize("documents", [[], [[]], [[], []]])
def test_an_empty_collection_answers_nothing(engine: type[Engine], documents: list[list[str]]) -> None:
    built = engine.build(documents, k1=K1, b=B)
    assert len(built) == len(documents)
    assert built.search(ask("سیب"), 5) == []
    assert built.document_frequency("سیب") == 0


def test_ties_keep_the_order_of_documents(engine: type[Engine]) -> None:
    built = engine.build([["الف", "ب"]] * 50, k1=K1, b=B)
    assert [candidate.document for candidate in built.search(ask("ب"), 7)] == list(range(7))


def test_counts(engine: type[Engine]) -> None:
    built = engine.build(FRUIT, k1=K1, b=B)
    assert len(built) == 5
    assert [built.document_frequency(term) for term in ("سیب", "انار", "هلو")] == [3, 1, 0]
    assert built.idf("سیب") == inverse_document_frequency(3, 5) < built.idf("انار") < built.idf("هلو")


@given(documents=DOCUMENTS, query=QUERY, k=st.integers(0, 15))
def test_fewer_candidates_are_the_best_of_more(
    engine: type[Engine], documents: list[list[str]], query: list[Group], k: int
) -> None:
    built = engine.build(documents, k1=K1, b=B)
    everything = built.search(query, len(documents))
    asked = {term for group in query for term in group.shares}
    assert {candidate.document for candidate in everything} == {
        place for place, document in enumerate(documents) if asked.intersection(document)
    }
    assert everything == sorted(everything, key=lambda candidate: (-candidate.score, candidate.document))
    assert built.search(query, k) == everything[:k]


def test_the_default_engine_scores_as_rank_bm25_does() -> None:
    documents = [document or ["خالی"] for document in FRUIT]
    built = engine_class("rank-bm25").build(documents, k1=K1, b=B)
    peer = BM25Okapi(documents, k1=K1, b=B)
    peer.idf = {term: built.idf(term) for term in peer.idf}
    assert scores(built, ask("سیب", "سرخ")) == pytest.approx(peer.get_scores(["سیب", "سرخ"]).tolist())


def test_an_unknown_engine_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(EngineError, match=r"«lucene».*rank-bm25"):
        engine_class("lucene")
