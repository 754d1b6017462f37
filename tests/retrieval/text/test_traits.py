"""What a word offers to a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Analyzer
from retrieval.text.orthography import bare
from retrieval.text.traits import Trait, traits

ALL = Trait(2 * Trait.GRAMMAR.value - 1)


@pytest.mark.parametrize(
    ("word", "offered"),
    [
        ("دوازده", Trait.NUMBER),
        ("چهارصد", Trait.NUMBER),
        ("7", Trait.NUMBER),
        ("1399", Trait.NUMBER | Trait.YEAR),
        ("622", Trait.NUMBER | Trait.YEAR),
        ("12345", Trait.NUMBER),
        ("آبان", Trait.TIME),
        ("ژوئیه", Trait.TIME),
        ("سه‌شنبه", Trait.TIME),
        ("دکتر", Trait.PERSON),
        ("رودخانه", Trait.PLACE),
        ("زیرا", Trait.REASON | Trait.REFERENCE),
        ("توسط", Trait.MANNER),
        ("همچون", Trait.ENUMERATION),
        ("او", Trait.REFERENCE),
        ("پنجره", Trait(0)),
    ],
)
def test_what_a_word_offers(word: str, offered: Trait) -> None:
    assert traits(bare(word), known=True, grammar=False) == offered


def test_a_word_that_no_dictionary_has_is_a_name_and_a_stop_word_is_grammar() -> None:
    assert traits("کلاردشتی", known=False, grammar=False) == Trait.NAME
    assert traits("1399", known=False, grammar=False) == Trait.NUMBER | Trait.YEAR, "no name"
    assert traits(bare("این"), known=True, grammar=True) == Trait.REFERENCE | Trait.GRAMMAR


@given(word=st.text(max_size=12), known=st.booleans(), grammar=st.booleans())
def test_any_word_has_traits_that_fit_into_their_bits(word: str, known: bool, grammar: bool) -> None:
    found = traits(word, known=known, grammar=grammar)
    assert Trait(found) in ALL
    assert bool(found & Trait.GRAMMAR) is grammar
    assert known is False or not found & Trait.NAME


def test_a_sentence_carries_the_traits_of_its_words_as_they_are_written(analyzer: Analyzer) -> None:
    units = analyzer.units("او در ۱۲ آبان ١٣٢٠ به رودخانهٔ زرّین رفت").ordered
    offered = {unit.term: Trait(unit.traits) for unit in units}
    assert offered[bare("او")] & (Trait.REFERENCE | Trait.GRAMMAR) == Trait.REFERENCE | Trait.GRAMMAR
    assert Trait.YEAR in offered["1320"]
    assert Trait.NUMBER in offered["12"]
    assert Trait.YEAR not in offered["12"]
    assert Trait.TIME in offered[bare("آبان")]
    assert Trait.PLACE in offered[bare("رودخانه")]
