"""Sketches: the same in every process, and alike where articles are."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.sketch import BANDS, KEY, SHINGLE_UNITS, Sketcher

ARTICLE = st.lists(st.sampled_from("سیب انار پسته خرما به هلو".split()), max_size=30)


def sketches(articles: list[list[str]], known: list[str]) -> list[bytes]:
    """The sketches of articles where units have the numbers of their places in `known`."""
    sketcher, numbers = Sketcher(), {unit: number for number, unit in enumerate(known)}
    sketcher.learn(known[: len(known) // 2])
    sketcher.learn(known[len(known) // 2 :])
    return sketcher.sketches([np.array([numbers[unit] for unit in one], dtype="<i4").tobytes() for one in articles])


@given(st.lists(ARTICLE, max_size=5), st.randoms(use_true_random=False))
def test_a_sketch_depends_on_the_units_alone(articles: list[list[str]], order: random.Random) -> None:
    known = sorted({unit for article in articles for unit in article})
    shuffled = order.sample(known, len(known))
    found = sketches(articles, known)
    assert found == sketches(articles, shuffled)
    assert found == [sketches([article], known)[0] for article in articles]
    assert [bool(sketch) for sketch in found] == [len(article) >= SHINGLE_UNITS for article in articles]
    assert all(len(sketch) in (0, BANDS * KEY.itemsize) for sketch in found)


@given(ARTICLE.filter(lambda article: len(article) >= SHINGLE_UNITS), st.integers(2, 4))
def test_repetition_changes_nothing(article: list[str], times: int) -> None:
    known = sorted(set(article))
    joined = article + article[: SHINGLE_UNITS - 1]
    once, more = sketches([joined, article * times + article[: SHINGLE_UNITS - 1]], known)
    assert once == more


def test_articles_that_resemble_each_other_share_a_number_and_others_do_not() -> None:
    chosen = random.Random(7)
    known = [f"و{number}" for number in range(2000)]
    met = dict.fromkeys((2, 40), 0)
    for _ in range(200):
        article = chosen.choices(known, k=60)
        for edits in met:
            edited = list(article)
            for place in chosen.sample(range(60), edits):
                edited[place] = chosen.choice(known)
            one, other = (set(np.frombuffer(sketch, KEY)) for sketch in sketches([article, edited], known))
            met[edits] += bool(one & other)
    assert met[2] >= 198, met
    assert met[40] <= 30, met
