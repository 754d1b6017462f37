"""The words of a collection, in tries: half a million of them take a megabyte and are read in a millisecond.

A marisa-trie (https://github.com/pytries/marisa-trie) cannot be added to. So the store keeps one of most words, which
is made anew when the others have become many; the others get one of their own when they are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from zlib import crc32

import marisa_trie

from retrieval.errors import DamagedError

_CHECKSUM = 4


class Vocabulary:
    """A set of words that also knows which of them begin alike.

    Args:
        tries: `marisa_trie.Trie`s that together hold the words.
    """

    def __init__(self, *tries: marisa_trie.Trie) -> None:
        self._tries = tries

    def __contains__(self, word: str) -> bool:
        return any(word in trie for trie in self._tries)

    def __iter__(self) -> Iterator[str]:
        return self.beginning_with("")

    def within(self, text: str) -> list[str]:
        """The words that `text` begins with."""
        return [word for trie in self._tries for word in trie.prefixes(text)]

    def among(self, words: Iterable[str]) -> set[str]:
        """Those of `words` that it has."""
        return set().union(*(filter(trie.__contains__, words) for trie in self._tries))

    def begins(self, letters: str) -> bool:
        """Whether a word begins with `letters`."""
        return any(True for _ in self.beginning_with(letters))

    def beginning_with(self, letters: str) -> Iterator[str]:
        """The words that begin with `letters`."""
        return chain.from_iterable(trie.iterkeys(letters) for trie in self._tries)


def pack(words: Iterable[str]) -> bytes:
    """A trie of words as it is stored, behind a checksum: marisa-trie trusts what it reads."""
    content: bytes = marisa_trie.Trie(words).tobytes()
    return crc32(content).to_bytes(_CHECKSUM, "little") + content


def unpack(packed: bytes) -> marisa_trie.Trie:
    """What `pack` made.

    Raises:
        DamagedError: it is damaged.
    """
    content = packed[_CHECKSUM:]
    if not content or crc32(content) != int.from_bytes(packed[:_CHECKSUM], "little"):
        raise DamagedError("the stored index is damaged (the checksum of its words)")
    trie = marisa_trie.Trie()
    trie.frombytes(content)
    return trie
