"""A word → its terms: looked up, else without its endings, else cut in two. Words are folded, without half-spaces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

LookUp = Callable[[str], tuple[str, ...] | None]
"""A folded word's terms as the lexicon has them; None for an unknown word."""

PLURALS = tuple("ها" + rest for rest in ("", *"ی یی ست م ت ش یم یت یش یمان یتان یشان مان تان شان".split()))
"""The ending of the plural, alone and with those that may follow it."""

_PLURAL = re.compile(f"(?<=..)(?:{'|'.join(PLURALS)})$")
_AMBIGUOUS_PLURALS = frozenset({"های", "هام", "هات", "هاش", "هاست"})
"""Without its half-space «خوشهای» may be خوشه‌ای or خوش‌های; where both stems are words, both are given."""

ENDINGS = (
    *("ترینها", "ترین", "تری", "تر"),
    *("یمان", "یتان", "یشان", "مان", "تان", "شان", "یم", "یت", "یش", "م", "ت", "ش"),
    *("ییم", "یید", "یند", "ست"),
    *("ی", "ای"),
)
"""Comparison, possessive, copula, indefinite: taken off only where a known word remains.

«ی» goes before «ای»: «شورای» is «شورا» with the vowel of a genitive, «خانه‌ای» has no other stem than «خانه».
"""

_BEHIND_VOWELS = ("یمان", "یتان", "یشان", "یم", "یت", "یش")
"""The possessives that follow a vowel: «صدایش»; «نشانیش» is «نشانی‌اش», no form of «نشان»."""
_VOWELS = ("ا", "و", "ه")

_MIN_STEM = 3
"""Letters that must remain, so that «ملی», «شهر» and «فرش» stay as they are."""

_PROCLITICS = frozenset({"به", "می", "بی", "هم", "در", "از"})

TAILS = frozenset(ending + plural for ending in ("", *ENDINGS, "ان", "یان", "گان") for plural in ("", *PLURALS))
"""All that `known_terms` takes off a word; "" is among them."""

WITHOUT_HE = _AMBIGUOUS_PLURALS | {tail for tail in TAILS if tail.startswith("گان")}
"""The tails that may have swallowed a «ه» at the end of the word before them."""


def word_terms(word: str, look_up: LookUp) -> tuple[str, ...]:
    """The terms of one word: looked up, else its stem's, else those of the two words that it joins, else itself."""
    known = known_terms(word, look_up)
    if known is not None:
        return known
    bare = without_plural(word)
    return _split(bare, look_up) or (bare,)


def known_terms(word: str, look_up: LookUp) -> tuple[str, ...] | None:
    """The terms of `word`, or of what is left of it without endings; None where nothing of that is known."""
    found = look_up(word)
    if found is not None:
        return found
    plural = _plural(word)
    if plural:
        stem = word[: plural.start()]
        readings = (
            (look_up(stem + "ه") if plural[0] in _AMBIGUOUS_PLURALS else None) or (),
            known_terms(stem, look_up) or (),
        )
        if any(readings):
            return tuple(dict.fromkeys(readings[0] + readings[1]))
    return next((found for rest in without_ending(word) if (found := look_up(rest)) is not None), None)


def without_plural(word: str) -> str:
    """`word` without the ending «ها» and what follows it."""
    plural = _plural(word)
    return word[: plural.start()] if plural else word


def has_two_readings(word: str, terms: tuple[str, ...]) -> bool:
    """Whether the two `terms` of a word are two ways to read it, rather than two parts of it."""
    plural = _plural(word) if len(terms) == 2 and terms[-1] != word else None
    return plural is not None and plural[0] in _AMBIGUOUS_PLURALS


def _plural(word: str) -> re.Match[str] | None:
    """The plural ending of a word and what follows it; None, mostly without a search, where it has no such ending."""
    return _PLURAL.search(word) if PLURALS[0] in word else None


def _split(word: str, look_up: LookUp) -> tuple[str, ...]:
    """The terms of the two known words that `word` joins, and `word` itself; () where it joins no such words.

    Of a preposition or prefix joined to a known word only the word's terms are given.
    """
    for cut in range(len(word) - _MIN_STEM, _MIN_STEM - 1, -1):
        first = look_up(word[:cut])
        second = known_terms(word[cut:], look_up) if first is not None else None
        if first is not None and second is not None:
            return (*first, *second, word)
    if word[:2] in _PROCLITICS and len(word) - 2 >= _MIN_STEM:
        return known_terms(word[2:], look_up) or ()
    return ()


def without_ending(word: str) -> Iterator[str]:
    """What is left of `word` without one ending, or without the plural «ان», nearest guess first."""
    if word.endswith("گان") and len(word) > _MIN_STEM + 2:
        yield word[:-3] + "ه"
    if word.endswith("یان") and len(word) > _MIN_STEM + 2:
        yield word[:-3]
    if word.endswith("ان") and len(word) > _MIN_STEM + 1:
        yield word[:-2]
    if not word.endswith(ENDINGS):
        return
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _MIN_STEM and (ending not in _BEHIND_VOWELS or stem.endswith(_VOWELS)):
            yield stem
