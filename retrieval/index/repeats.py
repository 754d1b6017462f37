"""Which sentences repeat one of a newer copy: all pairs in memory, for every answer asks about a hundred sentences."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import chain

import numpy as np

from retrieval.system.arrays import Integers


class Repeats:
    """The sentences that a newer copy of their article has too.

    Args:
        pairs: int64[n, 2], the number of each and that of the newest copy's, by ascending numbers of the first. They
            take 16 bytes a pair, and 8 more once it is asked what repeats a sentence.
    """

    def __init__(self, pairs: Integers) -> None:
        # Behind them stands what no sentence is, so that every search for one ends at a place.
        self._older, self._newer = (np.append(numbers, np.iinfo(np.int64).max) for numbers in pairs.T)

    def __bool__(self) -> bool:
        return len(self._older) > 1

    def newest(self, sentences: Sequence[int] | Integers) -> dict[int, int]:
        """For each of some sentences that a newer copy of its article has too, the number of the newest copy's."""
        if not self:
            return {}
        asked = np.array(sentences, dtype=np.int64)
        places = self._older.searchsorted(asked)
        is_older = self._older[places] == asked
        if not is_older.any():
            return {}
        found = places[is_older]
        return dict(zip(self._older[found].tolist(), self._newer[found].tolist(), strict=True))

    def repeating(self, sentences: Sequence[int]) -> dict[int, int]:
        """The sentences of older copies that repeat one of some, each with what it repeats."""
        if not self:
            return {}
        asked = sorted(set(sentences))
        starts, ends = (self._newer.searchsorted(asked, side, self._by_newer).tolist() for side in ("left", "right"))
        places = chain.from_iterable(self._by_newer[slice(*span)].tolist() for span in zip(starts, ends, strict=True))
        found = np.array(sorted(places), dtype=np.int64)
        return dict(zip(self._older[found].tolist(), self._newer[found].tolist(), strict=True))

    @cached_property
    def _by_newer(self) -> Integers:
        """The places of the pairs by ascending numbers of the second, so that no search goes through all pairs."""
        return np.argsort(self._newer, kind="stable")
