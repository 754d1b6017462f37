"""A vocabulary is a set of words; stored, it keeps up with what is added to a collection."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Analyzer
from retrieval.errors import DamagedError
from retrieval.index.store import Store
from retrieval.index.unit_names import REBUILD_SHARE
from retrieval.text.bloom import hashes
from retrieval.text.vocabulary import FilteredTrie, Vocabulary, pack, unpack
from tests.indexes import Opener, write_small_corpus

WORDS = st.sets(st.text("ابپ\u200cx", min_size=1, max_size=5))


@given(one=WORDS, other=WORDS, text=st.text("ابپ\u200cx", max_size=7))
def test_it_answers_as_a_set_would(one: set[str], other: set[str], text: str) -> None:
    words, vocabulary = one | other, Vocabulary(FilteredTrie.of(one), FilteredTrie.of(other - one))
    assert sorted(vocabulary) == sorted(words)
    assert (text in vocabulary) == (text in words)
    assert vocabulary.may_have(hashes(sorted(words))).all()
    assert sorted(vocabulary.within(text)) == sorted(word for word in words if text.startswith(word))
    begun = {word for word in words if word.startswith(text)}
    assert set(vocabulary.beginning_with(text)) == begun
    assert vocabulary.begins(text) == bool(begun)


@given(words=WORDS.filter(bool), data=st.data())
def test_what_is_packed_comes_back_or_is_called_damaged(words: set[str], data: st.DataObject) -> None:
    packed = pack(words)
    vocabulary = Vocabulary(unpack(packed))
    assert set(vocabulary) == words
    assert vocabulary.may_have(hashes(sorted(words))).all()
    place = data.draw(st.integers(0, len(packed) - 1))
    damaged = packed[:place] + bytes([packed[place] ^ data.draw(st.integers(1, 255))]) + packed[place + 1 :]
    for content in (damaged, packed[:place]):
        with pytest.raises(DamagedError, match="words"):
            unpack(content)


@given(batches=st.lists(st.lists(st.text("ابپت", min_size=1, max_size=4), max_size=40), max_size=6))
def test_a_store_knows_each_word_once_whenever_it_came(batches: list[list[str]]) -> None:
    store, added = Store(None), set[str]()
    for batch in batches:
        with store.writing():
            numbers = store.units.enter(batch)
            store.units.finish()
        added |= set(batch)
        assert sorted(store.units.vocabulary()) == sorted(added)
        assert store.units.numbers({*batch, "x"}) == dict(zip(batch, numbers.tolist(), strict=True))
        assert [store.units.names()[number] for number in numbers] == batch
        ((last,),) = store.rows("SELECT ifnull(max(last), 0) FROM words")
        assert (len(added) - last) * REBUILD_SHARE <= len(added)
    with store.writing():
        store.clear()
        store.units.finish()
    assert not list(store.units.vocabulary())


def test_a_damaged_list_of_words_is_found_and_made_anew(tmp_path: Path, analyzer: Analyzer) -> None:
    opener = Opener(write_small_corpus(tmp_path / "corpus"), tmp_path / "data", analyzer, "tantivy")
    opener()
    store = Store(opener.store)
    store.rows("UPDATE words SET trie = ?", pack(["سیب"])[:-1])
    store.close()
    with pytest.raises(DamagedError, match="words"):
        opener.check()
    opener.refresh(anew=True)
    opener.check()
