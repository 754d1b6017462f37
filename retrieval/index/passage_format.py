"""A passage's sentences as bytes in a store.

    checksum ─ lengths ─ sentences ─ words ─ traits ─ wide words ─ wide traits

A common unit has a low number and few traits: two bytes and one are enough for nineteen in twenty. The others are given
in full behind them. On encyclopaedic text that is 15 % longer than what Zstandard makes of plain arrays, and is read in
a quarter of the time.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import DamagedError
from retrieval.text.traits import Trait

_FORM_OFFSET = 17
SENTENCE = np.dtype(
    {
        "names": ["start", "end", "units", "ordered", "marks", "form"],
        "formats": ["<i4", "<i4", "<i4", "<i4", "u1", "u1"],
        "offsets": [0, 4, 8, 12, 16, _FORM_OFFSET],
        "itemsize": 20,
    }
)
"""A sentence as it is stored; two bytes of 0 end it.

`start`, `end`: its span in the article's text. `units`: how many it has. `ordered`: how many of these are in the order
of the text; joined spellings stand behind them. `marks`: its punctuation, see `marks`. `form`: a
`Form`.
"""

_CHECKSUM, _LENGTHS, _HEADER = struct.Struct("<I"), struct.Struct("<4I"), struct.Struct("<5I")
"""The header: the checksum of what follows, then the numbers of sentences, units, wide words and wide traits."""

FORM_BYTE = _HEADER.size + _FORM_OFFSET
"""Where in a packed passage, from 0, the `Form` of its first sentence stands."""

_GRAMMAR = int(Trait.GRAMMAR)

_MAX_COMMAS, _QUOTATION, _PARENTHESIS, _QUESTION = 3, 4, 8, 16
"""The bits of a sentence's `marks`: the lowest two count its commas. Only the next two functions know them."""

_FLAGS = np.array([_QUOTATION, _PARENTHESIS, _QUESTION], dtype=np.uint8)


class Punctuation(NamedTuple):
    """For each of some sentences its commas, at most three, and whether it has «, ( and ؟."""

    commas: NDArray[np.uint8]
    quotation_marks: NDArray[np.bool_]
    parentheses: NDArray[np.bool_]
    question_mark: NDArray[np.bool_]


def marks(text: str) -> int:
    """A sentence's punctuation as one byte."""
    flags = ("«" in text) * _QUOTATION | ("(" in text) * _PARENTHESIS | ("؟" in text) * _QUESTION
    return min(text.count("،"), _MAX_COMMAS) | flags


def punctuation(marks: NDArray[np.uint8]) -> Punctuation:
    """The punctuation of many sentences from their `marks`."""
    return Punctuation(marks & np.uint8(_MAX_COMMAS), *(marks[:, None] & _FLAGS > 0).T)


class NarrowInteger(NamedTuple):
    """How many small numbers and a few large ones are stored.

    Args:
        narrow: the type of all of them.
        whole: the type of those from `escape` on, which are given in full elsewhere.
        escape: what stands for each of these among the narrow ones.
    """

    narrow: np.dtype[Any]
    whole: np.dtype[Any]
    escape: int


WORD = NarrowInteger(np.dtype("<u2"), np.dtype("<i4"), 0xFFFF)
TRAITS = NarrowInteger(np.dtype("u1"), np.dtype("<u2"), 0xFF)


class AnalysedSentences(NamedTuple):
    """An article's sentences, analysed. They can be packed once the store has given their units numbers.

    Args:
        sizes: for each passage, how many sentences it has.
        rows: for each sentence a `SENTENCE`.
        traits: uint16, bits of `Trait` for each unit.
        words: int32, the number of each unit in the `Pieces` that it came from.
        terms: for each sentence its terms, separated by spaces; a space may stand at the end.
        contexts: for each passage the terms of what names it, and the spans of that as JSON; () where none is named.
    """

    sizes: list[int]
    rows: bytes
    traits: bytes
    words: bytes
    terms: list[str]
    contexts: Sequence[tuple[str, str]] = ()

    def count_terms(self) -> int:
        """How many of the units are terms."""
        return int(np.count_nonzero(np.frombuffer(self.traits, TRAITS.whole) & _GRAMMAR == 0))


class PackedPassage(NamedTuple):
    """A stored passage, cut into its parts: those of many passages are joined before they are read.

    Args:
        size: how many sentences it has.
        rows: for each of them a `SENTENCE`.
        words: the number of each unit, narrow.
        traits: the bits of `Trait` of each unit, narrow.
        wide_words, wide_traits: those of them that are given in full; see `widened`.
    """

    size: int
    rows: bytes
    words: bytes
    traits: bytes
    wide_words: bytes
    wide_traits: bytes


def pack(sentences: AnalysedSentences, numbers: NDArray[np.int32]) -> Iterator[bytes]:
    """An article's passages as they are stored.

    Args:
        sentences: what is stored; their terms are not.
        numbers: for each number of a unit in `Pieces` that in the store.
    """
    rows, firsts = sentences.rows, list(accumulate(sentences.sizes, initial=0))
    counts = np.frombuffer(rows, SENTENCE)["units"]
    ends = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])[firsts]
    words, wide_words, word_ends = _narrowed(numbers[np.frombuffer(sentences.words, WORD.whole)], WORD, ends)
    traits, wide_traits, trait_ends = _narrowed(np.frombuffer(sentences.traits, TRAITS.whole), TRAITS, ends)
    bounds = map(pairwise, (firsts, ends.tolist(), word_ends, trait_ends))
    for (first, last), (start, end), (word, next_word), (trait, next_trait) in zip(*bounds, strict=True):
        content = (
            _LENGTHS.pack(last - first, end - start, next_word - word, next_trait - trait)
            + rows[first * SENTENCE.itemsize : last * SENTENCE.itemsize]
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
        checksum, size, units, words, _ = _HEADER.unpack_from(packed)
    except struct.error:
        checksum = -1
    if checksum != crc32(packed[_CHECKSUM.size :]):
        raise DamagedError("the stored index is damaged (the checksum of a passage)")
    rows = _HEADER.size + size * SENTENCE.itemsize
    narrow = rows + 2 * units
    wide = narrow + units
    end = wide + 4 * words
    return PackedPassage(
        size, packed[_HEADER.size : rows], packed[rows:narrow], packed[narrow:wide], packed[wide:end], packed[end:]
    )


def widened(narrow: Iterable[bytes], wide: Iterable[bytes], kind: NarrowInteger) -> NDArray[Any]:
    """The numbers of some passages, one behind the other.

    Args:
        narrow: of each passage all numbers, narrow.
        wide: of each passage those that are given in full.
        kind: how they are stored.
    """
    found = np.frombuffer(b"".join(narrow), kind.narrow).astype(kind.whole)
    if given := b"".join(wide):
        found[found == kind.escape] = np.frombuffer(given, kind.whole)
    return found


def _narrowed(values: NDArray[Any], kind: NarrowInteger, ends: NDArray[np.int64]) -> tuple[bytes, bytes, list[int]]:
    """Numbers as they are stored: all narrow, some in full, and how many of these stand before each of `ends`."""
    is_wide = values >= kind.escape
    before = np.concatenate([[0], np.cumsum(is_wide)])[ends].tolist()
    narrow = np.where(is_wide, kind.escape, values).astype(kind.narrow)
    return narrow.tobytes(), values[is_wide].astype(kind.whole).tobytes(), before
