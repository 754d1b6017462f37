"""Sentences and their units as arrays: as they are stored, and as a question is compared with hundreds at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.index.passage_format import (
    SENTENCE,
    TRAITS,
    WORD,
    AnalysedSentences,
    PackedPassage,
    Punctuation,
    marks,
    punctuation,
    widened,
)
from retrieval.system.arrays import Floats, Integers
from retrieval.text.passages import PassageSpans
from retrieval.text.pieces import Pieces
from retrieval.text.traits import Trait
from retrieval.types import Form, Span

_GRAMMAR = int(Trait.GRAMMAR)


class CutArticle(NamedTuple):
    """An article's text, its passages, and for each of them the terms and the spans of its context."""

    text: str
    passages: Sequence[PassageSpans]
    contexts: Sequence[tuple[str, str]] = ()


def analysed_sentences(articles: Sequence[CutArticle], pieces: Pieces) -> list[AnalysedSentences]:
    """The sentences of each of some articles. The arrays of all are made at once and then cut, which is faster.

    Args:
        articles: their texts, and the spans of their sentences.
        pieces: text → units.
    """
    spans = [[span for passage in article.passages for span in passage.sentences] for article in articles]
    texts = [article.text[start:end] for article, its in zip(articles, spans, strict=True) for start, end in its]
    flat = pieces.units(texts)
    table = np.zeros(len(texts), SENTENCE)
    table["start"], table["end"] = np.array(list(chain.from_iterable(spans)), dtype=np.int32).reshape(-1, 2).T
    table["units"], table["ordered"] = flat.counts, flat.ordered
    table["marks"] = list(map(marks, texts))
    table["form"] = [form for article in articles for passage in article.passages for form in passage.forms]
    rows = table.tobytes()
    traits, words = flat.traits.astype(TRAITS.whole).tobytes(), flat.units.astype(WORD.whole).tobytes()
    ends = [0, *np.cumsum(flat.counts).tolist()]
    found = []
    for article, (first, last) in zip(articles, pairwise(accumulate(map(len, spans), initial=0)), strict=True):
        start, end = ends[first], ends[last]
        found.append(
            AnalysedSentences(
                [len(passage.sentences) for passage in article.passages],
                rows[first * SENTENCE.itemsize : last * SENTENCE.itemsize],
                traits[2 * start : 2 * end],
                words[4 * start : 4 * end],
                flat.terms[first:last],
                article.contexts,
            )
        )
    return found


@dataclass(frozen=True)
class SentenceTable:
    """The sentences of some passages, one behind the other, and their units, one behind the other.

    Args:
        sizes: for each passage, how many sentences it has.
        words: int32, the numbers of all units; a sentence's joined spellings stand behind its ordered units.
        traits: uint16, bits of `Trait` for each unit.
        sentences: each as it is stored, a `SENTENCE`.
    """

    sizes: Integers
    words: NDArray[np.int32]
    traits: NDArray[np.uint16]
    sentences: NDArray[np.void]

    @cached_property
    def counts(self) -> Integers:
        """For each sentence, how many units it has."""
        return self.sentences["units"].astype(np.int64)

    @cached_property
    def ordered(self) -> Integers:
        """For each sentence, how many of its units are in the order of the text."""
        return self.sentences["ordered"].astype(np.int64)

    @cached_property
    def starts(self) -> Integers:
        """For each sentence the place of its first unit."""
        found: Integers = self.counts.cumsum() - self.counts
        return found

    @cached_property
    def rows(self) -> Integers:
        """For each unit its sentence."""
        return np.arange(len(self.counts)).repeat(self.counts)

    @cached_property
    def lengths(self) -> Floats:
        """For each sentence, how many of its units are terms."""
        found: Floats = np.bincount(self.rows, self.traits & _GRAMMAR == 0, len(self.counts)).astype(np.float64)
        return found

    def span(self, sentence: int) -> Span:
        """The start and end of a sentence in its article's text."""
        return self.sentences["start"].item(sentence), self.sentences["end"].item(sentence)

    def spans(self) -> list[Span]:
        """The start and end of each sentence in its article's text."""
        return list(zip(self.sentences["start"].tolist(), self.sentences["end"].tolist(), strict=True))

    def form(self, sentence: int) -> Form:
        """What a sentence is."""
        return Form(int(self.sentences["form"][sentence]))

    def punctuation(self, sentences: Integers) -> Punctuation:
        """The punctuation of some sentences."""
        return punctuation(self.sentences["marks"][sentences])

    def terms(self, names: Sequence[str] | Mapping[int, str]) -> list[str]:
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
    return SentenceTable(
        np.array(sizes, dtype=np.int64),
        widened(words, wide_words, WORD),
        widened(traits, wide_traits, TRAITS),
        np.frombuffer(b"".join(rows), SENTENCE),
    )
