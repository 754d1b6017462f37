"""The contract of `retrieval.engines.StoredEngine`: changes by owner, and readers that keep what they opened."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.engines.base import K1, B, Document, Group, StoredEngine
from retrieval.errors import IndexStoreError
from retrieval.testing.engine import PROPERTY

FRUIT = [Document(2, 1, "سیب سرخ"), Document(3, 1, "سیب سیب"), Document(9, 4, "انار سرخ"), Document(10, 5, "")]

_CHANGES = st.lists(
    st.tuples(
        st.lists(st.tuples(st.integers(0, 5), st.lists(st.sampled_from("abcd"), max_size=4)), max_size=5),
        st.sets(st.integers(0, 12), max_size=4),
    ),
    min_size=1,
    max_size=5,
)
"""For each change whether an owner follows and the terms of each new document, and the owners to be removed."""


def write(engine: type[StoredEngine], folder: Path, added: Iterable[Document], removed: Iterable[int] = ()) -> None:
    """One change."""
    writer = engine.write(folder)
    writer.add(added)
    writer.commit(removed)


def numbers(built: StoredEngine, *terms: str) -> list[int]:
    """The numbers of the documents that have one of these terms, ascending."""
    return sorted(found.document for found in built.search([Group(terms)], 1000))


class StoredEngineContract:
    """Tests that every engine in a folder passes besides; they ask for a fixture `engine`, its class."""

    def test_a_stored_engine_is_the_one_built_in_memory(self, engine: type[StoredEngine], tmp_path: Path) -> None:
        write(engine, tmp_path / "below" / "engine", FRUIT)
        stored = engine.open(tmp_path / "below" / "engine")
        built = engine.build(FRUIT, k1=K1, b=B)
        for query in ([Group(("سیب", "سرخ"))], [Group(("انار",)), Group(("سرخ",))], [Group(("هلو",))]):
            assert stored.search(query, 9) == built.search(query, 9)
        assert len(stored) == len(built) == 4
        assert stored.together(["سیب", "سرخ"], 9) == built.together(["سیب", "سرخ"], 9) == [2]
        stored.check()

    def test_documents_leave_with_their_owner(self, engine: type[StoredEngine], tmp_path: Path) -> None:
        write(engine, tmp_path / "engine", FRUIT)
        write(engine, tmp_path / "engine", [Document(20, 6, "سیب زرد")], removed=[1])
        changed = engine.open(tmp_path / "engine")
        assert numbers(changed, "سیب") == [20]
        assert numbers(changed, "سرخ") == [9]
        assert changed.together(["سیب", "سرخ"], 9) == []
        assert len(changed) == 3

    def test_removing_nobody_or_a_stranger_changes_nothing(self, engine: type[StoredEngine], tmp_path: Path) -> None:
        write(engine, tmp_path / "engine", FRUIT)
        for removed in ([], [0], [77]):
            write(engine, tmp_path / "engine", [], removed)
            assert numbers(engine.open(tmp_path / "engine"), "سیب", "سرخ") == [2, 3, 9]

    def test_everything_may_leave(self, engine: type[StoredEngine], tmp_path: Path) -> None:
        write(engine, tmp_path / "engine", FRUIT)
        write(engine, tmp_path / "engine", [], [1, 4, 5])
        empty = engine.open(tmp_path / "engine")
        assert (len(empty), numbers(empty, "سیب", "سرخ", "انار")) == (0, [])
        write(engine, tmp_path / "engine", FRUIT)
        assert numbers(engine.open(tmp_path / "engine"), "سیب") == [2, 3]

    def test_who_opened_before_keeps_what_was_there(self, engine: type[StoredEngine], tmp_path: Path) -> None:
        write(engine, tmp_path / "engine", FRUIT)
        before = engine.open(tmp_path / "engine")
        held = before.search([Group(("سیب",))], 9)
        for number in range(20, 32):
            write(engine, tmp_path / "engine", [Document(number, number, "سیب")], [1, number - 1])
        assert before.search([Group(("سیب",))], 9) == held
        assert (len(before), before.document_frequency("سیب")) == (4, 2)

    def test_what_is_not_committed_is_not_there(self, engine: type[StoredEngine], tmp_path: Path) -> None:
        write(engine, tmp_path / "engine", FRUIT)
        writer = engine.write(tmp_path / "engine")
        writer.add([Document(20, 6, "سیب زرد")])
        del writer
        assert numbers(engine.open(tmp_path / "engine"), "سیب") == [2, 3]
        write(engine, tmp_path / "engine", [Document(21, 6, "سیب")])
        assert numbers(engine.open(tmp_path / "engine"), "سیب") == [2, 3, 21]

    @pytest.mark.parametrize("name", ["nowhere", "file", "nul\0"])
    def test_what_is_no_engine_is_told_in_one_line(self, engine: type[StoredEngine], tmp_path: Path, name: str) -> None:
        (tmp_path / "file").write_text("", encoding="utf-8")
        with pytest.raises(IndexStoreError, match=r"^[^\n]+$"):
            engine.open(tmp_path / name)
        with pytest.raises(IndexStoreError, match=r"^[^\n]+$"):
            write(engine, tmp_path / "file", FRUIT)

    @settings(PROPERTY, max_examples=20)
    @given(changes=_CHANGES)
    def test_after_any_changes_there_is_what_was_left(
        self,
        engine: type[StoredEngine],
        tmp_path_factory: pytest.TempPathFactory,
        changes: list[tuple[list[tuple[int, list[str]]], set[int]]],
    ) -> None:
        folder = tmp_path_factory.mktemp("engine") / "engine"
        left: dict[int, tuple[int, list[str]]] = {}
        number = owner = 0
        for texts, removed in changes:
            added = []
            for further, terms in texts:
                number, owner = number + 1, owner + further % 2
                left[number] = (owner, terms)
                added.append(Document(number, owner, " ".join(terms)))
            gone = {one for one in removed if one not in {document.owner for document in added}}
            write(engine, folder, added, gone)
            left = {one: (of, terms) for one, (of, terms) in left.items() if of not in gone}
            _holds(engine.open(folder), {one: terms for one, (_, terms) in left.items()})


def _holds(built: StoredEngine, left: dict[int, list[str]]) -> None:
    """See that an engine has these documents and no others, each with its terms."""
    assert len(built) == len(left)
    for term in "abcd":
        assert numbers(built, term) == [number for number, terms in left.items() if term in terms]
        assert built.document_frequency(term) >= len(numbers(built, term))
        assert built.document_frequency(term) or not numbers(built, term)
    assert sorted(built.together("ab", 99)) == [number for number, terms in left.items() if {*"ab"} <= {*terms}]
    both = built.search([Group(("a", "b"))], 99)
    assert both == sorted(both, key=lambda found: (-found.score, found.document))
