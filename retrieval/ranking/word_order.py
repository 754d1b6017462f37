"""How far the units of sentences stand in the order of the question's. Values in, values out.

A sentence is a row of columns (`retrieval.ranking.question_codes`), one for each place. A place behind its end has
`NO_COLUMN`, as a unit has that is not in the question.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from retrieval.query.question import Question
from retrieval.ranking.question_codes import NO_COLUMN, QuestionCodes
from retrieval.system.arrays import Booleans, Floats, Integers

SLOT_UNITS = 4
"""How many units beside a term of the question may hold the answer."""


def common_subsequences(columns: Integers, order: tuple[tuple[int, ...], ...]) -> Floats:
    """For each sentence the length of the longest common subsequence with the question's units.

    Bit-parallel, after Hyyrö, «Bit-parallel LCS-length computation revisited» (2004).

    Args:
        columns: sentences × places.
        order: for each unit of the question the columns of its alternatives.
    """
    masks: dict[int, int] = {}
    for place, alternatives in enumerate(order):
        for column in alternatives:
            masks[column] = masks.get(column, 0) | 1 << place
    everything = (1 << len(order)) - 1
    lengths = []
    met = columns != NO_COLUMN
    met_columns, ends = columns[met].tolist(), np.cumsum(met.sum(axis=1)).tolist()
    for start, end in zip([0, *ends], ends, strict=False):
        state = everything
        for column in met_columns[start:end]:
            matched = state & masks.get(column, 0)
            state = (state + matched) | (state - matched)
        lengths.append(len(order) - (state & everything).bit_count())
    return np.array(lengths, dtype=np.float64)


def common_pairs(columns: Integers, codes: QuestionCodes) -> Floats:
    """How many neighbouring units of each sentence are neighbours in the question, over its pairs; at most 1.

    Args:
        columns: sentences × places.
        codes: of the question.
    """
    width = codes.width + 1
    pairs = [left * width + right for one, other in pairwise(codes.order) for left in one for right in other]
    follows = np.zeros(width * width, dtype=bool)
    follows[pairs] = True  # never in the last row or column, where `NO_COLUMN` leads
    found = follows.reshape(width, width)[columns[:, :-1], columns[:, 1:]].sum(axis=1)
    part: Floats = np.minimum(found / max(len(codes.order) - 1, 1), 1.0)
    return part


def beside_slot(
    question: Question, codes: QuestionCodes, columns: Integers, is_new_term: Booleans
) -> tuple[Booleans, Booleans]:
    """Whether a sentence has the term before the question word, or the one behind it, with a new term beside it.

    The new term may be any of the next `SLOT_UNITS`: those behind the term before, those before the term behind.

    Args:
        question: what is asked.
        codes: of the question.
        columns: sentences × places.
        is_new_term: sentences × places: whether the unit is a term that the question has not.
    """
    sides = ((columns, is_new_term), (columns[:, ::-1], is_new_term[:, ::-1]))  # one rule: the second reads backwards
    before, after = (
        _is_followed(units, _slot_columns(question, codes, side), new, codes.width)
        for side, (units, new) in enumerate(sides)
    )
    return before, after


def _is_followed(columns: Integers, chosen: Sequence[int], is_new_term: Booleans, width: int) -> Booleans:
    """Whether a sentence has a chosen column, with a new term among the next `SLOT_UNITS`."""
    if not chosen:
        return np.zeros(len(columns), dtype=bool)
    is_chosen = np.zeros(width + 1, dtype=bool)
    is_chosen[list(chosen)] = True
    has_new_ahead = np.zeros(columns.shape, dtype=bool)
    for ahead in range(1, SLOT_UNITS + 1):
        has_new_ahead[:, :-ahead] |= is_new_term[:, ahead:]
    found: Booleans = (is_chosen[columns] & has_new_ahead).any(axis=1)
    return found


def _slot_columns(question: Question, codes: QuestionCodes, side: int) -> tuple[int, ...]:
    """The columns that stand for the nearest term before (0) or behind (1) the question word."""
    if question.slot is None:
        return ()
    behind = codes.order[question.slot :]
    if question.head and behind and set(question.order[question.slot]) & set(question.head):
        behind = behind[1:]
    near = iter(behind) if side else reversed(codes.order[: question.slot])
    return next((found for found in near if any(column < len(codes.terms) for column in found)), ())
