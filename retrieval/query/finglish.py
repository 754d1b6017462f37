"""Persian in Latin letters («kodam khooshe ha») → the Persian words that may be meant.

A token is read from left to right. Each Latin letter, or group of letters, may be one of several Persian ones, at a
cost: vowels are mostly unwritten in Persian, «و» and «ی» are vowels or consonants, and a sound has up to four letters.
A spelling is given up as soon as no word of the language or the collection begins with it. The cost of a reading is the
sum of its choices; the likeliest reading costs the least.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from retrieval.text.orthography import HALF_SPACE

MAX_TOKEN_LETTERS = 24
"""Letters of the longest token that is read."""

MAX_OPEN_SPELLINGS = 400
"""Spellings of the beginning of a token that are continued, the cheapest ones."""

MAX_READING_COST = 9.0
"""A spelling that costs so much is given up."""

Choices = tuple[tuple[str, float], ...]
"""Persian letters, and what it costs to choose them."""


def _choices(*lines: str) -> dict[str, Choices]:
    """A table of sounds. «z: ز ذ .3» means: z is ز at no cost, or ذ at cost 0.3. `-` means no letter."""
    table: dict[str, Choices] = {}
    for line in lines:
        latin, _, rest = line.partition(":")
        found: list[tuple[str, float]] = []
        for part in rest.split():
            if part[0] == ".":
                found[-1] = found[-1][0], float(part)
            else:
                found.append((part.replace("-", ""), 0.0))
        table[latin.strip()] = tuple(found)
    return table


_INSIDE = _choices(
    "a: ا - .1 ع .5 اع .5 عا .5", "e: - ی .4 ه .5 ع .5", "o: - .1 و .2 ع .5", "i: ی - .5 ای .6 عی .6", "u: و - .5",
    "aa: ا عا .5 اع .5", "ee: ی", "ei: ی ای .4", "ey: ی", "oo: و", "ou: و", "ow: و", "ie: ی یه .1", "ia: یا", "io: یو",
    "b: ب", "p: پ", "t: ت ط .3", "j: ج", "ch: چ", "h: ه ح .2", "kh: خ", "d: د", "r: ر", "z: ز ذ .3 ض .4 ظ .4", "zh: ژ",
    "s: س ص .3 ث .5", "sh: ش", "f: ف", "gh: ق غ .2", "q: ق غ .2", "k: ک", "g: گ", "l: ل", "m: م", "n: ن", "v: و",
    "w: و", "y: ی", "x: خ .2 کس .2", "c: ک .3 س .5", "th: ت ث .3", "ph: ف", "ck: ک", "': ع -", "kha: خوا .1",
    "ts: تس", "ja: جا ج",
)  # fmt: skip
"""Inside a token."""

_FIRST = _choices(
    "a: ا ع .3 عا .3",
    "aa: ا عا .3",
    "e: ا ع .3",
    "o: ا ع .3 او .3",
    "i: ای ع .6",
    "ee: ای",
    "u: او",
    "oo: او",
    "ou: او",
    "ei: عی ای",
)
"""At its beginning, where that differs."""

_LAST = _choices(
    "e: ه عه .3 ع .5 - .6", "eh: ه عه .3", "ah: ه ا .4", "a: ا ه .5 اع .5", "i: ی", "o: و - .6", "u: و", "ie: یه ی .2",
    "y: ی", "va: و .6",
)  # fmt: skip
"""At its end, where that differs."""

_ENDINGS = (
    *(("", ""), ("haye", "های"), ("hay", "های"), ("hayi", "هایی"), ("haee", "هایی"), ("haei", "هایی"), ("ha", "ها")),
    *(("ye", ""), ("e", ""), ("i", "ی"), ("ie", "ی"), ("iye", "ی"), ("ro", "")),
    *(("an", "ان"), ("ash", "ش"), ("esh", "ش"), ("tarin", "ترین")),
)
"""Endings in Latin letters and in Persian ones; the ezafe is not written in Persian."""

ENDING_COST = 0.3
"""The cost of reading the end of a token as an ending."""

SPLIT_SOUND_COST = 0.5
"""The cost of reading two letters that mostly are one sound («sh») as two."""

_ONE_SOUND = frozenset("oo ou ee aa sh kh ch zh gh".split())


class Reading(NamedTuple):
    """A Persian word that a token may stand for.

    Args:
        spelling: in Persian letters, folded.
        cost: the sum of the costs of its choices.
    """

    spelling: str
    cost: float


def readings(token: str, begins: Callable[[str], bool], is_word: Callable[[str], bool]) -> list[Reading]:
    """The Persian words that `token` may stand for, with one of the endings or without, cheapest first.

    Args:
        token: Latin letters and apostrophes, in lower case.
        begins: whether any word begins with some Persian letters.
        is_word: whether Persian letters are a word.
    """
    found: dict[str, float] = {}
    for latin, persian in _ENDINGS:
        base = token.removesuffix(latin)
        if len(token) <= MAX_TOKEN_LETTERS and token.endswith(latin) and len(base) > 1:
            for spelling, price in _spelt(base, begins).items():
                if is_word(spelling):
                    whole = f"{spelling}{HALF_SPACE}{persian}" if persian.startswith("ها") else spelling + persian
                    found[whole] = min(price + ENDING_COST * bool(latin), found.get(whole, MAX_READING_COST))
    return sorted((Reading(*pair) for pair in found.items()), key=lambda reading: (reading.cost, reading.spelling))


def _spelt(base: str, begins: Callable[[str], bool]) -> dict[str, float]:
    """The spellings of `base` with which a word begins, and what each costs."""
    at: list[dict[str, float]] = [{"": 0.0}, *({} for _ in base)]
    for place in range(len(base)):
        nearest = sorted(at[place].items(), key=lambda pair: pair[1])[:MAX_OPEN_SPELLINGS]
        for width in range(1, min(3, len(base) - place) + 1):
            behind = at[place + width]
            for letters, price in _at(base, place, width):
                for spelling, paid in nearest:
                    longer = spelling + letters
                    if paid + price < behind.get(longer, MAX_READING_COST) and (not letters or begins(longer)):
                        behind[longer] = paid + price
    return at[-1]


def _at(base: str, place: int, width: int) -> Choices:
    """The choices for `base[place : place + width]`; a doubled consonant is read as one."""
    sound = base[place : place + width]
    if width == 2 and sound[0] == sound[1] and sound[0] not in "aeiou":
        sound = sound[0]
    table = _FIRST if place == 0 and sound in _FIRST else _INSIDE
    table = _LAST if place + width == len(base) and sound in _LAST else table
    extra_cost = SPLIT_SOUND_COST * (width == 1 and base[place : place + 2] in _ONE_SOUND)
    return tuple((letters, price + extra_cost) for letters, price in table.get(sound, ()))
