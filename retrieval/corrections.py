"""A mistyped word → what it may have been meant to be, among the words of the collection.

One error is undone by trying: each spelling one edit away that is a word, or a word with an ending, goes the way of
every word, through the lexicon and the endings, and is kept if the collection has what comes out. So «خوشهاهی» finds
«خوشه» although no article need have «خوشه‌های». Two errors, in longer words only, are looked for by RapidFuzz's
bit-parallel distance among the collection's terms that begin alike. A word costs one or two milliseconds, however large
the collection.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain
from math import log10
from typing import NamedTuple

from retrieval.endings import TAILS, WITHOUT_HE, known_terms, stems, without_plural
from retrieval.function_words import QUESTION_WORDS
from retrieval.index import Index
from retrieval.lexicon import Lexicon

SHORTEST, LONG = 3, 8
"""Letters of a word that is corrected at all, and from which on it may have two errors."""

FIRM = 2
"""Letters at the beginning of a word with two errors that are taken to be right."""

CHEAP, NEAR, SWAP, LOST, ADDED, FAR, SPACE = 0.5, 0.75, 0.75, 0.9, 1.0, 1.25, 0.75
"""What is paid for a letter of the same sound, or one doubled or lost beside its like; a neighbouring key; two letters
swapped; a letter lost; one added; any other letter; a space lost."""

PRIOR = 0.15
"""What a tenfold document frequency takes off: of two words as near, the commoner was meant."""

MOST = 6
"""Corrections that are given at the most."""

_LONGEST_TAIL = max(map(len, TAILS))
_LETTERS = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_ROWS = ("ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو")
_INDENTS = (0.0, 0.3, 0.8)
"""The keys of the standard keyboard (ISIRI 9147), and how far each row is set in, in keys."""

TOUCH = 1.05
"""Keys whose middles are less apart than this are neighbours."""

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
        if abs(row - line) <= 1 and abs(column - place) < TOUCH
    }
    return near | {(one, other): CHEAP for sounds in _SOUNDS for one in sounds for other in sounds}


_SUBSTITUTION = _pairs()
_SUBSTITUTES = {
    typed: [(meant, _SUBSTITUTION.get((typed, meant), FAR)) for meant in _LETTERS if meant != typed]
    for typed in _LETTERS
}


class Correction(NamedTuple):
    """What a word may have been meant to be.

    Args:
        spelling: the word, or two words and the space between them.
        terms: what it gives; () for a stop word.
        cost: how much of an error it takes, by the costs above.
        rank: the cost less what its frequency takes off; the lowest is the likeliest.
    """

    spelling: str
    terms: tuple[str, ...]
    cost: float
    rank: float


class Corrector:
    """Corrections among the words of one collection.

    Args:
        index: the collection.
        lexicon: the word tables.
    """

    def __init__(self, index: Index, lexicon: Lexicon) -> None:
        self._index, self._statistics, self._lexicon = index, index.sentence_engine, lexicon

    def corrections(self, word: str) -> list[Correction]:
        """What `word` may have been meant to be, likeliest first, at most `MOST`; [] where nothing is near enough.

        Args:
            word: folded, without half-spaces.
        """
        if len(word) < SHORTEST or not set(word) <= set(_LETTERS):
            return []
        found = dict(self._apart(word))
        for spelling, price in self._one_error_away(word).items():
            terms = self._met(spelling)
            if terms is not None and price < found.get(terms, ("", price + 1))[1]:
                found[terms] = spelling, price
        if not found and len(word) >= LONG:
            found = self._two_edits_away(word)
        corrections = [
            Correction(spelling, terms, price, price - PRIOR * self._frequency(spelling, terms))
            for terms, (spelling, price) in found.items()
        ]
        return sorted(corrections, key=lambda correction: (correction.rank, correction.spelling))[:MOST]

    def _frequency(self, spelling: str, terms: tuple[str, ...]) -> float:
        """The decimal logarithm of a correction's document frequency; that of a question word is the highest."""
        if not terms:
            return log10(1 + len(self._statistics)) if spelling in QUESTION_WORDS else 0.0
        return log10(1 + min(map(self._statistics.document_frequency, terms)))

    def _met(self, spelling: str) -> tuple[str, ...] | None:
        """The terms of a spelling if the collection has them all; () for a stop word."""
        terms = known_terms(spelling, self._lexicon.terms)
        if terms is None:
            terms = (without_plural(spelling),)
        return terms if all(map(self._knows, terms)) else None

    def _one_error_away(self, word: str) -> dict[str, float]:
        """The spellings one error away from `word` that it pays to analyse, and what these errors cost.

        Of some six hundred few are words, or words with a tail. Most errors leave either the tail whole or what stands
        before it; only where two letters are swapped may it be neither. What has errors behind the letters that some
        word begins with is no word.
        """
        places = [_errors_at(word, place) for place in range(len(word) + 1)]
        end = self._beginning(word) + 1
        near = set(chain.from_iterable(places[:end]))
        swaps = [_swapped(word, place) for place in range(min(end, len(word) - 1))]
        found = set(filter(self._promising, swaps))
        for tail in filter(word.endswith, TAILS):
            heads = {spelling[: -len(tail)] for spelling in near if spelling.endswith(tail)} if tail else near
            found |= {head + tail for head in self._words_among(heads)}
            if tail in WITHOUT_HE:
                found |= {head[:-1] + tail for head in self._words_among({f"{head}ه" for head in heads})}
        for size in {len(stem) for stem in self._words_within(word) if len(word) - len(stem) <= _LONGEST_TAIL + 1}:
            found |= {spelling for spelling in chain.from_iterable(places[size:]) if spelling[size:] in TAILS}
        return {spelling: price for place in places for spelling, price in place.items() if spelling in found}

    def _words_among(self, spellings: set[str]) -> set[str]:
        """Those that are words of the collection or of the language."""
        return self._index.vocabulary.among(spellings) | self._lexicon.among(spellings)

    def _words_within(self, word: str) -> set[str]:
        """The words that `word` begins with."""
        return {*self._index.vocabulary.within(word), *self._lexicon.within(word)}

    def _beginning(self, word: str) -> int:
        """How many letters of `word` some word begins with."""
        begins = (self._index.vocabulary.begins, self._lexicon.begins)
        return bisect_left(range(1, len(word) + 1), True, key=lambda size: not any(has(word[:size]) for has in begins))

    def _promising(self, spelling: str) -> bool:
        """Whether it pays to analyse a spelling: it is a word of the collection or the language, or one with a tail."""
        return any(spelling[len(stem) :] in TAILS for stem in self._words_within(spelling))

    def _apart(self, word: str) -> Iterator[tuple[tuple[str, ...], tuple[str, float]]]:
        """`word` as two words whose space was not typed, and which the collection has side by side."""
        for cut in range(2, len(word) - 1):
            left, right = word[:cut], word[cut:]
            if self._promising(left) and self._promising(right):
                first = self._met(left)
                second = self._met(right) if first is not None else None
                if first and second and self._index.side_by_side(first[-1], second[0]):
                    yield first + second, (f"{left} {right}", SPACE)

    def _two_edits_away(self, word: str) -> dict[tuple[str, ...], tuple[str, float]]:
        from rapidfuzz import process  # noqa: PLC0415  # few questions need it
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        bases = dict.fromkeys((word, *(base for base in stems(word) if len(base) >= LONG - 1)))
        found: dict[str, float] = {}
        for base in bases:
            alike = [term for term in self._index.vocabulary.beginning_with(base[:FIRM]) if len(term) >= LONG - 2]
            near = process.extract_iter(base, alike, scorer=OSA.distance, score_cutoff=2)
            found |= {term: min(cost(base, term), found.get(term, 9.0)) for term, _, _ in near}
        return {(term,): (term, price) for term, price in found.items() if price <= 2 * ADDED and self._knows(term)}

    def _knows(self, term: str) -> bool:
        """Whether the collection has a term now; the vocabulary, which also has what it had, is asked first: faster."""
        return term in self._index.vocabulary and self._index.knows(term)


def cost(typed: str, meant: str) -> float:
    """The weighted optimal string alignment distance: letters added, lost, replaced, and swapped with a neighbour."""
    before: list[float] = []
    row = [place * LOST for place in range(len(meant) + 1)]
    for i, letter in enumerate(typed, start=1):
        above, before, row = before, row, [i * ADDED]
        for j, its in enumerate(meant, start=1):
            substituted = before[j - 1] + (0 if letter == its else _SUBSTITUTION.get((letter, its), FAR))
            added = before[j] + (CHEAP if i > 1 and typed[i - 2] == letter else ADDED)
            lost = row[j - 1] + (CHEAP if j > 1 and meant[j - 2] == its else LOST)
            best = min(substituted, added, lost)
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == its and letter != its:
                best = min(best, above[j - 2] + SWAP)
            row.append(best)
    return row[-1]


def _errors_at(word: str, place: int) -> dict[str, float]:
    """Every spelling that one error at a place may have made `word` of, and what that error costs."""
    left, typed, after = word[:place], word[place : place + 1], word[place + 1 :]
    found = {f"{left}{letter}{typed}{after}": LOST for letter in _LETTERS}
    found |= {f"{left}{letter}{typed}{after}": CHEAP for letter in (left[-1:], typed) if letter}
    if typed:
        found |= {f"{left}{letter}{after}": price for letter, price in _SUBSTITUTES[typed]}
        found[left + after] = CHEAP if typed in (left[-1:], after[:1]) else ADDED
    if after[:1] not in ("", typed):
        found[_swapped(word, place)] = SWAP
    return found


def _swapped(word: str, place: int) -> str:
    """`word` with the letter at a place and the next one swapped."""
    return f"{word[:place]}{word[place + 1]}{word[place]}{word[place + 2 :]}"
