"""The shipped weights fit the code, and a file of weights reads as it was written."""

from __future__ import annotations

import json
from importlib.resources import files

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from retrieval.ranking.confidence import CONFIDENCE_NAMES, STANDING
from retrieval.ranking.features import FEATURE_NAMES
from retrieval.ranking.weights import WEIGHTS_FILE, Weights, from_json, shipped, to_json
from retrieval.system.arrays import Floats

NUMBERS = st.integers(-1_000_000, 1_000_000).map(lambda number: number / 10_000)
STORED = json.loads(files("retrieval.ranking").joinpath(WEIGHTS_FILE).read_text(encoding="utf-8"))


def test_the_shipped_weights_are_those_of_the_code() -> None:
    assert dict(zip(FEATURE_NAMES, shipped().ranking.tolist(), strict=True)) == STORED["ranking"]
    assert dict(zip(CONFIDENCE_NAMES, shipped().confidence.tolist(), strict=True)) == STORED["confidence"]["weights"]


def test_they_say_where_they_come_from() -> None:
    provenance = STORED["provenance"]
    assert provenance["made by"] == "retrieval train"
    assert provenance["from"]
    assert provenance["questions"] > 1000
    for figures in provenance["cross-validated by article"].values():
        assert 0 < figures["S@1"] < figures["S@5"] <= 1
        assert all(0 <= value <= 1 for value in figures.values())


def test_confidence_has_the_signs_that_training_promises() -> None:
    assert set(CONFIDENCE_NAMES) - set(STANDING) <= set(FEATURE_NAMES)
    assert min(STORED["confidence"]["weights"].values()) >= 0


@given(
    ranking=arrays(np.float64, len(FEATURE_NAMES), elements=NUMBERS),
    confidence=arrays(np.float64, len(CONFIDENCE_NAMES), elements=NUMBERS),
    bias=NUMBERS,
)
def test_a_file_of_weights_reads_as_it_was_written(ranking: Floats, confidence: Floats, bias: float) -> None:
    text = to_json(Weights(ranking, confidence, bias), {"from": ["پرسش‌ها.json"]})
    found = from_json(text)
    assert np.array_equal(found.ranking, ranking)
    assert np.array_equal(found.confidence, confidence)
    assert found.bias == bias
    assert to_json(found, {"from": ["پرسش‌ها.json"]}) == text
    assert "پرسش‌ها.json" in text, "readable"
