"""The contract can be run by an engine outside the package, and finds the faults of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from retrieval.engines import Candidate, Document, Engine, Query, StoredEngine
from retrieval.testing import EngineContract, StoredEngineContract
from tests.retrieval.engines.plain_engine import PlainEngine, PlainWriter


@pytest.fixture
def engine() -> type[StoredEngine]:
    return PlainEngine


class TestPlainEngine(EngineContract):
    """An engine outside the package."""


class TestStoredPlainEngine(StoredEngineContract):
    """The same in a folder."""


class Unordered(PlainEngine):
    def search(self, query: Query, k: int) -> list[Candidate]:
        return super().search(query, k)[::-1]


class Negative(PlainEngine):
    def idf(self, term: str) -> float:
        return super().idf(term) - 1.0


class AnyTerm(PlainEngine):
    def together(self, terms: Sequence[str], k: int) -> list[int]:
        return [document.number for document in self.documents if {*terms} & {*document.terms.split()}][:k]


class Forgetful(PlainEngine):
    @classmethod
    def write(cls, folder: Path) -> PlainWriter:
        class Writer(PlainWriter):
            def commit(self, removed: Iterable[int]) -> None:  # noqa: ARG002  # which is the fault
                super().commit(())

        return Writer(super().write(folder)._file)


class Hasty(PlainEngine):
    @classmethod
    def write(cls, folder: Path) -> PlainWriter:
        class Writer(PlainWriter):
            def add(self, documents: Iterable[Document]) -> None:
                super().add(documents)
                self.commit(())
                self._added.clear()

        return Writer(super().write(folder)._file)


CONTRACT, STORED = EngineContract(), StoredEngineContract()


@pytest.mark.parametrize(
    ("engine", "test"),
    [
        (Unordered, CONTRACT.test_ties_keep_the_order_of_documents),
        (Unordered, CONTRACT.test_fewer_candidates_are_the_best_of_more),
        (Negative, CONTRACT.test_scores_are_bm25_with_an_idf_that_is_never_negative),
        (Negative, CONTRACT.test_counts),
        (AnyTerm, CONTRACT.test_together_are_the_best_documents_that_hold_every_term),
    ],
)
def test_a_faulty_engine_fails(engine: type[Engine], test: Callable[[type[Engine]], None]) -> None:
    with pytest.raises(AssertionError):
        test(engine)


@pytest.mark.parametrize(
    ("engine", "test"),
    [
        (Forgetful, STORED.test_documents_leave_with_their_owner),
        (Forgetful, STORED.test_everything_may_leave),
        (Hasty, STORED.test_what_is_not_committed_is_not_there),
    ],
)
def test_a_faulty_stored_engine_fails(
    engine: type[StoredEngine], test: Callable[[type[StoredEngine], Path], None], tmp_path: Path
) -> None:
    with pytest.raises(AssertionError):
        test(engine, tmp_path)
