"""Many texts → their units, gathered at once: what an index is built from.

What stands between blanks is met again and again, punctuation and all. So each such piece is analysed once and
numbered, a text is a list of numbers, and the units of many texts are gathered by arrays: it takes half of the time
of going through them one by one.
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

MOST = 1 << 19
"""Pieces that are remembered; half a kilobyte each."""


class Flat(NamedTuple):
    """The units of some texts, one text behind the other, the joined units of each behind those in order.

    Args:
        units: int32, the numbers of all units; see `Pieces.named`.
        traits: uint16, bits of `Trait` for each unit.
        counts: for each text, how many units it has.
        ordered: for each text, how many of them are in the order of the text.
        terms: for each text its index terms, each with a space behind it.
    """

    units: NDArray[np.int32]
    traits: NDArray[np.uint16]
    counts: NDArray[np.int64]
    ordered: NDArray[np.int64]
    terms: list[str]


class Pieces:
    """A memory of pieces and the numbers of their units, which begin at 0.

    Args:
        analyzer: text → units.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._pieces: dict[str, int] = {}
        self._tokens: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._named: list[str] = []
        # For each piece its terms, where its units begin, and how many are in order and joined; for each unit its
        # number and traits.
        self._terms: list[str] = []
        self._starts, self._ordered, self._joined = array("i"), array("i"), array("i")
        self._units, self._traits = array("i"), array("H")

    def is_full(self) -> bool:
        """Whether it is time to begin with another."""
        return len(self._terms) > MOST

    def named(self) -> list[str]:
        """The units that were numbered since this was last asked, in the order of their numbers."""
        named, self._named = self._named, []
        return named

    def number(self, unit: str) -> int:
        """A unit's number."""
        known = self._numbers.get(unit)
        if known is None:
            known = self._numbers[unit] = len(self._numbers)
            self._named.append(unit)
        return known

    def flat(self, texts: Sequence[str]) -> Flat:
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
        return Flat(
            np.frombuffer(self._units or bytes(4), np.intc)[places],
            np.frombuffer(self._traits or bytes(2), np.uint16)[places],
            np.bincount(text, ordered + joined, len(texts)).astype(np.int64),
            np.bincount(text, ordered, len(texts)).astype(np.int64),
            terms,
        )

    def _cut(self, text: str) -> list[int]:
        """The pieces of a text."""
        pieces = text.split()
        found = list(map(self._pieces.get, pieces))
        return self._learnt(text, pieces) if None in found else found  # type: ignore[return-value]

    def _learnt(self, text: str, pieces: list[str]) -> list[int]:
        """The same where some piece is new.

        A text with a «می» that is spaced from its verb, or with a piece too long to be remembered, is cut into words.
        """
        known, new = self._pieces, [piece for piece in pieces if piece not in self._pieces]
        if any(len(piece) > MAX_TOKEN_LENGTH or _opens(piece) for piece in new):
            known, pieces = self._tokens, TOKEN.findall(text)
            new = [token for token in pieces if token not in known]
        for piece in dict.fromkeys(new):
            known[piece] = self._analysed(piece)
        return list(map(known.__getitem__, pieces))

    def _analysed(self, piece: str) -> int:
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
    """Whether a piece ends in a «می» that belongs to what follows."""
    tokens = TOKEN.findall(piece) if piece.endswith(VERB_PREFIXES) else []
    return bool(tokens) and tokens[-1] in VERB_PREFIXES


def _ranges(starts: NDArray[np.intc], counts: NDArray[np.intc]) -> NDArray[np.int64]:
    """From each start on as many numbers as it has."""
    ends = np.cumsum(counts)
    found: NDArray[np.int64] = np.repeat(starts - (ends - counts), counts)
    return found + np.arange(len(found))
