"""Sets of words as bits, which thousands of spellings are looked up in at once, before one of them is made.

A Bloom filter (Bloom, «Space/time trade-offs in hash coding with allowable errors», 1970) of two probes: it never
misses a word, and takes another for one every few hundred times. A word's hash is the polynomial Σ letterᵢ · BASEⁱ
modulo 2³², so that those of all beginnings of a word are the partial sums of its letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]

BITS_A_WORD = 32
"""With two probes a spelling that is no word passes 0.4 % of the time, and of a filter that is twice too full 1.5 %."""

PLACES_A_WORD = 256
"""Of the largest of several small sets: thousands of spellings are tried for a word, and what passes costs time."""

_BASE, _SECOND = 0x9E3779B5, np.uint32(0xC2B2AE3D)  # odd, of many bits
_BIT = np.uint8(1) << np.arange(8, dtype=np.uint8)
_LEAST = 10


def powers(count: int, *, inverse: bool = False) -> Hashes:
    """The powers of the base of `hashes`, from 0 on; or their inverses, which take letters off a beginning."""
    factors = np.full(count, pow(_BASE, -1, 1 << 32) if inverse else _BASE, dtype=np.uint32)
    factors[:1] = 1
    return np.multiply.accumulate(factors, dtype=np.uint32)


def hashes(words: Sequence[str]) -> Hashes:
    """The hash of each word; 0 for an empty one."""
    letters = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), "<u4")
    sizes = np.fromiter(map(len, words), np.int64, len(words))
    ends = np.cumsum(sizes)
    places = np.arange(len(letters)) - np.repeat(ends - sizes, sizes)
    factors = powers(int(sizes.max(initial=0)))[places]
    sums = np.concatenate([[np.uint32(0)], np.cumsum(letters * factors, dtype=np.uint32)])
    found: Hashes = sums[ends] - sums[ends - sizes]
    return found


class BloomFilter:
    """A set of words that may be asked for hashes.

    Args:
        bits: a power of two of bytes.
    """

    def __init__(self, bits: NDArray[np.uint8]) -> None:
        self.bits = bits
        self._shift = np.uint32(32 - 3 - (len(bits).bit_length() - 1))

    @classmethod
    def of(cls, words: Iterable[str]) -> BloomFilter:
        """The filter of some words."""
        found = hashes(list(words))
        size = 1 << max((BITS_A_WORD * len(found) - 1).bit_length(), _LEAST)
        flags = np.zeros(size, dtype=np.uint8)
        empty = cls(np.zeros(size // 8, dtype=np.uint8))
        for probed in (found, _second(found)):
            flags[probed >> empty._shift] = 1
        return cls(np.packbits(flags, bitorder="little"))

    def may_have(self, asked: Hashes) -> NDArray[np.bool_]:
        """For each hash of an array of any shape, whether it may be a word's."""
        flat = asked.ravel()
        found = self._set(flat >> self._shift)
        passed = np.flatnonzero(found)
        found[passed] = self._set(_second(flat[passed]) >> self._shift)
        return found.reshape(asked.shape)

    def _set(self, places: Hashes) -> NDArray[np.bool_]:
        at = places.astype(np.intp)
        found: NDArray[np.bool_] = (self.bits[at >> 3] & _BIT[at & 7]) > 0
        return found


class BloomFilters:
    """Filters of a few small sets, a bit of a byte each, so that all are asked at once.

    Args:
        sets: at most eight.
    """

    def __init__(self, *sets: Sequence[str]) -> None:
        size = 1 << max((PLACES_A_WORD * max(map(len, sets)) - 1).bit_length(), _LEAST)
        self._shift, self._bits = np.uint32(33 - size.bit_length()), np.zeros(size, dtype=np.uint8)
        for number, words in enumerate(sets):
            found = hashes(words)
            for probed in (found, _second(found)):
                self._bits[probed >> self._shift] |= np.uint8(1 << number)

    def which(self, asked: Hashes) -> NDArray[np.uint8]:
        """For each hash the sets that may have it: bit by bit, in the order of the sets."""
        found: NDArray[np.uint8] = self._bits[asked >> self._shift] & self._bits[_second(asked) >> self._shift]
        return found


def _second(asked: Hashes) -> Hashes:
    return asked * _SECOND
