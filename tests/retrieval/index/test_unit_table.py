"""Units as arrays: nothing lost, nothing mixed up between texts."""

from __future__ import annotations

from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Analyzer
from retrieval.errors import DamagedError
from retrieval.index.passage_format import AnalysedSentences, marks, pack, punctuation, unpack
from retrieval.index.unit_table import CutArticle, SentenceTable, analysed_sentences, tabulate
from retrieval.text.analyzer import TextUnits, Unit
from retrieval.text.passages import PassageSpans
from retrieval.text.pieces import Pieces
from retrieval.text.traits import Trait
from retrieval.types import Form

UNIT = st.builds(
    Unit, st.text("ابپتجدرسشکگلمنهوی۰۱۲", min_size=1, max_size=9), st.integers(0, 2 * max(Trait).value - 1)
)
UNITS = st.builds(TextUnits, st.lists(UNIT, max_size=6), st.lists(UNIT, max_size=2))
NUMBER = st.integers(0, 1 << 30)
STORED = st.tuples(
    st.one_of(st.integers(0, 9), st.integers(0xFFFC, 0x10003), st.integers(0, (1 << 31) - 1)), st.integers(0, 0xFFFF)
)
ROW = st.tuples(NUMBER, NUMBER, UNITS, st.integers(0, 31))
PASSAGES = st.lists(st.lists(ROW, max_size=4), max_size=5)
NAMES = ["", *"سیب سرخ شیرین سیبسرخ انار ترش هلو".split()]
WORDS = "باغ باغ‌های توسعه‌یافته خوشه‌ای می‌روند که در ۱۳۲۰ abc ، ؟ ها".split()

Row = tuple[int, int, TextUnits, int]


def packed(rows: list[Row], names: list[str]) -> bytes:
    """Sentences as they are stored, the plain way; new units are added to `names`."""
    listed = [(start, end, units.ordered + units.joined, len(units.ordered), bits) for start, end, units, bits in rows]
    names += dict.fromkeys(unit.term for _, _, units, _, _ in listed for unit in units if unit.term not in names)
    vocabulary = {name: place for place, name in enumerate(reversed(names))}
    sentences = AnalysedSentences(
        [len(rows)],
        np.array([(start, end, len(units), cut, bits) for start, end, units, cut, bits in listed], "<i4").tobytes(),
        np.array([unit.traits for _, _, units, _, _ in listed for unit in units], "<u2").tobytes(),
        np.array([vocabulary[unit.term] for _, _, units, _, _ in listed for unit in units], "<i4").tobytes(),
        [" ".join(units.terms) for _, _, units, _ in rows],
    )
    (record,) = pack(sentences, np.arange(len(names), dtype=np.int32)[::-1])
    return record


def table(*texts: str) -> SentenceTable:
    """A passage of plain terms of `NAMES`, a text for each sentence; behind a slash the joined spellings."""
    parts = [text.partition("/") for text in texts]
    units = [
        TextUnits(*([Unit(term, 0) for term in part.split()] for part in (ordered, joined)))
        for ordered, _, joined in parts
    ]
    return tabulate([unpack(packed([(0, 1, one, 0) for one in units], list(NAMES)))])


@given(passages=PASSAGES)
def test_a_table_holds_every_unit_of_every_sentence(passages: list[list[Row]]) -> None:
    names = [""]
    built = tabulate([unpack(packed(passage, names)) for passage in passages])
    rows = [row for passage in passages for row in passage]
    assert built.sizes.tolist() == [len(passage) for passage in passages]
    assert len(built.words) == len(built.traits) == built.counts.sum()
    assert built.terms(names) == [" ".join(units.terms) for _, _, units, _ in rows]
    for place, (start, end, units, bits) in enumerate(rows):
        at = slice(built.starts[place], built.starts[place] + built.counts[place])
        found = [
            Unit(names[number], traits)
            for number, traits in zip(built.words[at].tolist(), built.traits[at].tolist(), strict=True)
        ]
        cut = int(built.ordered[place])
        assert TextUnits(found[:cut], found[cut:]) == units
        assert built.lengths[place] == len(units.terms)
        assert (*built.span(place), built.sentences["marks"][place]) == (start, end, bits)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سیب سرخ.", (0, False, False, False)),
        ("سیب، انار، «به» (زرد)؟", (2, True, True, True)),
        ("سیب، انار، به، ترش، شیرین (همه)", (3, False, True, False)),
    ],
)
def test_punctuation_is_read_as_it_was_marked(text: str, expected: tuple[int, bool, bool, bool]) -> None:
    found = punctuation(np.array([marks(text)], dtype=np.uint8))
    assert tuple(column.item() for column in found) == expected


LINE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)


PARAGRAPHS = st.lists(st.lists(LINE, min_size=1, max_size=3), max_size=3)


@given(articles=st.lists(PARAGRAPHS, max_size=4), earlier=st.lists(LINE))
def test_passages_are_analysed_as_their_sentences_are_compared(
    analyzer: Analyzer, articles: list[list[list[str]]], earlier: list[str]
) -> None:
    pieces, names, expected = Pieces(analyzer), [""], []
    pieces.units(earlier)
    cut = [cut_up(article) for article in articles]
    found = analysed_sentences(cut, pieces)
    for article, (text, passages, _) in zip(articles, cut, strict=True):
        rows = [[(start, end, text[start:end]) for start, end in passage.sentences] for passage in passages]
        plain = [[(start, end, analyzer.units(line), marks(line)) for start, end, line in row] for row in rows]
        assert [[line for _, _, line in row] for row in rows] == article
        expected.append([packed(passage, names) for passage in plain])
    numbers = np.array([names.index(unit) if unit in names else 0 for unit in pieces.take_new_units()], dtype=np.int32)
    for sentences, article, records in zip(found, articles, expected, strict=True):
        lines = [line for block in article for line in block]
        assert [sorted(terms.split()) for terms in sentences.terms] == [sorted(analyzer.terms(line)) for line in lines]
        assert list(map(unpack, pack(sentences, numbers))) == list(map(unpack, records))


def cut_up(paragraphs: list[list[str]]) -> CutArticle:
    """Lines as a text, and where they are in it."""
    lines = [line for paragraph in paragraphs for line in paragraph]
    starts = iter(accumulate((len(line) + 1 for line in lines), initial=0))
    passages = [[(start := next(starts), start + len(line)) for line in paragraph] for paragraph in paragraphs]
    return CutArticle(
        "\n".join(lines), [PassageSpans(tuple(spans), (Form.SENTENCE,) * len(spans), ()) for spans in passages]
    )


@given(units=st.lists(st.lists(STORED, max_size=9), max_size=5), data=st.data())
def test_numbers_that_are_not_narrow_are_stored_too(units: list[list[tuple[int, int]]], data: st.DataObject) -> None:
    bounds = [0, *sorted(data.draw(st.lists(st.integers(0, len(units)), max_size=3))), len(units)]
    every = [unit for row in units for unit in row]
    sentences = AnalysedSentences(
        [last - first for first, last in pairwise(bounds)],
        np.array([(0, 1, len(row), 0, 0) for row in units], "<i4").tobytes(),
        np.array([traits for _, traits in every], "<u2").tobytes(),
        np.arange(len(every), dtype="<i4").tobytes(),
        [],
    )
    built = tabulate(map(unpack, pack(sentences, np.array([number for number, _ in every], dtype=np.int32))))
    assert built.sizes.tolist() == sentences.sizes
    assert list(zip(built.words.tolist(), built.traits.tolist(), strict=True)) == every


@given(passage=st.lists(ROW, max_size=3), data=st.data())
def test_a_damaged_record_is_never_read(passage: list[Row], data: st.DataObject) -> None:
    """Neither a cut nor one changed byte, unless in a bit that says nothing."""
    whole = packed(passage, [""])
    damaged = bytearray(whole)
    place = data.draw(st.integers(0, len(damaged) - 1))
    if data.draw(st.booleans()):
        del damaged[place:]
    else:
        damaged[place] ^= data.draw(st.integers(1, 255))
    try:
        found = unpack(bytes(damaged))
    except DamagedError:
        return
    assert found == unpack(whole)


def test_side_by_side_means_in_the_order_of_one_sentence() -> None:
    built = table("سیب سرخ شیرین / سیبسرخ", "انار ترش", "")
    number = NAMES.index
    assert built.side_by_side(number("سیب"), number("سرخ"))
    assert built.side_by_side(number("انار"), number("ترش"))
    assert not built.side_by_side(number("سرخ"), number("سیب"))
    assert not built.side_by_side(number("سیب"), number("شیرین"))
    assert not built.side_by_side(number("شیرین"), number("سیبسرخ")), "a joined spelling has no place"
    assert not built.side_by_side(number("سیبسرخ"), number("انار")), "sentences are apart"
    assert not built.side_by_side(number("شیرین"), number("انار")), "sentences are apart"
    assert not built.side_by_side(number("سیب"), number("هلو"))
    assert not table().side_by_side(number("سیب"), number("سرخ"))
    assert not table("", "").side_by_side(number("سیب"), number("سرخ"))
    assert table("", "سیب سرخ", "").side_by_side(number("سیب"), number("سرخ"))
