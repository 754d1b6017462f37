"""Units as arrays: nothing lost, nothing mixed up between texts."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.terms import Analyzer, Flat, Unit, Units
from retrieval.traits import Trait
from retrieval.units import STEM_LENGTH, Analysed, UnitTable, pack, stem, tabulate, unpack


def flat(units: Units) -> Flat:
    """Units as they are stored, the plain way."""
    listed = units.ordered + units.joined
    traits = np.array([unit.traits for unit in listed], "<u2").tobytes()
    return Flat(" ".join(unit.term for unit in listed), traits, len(units.ordered), " ".join(units.terms))


def _units(text: str) -> Units:
    ordered, _, joined = text.partition("/")
    return Units([Unit(term, 0) for term in ordered.split()], [Unit(term, 0) for term in joined.split()])


UNIT = st.builds(
    Unit, st.text("ابپتجدرسشکگلمنهوی۰۱۲", min_size=1, max_size=9), st.integers(0, 2 * Trait.GRAMMAR.value - 1)
)
UNITS = st.builds(Units, st.lists(UNIT, max_size=6), st.lists(UNIT, max_size=2))
SENTENCE = st.builds(Analysed, st.integers(0, 1 << 30), st.integers(0, 1 << 30), UNITS.map(flat), st.integers(0, 31))
PASSAGES = st.lists(st.lists(SENTENCE, max_size=4), max_size=5)


def table(*texts: str) -> UnitTable:
    """A passage of plain terms, a text for each sentence; behind a slash the joined spellings."""
    return tabulate([unpack(pack([Analysed(0, 1, flat(_units(text)), 0) for text in texts]))])


@given(passages=PASSAGES)
def test_a_table_holds_every_unit_of_every_sentence(passages: list[list[Analysed]]) -> None:
    built = tabulate(unpack(pack(passage)) for passage in passages)
    sentences = [sentence for passage in passages for sentence in passage]
    assert built.sizes.tolist() == [len(passage) for passage in passages]
    assert len(built.words) == len(built.traits) == built.counts.sum()
    assert built.terms() == [sentence.flat.terms for sentence in sentences]
    for row, sentence in enumerate(sentences):
        units = slice(built.starts[row], built.starts[row] + built.counts[row])
        joined, traits = " ".join(built.words[units]), built.traits[units].astype("<u2").tobytes()
        found = Flat(joined, traits, int(built.ordered[row]), built.terms()[row])
        start, end = built.spans[row].tolist()
        assert Analysed(start, end, found, int(built.marks[row])) == sentence
        assert built.lengths[row] == len(sentence.flat.terms.split())


@given(
    text=st.lists(st.sampled_from("باغ باغ‌های توسعه‌یافته خوشه‌ای می‌روند که در ۱۳۲۰ abc ، ؟ ها".split())).map(" ".join)
)
def test_units_are_stored_as_they_are_compared(analyzer: Analyzer, text: str) -> None:
    assert analyzer.flat(text) == flat(analyzer.units(text))


@given(passage=st.lists(SENTENCE, max_size=3), data=st.data())
def test_a_damaged_record_is_never_read(passage: list[Analysed], data: st.DataObject) -> None:
    """Neither a cut nor one changed byte: only the second byte, zlib's note of its level, may be another."""
    packed = bytearray(pack(passage))
    place = data.draw(st.integers(0, len(packed) - 1))
    if data.draw(st.booleans()):
        del packed[place:]
    else:
        packed[place] ^= data.draw(st.integers(1, 255))
    try:
        found = unpack(bytes(packed))
    except zlib.error:
        return
    assert found == unpack(pack(passage))


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
