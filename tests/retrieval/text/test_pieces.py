"""Texts cut into pieces: they give what their words give, whatever was remembered before."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Analyzer
from retrieval.corpus.readers.record import RawRecord
from retrieval.index.stored_article import AnalysedArticle
from retrieval.indexing.analysts import BatchAnalyzer, analyse_all
from retrieval.indexing.batches import Numbers, Task
from retrieval.text import pieces
from retrieval.text.pieces import Pieces

PIECES = st.sampled_from(
    ["ء", "می", "نمی", "مي", "«می", "رود", "علمی", "می،", "خوشه‌ای", "و", "ها", "۱۲", "x" * 70, "", "،"]
)
BLANK = st.sampled_from([" ", "\u00a0", "\u2009", "\u202f", "\u200b", "\t", "  "])
TEXT = st.one_of(st.text(), st.lists(st.tuples(PIECES, BLANK).map("".join), max_size=9).map("".join))


@given(batches=st.lists(st.lists(TEXT, max_size=4), max_size=4))
def test_texts_give_the_same_units_piece_by_piece_as_word_by_word(analyzer: Analyzer, batches: list[list[str]]) -> None:
    known, names = Pieces(analyzer), list[str]()
    for texts in batches:
        flat = known.units(texts)
        names += known.take_new_units()
        every = [analyzer.units(text) for text in texts]
        units = [unit for one in every for unit in one.ordered + one.joined]
        assert [names[number] for number in flat.units.tolist()] == [unit.term for unit in units]
        assert flat.traits.tolist() == [unit.traits for unit in units]
        assert flat.counts.tolist() == [len(one.ordered + one.joined) for one in every]
        assert flat.ordered.tolist() == [len(one.ordered) for one in every]
        assert [sorted(terms.split()) for terms in flat.terms] == [sorted(one.terms) for one in every]
    assert len(set(names)) == len(names)
    assert all(name.split() == [name] for name in names)


@given(texts=st.lists(TEXT.filter(str.strip), max_size=12), most=st.integers(0, 9))
def test_numbers_are_those_of_the_store_though_the_memory_is_full(
    analyzer: Analyzer, texts: list[str], most: int
) -> None:
    written = dict[str, int]()

    def enter(words: Sequence[str]) -> Numbers:
        return np.array([written.setdefault(word, len(written)) for word in words], dtype=np.int32)

    tasks = [Task(RawRecord("a.jsonl", 1, json.dumps({"id": 1, "text": text}).encode()), b"") for text in texts]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "MAX_PIECES", most)
        patch.setattr("retrieval.indexing.analysts.BATCH_BYTES", 9)
        found = list(analyse_all(tasks, analyzer, enter))
    names = {number: word for word, number in written.items()}
    expected = [BatchAnalyzer(analyzer).batch([task]).results[0] for task in tasks]
    assert [task for task, _, _ in found] == tasks
    for (_, result, numbers), plain, text in zip(found, expected, texts, strict=True):
        assert type(result) is type(plain)
        if isinstance(result, AnalysedArticle):
            words = [names[numbers[at]] for at in memoryview(result.sentences.words).cast("i")]
            units = [analyzer.units(line) for line in text.splitlines()]
            assert sorted(words) == sorted(unit.term for one in units for unit in one.ordered + one.joined)
