"""How sure a hit is: a probability that evidence can only raise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from retrieval import Caution
from retrieval.ranking.confidence import CONFIDENCE_NAMES, MAX_LEAD, STANDING, probability, standings
from retrieval.ranking.features import FEATURE_NAMES
from retrieval.ranking.weights import shipped
from retrieval.system.arrays import Floats

FINITE = st.floats(-20, 20)
STANDINGS = arrays(np.float64, len(CONFIDENCE_NAMES), elements=st.floats(-10, 10))


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
    everything[CONFIDENCE_NAMES.index("lead")] = everything[CONFIDENCE_NAMES.index("lead over passages")] = MAX_LEAD
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
    assert (np.abs(columns["lead over passages"]) <= MAX_LEAD).all()


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
    assert (named["probability"], named["lead"], named["lead over passages"]) == (1, MAX_LEAD, MAX_LEAD)
