"""Which sentences repeat one of a newer copy: all pairs in memory, for every answer asks about a hundred sentences."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import chain

import numpy as np

from retrieval.system.arrays import Integers

_LOW_BITS = 0xFFFF
"""Of a sentence's number; by them most sentences that have no copy are told."""


class Repeats:
    """The sentences that a newer copy of their article has too.

    Args:
        pairs: int64[n, 2], the number of each and that of the newest copy's, by ascending numbers of the first. They
            take 16 bytes a pair, and 8 more once it is asked what repeats a sentence.
    """

    def __init__(self, pairs: Integers) -> None:
        self._older, self._newer = np.ascontiguousarray(pairs[:, 0]), np.ascontiguousarray(pairs[:, 1])
        self._may_repeat, self._may_be_repeated = _by_low_bits(self._older), _by_low_bits(self._newer)

    def __bool__(self) -> bool:
        return len(self._older) > 0

    def newest(self, sentences: Iterable[int]) -> dict[int, int]:
        """For each of some sentences that a newer copy of its article has too, the number of the newest copy's."""
        asked = [one for one in sentences if self._may_repeat[one & _LOW_BITS]] if self else []
        if not asked:
            return {}
        places = np.minimum(self._older.searchsorted(asked), len(self._older) - 1)
        found = places[self._older[places] == asked]
        return dict(zip(self._older[found].tolist(), self._newer[found].tolist(), strict=True))

    def repeating(self, sentences: Iterable[int]) -> dict[int, int]:
        """The sentences of older copies that repeat one of some, each with what it repeats."""
        asked = sorted({one for one in sentences if self._may_be_repeated[one & _LOW_BITS]})
        if not asked:
            return {}
        starts, ends = (self._newer.searchsorted(asked, side, self._by_newer).tolist() for side in ("left", "right"))
        places = chain.from_iterable(self._by_newer[slice(*span)].tolist() for span in zip(starts, ends, strict=True))
        found = np.array(sorted(places), dtype=np.int64)
        return dict(zip(self._older[found].tolist(), self._newer[found].tolist(), strict=True))

    @cached_property
    def _by_newer(self) -> Integers:
        """The places of the pairs by ascending numbers of the second, so that no search goes through all pairs."""
        return np.argsort(self._newer, kind="stable")


def _by_low_bits(sentences: Integers) -> bytes:
    """For all low bits that a number may have, whether one of some sentences has them: 1 or 0."""
    found = np.zeros(_LOW_BITS + 1, dtype=np.uint8)
    found[sentences & _LOW_BITS] = 1
    return found.tobytes()
