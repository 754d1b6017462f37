"""A mistyped word → what it may have been meant to be, among the words of the collection.

One error is undone by trying: each spelling one edit away that may be a word, or a word with an ending, goes the way of
every word, through the lexicon and the endings, and is kept if the collection has what comes out. So «خوشهاهی» finds
«خوشه» although no article need have «خوشه‌های». Two errors, in longer words only, are looked for by RapidFuzz's
bit-parallel distance among the collection's terms that begin alike. A word costs a fraction of a millisecond, however
large the collection.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, pairwise
from math import log10
from typing import NamedTuple

import numpy as np

from retrieval.index.reader import IndexReader
from retrieval.query.slips import ADDED, LETTERS, SPACE, cost, slips
from retrieval.text.bloom import BloomFilters, powers
from retrieval.text.endings import PLURALS, TAILS, WITHOUT_HE, known_terms, stems, without_plural
from retrieval.text.function_words import QUESTION_WORDS
from retrieval.text.lexicon import Lexicon

SHORTEST, LONG, LONGEST = 3, 8, 30
"""Letters of a word that is corrected at all, from which on it may have two errors, and of the longest."""

FIRM = 2
"""Letters at the beginning of a word with two errors that are taken to be right."""

PRIOR = 0.15
"""What a tenfold document frequency takes off: of two words as near, the commoner was meant."""

MOST = 6
"""Corrections that are given at the most."""

_POWERS, _INVERSES = powers(LONGEST + 2), powers(LONGEST + 2, inverse=True)
_TAILS = BloomFilters(list(TAILS), ["", *PLURALS], list(WITHOUT_HE))
_PLURAL, _WITHOUT_HE = 2, 4
"""The bits of what may stand behind a word of the collection, and behind one that may have lost its «ه»."""

_HE = np.uint32(ord("ه"))


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

    def __init__(self, index: IndexReader, lexicon: Lexicon) -> None:
        self._index, self._statistics, self._lexicon = index, index.sentence_engine, lexicon

    def corrections(self, word: str) -> list[Correction]:
        """What `word` may have been meant to be, likeliest first, at most `MOST`; [] where nothing is near enough.

        Args:
            word: folded, without half-spaces.
        """
        if not SHORTEST <= len(word) <= LONGEST or not set(word) <= set(LETTERS):
            return []
        found = dict(self._apart(word))
        for spelling, (price, in_language) in self._one_error_away(word).items():
            terms = self._met(spelling, in_language=in_language)
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

    def _met(self, spelling: str, *, in_language: bool = True) -> tuple[str, ...] | None:
        """The terms of a spelling if the collection has them all; () for a stop word.

        Args:
            spelling: a word, or a word with a tail.
            in_language: whether that word may be one of the lexicon.
        """
        terms = known_terms(spelling, self._lexicon.terms) if in_language else None
        if terms is None:
            terms = (without_plural(spelling),)
        return terms if all(map(self._knows, terms)) else None

    def _one_error_away(self, word: str) -> dict[str, tuple[float, bool]]:
        """The spellings one error away from `word` that it pays to analyse, and what these errors cost.

        Of some six hundred few are words, or words with a tail. All are tried at once by their hashes: those of a
        spelling's beginnings are partial sums, and what such a sum lacks of the whole gives that of the tail.

        Returns:
            For each spelling the least cost, and whether the lexicon may have the word in it.
        """
        errors, spelt = slips(len(word))
        letters = np.array([*map(ord, LETTERS + word), 0], dtype=np.uint32)[spelt]
        width, count = letters.shape
        beginnings = letters * _POWERS[:width, None]
        for row, following in pairwise(beginnings):  # numpy's cumsum goes down each column alone
            np.add(following, row, out=following)
        rests = (beginnings[-1] - beginnings) * _INVERSES[1 : width + 1, None]
        tails = _TAILS.which(rests).ravel()
        places = np.flatnonzero(tails)
        heads, tails, (ends, slip) = beginnings.ravel()[places], tails[places], np.divmod(places, count)
        plain, lost = np.flatnonzero(tails & _PLURAL), np.flatnonzero(tails & _WITHOUT_HE)
        of_collection = np.bincount(slip[plain], self._index.vocabulary.may_have(heads[plain]), count) > 0
        heads = np.concatenate([heads, heads[lost] + _HE * _POWERS[ends[lost] + 1]])
        of_language = np.bincount(np.concatenate([slip, slip[lost]]), self._lexicon.words.may_have(heads), count) > 0
        found: dict[str, tuple[float, bool]] = {}
        for number in np.flatnonzero(of_language | of_collection).tolist():
            spelling, price = errors[number].undone(word)
            if spelling not in found or price < found[spelling][0]:
                found[spelling] = price, bool(of_language[number])
        found.pop(word, None)
        return found

    def _promising(self, spelling: str) -> bool:
        """Whether it pays to analyse a spelling: it is a word of the collection or the language, or one with a tail."""
        words = chain(self._index.vocabulary.within(spelling), self._lexicon.words.within(spelling))
        return any(spelling[len(stem) :] in TAILS for stem in words)

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
        """Whether the collection has a term."""
        return self._statistics.document_frequency(term) > 0 or self._index.knows(term)
