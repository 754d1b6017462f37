"""Many texts → their units as arrays; an index is built from these.

A piece is what stands between two blanks, punctuation included. Texts repeat their pieces, so each piece is analysed
once and gets a number. A text is then a list of numbers, and the units of many texts are gathered by numpy, in half of
the time that it takes to go through the texts one by one.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.text.analyzer import MAX_TOKEN_LENGTH, TOKEN, VERB_PREFIXES, Analyzer
from retrieval.text.traits import Trait

_GRAMMAR = Trait.GRAMMAR.value

MAX_PIECES = 1 << 19
"""Pieces that are remembered, of half a kilobyte each."""


class UnitArrays(NamedTuple):
    """The units of some texts, text by text; in each text first the units in order, then the joined ones.

    Args:
        units: int32, for each unit its number; `Pieces.take_new_units` tells which unit has which.
        traits: uint16, for each unit its bits of `Trait`.
        counts: int64, for each text the number of its units.
        ordered: int64, for each text the number of its units in order.
        terms: for each text its index terms, each with a space behind it.
    """

    units: NDArray[np.int32]
    traits: NDArray[np.uint16]
    counts: NDArray[np.int64]
    ordered: NDArray[np.int64]
    terms: list[str]


class Pieces:
    """Remembers pieces and their units, which it numbers from 0 on.

    Args:
        analyzer: text → units.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._pieces: dict[str, int] = {}
        self._tokens: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._new_units: list[str] = []
        # For each piece its terms, where its units begin, and how many are in order and joined; for each unit its
        # number and traits.
        self._terms: list[str] = []
        self._starts, self._ordered, self._joined = array("i"), array("i"), array("i")
        self._units, self._traits = array("i"), array("H")

    def is_full(self) -> bool:
        """Whether it remembers so many pieces that a new one should be begun with."""
        return len(self._terms) > MAX_PIECES

    def take_new_units(self) -> list[str]:
        """The units that have got a number since this was last called, in the order of their numbers."""
        new, self._new_units = self._new_units, []
        return new

    def number(self, unit: str) -> int:
        """The number of a unit; it gets one where it has none."""
        known = self._numbers.get(unit)
        if known is None:
            known = self._numbers[unit] = len(self._numbers)
            self._new_units.append(unit)
        return known

    def units(self, texts: Sequence[str]) -> UnitArrays:
        """The units of `texts`."""
        found = [self._cut(text) for text in texts]
        terms = ["".join(map(self._terms.__getitem__, numbers)) for numbers in found]
        sizes = list(map(len, found))
        pieces = np.fromiter(chain.from_iterable(found), np.intp, sum(sizes))
        text = np.repeat(np.arange(len(texts)), sizes)
        starts, ordered, joined = (
            np.frombuffer(column or bytes(4), np.intc)[pieces] for column in (self._starts, self._ordered, self._joined)
        )
        order = np.argsort(np.concatenate([np.repeat(text, ordered), np.repeat(text, joined)]), kind="stable")
        places = np.concatenate([_ranges(starts, ordered), _ranges(starts + ordered, joined)])[order]
        return UnitArrays(
            np.frombuffer(self._units or bytes(4), np.intc)[places],
            np.frombuffer(self._traits or bytes(2), np.uint16)[places],
            np.bincount(text, ordered + joined, len(texts)).astype(np.int64),
            np.bincount(text, ordered, len(texts)).astype(np.int64),
            terms,
        )

    def _cut(self, text: str) -> list[int]:
        """The numbers of a text's pieces."""
        pieces = text.split()
        found = list(map(self._pieces.get, pieces))
        return self._learnt(text, pieces) if None in found else found  # type: ignore[return-value]

    def _learnt(self, text: str, pieces: list[str]) -> list[int]:
        """The numbers of a text's pieces, some of which are new.

        A text is cut into words instead if a blank parts a «می» from its verb, or if a piece is too long to be
        remembered.
        """
        known, new = self._pieces, [piece for piece in pieces if piece not in self._pieces]
        if any(len(piece) > MAX_TOKEN_LENGTH or _opens(piece) for piece in new):
            known, pieces = self._tokens, TOKEN.findall(text)
            new = [token for token in pieces if token not in known]
        for piece in dict.fromkeys(new):
            known[piece] = self._analysed(piece)
        return list(map(known.__getitem__, pieces))

    def _analysed(self, piece: str) -> int:
        """The number of a new piece."""
        units = self._analyzer.units(piece)
        self._starts.append(len(self._units))
        self._ordered.append(len(units.ordered))
        self._joined.append(len(units.joined))
        terms = ""
        for term, traits in units.ordered + units.joined:
            self._units.append(self.number(term))
            self._traits.append(traits)
            if not traits & _GRAMMAR:
                terms += f"{term} "
        self._terms.append(terms)
        return len(self._terms) - 1


def _opens(piece: str) -> bool:
    """Whether a piece ends with a «می» that belongs to the next piece."""
    tokens = TOKEN.findall(piece) if piece.endswith(VERB_PREFIXES) else []
    return bool(tokens) and tokens[-1] in VERB_PREFIXES


def _ranges(starts: NDArray[np.intc], counts: NDArray[np.intc]) -> NDArray[np.int64]:
    """For each start the numbers start, start + 1, …, as many as its count says, one range behind the other."""
    ends = np.cumsum(counts)
    found: NDArray[np.int64] = np.repeat(starts - (ends - counts), counts)
    return found + np.arange(len(found))
