"""A mistyped word → the words of the collection that may have been meant.

- One error is undone by trying: every word one error away (`retrieval.query.near_words`) is analysed as any word is,
  and kept if the collection has its terms. So «خوشهاهی» finds «خوشه», although no article need have «خوشه‌های».
- A lost space is found where both halves are words that the collection has side by side.
- Two errors are looked for in long words only, and only where there is no correction by one: by RapidFuzz's distance
  among the words of the collection that begin alike.

A word costs a fraction of a millisecond, however large the collection.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

from retrieval.index.reader import IndexReader
from retrieval.query.frequency import FREQUENCY_DISCOUNT, log_frequency
from retrieval.query.near_words import MAX_WORD_LETTERS, NearWords
from retrieval.query.slips import ADDED_COST, LETTERS, SPACE_COST, cost
from retrieval.query.spoken_words import with_written_vowels
from retrieval.text.endings import known_terms, without_ending, without_plural
from retrieval.text.lexicon import Lexicon

MIN_WORD_LETTERS = 3
"""Letters of the shortest word that is corrected; the longest has `MAX_WORD_LETTERS`."""

MAX_ERRORS = 2
"""Errors of a word, at the most."""

TWO_ERROR_LETTERS = 8
"""Letters from which on a word may have two errors."""

TRUSTED_LETTERS = 2
"""Letters at the beginning of a word with two errors that are taken to be right."""

MAX_CORRECTIONS = 6
"""Corrections of a word, at the most."""


class Correction(NamedTuple):
    """A word that a mistyped word may have been meant to be.

    Args:
        spelling: the word, or two words and the space between them.
        terms: its terms; () for a stop word.
        cost: the cost of the errors that it takes, from `retrieval.query.slips`.
        rank: the cost less the discount for its frequency; the correction of the lowest rank is the likeliest.
    """

    spelling: str
    terms: tuple[str, ...]
    cost: float
    rank: float


class Corrector:
    """Corrects words by the vocabulary of one collection.

    Args:
        index: the collection.
        lexicon: the word tables.
        tables: words that are known besides, such as those that have synonyms.
        has_instead: whether the collection has something that stands for a term which it lacks.
        max_errors: how many errors a word may have, 1 or `MAX_ERRORS`.
    """

    def __init__(
        self,
        index: IndexReader,
        lexicon: Lexicon,
        tables: frozenset[str] = frozenset(),
        has_instead: Callable[[str], bool] = lambda _: False,
        max_errors: int = MAX_ERRORS,
    ) -> None:
        self._index, self._lexicon, self._max_errors = index, lexicon, max_errors
        self._tables, self._has_instead = tables, has_instead

    @cached_property
    def _near_words(self) -> NearWords:
        """Made when the first word is corrected; to read the vocabulary takes longer than a usual question."""
        return NearWords(self._index.vocabulary, self._lexicon.words.also(self._tables))

    def corrections(self, word: str) -> list[Correction]:
        """The corrections of `word`, likeliest first, at most `MAX_CORRECTIONS`; [] where no word is near enough.

        Args:
            word: folded, without half-spaces.
        """
        if not self._may_be_corrected(word):
            return []
        found = self._found(word)
        for spelling in () if found else with_written_vowels(word):
            found |= self._found(spelling)
        corrections = [
            Correction(spelling, terms, price, price - FREQUENCY_DISCOUNT * self._log_frequency(spelling, terms))
            for terms, (spelling, price) in found.items()
        ]
        return sorted(corrections, key=lambda correction: (correction.rank, correction.spelling))[:MAX_CORRECTIONS]

    @staticmethod
    def _may_be_corrected(word: str) -> bool:
        return MIN_WORD_LETTERS <= len(word) <= MAX_WORD_LETTERS and set(word) <= set(LETTERS)

    def _found(self, word: str) -> dict[tuple[str, ...], tuple[str, float]]:
        """For each of the terms that a word may have been meant to have, the spelling and the cost of its errors."""
        found = dict(self._two_words(word))
        for spelling, price in self._near_words.near(word).items():
            terms = self._known_terms(spelling)
            if terms is not None and price < found.get(terms, ("", price + 1))[1]:
                found[terms] = spelling, price
        if not found and self._max_errors > 1 and len(word) >= TWO_ERROR_LETTERS:
            return self._two_errors_away(word)
        return found

    def _log_frequency(self, spelling: str, terms: tuple[str, ...]) -> float:
        return log_frequency(spelling, terms, self._index.sentence_engine, stop_word=0)

    def _known_terms(self, spelling: str) -> tuple[str, ...] | None:
        """The terms of a word with or without an ending; () for a stop word.

        None where the collection lacks a term, and has nothing that stands for it either.
        """
        terms = known_terms(spelling, self._lexicon.terms)
        if terms is None:
            terms = (without_plural(spelling),)
        return terms if all(self._index.knows(term) or self._has_instead(term) for term in terms) else None

    def pairs(self, word: str) -> Iterator[tuple[str, str]]:
        """The pairs of units that `corrections` may ask the collection for."""
        if self._may_be_corrected(word):
            for spelling in (word, *with_written_vowels(word)):
                yield from ((first[-1], second[0]) for _, first, second in self._halves(spelling))

    def _two_words(self, word: str) -> Iterator[tuple[tuple[str, ...], tuple[str, float]]]:
        """`word` as two words whose space was not typed: for each pair the terms, the spelling and its cost."""
        for spelling, first, second in self._halves(word):
            if self._index.side_by_side(first[-1], second[0]):
                yield first + second, (spelling, SPACE_COST)

    def _halves(self, word: str) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        """The two known words that `word` may be: their spelling with a space, and the terms of each."""
        for cut in range(2, len(word) - 1):
            left, right = word[:cut], word[cut:]
            if self._near_words.has(left) and self._near_words.has(right):
                first = self._known_terms(left)
                second = self._known_terms(right) if first is not None else None
                if first and second:
                    yield f"{left} {right}", first, second

    def _two_errors_away(self, word: str) -> dict[tuple[str, ...], tuple[str, float]]:
        """The terms two errors away from `word` or from what is left of it without an ending."""
        from rapidfuzz import process  # noqa: PLC0415  # few questions need it
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        bases = dict.fromkeys((word, *(base for base in without_ending(word) if len(base) >= TWO_ERROR_LETTERS - 1)))
        found: dict[str, float] = {}
        for base in bases:
            beginning_alike = self._index.vocabulary.beginning_with(base[:TRUSTED_LETTERS])
            long_terms = [term for term in beginning_alike if len(term) >= TWO_ERROR_LETTERS - 2]
            near = process.extract_iter(base, long_terms, scorer=OSA.distance, score_cutoff=2)
            found |= {term: min(cost(base, term), found.get(term, math.inf)) for term, _, _ in near}
        near_enough = ((term, price) for term, price in found.items() if price <= 2 * ADDED_COST)
        return {(term,): (term, price) for term, price in near_enough if self._index.knows(term)}
