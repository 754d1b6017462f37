"""Sets of words, in tries: half a million of them take a few megabytes and are read in a millisecond or two.

A marisa-trie (https://github.com/pytries/marisa-trie) cannot be added to. So a store keeps one trie of most of its
words, which is made anew once many words are missing from it; those get a second trie when the store is opened. Beside
each trie lies a Bloom filter of the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple, Self
from zlib import crc32

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from retrieval.errors import DamagedError
from retrieval.text.bloom import BloomFilter, Hashes

_CHECKSUM, _SIZE = 4, 8
"""Bytes of a checksum, and of a length."""


class FilteredTrie(NamedTuple):
    """Some words: a `marisa_trie.Trie`, and a filter of the same words."""

    trie: marisa_trie.Trie
    filter: BloomFilter

    @classmethod
    def of(cls, words: Iterable[str]) -> Self:
        """The trie of some words."""
        chosen = list(words)
        return cls(marisa_trie.Trie(chosen), BloomFilter.of(chosen))


class Vocabulary:
    """A set of words that also knows which of them begin alike.

    Args:
        tries: they hold the words together; one may be in several.
    """

    def __init__(self, *tries: FilteredTrie) -> None:
        self._tries = tries

    def also(self, words: Iterable[str]) -> Vocabulary:
        """The vocabulary with more words."""
        return Vocabulary(*self._tries, FilteredTrie.of(words))

    def __contains__(self, word: str) -> bool:
        for trie, _ in self._tries:  # noqa: SIM110  # a generator would take longer than the look-up
            if word in trie:
                return True
        return False

    def __iter__(self) -> Iterator[str]:
        return self.beginning_with("")

    def within(self, text: str) -> list[str]:
        """The words that `text` begins with."""
        return [word for trie, _ in self._tries for word in trie.prefixes(text)]

    def may_have(self, hashes: Hashes) -> NDArray[np.bool_]:
        """For each of some `retrieval.text.bloom.hashes`, whether it may be a word's; False where it surely is not."""
        found = np.zeros(hashes.shape, dtype=bool)
        for _, words in self._tries:
            found |= words.may_have(hashes)
        return found

    def begins(self, letters: str) -> bool:
        """Whether a word begins with `letters`."""
        return any(True for _ in self.beginning_with(letters))

    def beginning_with(self, letters: str) -> Iterator[str]:
        """The words that begin with `letters`."""
        return chain.from_iterable(trie.iterkeys(letters) for trie, _ in self._tries)


def pack(words: Iterable[str]) -> bytes:
    """The trie of some words as it is stored: checksum, length of the trie, trie, filter.

    The checksum is needed, for marisa-trie trusts what it reads.
    """
    trie, words_filter = FilteredTrie.of(words)
    keys: bytes = trie.tobytes()
    content = len(keys).to_bytes(_SIZE, "little") + keys + words_filter.bits.tobytes()
    return crc32(content).to_bytes(_CHECKSUM, "little") + content


def unpack(packed: bytes) -> FilteredTrie:
    """What `pack` stored.

    Raises:
        DamagedError: it is damaged.
    """
    content = memoryview(packed)[_CHECKSUM:]
    if not content or crc32(content) != int.from_bytes(packed[:_CHECKSUM], "little"):
        raise DamagedError("the stored index is damaged (the checksum of its words)")
    end = _SIZE + int.from_bytes(content[:_SIZE], "little")
    trie = marisa_trie.Trie()
    trie.frombytes(bytes(content[_SIZE:end]))
    return FilteredTrie(trie, BloomFilter(np.frombuffer(content[end:], dtype=np.uint8)))
