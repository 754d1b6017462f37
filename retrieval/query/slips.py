"""Slips: the typing errors that a Persian word may have, and what each costs, the likelier the less."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.text.keyboard import neighbours

LETTERS = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
"""The letters of folded Persian words."""

SIMILAR_COST = 0.5
"""A letter for another of the same sound; a letter doubled, or one of two equal letters lost."""

NEIGHBOUR_COST = 0.75
"""A letter for one on a neighbouring key, or for one that only dots tell from it."""

SWAP_COST = 0.75
"""Two letters swapped."""

LOST_COST = 0.9
"""A letter lost."""

ADDED_COST = 1.0
"""A letter added."""

OTHER_COST = 1.25
"""A letter for any other."""

SPACE_COST = 0.75
"""The space between two words lost."""

_REACH = 1.05
"""Keys up to which another is a neighbour, sideways: one, and a little more for rounding."""

_SOUNDS = ("صسث", "طت", "ذزضظ", "غق", "حه", "اع", "وا", "یا")
"""Letters of one sound, and «و» and «ی» for «ا» as in «تهرون» and «کتیب»."""

_SHAPES = ("بپتثنی", "جچحخ", "دذ", "رزژ", "سش", "صض", "طظ", "عغ", "فق", "کگ")
"""Letters of one shape but for their dots."""

_NEIGHBOUR_COSTS = {(one, other): NEIGHBOUR_COST for one, others in neighbours(_REACH).items() for other in others}
_SHAPE_COSTS = {(one, other): NEIGHBOUR_COST for shape in _SHAPES for one in shape for other in shape}
_SUBSTITUTION_COSTS = (
    _NEIGHBOUR_COSTS
    | _SHAPE_COSTS
    | {(one, other): SIMILAR_COST for sounds in _SOUNDS for one in sounds for other in sounds}
)


class Slip(NamedTuple):
    """One error in a typed word.

    Args:
        place: where the typed word is wrong.
        typed: how many letters are wrong there: 0 where a letter was lost, 2 where two were swapped.
        meant: the letter that was meant; "" where one was added, or two were swapped.
    """

    place: int
    typed: int
    meant: str

    def undone(self, word: str) -> tuple[str, float]:
        """The spelling that was meant, if `word` has this error, and the cost of the error."""
        place, typed, meant = self
        end = place + typed
        if typed == 2:
            return word[:place] + word[end - 1] + word[place] + word[end:], SWAP_COST
        spelling = word[:place] + meant + word[end:]
        if typed and meant:
            return spelling, _SUBSTITUTION_COSTS.get((word[place], meant), OTHER_COST)
        beside = word[max(place - 1, 0) : place], word[end : end + 1]
        if (meant or word[place]) in beside:
            return spelling, SIMILAR_COST
        return spelling, LOST_COST if meant else ADDED_COST


@lru_cache(maxsize=32)
def slips(size: int) -> tuple[list[Slip], NDArray[np.intp]]:
    """Every slip that a word of `size` letters may have, and the spelling that undoes each.

    Returns:
        The slips. And an array with a column for each slip, which spells what was meant: `size` + 1 indices into the
        string `LETTERS` + word + one blank; a shorter spelling ends in blanks.
    """
    typed = [len(LETTERS) + place for place in range(size)]
    blank = len(LETTERS) + size
    letters = list(enumerate(LETTERS))
    found = [(Slip(p, 0, one), [*typed[:p], new, *typed[p:]]) for p in range(size + 1) for new, one in letters]
    found += [(Slip(p, 1, one), [*typed[:p], new, *typed[p + 1 :], blank]) for p in range(size) for new, one in letters]
    found += [(Slip(p, 1, ""), [*typed[:p], *typed[p + 1 :], blank, blank]) for p in range(size)]
    swapped = ([*typed[:p], typed[p + 1], typed[p], *typed[p + 2 :], blank] for p in range(size - 1))
    found += [(Slip(p, 2, ""), row) for p, row in enumerate(swapped)]
    errors, rows = zip(*found, strict=True)
    return list(errors), np.array(rows, dtype=np.intp).T.copy()


def cost(typed: str, meant: str) -> float:
    """The weighted optimal string alignment distance: what the slips that make `typed` of `meant` cost at the least.

    A slip is as in `Slip`, and no letter has two of them.
    """
    before: list[float] = []
    row = [place * LOST_COST for place in range(len(meant) + 1)]
    for i, one in enumerate(typed, start=1):
        above, before, row = before, row, [i * ADDED_COST]
        for j, other in enumerate(meant, start=1):
            substituted = before[j - 1] + (0 if one == other else _SUBSTITUTION_COSTS.get((one, other), OTHER_COST))
            added = before[j] + (SIMILAR_COST if i > 1 and typed[i - 2] == one else ADDED_COST)
            lost = row[j - 1] + (SIMILAR_COST if j > 1 and meant[j - 2] == other else LOST_COST)
            best = min(substituted, added, lost)
            if i > 1 and j > 1 and one == meant[j - 2] and typed[i - 2] == other and one != other:
                best = min(best, above[j - 2] + SWAP_COST)
            row.append(best)
    return row[-1]
