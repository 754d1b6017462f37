"""The letters whose keys touch, both ways."""

from __future__ import annotations

import pytest

from retrieval.text.keyboard import neighbours

NEIGHBOURS = neighbours(1.05)


@pytest.mark.parametrize(("letter", "neighbours"), [("ا", "لتغعذد"), ("م", "نکحخو"), ("ض", "صش"), ("و", "پمن")])
def test_a_letter_has_the_neighbours_of_its_key(letter: str, neighbours: str) -> None:
    assert set(NEIGHBOURS[letter]) == set(neighbours)


def test_neighbours_are_each_others() -> None:
    assert len(NEIGHBOURS) == 31
    assert all(letter in NEIGHBOURS[other] for letter, others in NEIGHBOURS.items() for other in others)
