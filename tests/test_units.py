"""Units as arrays: nothing lost, nothing mixed up between texts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.terms import Unit, Units
from retrieval.traits import Trait
from retrieval.units import STEM_LENGTH, UnitTable, Vocabulary, gathered, stem, tabulate

UNIT = st.builds(
    Unit, st.text("ابپتجدرسشکگلمنهوی۰۱۲", min_size=1, max_size=9), st.integers(0, 2 * Trait.GRAMMAR.value - 1)
)
TEXTS = st.lists(st.builds(Units, st.lists(UNIT, max_size=6), st.lists(UNIT, max_size=2)), max_size=6)


def table(*texts: str) -> UnitTable:
    """Texts of plain terms; behind a slash the joined spellings."""
    return tabulate((_units(text) for text in texts), Vocabulary({}, {}))


def _units(text: str) -> Units:
    ordered, _, joined = text.partition("/")
    return Units([Unit(term, 0) for term in ordered.split()], [Unit(term, 0) for term in joined.split()])


@given(texts=TEXTS)
def test_a_table_holds_every_unit_of_every_text(texts: list[Units]) -> None:
    built = tabulate(texts, Vocabulary({}, {}))
    names, stems = list(built.vocabulary.units), list(built.vocabulary.stems)
    assert len(built.starts) == len(texts) + 1
    for number, text in enumerate(texts):
        start, end = built.starts[number : number + 2]
        units = [
            Unit(names[word], int(bits))
            for word, bits in zip(built.words[start:end], built.traits[start:end], strict=True)
        ]
        cut = int(built.ordered[number])
        assert Units(units[:cut], units[cut:]) == text
        assert built.lengths[number] == len(text.terms)
        assert [stems[place] for place in built.stems[start:end]] == [stem(unit.term) for unit in units]


@given(one=TEXTS, other=TEXTS)
def test_tables_of_one_vocabulary_use_the_same_numbers(one: list[Units], other: list[Units]) -> None:
    vocabulary = Vocabulary({}, {})
    tabulate(one, vocabulary)
    before = dict(vocabulary.units)
    apart = tabulate(other, vocabulary)
    assert before.items() <= vocabulary.units.items()
    assert sorted(vocabulary.units.values()) == list(range(len(vocabulary.units)))
    assert set(apart.words.tolist()) == {
        vocabulary.units[unit.term] for text in other for units in text for unit in units
    }


@given(term=st.text("ابپتجدرسشکگلمنهوی۰۱۲", max_size=12))
def test_a_stem_is_a_short_beginning_and_never_empty(term: str) -> None:
    assert term.startswith(stem(term))
    assert len(stem(term)) >= min(len(term), 3)
    assert len(stem(term)) <= STEM_LENGTH or term.isdigit() or len(term) < 4


@pytest.mark.parametrize(
    ("one", "other"),
    [("هنر", "هنرمندی"), ("انقلاب", "انقلابی"), ("نویسنده", "نویسندگی"), ("کتاب", "کتابها")],
)
def test_relatives_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("کتاب", "کباب"), ("1399123", "1399124"), ("سال", "سالن"), ("شهر", "شعر")])
def test_others_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(bounds=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda pair: (min(pair), max(pair)))))
def test_pieces_are_gathered_in_their_order(bounds: list[tuple[int, int]]) -> None:
    values = np.arange(20, dtype=np.int32)
    found = gathered(values, bounds)
    assert found.tolist() == [place for start, end in bounds for place in range(start, min(end, 20))]
    assert found.dtype == values.dtype


def test_side_by_side_means_in_the_order_of_one_text() -> None:
    built = table("سیب سرخ شیرین / سیبسرخ", "انار ترش", "")
    assert built.side_by_side("سیب", "سرخ")
    assert built.side_by_side("انار", "ترش")
    assert not built.side_by_side("سرخ", "سیب")
    assert not built.side_by_side("سیب", "شیرین")
    assert not built.side_by_side("شیرین", "سیبسرخ"), "a joined spelling has no place"
    assert not built.side_by_side("سیبسرخ", "انار"), "texts are apart"
    assert not built.side_by_side("سیب", "هلو")
    assert not table().side_by_side("سیب", "سرخ")
