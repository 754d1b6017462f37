"""The units of sentences as bytes in a store, and as arrays, so that a question is compared with hundreds at once."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from retrieval.terms import Flat
from retrieval.traits import Trait

Integers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

STEM_LENGTH = 5
"""Letters by which two terms are taken for relatives: «هنر» and «هنرمندی», «انقلاب» and «انقلابی»."""

_RELATIVE_ENDINGS = "هایشان هایی های ها گانه گان گری گر مندی مند انه ان ات ین یت ی ه گی ش م ت".split()

_ROW = np.dtype("<i4")
_START, _END, _UNITS, _ORDERED, _MARKS, _COLUMNS = range(6)
_HEADER = 8

LIGHT = 1
"""zlib's level for units: they are unpacked for every question."""


@lru_cache(maxsize=1 << 17)
def stem(term: str) -> str:
    """What a term shares with its relatives: a coarse stem, good for weak evidence only."""
    if len(term) < 4 or term.isdigit():
        return term
    for ending in _RELATIVE_ENDINGS:
        if term.endswith(ending) and len(term) - len(ending) >= 3:
            return term[: -len(ending)][:STEM_LENGTH]
    return term[:STEM_LENGTH]


class Analysed(NamedTuple):
    """A sentence, analysed.

    Args:
        start, end: its span in its article's text.
        flat: its units.
        marks: its punctuation as bits: see `marks`.
    """

    start: int
    end: int
    flat: Flat
    marks: int


def marks(text: str) -> int:
    """Commas (up to three) in the two lowest bits, then one bit each: a quotation, a parenthesis, a question mark."""
    commas = min(text.count("،"), 3)
    return commas | ("«" in text) << 2 | ("(" in text) << 3 | ("؟" in text) << 4


def pack(sentences: Sequence[Analysed]) -> bytes:
    """A passage's sentences as bytes; zlib's checksum is part of them.

    Their number and that of their units, four bytes each; for each sentence its start, end, number of units, number of
    units in order and marks, four bytes each; two bytes of traits for each unit; the units, separated by spaces.
    """
    rows = [(one.start, one.end, len(one.flat.traits) // 2, one.flat.ordered, one.marks) for one in sentences]
    traits = b"".join([one.flat.traits for one in sentences])
    words = " ".join([one.flat.units for one in sentences if one.flat.units])
    header = len(rows).to_bytes(4, "little") + (len(traits) // 2).to_bytes(4, "little")
    return zlib.compress(header + np.array(rows, _ROW).tobytes() + traits + words.encode(), LIGHT)


class Record(NamedTuple):
    """A passage's sentences, unpacked as far as many passages are joined.

    Args:
        size: how many sentences.
        rows, traits: int32 rows of five and uint16, as bytes.
        words: the units, separated by spaces, in UTF-8.
    """

    size: int
    rows: bytes
    traits: bytes
    words: bytes


def unpack(packed: bytes) -> Record:
    """What `pack` made.

    Raises:
        zlib.error: it is damaged.
    """
    content = zlib.decompress(packed)
    size, units = int.from_bytes(content[:4], "little"), int.from_bytes(content[4:_HEADER], "little")
    traits = _HEADER + size * _COLUMNS * _ROW.itemsize
    words = traits + 2 * units
    return Record(size, content[_HEADER:traits], content[traits:words], content[words:])


@dataclass(frozen=True)
class UnitTable:
    """The sentences of some passages, one behind the other, with their units.

    Args:
        sizes: for each passage, how many sentences it has.
        words: all units; a sentence's joined spellings stand behind its ordered units.
        traits: uint16, bits of `Trait` for each unit.
        spans: for each sentence its start and end in its article's text.
        counts: for each sentence, how many units it has.
        ordered: for each sentence, how many of its units are in the order of the text.
        marks: uint8, each sentence's punctuation.
    """

    sizes: Integers
    words: list[str]
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
    def lengths(self) -> Floats:
        """For each sentence, how many of its units are terms."""
        before = np.concatenate([[0], np.cumsum(self.traits & Trait.GRAMMAR == 0)])
        found: Floats = (before[self.starts + self.counts] - before[self.starts]).astype(np.float64)
        return found

    def terms(self) -> list[str]:
        """For each sentence its terms, separated by spaces."""
        is_term = (self.traits & Trait.GRAMMAR == 0).tolist()
        pairs = zip(self.starts.tolist(), (self.starts + self.counts).tolist(), strict=True)
        return [
            " ".join([word for word, kept in zip(self.words[at:to], is_term[at:to], strict=True) if kept])
            for at, to in pairs
        ]

    def side_by_side(self, one: str, other: str) -> bool:
        """Whether two units follow one another in the order of some sentence."""
        for start, ordered in zip(self.starts.tolist(), self.ordered.tolist(), strict=True):
            words = self.words[start : start + ordered]
            if any(pair == (one, other) for pair in pairwise(words)):
                return True
        return False


def tabulate(records: Iterable[Record]) -> UnitTable:
    """The table of some passages."""
    sizes, rows, traits, words = zip(*records, strict=True) if (records := list(records)) else ((), (), (), ())
    table = np.frombuffer(b"".join(rows), _ROW).reshape(-1, _COLUMNS).astype(np.int64)
    return UnitTable(
        np.array(sizes, dtype=np.int64),
        b" ".join(filter(None, words)).decode().split(),
        np.frombuffer(b"".join(traits), "<u2"),
        table[:, [_START, _END]],
        table[:, _UNITS],
        table[:, _ORDERED],
        table[:, _MARKS].astype(np.uint8),
    )
