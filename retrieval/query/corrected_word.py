"""A mistyped word of a question with its corrections: which of them count fully, and which are substitutes."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.engines.base import Group
from retrieval.query.corrections import Correction
from retrieval.query.matched_word import MatchedWord, with_substitutes, with_terms
from retrieval.query.slips import ADDED_COST

FULL_COST = ADDED_COST
"""The cost up to which a correction counts fully, as the word itself would."""

LETTERS_PER_ERROR = 6
"""In a long word a correction that counts fully may cost as much as one `ADDED_COST` for this many letters."""

FULL_MARGIN = 0.3
"""How much higher than the best correction's the rank of another may be if it is to count fully."""

MAX_FULL = 2
"""Words that may count fully: a name is as near to many words as to one, and no slip for any of them."""

SUBSTITUTE_MARGIN = 0.8
"""How much higher than the best correction's the rank of another may be if it is to be a substitute."""


def with_corrections(word: MatchedWord, found: Sequence[Correction], full_cost: float) -> MatchedWord:
    """A word of one group with corrections of one term: the surest count fully, others are substitutes.

    Args:
        word: as it was typed.
        found: its corrections, best first.
        full_cost: what one that counts fully may cost; 0 where the word may be no error at all, since dictionaries
            have it. `FULL_COST` means more in a long word.
    """
    if not found:
        return word
    (group,) = word.groups
    if full_cost == FULL_COST:
        full_cost = max(FULL_COST, ADDED_COST * len(word.bare) / LETTERS_PER_ERROR)
    full_rank, substitute_rank = found[0].rank + FULL_MARGIN, found[0].rank + SUBSTITUTE_MARGIN
    full = [one.terms[0] for one in found if one.cost <= full_cost and one.rank <= full_rank]
    if len(set(full)) > MAX_FULL:
        full = []
    likely = [one for one in found if one.rank <= substitute_rank]
    substitutes = [one.terms[0] for one in likely]
    corrected = word.searched_by((with_substitutes(with_terms(Group(group.terms), full), substitutes),))
    return corrected._replace(meant=tuple(one.spelling for one in likely))
