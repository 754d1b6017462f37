"""A filter misses no word and passes few others; the hashes of a word's beginnings are partial sums."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.bloom import BloomFilter, BloomFilters, hashes, powers

TEXTS = st.text(max_size=12)


@given(words=st.lists(TEXTS, max_size=50))
def test_every_word_passes_in_an_array_of_any_shape(words: list[str]) -> None:
    passes = BloomFilter.of(words).may_have(np.tile(hashes(words), (2, 1)))
    assert passes.shape == (2, len(words))
    assert passes.all()


def test_few_others_pass() -> None:
    words, others = [f"{number}" for number in range(3_000)], [f"{number}x" for number in range(20_000)]
    assert BloomFilter.of(words).may_have(hashes(others)).mean() < 0.01
    assert not BloomFilter.of([]).may_have(hashes(others)).any()


@given(sets=st.lists(st.lists(TEXTS, max_size=20), min_size=1, max_size=8))
def test_every_word_passes_in_each_of_its_sets(sets: list[list[str]]) -> None:
    filters = BloomFilters(*sets)
    for number, words in enumerate(sets):
        assert (filters.which(hashes(words)) >> number & 1).all()


def test_few_others_pass_in_any_set() -> None:
    one, other = [f"{number}" for number in range(200)], [f"{number}" for number in range(100, 120)]
    passed = BloomFilters(one, other, []).which(hashes([f"{number}x" for number in range(20_000)]))
    assert (passed > 0).mean() < 0.001
    assert not (passed & 4).any()


@given(one=TEXTS, other=TEXTS)
def test_a_hash_is_the_sum_of_its_parts(one: str, other: str) -> None:
    whole, left, right = hashes([one + other]), hashes([one]), hashes([other])
    factor, inverse = powers(len(one) + 1)[-1], powers(len(one) + 1, inverse=True)[-1]
    assert whole - left == right * factor
    assert (whole - left) * inverse == right
    assert (one == other) == (left == right)
