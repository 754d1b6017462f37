"""The contract of engines, run unchanged over every engine there is."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from retrieval import EngineError
from retrieval.engines import AUTO, ENGINES, Document, Engine, Group, Query, engine_class
from retrieval.engines.base import SUBSTITUTE, inverse_document_frequency

K1, B = 0.9, 0.4
FRUIT = [["سیب", "سرخ"], ["سیب", "زرد", "شیرین"], ["انار", "سرخ"], [], ["سیب", "سیب", "سیب"]]

Texts = Sequence[Sequence[str]]
TEXTS = st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), max_size=12)
TERMS = st.lists(st.sampled_from("abcdefgh"), max_size=3).map(tuple)
QUERY = st.lists(st.builds(Group, TERMS, st.sampled_from([0.3, 1.0]), TERMS), max_size=4)


@pytest.fixture(params=sorted(ENGINES), scope="module")
def engine(request: pytest.FixtureRequest) -> type[Engine]:
    return engine_class(request.param)


def documents(texts: Texts) -> list[Document]:
    """Texts as documents whose numbers have gaps."""
    return [Document(7 * place + 3, place, " ".join(text)) for place, text in enumerate(texts)]


def build(engine: type[Engine], texts: Texts) -> Engine:
    return engine.build(documents(texts), k1=K1, b=B)


def ask(*terms: str) -> list[Group]:
    """A query for terms that stand for nothing else."""
    return [Group((term,)) for term in terms]


def scores(built: Engine, texts: Texts, query: Query) -> list[float]:
    """Every document's score, 0 where it is no candidate."""
    found = dict(built.search(query, len(built)))
    return [found.pop(document.number, 0.0) for document in documents(texts)]


def bm25(built: Engine, texts: Texts, term: str, text: Sequence[str]) -> float:
    """The formula of the contract, computed by hand with the engine's parameters."""
    tf = text.count(term)
    average = sum(map(len, texts)) / len(texts)
    df = sum(term in other for other in texts)
    idf = math.log(1 + (len(texts) - df + 0.5) / (df + 0.5))
    norm = built.k1 * (1 - built.b + built.b * len(text) / average) if average else 0.0
    return idf * tf * (built.k1 + 1) / (tf + norm) if tf else 0.0


def expected(built: Engine, texts: Texts, query: Query) -> list[float]:
    """Every document's score by hand: a group has that of its best term, or the sum where the engine adds up."""
    best = sum if built.adds_up else max
    return [
        sum(
            group.weight * best([share * bm25(built, texts, term, text) for term, share in group.shares.items()] or [0])
            for group in query
        )
        for text in texts
    ]


@given(texts=TEXTS, query=QUERY)
def test_scores_are_bm25_with_an_idf_that_is_never_negative(
    engine: type[Engine], texts: Texts, query: list[Group]
) -> None:
    built = build(engine, texts)
    assert scores(built, texts, query) == pytest.approx(expected(built, texts, query), rel=1e-5)
    assert all(score > 0 for _, score in built.search(query, 99))


def test_the_parameters_are_those_asked_for_unless_the_engine_says_otherwise(engine: type[Engine]) -> None:
    built = build(engine, FRUIT)
    assert ((built.k1, built.b) == (K1, B)) is not built.adds_up
    assert built.k1 > 0
    assert 0 <= built.b <= 1


def test_a_group_counts_once_by_its_best_term_times_its_weight(engine: type[Engine]) -> None:
    """Where an engine adds up, a group counts no more than its terms one by one; a term twice counts once."""
    built = build(engine, FRUIT)
    once, group = ([Group(("زرد", "سیب") * times, 0.5)] for times in (1, 3))
    apart = [scores(built, FRUIT, [Group((term,), 0.5)]) for term in ("زرد", "سیب")]
    found = scores(built, FRUIT, group)
    assert found == scores(built, FRUIT, once) == pytest.approx(expected(built, FRUIT, group), rel=1e-5)
    for score, *parts in zip(found, *apart, strict=True):
        assert max(parts) * (1 - 1e-6) <= score <= sum(parts) * (1 + 1e-6)


def test_a_substitute_counts_half(engine: type[Engine]) -> None:
    built = build(engine, FRUIT)
    whole, half = (scores(built, FRUIT, query) for query in (ask("سیب"), [Group(("هلو",), substitutes=("سیب",))]))
    assert half == pytest.approx([SUBSTITUTE * score for score in whole], rel=1e-5)
    both = [Group(("سیب",), substitutes=("سیب", "زرد"))]
    assert scores(built, FRUIT, both) == pytest.approx(expected(built, FRUIT, both), rel=1e-5)


@pytest.mark.parametrize(("length", "tolerance"), [(1, 1e-5), (40, 1e-5), (41, 0.05), (300, 0.05), (5000, 0.05)])
def test_lengths_are_exact_up_to_forty_terms_and_near_beyond(
    engine: type[Engine], length: int, tolerance: float
) -> None:
    texts = [["سیب", *["سرخ"] * (length - 1)], ["سیب"] * 20, ["انار"]]
    built = build(engine, texts)
    found = scores(built, texts, ask("سیب", "سرخ"))
    assert found == pytest.approx(
        expected(built, texts, ask("سیب", "سرخ")), rel=tolerance if built.adds_up else 1e-9, abs=1e-9
    )


def test_what_matches_nothing_finds_nothing(engine: type[Engine]) -> None:
    built = build(engine, FRUIT)
    assert built.search(ask("هلو"), 5) == built.search([], 5) == built.search([Group(())], 5) == []
    assert built.search(ask("سیب"), 0) == built.search(ask("سیب"), -1) == []


@pytest.mark.parametrize("texts", [[], [[]], [[], []]])
def test_an_empty_collection_answers_nothing(engine: type[Engine], texts: Texts) -> None:
    built = build(engine, texts)
    assert len(built) == len(texts)
    assert [*built.search(ask("سیب"), 5), *built.together(["سیب"], 5)] == []
    assert built.document_frequency("سیب") == 0
    assert math.isfinite(built.idf("سیب"))


def test_ties_keep_the_order_of_documents(engine: type[Engine]) -> None:
    texts = [["الف", "ب"]] * 50
    found = build(engine, texts).search(ask("ب"), 7)
    assert [candidate.document for candidate in found] == [one.number for one in documents(texts)[:7]]


def test_counts(engine: type[Engine]) -> None:
    built = build(engine, FRUIT)
    assert len(built) == 5
    assert [built.document_frequency(term) for term in ("سیب", "انار", "هلو", "")] == [3, 1, 0, 0]
    assert built.idf("سیب") == inverse_document_frequency(3, 5) < built.idf("انار") < built.idf("هلو")


@given(texts=TEXTS, terms=st.lists(st.sampled_from("abcdefgh"), max_size=3), k=st.integers(0, 15))
def test_together_are_the_best_documents_that_hold_every_term(
    engine: type[Engine], texts: Texts, terms: list[str], k: int
) -> None:
    built = build(engine, texts)
    holders = {one.number for one, text in zip(documents(texts), texts, strict=True) if terms and {*terms} <= {*text}}
    score = dict(built.search(ask(*terms), 99))
    found = built.together(terms, 99)
    assert set(found) == holders
    assert len(found) == len(holders)
    listed = [score[number] for number in found]
    assert listed == pytest.approx(sorted(listed, reverse=True))
    some = built.together(terms, k)
    assert [score[number] for number in some] == pytest.approx(listed[:k])


@given(texts=TEXTS, query=QUERY, k=st.integers(0, 15))
def test_fewer_candidates_are_the_best_of_more(engine: type[Engine], texts: Texts, query: list[Group], k: int) -> None:
    built = build(engine, texts)
    everything = built.search(query, len(texts))
    asked = {term for group in query for term in group.shares}
    assert {candidate.document for candidate in everything} == {
        one.number for one, text in zip(documents(texts), texts, strict=True) if asked.intersection(text)
    }
    assert everything == sorted(everything, key=lambda candidate: (-candidate.score, candidate.document))
    assert built.search(query, k) == everything[:k]


def test_the_engine_in_memory_scores_as_rank_bm25_does() -> None:
    texts = [text or ["خالی"] for text in FRUIT]
    built = build(engine_class("rank-bm25"), texts)
    peer = BM25Okapi(texts, k1=K1, b=B)
    peer.idf = {term: built.idf(term) for term in peer.idf}
    assert scores(built, texts, ask("سیب", "سرخ")) == pytest.approx(peer.get_scores(["سیب", "سرخ"]).tolist())


def test_an_unknown_engine_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(EngineError, match=rf"«lucene».*{AUTO}.*rank-bm25.*tantivy"):
        engine_class("lucene")
