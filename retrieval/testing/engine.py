"""The contract of `retrieval.engines.Engine`: exact BM25 scores, counts, order and limits."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.engines.base import K1, SUBSTITUTE_SHARE, B, Document, Engine, Group, Query, inverse_document_frequency

Texts = Sequence[Sequence[str]]
"""The terms of each document."""

FRUIT = [["سیب", "سرخ"], ["سیب", "زرد", "شیرین"], ["انار", "سرخ"], [], ["سیب", "سیب", "سیب"]]

TEXTS = st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), max_size=12)
TERMS = st.lists(st.sampled_from("abcdefgh"), max_size=3).map(tuple)
QUERY = st.lists(st.builds(Group, TERMS, st.sampled_from([0.3, 1.0]), TERMS), max_size=4)

PROPERTY = settings(
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.differing_executors, HealthCheck.function_scoped_fixture],
)
"""How properties are tested: one contract is run by many classes, and the fixture is the same in each example."""


def documents(texts: Texts) -> list[Document]:
    """Texts as documents whose numbers have gaps."""
    return [Document(7 * place + 3, place, " ".join(text)) for place, text in enumerate(texts)]


def build(engine: type[Engine], texts: Texts) -> Engine:
    """An engine of some texts, with the project's parameters."""
    return engine.build(documents(texts), k1=K1, b=B)


def query(*terms: str) -> list[Group]:
    """A query for terms that stand for nothing else."""
    return [Group((term,)) for term in terms]


def scores(built: Engine, texts: Texts, asked: Query) -> list[float]:
    """Every document's score, 0 where it is no candidate."""
    found = dict(built.search(asked, len(built)))
    return [found.pop(document.number, 0.0) for document in documents(texts)]


def expected_scores(built: Engine, texts: Texts, asked: Query) -> list[float]:
    """Every document's score by hand: a group has that of its best term, or the sum where the engine adds up."""
    best = sum if built.adds_up else max

    def score(group: Group, text: Sequence[str]) -> float:
        shares = group.shares.items()
        return group.weight * best([share * _bm25(built, texts, term, text) for term, share in shares] or [0])

    return [sum(score(group, text) for group in asked) for text in texts]


def _bm25(built: Engine, texts: Texts, term: str, text: Sequence[str]) -> float:
    """The formula of `Engine`, computed by hand with the engine's parameters."""
    tf = text.count(term)
    texts = [other for other in texts if other or built.counts_empty]
    average = sum(map(len, texts)) / max(len(texts), 1)
    df = sum(term in other for other in texts)
    idf = math.log(1 + (len(texts) - df + 0.5) / (df + 0.5))
    norm = built.k1 * (1 - built.b + built.b * len(text) / average) if average else 0.0
    return idf * tf * (built.k1 + 1) / (tf + norm) if tf else 0.0


class EngineContract:
    """Tests that every engine passes; they ask for a fixture `engine`, its class."""

    @PROPERTY
    @given(texts=TEXTS, asked=QUERY)
    def test_scores_are_bm25_with_an_idf_that_is_never_negative(
        self, engine: type[Engine], texts: Texts, asked: list[Group]
    ) -> None:
        built = build(engine, texts)
        assert scores(built, texts, asked) == pytest.approx(expected_scores(built, texts, asked), rel=1e-5)
        assert all(score > 0 for _, score in built.search(asked, 99))

    def test_the_parameters_are_those_asked_for_unless_the_engine_says_otherwise(self, engine: type[Engine]) -> None:
        built = build(engine, FRUIT)
        assert (built.k1, built.b) == (K1, B) or built.adds_up
        assert built.k1 > 0
        assert 0 <= built.b <= 1

    def test_a_group_counts_once_by_its_best_term_times_its_weight(self, engine: type[Engine]) -> None:
        """Where an engine adds up, a group counts no more than its terms one by one; a term twice counts once."""
        built = build(engine, FRUIT)
        once, group = ([Group(("زرد", "سیب") * times, 0.5)] for times in (1, 3))
        apart = [scores(built, FRUIT, [Group((term,), 0.5)]) for term in ("زرد", "سیب")]
        found = scores(built, FRUIT, group)
        assert found == scores(built, FRUIT, once) == pytest.approx(expected_scores(built, FRUIT, group), rel=1e-5)
        for score, *parts in zip(found, *apart, strict=True):
            assert max(parts) * (1 - 1e-6) <= score <= sum(parts) * (1 + 1e-6)

    def test_a_substitute_counts_half(self, engine: type[Engine]) -> None:
        built = build(engine, FRUIT)
        whole = scores(built, FRUIT, query("سیب"))
        half = scores(built, FRUIT, [Group(("هلو",), substitutes=("سیب",))])
        assert half == pytest.approx([SUBSTITUTE_SHARE * score for score in whole], rel=1e-5)
        both = [Group(("سیب",), substitutes=("سیب", "زرد"))]
        assert scores(built, FRUIT, both) == pytest.approx(expected_scores(built, FRUIT, both), rel=1e-5)

    @pytest.mark.parametrize(("length", "tolerance"), [(1, 1e-5), (40, 1e-5), (41, 0.05), (300, 0.05), (5000, 0.05)])
    def test_lengths_are_exact_up_to_forty_terms_and_near_beyond(
        self, engine: type[Engine], length: int, tolerance: float
    ) -> None:
        texts = [["سیب", *["سرخ"] * (length - 1)], ["سیب"] * 20, ["انار"]]
        built, asked = build(engine, texts), query("سیب", "سرخ")
        expected = expected_scores(built, texts, asked)
        assert scores(built, texts, asked) == pytest.approx(expected, rel=tolerance if built.rounds else 1e-9, abs=1e-9)

    def test_what_matches_nothing_finds_nothing(self, engine: type[Engine]) -> None:
        built = build(engine, FRUIT)
        assert built.search(query("هلو"), 5) == built.search([], 5) == built.search([Group(())], 5) == []
        assert built.search(query("سیب"), 0) == built.search(query("سیب"), -1) == []

    @pytest.mark.parametrize("texts", [[], [[]], [[], []]])
    def test_an_empty_collection_answers_nothing(self, engine: type[Engine], texts: Texts) -> None:
        built = build(engine, texts)
        assert len(built) == len(texts)
        assert [*built.search(query("سیب"), 5), *built.together(["سیب"], 5)] == []
        assert built.document_frequency("سیب") == 0
        assert math.isfinite(built.idf("سیب"))

    def test_ties_keep_the_order_of_documents(self, engine: type[Engine]) -> None:
        texts = [["الف", "ب"]] * 50
        found = build(engine, texts).search(query("ب"), 7)
        assert [candidate.document for candidate in found] == [one.number for one in documents(texts)[:7]]

    def test_counts(self, engine: type[Engine]) -> None:
        built = build(engine, FRUIT)
        assert len(built) == 5
        assert [built.document_frequency(term) for term in ("سیب", "انار", "هلو", "")] == [3, 1, 0, 0]
        assert built.idf("سیب") == inverse_document_frequency(3, 5) < built.idf("انار") < built.idf("هلو")

    @PROPERTY
    @given(texts=TEXTS, terms=st.lists(st.sampled_from("abcdefgh"), max_size=3), k=st.integers(0, 15))
    def test_together_are_the_best_documents_that_hold_every_term(
        self, engine: type[Engine], texts: Texts, terms: list[str], k: int
    ) -> None:
        built = build(engine, texts)
        listed = zip(documents(texts), texts, strict=True)
        holders = {document.number for document, text in listed if terms and {*terms} <= {*text}}
        score = dict(built.search(query(*terms), 99))
        found = built.together(terms, 99)
        assert set(found) == holders
        assert len(found) == len(holders)
        ranked = [score[number] for number in found]
        assert ranked == pytest.approx(sorted(ranked, reverse=True))
        assert [score[number] for number in built.together(terms, k)] == pytest.approx(ranked[:k])

    @PROPERTY
    @given(texts=TEXTS, asked=QUERY, k=st.integers(0, 15))
    def test_fewer_candidates_are_the_best_of_more(
        self, engine: type[Engine], texts: Texts, asked: list[Group], k: int
    ) -> None:
        built = build(engine, texts)
        everything = built.search(asked, len(texts))
        terms = {term for group in asked for term in group.shares}
        listed = zip(documents(texts), texts, strict=True)
        assert {found.document for found in everything} == {
            document.number for document, text in listed if terms.intersection(text)
        }
        assert everything == sorted(everything, key=lambda found: (-found.score, found.document))
        assert built.search(asked, k) == everything[:k]

    def test_a_sound_index_is_checked_without_complaint(self, engine: type[Engine]) -> None:
        build(engine, FRUIT).check()
