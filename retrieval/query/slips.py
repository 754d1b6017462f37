"""Slips of the fingers: what a Persian word may have been meant to be one letter away, and how likely each slip is."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.text.keyboard import neighbours

LETTERS = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"

CHEAP, NEAR, SWAP, LOST, ADDED, FAR, SPACE = 0.5, 0.75, 0.75, 0.9, 1.0, 1.25, 0.75
"""What is paid for a letter of the same sound, or one doubled or lost beside its like; a neighbouring key; two letters
swapped; a letter lost; one added; any other letter; a space lost."""

_REACH = 1.05
"""Keys up to which another is a neighbour, sideways: one, and a little more for rounding."""

_SOUNDS = ("صسث", "طت", "ذزضظ", "غق", "حه", "اع", "وا", "یا")
"""Letters of one sound; «و» and «ی» for «ا» as in «تهرون» and «کتیب»."""


_SUBSTITUTION = {(one, other): NEAR for one, others in neighbours(_REACH).items() for other in others} | {
    (one, other): CHEAP for sounds in _SOUNDS for one in sounds for other in sounds
}


class Slip(NamedTuple):
    """One error in a typed word.

    Args:
        place: where the typed word is wrong.
        typed: how many letters there are wrong: 0 where one was lost, 2 where two were swapped.
        meant: the letter that was meant; "" where one was added, or two were swapped.
    """

    place: int
    typed: int
    meant: str

    def undone(self, word: str) -> tuple[str, float]:
        """The spelling that was meant by `word`, and what it costs to take it for that."""
        place, typed, meant = self
        end = place + typed
        if typed == 2:
            return word[:place] + word[end - 1] + word[place] + word[end:], SWAP
        spelling = word[:place] + meant + word[end:]
        if typed and meant:
            return spelling, _SUBSTITUTION.get((word[place], meant), FAR)
        beside = word[max(place - 1, 0) : place], word[end : end + 1]
        return spelling, CHEAP if (meant or word[place]) in beside else LOST if meant else ADDED


@lru_cache(maxsize=32)
def slips(size: int) -> tuple[list[Slip], NDArray[np.intp]]:
    """Every slip in a word of `size` letters, and the spellings that they were meant to be.

    Returns:
        The slips, and for each of them a column of `size` + 1 places in `LETTERS`, the word and one blank, joined.
    """
    typed = [len(LETTERS) + place for place in range(size)]
    blank = len(LETTERS) + size
    letters = list(enumerate(LETTERS))
    found = [(Slip(p, 0, its), [*typed[:p], new, *typed[p:]]) for p in range(size + 1) for new, its in letters]
    found += [(Slip(p, 1, its), [*typed[:p], new, *typed[p + 1 :], blank]) for p in range(size) for new, its in letters]
    found += [(Slip(p, 1, ""), [*typed[:p], *typed[p + 1 :], blank, blank]) for p in range(size)]
    swapped = ([*typed[:p], typed[p + 1], typed[p], *typed[p + 2 :], blank] for p in range(size - 1))
    found += [(Slip(p, 2, ""), row) for p, row in enumerate(swapped)]
    errors, rows = zip(*found, strict=True)
    return list(errors), np.array(rows, dtype=np.intp).T.copy()


def cost(typed: str, meant: str) -> float:
    """The weighted optimal string alignment distance: letters added, lost, replaced, and swapped with a neighbour."""
    before: list[float] = []
    row = [place * LOST for place in range(len(meant) + 1)]
    for i, letter in enumerate(typed, start=1):
        above, before, row = before, row, [i * ADDED]
        for j, its in enumerate(meant, start=1):
            substituted = before[j - 1] + (0 if letter == its else _SUBSTITUTION.get((letter, its), FAR))
            added = before[j] + (CHEAP if i > 1 and typed[i - 2] == letter else ADDED)
            lost = row[j - 1] + (CHEAP if j > 1 and meant[j - 2] == its else LOST)
            best = min(substituted, added, lost)
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == its and letter != its:
                best = min(best, above[j - 2] + SWAP)
            row.append(best)
    return row[-1]
