"""What a word offers to a question: a number, a time, a person, a place, a reason, a way, an enumeration, a name.

The words of each trait are listed in `data/traits.txt`; a name is what no dictionary has. Each word's traits are found
once, when it is indexed.
"""

from __future__ import annotations

from enum import IntFlag
from itertools import chain

from retrieval.text.function_words import COPULAS
from retrieval.text.word_tables import read, sections, word_set


class Trait(IntFlag):
    """What a word offers or does. The bits are stored with an index, the commonest in the first byte."""

    NUMBER = 1
    COPULA = 2
    """«است» and the like: the verb of a sentence that says who or what something is."""
    TIME = 4
    PERSON = 8
    PLACE = 16
    NAME = 32
    """A word that no dictionary has; most of these are names."""
    REFERENCE = 64
    """A word that points back: «او», «این»."""
    GRAMMAR = 128
    """A stop word: it has a place in the order of words, and no weight."""
    REASON = 256
    MANNER = 512
    ENUMERATION = 1024
    YEAR = 2048


_WORDS = {Trait[name.upper()].value: word_set(words) for name, words in sections(read(__file__, "traits.txt")).items()}
_WORDS[Trait.COPULA.value] |= COPULAS
_BITS = {
    word: sum(trait for trait, words in _WORDS.items() if word in words)
    for word in chain.from_iterable(_WORDS.values())
}
_NUMBER, _YEAR, _NAME, _GRAMMAR = (trait.value for trait in (Trait.NUMBER, Trait.YEAR, Trait.NAME, Trait.GRAMMAR))


NUMBER_WORDS = _WORDS[_NUMBER]
"""The words that are numbers, or parts of one."""


def traits(word: str, *, known: bool, grammar: bool) -> int:
    """The traits of one word, as bits of `Trait` in an integer; a collection has a million words, and flags are slow.

    Args:
        word: folded, without half-spaces.
        known: whether a dictionary has it.
        grammar: whether it is a stop word.
    """
    found = _BITS.get(word, 0)
    if word.isdigit():
        found |= _NUMBER | (_YEAR if 3 <= len(word) <= 4 else 0)
    elif not known:
        found |= _NAME
    return found | (_GRAMMAR if grammar else 0)
