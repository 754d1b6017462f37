"""A passage's sentences as bytes in a store.

    checksum ─ counts ─ rows ─ words ─ traits ─ wide words ─ wide traits

A common unit has a low number and few traits: two bytes and one are enough for nineteen in twenty. The others are given
in full behind them. That is as short as what Zstandard makes of it, and takes a third of the time.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import DamagedError
from retrieval.text.traits import Trait

ROW = np.dtype("<i4")
START, END, UNITS, ORDERED, MARKS, COLUMNS = range(6)
"""The columns of a row, see `Sentences`, and how many they are."""
WIDTH = COLUMNS * ROW.itemsize
"""Bytes of a row."""

_CHECKSUM, _COUNTS, _START = struct.Struct("<I"), struct.Struct("<4I"), struct.Struct("<5I")
_CHECKED, _HEADER = _CHECKSUM.size, _START.size
_GRAMMAR = int(Trait.GRAMMAR)


class NarrowInteger(NamedTuple):
    """How numbers are stored: as `narrow` ones or, from `escape` on, which stands for them there, as `whole` ones."""

    narrow: np.dtype[Any]
    whole: np.dtype[Any]
    escape: int


WORD = NarrowInteger(np.dtype("<u2"), np.dtype("<i4"), 0xFFFF)
TRAITS = NarrowInteger(np.dtype("u1"), np.dtype("<u2"), 0xFF)


class Sentences(NamedTuple):
    """An article's sentences, analysed; to be packed once their units have the store's numbers.

    Args:
        sizes: for each passage, how many sentences it has.
        rows: int32, for each sentence its start and end in the article's text, its number of units, its number of
            units in order, and its `marks`.
        traits: uint16, bits of `Trait` for each unit.
        words: int32, the number of each unit in the `Pieces` that it came from.
        terms: for each sentence its terms, separated by spaces; one may stand at the end.
    """

    sizes: list[int]
    rows: bytes
    traits: bytes
    words: bytes
    terms: list[str]

    def count_terms(self) -> int:
        """How many of the units are terms."""
        return int(np.count_nonzero(np.frombuffer(self.traits, TRAITS.whole) & _GRAMMAR == 0))


class PackedPassage(NamedTuple):
    """A passage's sentences, unpacked as far as many passages are joined.

    Args:
        size: how many sentences.
        rows: see `Sentences`.
        words, traits: the number and the traits of each unit, narrow; see `widened`.
        wide_words, wide_traits: those that are given in full.
    """

    size: int
    rows: bytes
    words: bytes
    traits: bytes
    wide_words: bytes
    wide_traits: bytes


def pack(sentences: Sentences, numbers: NDArray[np.int32]) -> Iterator[bytes]:
    """An article's passages as they are stored.

    Args:
        sentences: what is stored; their terms are not.
        numbers: for each number of `Pieces` the store's.
    """
    rows, firsts = sentences.rows, list(accumulate(sentences.sizes, initial=0))
    counts = np.frombuffer(rows, ROW).reshape(-1, COLUMNS)[:, UNITS]
    ends = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])[firsts]
    words, wide_words, word_ends = _narrowed(numbers[np.frombuffer(sentences.words, WORD.whole)], WORD, ends)
    traits, wide_traits, trait_ends = _narrowed(np.frombuffer(sentences.traits, TRAITS.whole), TRAITS, ends)
    bounds = map(pairwise, (firsts, ends.tolist(), word_ends, trait_ends))
    for (first, last), (start, end), (word, next_word), (trait, next_trait) in zip(*bounds, strict=True):
        content = (
            _COUNTS.pack(last - first, end - start, next_word - word, next_trait - trait)
            + rows[first * WIDTH : last * WIDTH]
            + words[2 * start : 2 * end]
            + traits[start:end]
            + wide_words[4 * word : 4 * next_word]
            + wide_traits[2 * trait : 2 * next_trait]
        )
        yield _CHECKSUM.pack(crc32(content)) + content


def unpack(packed: bytes) -> PackedPassage:
    """What `pack` made.

    Raises:
        DamagedError: it is damaged.
    """
    try:
        checksum, size, units, words, _ = _START.unpack_from(packed)
    except struct.error:
        checksum = -1
    if checksum != crc32(packed[_CHECKED:]):
        raise DamagedError("the stored index is damaged (the checksum of a passage)")
    rows = _HEADER + size * WIDTH
    narrow = rows + 2 * units
    wide = narrow + units
    end = wide + 4 * words
    return PackedPassage(
        size, packed[_HEADER:rows], packed[rows:narrow], packed[narrow:wide], packed[wide:end], packed[end:]
    )


def widened(narrow: Iterable[bytes], wide: Iterable[bytes], kind: NarrowInteger) -> NDArray[Any]:
    """The numbers of some records, one behind the other."""
    found = np.frombuffer(b"".join(narrow), kind.narrow).astype(kind.whole)
    if given := b"".join(wide):
        found[found == kind.escape] = np.frombuffer(given, kind.whole)
    return found


def _narrowed(values: NDArray[Any], kind: NarrowInteger, ends: NDArray[np.int64]) -> tuple[bytes, bytes, list[int]]:
    """Numbers narrow, those given in full, and how many of these come before each of `ends`."""
    is_wide = values >= kind.escape
    before = np.concatenate([[0], np.cumsum(is_wide)])[ends].tolist()
    narrow = np.where(is_wide, kind.escape, values).astype(kind.narrow)
    return narrow.tobytes(), values[is_wide].astype(kind.whole).tobytes(), before
