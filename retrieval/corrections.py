"""A mistyped word → what it may have been meant to be, among the words of the collection.

One error is undone by trying: each spelling one edit away goes the way of every word, through the lexicon and the
endings, and is kept if the collection has what comes out. So «خوشهاهی» finds «خوشه» although no article need have
«خوشه‌های». Two errors, in longer words only, are looked for among the collection's terms by RapidFuzz's bit-parallel
distance. No index is built: a collection of 30,000 terms costs about a millisecond a word.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cached_property
from typing import NamedTuple

from retrieval.lexicon import Lexicon
from retrieval.terms import ENDINGS, known_terms, stems, without_plural

SHORTEST, LONG = 3, 8
"""Letters of a word that is corrected at all, and from which on it may have two errors."""

CHEAP, NEAR, SWAP, EDIT, FAR, SPACE = 0.5, 0.75, 0.75, 1.0, 1.25, 0.75
"""What is paid for a letter of the same sound, or one doubled or lost beside its like; a neighbouring key; two letters
swapped; a letter dropped or added; any other letter; a space lost."""

MOST = 6
"""Corrections that are given at the most."""

_LETTERS = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_ROWS = ("ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو")
_INDENTS = (0.0, 0.3, 0.8)
"""The keys of the standard keyboard (ISIRI 9147), and how far each row is set in, in keys."""

_SOUNDS = ("صسث", "طت", "ذزضظ", "غق", "حه", "اع", "وا", "یا")
"""Letters of one sound; «و» and «ی» for «ا» as in «تهرون» and «کتیب»."""


def _pairs() -> dict[tuple[str, str], float]:
    places = {
        letter: (row, indent + column)
        for row, (letters, indent) in enumerate(zip(_ROWS, _INDENTS, strict=True))
        for column, letter in enumerate(letters)
    }
    near = {
        (one, other): NEAR
        for one, (row, column) in places.items()
        for other, (line, place) in places.items()
        if abs(row - line) <= 1 and abs(column - place) <= 1
    }
    return near | {(one, other): CHEAP for sounds in _SOUNDS for one in sounds for other in sounds}


_SUBSTITUTION = _pairs()


class Correction(NamedTuple):
    """What a word may have been meant to be.

    Args:
        spelling: the word, or two words and the space between them.
        terms: what it gives; () for a stop word.
        cost: how much of an error it takes, by the costs above.
    """

    spelling: str
    terms: tuple[str, ...]
    cost: float


class Corrector:
    """Corrections among the words of one collection.

    Args:
        known: the collection's terms.
        side_by_side: whether the collection has two terms in a row.
        lexicon: the word tables.
    """

    def __init__(self, known: Collection[str], side_by_side: Callable[[str, str], bool], lexicon: Lexicon) -> None:
        self._known, self._side_by_side, self._lexicon = known, side_by_side, lexicon

    def corrections(self, word: str) -> list[Correction]:
        """What `word` may have been meant to be, likeliest first, at most `MOST`; [] where nothing is near enough.

        Args:
            word: folded, without half-spaces.
        """
        if len(word) < SHORTEST or not set(word) <= set(_LETTERS):
            return []
        found = [
            Correction(spelling, terms, cost(word, spelling) + (len(terms) > 1) * (CHEAP / 2))
            for spelling in _one_edit_away(word)
            if self._promising(spelling) and (terms := self._met(spelling)) is not None
        ]
        found += self._apart(word)
        if not found and len(word) >= LONG:
            found = self._two_edits_away(word)
        found.sort(key=lambda correction: (correction.cost, correction.spelling))
        unique = {correction.terms: correction for correction in reversed(found)}
        return sorted(unique.values(), key=lambda correction: (correction.cost, correction.spelling))[:MOST]

    def _met(self, spelling: str) -> tuple[str, ...] | None:
        """The terms of a spelling if the collection has them all; () for a stop word."""
        terms = known_terms(spelling, self._lexicon.terms)
        if terms is None:
            terms = (without_plural(spelling),)
        return terms if all(term in self._known for term in terms) else None

    def _promising(self, spelling: str) -> bool:
        """Whether it pays to analyse a spelling: it is a word, or begins like a term of the collection."""
        if spelling[:4] in self._openings or spelling in self._lexicon:
            return True
        return spelling[:3] in self._openings and spelling[3:] in ENDINGS

    @cached_property
    def _openings(self) -> frozenset[str]:
        """The first four letters of every term; a shorter term is its own opening."""
        return frozenset(term[:4] for term in self._known)

    def _apart(self, word: str) -> Iterator[Correction]:
        """`word` as two words whose space was not typed, and which the collection has side by side."""
        for cut in range(2, len(word) - 1):
            left, right = word[:cut], word[cut:]
            if self._promising(left) and self._promising(right):
                first = self._met(left)
                second = self._met(right) if first is not None else None
                if first and second and self._side_by_side(first[-1], second[0]):
                    yield Correction(f"{left} {right}", first + second, SPACE)

    def _two_edits_away(self, word: str) -> list[Correction]:
        from rapidfuzz import process  # noqa: PLC0415  # few questions need it
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        bases = dict.fromkeys((word, *(base for base in stems(word) if len(base) >= LONG - 1)))
        found: dict[str, float] = {}
        for base in bases:
            near = process.extract_iter(base, self._long, scorer=OSA.distance, score_cutoff=2)
            found |= {term: min(cost(base, term), found.get(term, 9.0)) for term, _, _ in near}
        return [Correction(term, (term,), price) for term, price in found.items() if price <= 2 * EDIT]

    @cached_property
    def _long(self) -> list[str]:
        return [term for term in self._known if len(term) >= LONG - 2]


def cost(one: str, other: str) -> float:
    """The weighted optimal string alignment distance: insertions, deletions, substitutions, swaps of neighbours."""
    before: list[float] = []
    row = [float(place) for place in range(len(other) + 1)]
    for i, letter in enumerate(one, start=1):
        above, before, row = before, row, [float(i)]
        for j, its in enumerate(other, start=1):
            substituted = before[j - 1] + (0 if letter == its else _SUBSTITUTION.get((letter, its), FAR))
            dropped = before[j] + (CHEAP if i > 1 and one[i - 2] == letter else EDIT)
            added = row[j - 1] + (CHEAP if j > 1 and other[j - 2] == its else EDIT)
            best = min(substituted, dropped, added)
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its and letter != its:
                best = min(best, above[j - 2] + SWAP)
            row.append(best)
    return row[-1]


def _one_edit_away(word: str) -> set[str]:
    """Every spelling that one error may have made `word` of."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    spellings = {left + right[1:] for left, right in cuts if right}
    spellings |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    spellings |= {left + letter + right[1:] for left, right in cuts if right for letter in _LETTERS}
    spellings |= {left + letter + right for left, right in cuts for letter in _LETTERS}
    return spellings - {word}
