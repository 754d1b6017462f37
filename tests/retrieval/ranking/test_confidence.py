"""How sure a hit is: a probability that evidence can only raise."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from retrieval import Article, Caution, Hit, Passage, Sentence, found
from retrieval.index.unit_table import Floats
from retrieval.ranking.confidence import CONFIDENCE_NAMES, FARTHEST, MOST_SHOWN, STANDING, probability, standings
from retrieval.ranking.features import FEATURE_NAMES
from retrieval.ranking.weights import shipped

ARTICLE = Article("a", "", "سیب سرخ است.")


class Shown(NamedTuple):
    sentence: Sentence
    beside: tuple[Sentence | None, Sentence | None] = None, None
    quotation: tuple[int, int] = 0, 12
    terms: tuple[frozenset[str], frozenset[str]] = frozenset(), frozenset()


HIT = Hit(0, 1.0, 1.0, 0.5, Shown(Sentence(Passage(ARTICLE, 0, 12), 0, 12)))

FINITE = st.floats(-20, 20)
STANDINGS = arrays(np.float64, len(CONFIDENCE_NAMES), elements=st.floats(-10, 10))


def hits(*confidences: float) -> list[Hit]:
    return [replace(HIT, confidence=confidence) for confidence in confidences]


@given(standing=STANDINGS, place=st.integers(0, len(CONFIDENCE_NAMES) - 1), more=st.floats(0, 5))
def test_more_evidence_never_makes_it_less_sure(standing: Floats, place: int, more: float) -> None:
    weights = shipped()
    raised = standing.copy()
    raised[place] += more
    before, after = probability(np.stack([standing, raised]), weights.confidence, weights.bias)
    assert 0 <= before <= after <= 1


def test_no_evidence_is_not_enough_for_anyone_and_all_of_it_is_for_everyone() -> None:
    weights = shipped()
    nothing, everything = np.zeros(len(CONFIDENCE_NAMES)), np.ones(len(CONFIDENCE_NAMES))
    everything[CONFIDENCE_NAMES.index("lead")] = everything[CONFIDENCE_NAMES.index("lead over passages")] = FARTHEST
    unsure, sure = probability(np.stack([nothing, everything]), weights.confidence, weights.bias)
    assert unsure < Caution.EAGER.value
    assert sure > Caution.CAREFUL.value


@given(data=st.data(), size=st.integers(1, 8))
def test_standings_are_finite_and_probabilities_add_up(data: st.DataObject, size: int) -> None:
    scores = data.draw(arrays(np.float64, size, elements=FINITE))
    passages = data.draw(arrays(np.int64, size, elements=st.integers(0, 3)))
    features = np.zeros((size, len(FEATURE_NAMES)))
    found = standings(passages, 3, features, scores)
    assert found.shape == (size, len(CONFIDENCE_NAMES))
    assert np.isfinite(found).all()
    columns = dict(zip(STANDING, found.T, strict=False))
    assert columns["probability"].sum() == pytest.approx(1)
    assert (columns["probability of passage"] >= columns["probability"] - 1e-12).all()
    assert (columns["probability of passage"] <= 1 + 1e-12).all()
    assert (columns["lead"] <= columns["lead over passages"] + 1e-12).all()
    assert (columns["lead"] > 0).sum() <= 1, "only the best leads"
    assert (np.abs(columns["lead over passages"]) <= FARTHEST).all()


def test_standings_by_hand() -> None:
    features = np.zeros((3, len(FEATURE_NAMES)))
    features[:, FEATURE_NAMES.index("order")] = [0.1, 0.2, 0.3]
    found = standings(np.array([0, 0, 1]), 4, features, np.log([4.0, 1.0, 3.0]))
    named = {name: found[:, place].tolist() for place, name in enumerate(CONFIDENCE_NAMES)}
    assert named["probability"] == pytest.approx([4 / 8, 1 / 8, 3 / 8])
    assert named["probability of passage"] == pytest.approx([5 / 8, 5 / 8, 3 / 8])
    assert named["lead"] == pytest.approx(np.log([4 / 3, 1 / 4, 3 / 4]).tolist())
    assert named["lead over passages"] == pytest.approx(np.log([4 / 3, 1 / 3, 3 / 4]).tolist())
    assert named["words asked"] == pytest.approx([np.log(4)] * 3)
    assert named["order"] == [0.1, 0.2, 0.3]


def test_a_hit_alone_leads_as_far_as_can_be() -> None:
    found = standings(np.array([7]), 1, np.zeros((1, len(FEATURE_NAMES))), np.array([-3.0]))
    named = dict(zip(CONFIDENCE_NAMES, found[0].tolist(), strict=True))
    assert (named["probability"], named["lead"], named["lead over passages"]) == (1, FARTHEST, FARTHEST)


def test_unsure_quotations_are_surer_together() -> None:
    assert found([]) == 0
    assert found(hits(0.4)) == pytest.approx(0.4)
    assert found(hits(0.4, 0.5)) == pytest.approx(0.7)
    assert found(hits(0.4, 0.5, 0.5, 0.9)) == pytest.approx(0.85), f"only {MOST_SHOWN} are shown"
    assert found(hits(1.0, 0.0)) == 1


@given(st.lists(st.floats(0, 1), max_size=6))
def test_found_is_a_probability_at_least_that_of_the_best(confidences: list[float]) -> None:
    together = found(hits(*confidences))
    assert max(confidences[:MOST_SHOWN], default=0.0) - 1e-12 <= together <= 1


def test_the_more_careful_the_surer() -> None:
    assert 0 < Caution.EAGER.value < Caution.BALANCED.value < Caution.CAREFUL.value < 1
