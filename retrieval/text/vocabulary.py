"""Sets of words, in tries: half a million of them take a few megabytes and are read in a millisecond or two.

A marisa-trie (https://github.com/pytries/marisa-trie) cannot be added to. So the store keeps one of most words, which
is made anew when the others have become many; the others get one of their own when they are read. Beside each lies a
Bloom filter of the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple
from zlib import crc32

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from retrieval.errors import DamagedError
from retrieval.text.bloom import BloomFilter, Hashes

_CHECKSUM, _SIZE = 4, 8


class Part(NamedTuple):
    """Some words of a vocabulary: a `marisa_trie.Trie` and a filter of the same words."""

    trie: marisa_trie.Trie
    filter: BloomFilter


class Vocabulary:
    """A set of words that also knows which of them begin alike.

    Args:
        parts: they hold the words together.
    """

    def __init__(self, *parts: Part) -> None:
        self._parts = parts

    def __contains__(self, word: str) -> bool:
        for part in self._parts:  # noqa: SIM110  # a generator would take longer than the look-up
            if word in part.trie:
                return True
        return False

    def __iter__(self) -> Iterator[str]:
        return self.beginning_with("")

    def within(self, text: str) -> list[str]:
        """The words that `text` begins with."""
        return [word for part in self._parts for word in part.trie.prefixes(text)]

    def may_have(self, hashes: Hashes) -> NDArray[np.bool_]:
        """For each of some `text.bloom.hashes` whether it may be a word's; False where it certainly is not."""
        found = np.zeros(hashes.shape, dtype=bool)
        for part in self._parts:
            found |= part.filter.may_have(hashes)
        return found

    def begins(self, letters: str) -> bool:
        """Whether a word begins with `letters`."""
        return any(True for _ in self.beginning_with(letters))

    def beginning_with(self, letters: str) -> Iterator[str]:
        """The words that begin with `letters`."""
        return chain.from_iterable(part.trie.iterkeys(letters) for part in self._parts)


def part(words: Iterable[str]) -> Part:
    """A part of some words."""
    chosen = list(words)
    return Part(marisa_trie.Trie(chosen), BloomFilter.of(chosen))


def pack(words: Iterable[str]) -> bytes:
    """A part of some words as it is stored, behind a checksum: marisa-trie trusts what it reads."""
    trie, bits = part(words)
    keys: bytes = trie.tobytes()
    content = len(keys).to_bytes(_SIZE, "little") + keys + bits.bits.tobytes()
    return crc32(content).to_bytes(_CHECKSUM, "little") + content


def unpack(packed: bytes) -> Part:
    """What `pack` made.

    Raises:
        DamagedError: it is damaged.
    """
    content = memoryview(packed)[_CHECKSUM:]
    if not content or crc32(content) != int.from_bytes(packed[:_CHECKSUM], "little"):
        raise DamagedError("the stored index is damaged (the checksum of its words)")
    end = _SIZE + int.from_bytes(content[:_SIZE], "little")
    trie = marisa_trie.Trie()
    trie.frombytes(bytes(content[_SIZE:end]))
    return Part(trie, BloomFilter(np.frombuffer(content[end:], dtype=np.uint8)))
