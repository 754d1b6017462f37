"""Slips are all errors at a distance of one, and cost what the distance says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from retrieval.query.slips import ADDED_COST, LETTERS, OTHER_COST, SIMILAR_COST, cost, slips


@given(word=st.text(LETTERS, min_size=1, max_size=8), data=st.data())
def test_slips_are_those_of_the_distance_and_cost_as_much(word: str, data: st.DataObject) -> None:
    prices: dict[str, float] = {}
    for slip in slips(len(word))[0]:
        spelling, price = slip.undone(word)
        prices[spelling] = min(price, prices.get(spelling, OTHER_COST))
    prices.pop(word, None)
    for spelling, price in data.draw(st.lists(st.sampled_from(sorted(prices.items())), max_size=9)):
        assert OSA.distance(word, spelling) == 1
        # Two cheap errors may cost less than the one.
        assert cost(word, spelling) == price or 2 * SIMILAR_COST <= cost(word, spelling) < price
    other = data.draw(st.text(LETTERS, max_size=9))
    assert (OSA.distance(word, other) == 1) == (other in prices)


@given(word=st.text(LETTERS, max_size=9))
def test_the_columns_of_places_spell_what_was_meant(word: str) -> None:
    found, places = slips(len(word))
    letters = f"{LETTERS}{word} "
    assert places.shape == (len(word) + 1, len(found))
    assert ["".join(map(letters.__getitem__, row)).rstrip() for row in places.T] == [
        slip.undone(word)[0] for slip in found
    ]


@given(one=st.text(LETTERS, max_size=9), other=st.text(LETTERS, max_size=9))
def test_the_cost_is_a_distance(one: str, other: str) -> None:
    assert (cost(one, other) == 0) == (one == other)
    assert cost(one, other) <= OTHER_COST * max(len(one), len(other)) + ADDED_COST * abs(len(one) - len(other))
    assert cost("شیراز", "شیراذ") < cost("شیراز", "شیرام")
