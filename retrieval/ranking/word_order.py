"""A question's units against those of sentences in their order. Values in, values out.

Codes are columns of the question's units, see `retrieval.ranking.evidence.Codes`; -1 is a unit that the question has
not, and what lies behind a sentence's end.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.index.unit_table import Floats, Integers
from retrieval.query.question import Question
from retrieval.ranking.evidence import Codes

SLOT_UNITS = 4
"""Units beside the place of the answer among which there must be a new term."""

Booleans = NDArray[np.bool_]


def common_subsequences(code: Integers, order: tuple[tuple[int, ...], ...]) -> Floats:
    """For each sentence the length of the longest common subsequence with the question's units.

    Bit-parallel, after Hyyrö, «Bit-parallel LCS-length computation revisited» (2004).

    Args:
        code: sentences × places.
        order: for each unit of the question the codes of its alternatives.
    """
    masks: dict[int, int] = {}
    met = code >= 0
    for place, columns in enumerate(order):
        for column in columns:
            masks[column] = masks.get(column, 0) | 1 << place
    everything = (1 << len(order)) - 1
    lengths = []
    matched_codes, ends = code[met].tolist(), np.cumsum(met.sum(axis=1)).tolist()
    for start, end in zip([0, *ends], ends, strict=False):
        state = everything
        for column in matched_codes[start:end]:
            matched = state & masks.get(column, 0)
            state = (state + matched) | (state - matched)
        lengths.append(len(order) - (state & everything).bit_count())
    return np.array(lengths, dtype=np.float64)


def neighbouring_pairs(code: Integers, codes: Codes) -> Integers:
    """How many neighbouring units of each sentence are neighbours in the question.

    Args:
        code: sentences × places.
        codes: of the question.
    """
    width = codes.width + 1
    pairs = [left * width + right for one, other in pairwise(codes.order) for left in one for right in other]
    follows = np.zeros(width * width, dtype=bool)
    follows[pairs] = True  # never in the last row or column, where -1 leads
    found: Integers = follows.reshape(width, width)[code[:, :-1], code[:, 1:]].sum(axis=1)
    return found


def beside_slot(question: Question, codes: Codes, code: Integers, is_new_term: Booleans) -> tuple[Booleans, Booleans]:
    """Whether a sentence has the term before the question word, or the one behind it, with a new term beside it.

    The new term may be any of the next `SLOT_UNITS`: those behind the term before, those before the term behind.

    Args:
        question: what is asked.
        codes: of the question.
        code: sentences × places.
        is_new_term: sentences × places: whether the unit is a term that the question has not.
    """
    sides = ((code, is_new_term), (code[:, ::-1], is_new_term[:, ::-1]))  # one rule serves both, read backwards too
    before, after = (
        _is_followed(units, _slot_columns(question, codes, side), new, codes.width)
        for side, (units, new) in enumerate(sides)
    )
    return before, after


def _is_followed(code: Integers, columns: Sequence[int], is_new_term: Booleans, width: int) -> Booleans:
    """Whether a sentence has one of some columns, with a new term among the next `SLOT_UNITS`."""
    if not columns:
        return np.zeros(len(code), dtype=bool)
    chosen = np.zeros(width + 1, dtype=bool)
    chosen[list(columns)] = True
    counts, last = is_new_term.cumsum(axis=1, dtype=np.int16), code.shape[1] - 1
    ahead = np.minimum(np.arange(SLOT_UNITS, last + 1 + SLOT_UNITS), last)
    found: Booleans = (chosen[code] & (counts.take(ahead, axis=1) > counts)).any(axis=1)
    return found


def _slot_columns(question: Question, codes: Codes, side: int) -> tuple[int, ...]:
    """The columns that stand for the nearest term before (0) or behind (1) the question word."""
    if question.slot is None:
        return ()
    behind = codes.order[question.slot :]
    if question.head and behind and set(question.order[question.slot]) & set(question.head):
        behind = behind[1:]
    near = iter(behind) if side else reversed(codes.order[: question.slot])
    return next((found for found in near if any(column < len(codes.terms) for column in found)), ())
