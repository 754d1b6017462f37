"""Bloom filters: sets of words as bits, in which thousands of spellings are looked up at once.

A filter (Bloom, «Space/time trade-offs in hash coding with allowable errors», 1970) never misses a word of its set, and
takes another word for one every few hundred times; each word sets two bits. A word's hash is the polynomial
Σ letterᵢ · BASEⁱ modulo 2³², so the hashes of a word's beginnings are the partial sums of its letters, and a spelling
need not be made to be looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]
"""Hashes of words, in an array of any shape."""

BITS_PER_WORD = 32
"""Bits of a `BloomFilter` for each of its words. A spelling that is no word passes 0.4 % of the time; it would be 1.5 %
with half as many bits."""

PLACES_PER_WORD = 256
"""Places of `BloomFilters` for each word of the largest set. What passes by mistake costs a look-up, and thousands of
spellings are tried for a word, so these small filters are sparse."""

_BASE, _SECOND_FACTOR = 0x9E3779B5, np.uint32(0xC2B2AE3D)
"""The base of the hashes, and what a hash is multiplied by for the second bit: odd, with many bits set."""

_BIT = np.uint8(1) << np.arange(8, dtype=np.uint8)
_MIN_SIZE_LOG = 10
"""The binary logarithm of the size of the smallest filter."""


def powers(count: int, *, inverse: bool = False) -> Hashes:
    """The powers of the base of `hashes`, from the 0th on, modulo 2³²; or their inverses.

    The inverses give the hash of a word's end: what the word's hash has more than the beginning's, divided by the power
    at which the end begins.
    """
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
    """A set of words in which hashes are looked up.

    Args:
        bits: its bits; the number of bytes is a power of two.
    """

    def __init__(self, bits: NDArray[np.uint8]) -> None:
        self.bits = bits
        self._shift = np.uint32(32 - 3 - (len(bits).bit_length() - 1))

    @classmethod
    def of(cls, words: Iterable[str]) -> BloomFilter:
        """The filter of some words."""
        found = hashes(list(words))
        size = 1 << max((BITS_PER_WORD * len(found) - 1).bit_length(), _MIN_SIZE_LOG)
        flags = np.zeros(size, dtype=np.uint8)
        empty = cls(np.zeros(size // 8, dtype=np.uint8))
        for probed in (found, _second(found)):
            flags[probed >> empty._shift] = 1
        return cls(np.packbits(flags, bitorder="little"))

    def may_have(self, asked: Hashes) -> NDArray[np.bool_]:
        """For each hash whether it may be that of a word, in the shape of `asked`."""
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
    """Filters of a few small sets, one bit of a byte for each set, so that one look-up asks all of them.

    Args:
        sets: the words of each set; at most eight sets.
    """

    def __init__(self, *sets: Sequence[str]) -> None:
        size = 1 << max((PLACES_PER_WORD * max(map(len, sets)) - 1).bit_length(), _MIN_SIZE_LOG)
        self._shift, self._bits = np.uint32(33 - size.bit_length()), np.zeros(size, dtype=np.uint8)
        for number, words in enumerate(sets):
            found = hashes(words)
            for probed in (found, _second(found)):
                self._bits[probed >> self._shift] |= np.uint8(1 << number)

    def which(self, asked: Hashes) -> NDArray[np.uint8]:
        """For each hash the sets that may have it: bit 0 for the first set, bit 1 for the second, and so on."""
        found: NDArray[np.uint8] = self._bits[asked >> self._shift] & self._bits[_second(asked) >> self._shift]
        return found


def _second(asked: Hashes) -> Hashes:
    return asked * _SECOND_FACTOR
