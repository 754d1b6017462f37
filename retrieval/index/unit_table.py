"""The units of sentences as arrays, so that a question is compared with hundreds of sentences at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, pairwise
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from retrieval.index.passage_format import (
    COLUMNS,
    END,
    MARKS,
    ORDERED,
    ROW,
    START,
    TRAITS,
    UNITS,
    WIDTH,
    WORD,
    PackedPassage,
    Sentences,
    widened,
)
from retrieval.text.pieces import Pieces
from retrieval.text.sentences import Span
from retrieval.text.traits import Trait

Integers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

_GRAMMAR = int(Trait.GRAMMAR)


class Punctuation(NamedTuple):
    """For each of some sentences its commas, at most three, and whether it has «, ( and ؟."""

    commas: NDArray[np.uint8]
    quotation_marks: NDArray[np.bool_]
    parentheses: NDArray[np.bool_]
    question_mark: NDArray[np.bool_]


_COMMAS, _QUOTATION, _PARENTHESIS, _QUESTION = 3, 4, 8, 16
"""The bits of a sentence's marks as they are stored; only the next two functions know them."""

_FLAGS = np.array([_QUOTATION, _PARENTHESIS, _QUESTION], dtype=np.uint8)


def marks(text: str) -> int:
    """A sentence's punctuation as one number."""
    flags = ("«" in text) * _QUOTATION | ("(" in text) * _PARENTHESIS | ("؟" in text) * _QUESTION
    return min(text.count("،"), _COMMAS) | flags


def punctuation(marks: NDArray[np.uint8]) -> Punctuation:
    """What `marks` put together, of many sentences."""
    return Punctuation(marks & np.uint8(_COMMAS), *(marks[:, None] & _FLAGS > 0).T)


class CutArticle(NamedTuple):
    """An article's text, and for each of its passages the spans of the sentences."""

    text: str
    passages: Sequence[Sequence[Span]]


def analysed(articles: Sequence[CutArticle], pieces: Pieces) -> list[Sentences]:
    """The sentences of each of some articles; of many at once, since their arrays are made and cut up together.

    Args:
        articles: where their sentences are.
        pieces: text → units.
    """
    spans = [list(chain.from_iterable(article.passages)) for article in articles]
    texts = [article.text[start:end] for article, its in zip(articles, spans, strict=True) for start, end in its]
    flat = pieces.units(texts)
    table = np.empty((len(texts), COLUMNS), ROW)
    table[:, [START, END]] = np.array(list(chain.from_iterable(spans)), dtype=ROW).reshape(-1, 2)
    table[:, UNITS], table[:, ORDERED] = flat.counts, flat.ordered
    table[:, MARKS] = list(map(marks, texts))
    rows = table.tobytes()
    traits, words = flat.traits.astype(TRAITS.whole).tobytes(), flat.units.astype(WORD.whole).tobytes()
    ends = [0, *np.cumsum(flat.counts).tolist()]
    found = []
    for article, (first, last) in zip(articles, pairwise(accumulate(map(len, spans), initial=0)), strict=True):
        start, end = ends[first], ends[last]
        found.append(
            Sentences(
                list(map(len, article.passages)),
                rows[first * WIDTH : last * WIDTH],
                traits[2 * start : 2 * end],
                words[4 * start : 4 * end],
                flat.terms[first:last],
            )
        )
    return found


@dataclass(frozen=True)
class SentenceTable:
    """The sentences of some passages, one behind the other, with their units.

    Args:
        sizes: for each passage, how many sentences it has.
        words: int32, the numbers of all units; a sentence's joined spellings stand behind its ordered units.
        traits: uint16, bits of `Trait` for each unit.
        spans: for each sentence its start and end in its article's text.
        counts: for each sentence, how many units it has.
        ordered: for each sentence, how many of its units are in the order of the text.
        marks: uint8, each sentence's punctuation.
    """

    sizes: Integers
    words: NDArray[np.int32]
    traits: NDArray[np.uint16]
    spans: Integers
    counts: Integers
    ordered: Integers
    marks: NDArray[np.uint8]

    @cached_property
    def starts(self) -> Integers:
        """For each sentence the place of its first unit."""
        found: Integers = np.cumsum(self.counts) - self.counts
        return found

    @cached_property
    def rows(self) -> Integers:
        """For each unit its sentence."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    @cached_property
    def lengths(self) -> Floats:
        """For each sentence, how many of its units are terms."""
        return np.bincount(self.rows, self.traits & _GRAMMAR == 0, len(self.counts)).astype(np.float64)

    def terms(self, names: Sequence[str]) -> list[str]:
        """For each sentence its terms, separated by spaces.

        Args:
            names: the unit of each number.
        """
        is_term = self.traits & _GRAMMAR == 0
        words = [names[number] for number in self.words[is_term].tolist()]
        ends = np.cumsum(self.lengths.astype(np.int64)).tolist()
        return [" ".join(words[start:end]) for start, end in pairwise([0, *ends])]

    def side_by_side(self, one: int, other: int) -> bool:
        """Whether two units, by their numbers, follow one another in the order of some sentence."""
        first = np.flatnonzero(self.words[:-1] == one)
        first = first[self.words[first + 1] == other]
        sentence = np.searchsorted(self.starts, first, side="right") - 1
        return bool(np.any(first + 1 - self.starts[sentence] < self.ordered[sentence]))


def tabulate(records: Iterable[PackedPassage]) -> SentenceTable:
    """The table of some passages."""
    columns = zip(*records, strict=True) if (records := list(records)) else ((),) * len(PackedPassage._fields)
    sizes, rows, words, traits, wide_words, wide_traits = columns
    table = np.frombuffer(b"".join(rows), ROW).reshape(-1, COLUMNS).astype(np.int64)
    return SentenceTable(
        np.array(sizes, dtype=np.int64),
        widened(words, wide_words, WORD),
        widened(traits, wide_traits, TRAITS),
        table[:, START : END + 1],
        table[:, UNITS],
        table[:, ORDERED],
        table[:, MARKS].astype(np.uint8),
    )
