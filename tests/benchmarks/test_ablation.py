"""The ablation leaves out what it says, and nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.ablation import GROUPS, asked_of, cross_validated, figures, rows, without
from retrieval.evaluation.datasets import reading
from retrieval.ranking.features import FEATURE_NAMES
from tests.retrieval.evaluation.judged_files import VILLAGE, write_squad

pytestmark = pytest.mark.usefixtures("analyzer")


def test_every_feature_is_in_one_group() -> None:
    assert Counter(name for group in GROUPS.values() for name in group) == Counter(FEATURE_NAMES)


def test_the_table_of_a_small_collection(tmp_path: Path) -> None:
    parts = {"one.json": VILLAGE[:1], "two.json": VILLAGE[1:]}
    files = [write_squad(tmp_path / name, part) for name, part in parts.items()]
    collection = reading.read(files)
    questions = asked_of(collection)
    counts = Counter(judged.source for judged in collection.questions if judged.answers)
    table = {row.name: figures(questions, row, counts) for row in rows(questions)}
    assert len(table) == 5 + len(GROUPS)
    for found in table.values():
        assert list(found) == ["one", "two"]
        for first, five, read in found.values():
            assert 0 <= first <= five <= 1
            assert 0 <= read <= 1


def test_what_is_left_out_has_no_part_in_the_scores(tmp_path: Path) -> None:
    questions = asked_of(reading.read([write_squad(tmp_path / "village.json")]))
    kept = without(GROUPS["word order"])
    assert set(kept).isdisjoint(GROUPS["word order"])
    before = cross_validated(questions, kept)
    column = FEATURE_NAMES.index("order")
    for asked in questions:
        asked.features[:, column] += 100
    assert all((one == other).all() for one, other in zip(before, cross_validated(questions, kept), strict=True))
