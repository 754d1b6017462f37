"""How far the units of sentences stand in the order of the question's. Values in, values out.

A unit of the question has a column (`retrieval.ranking.question_codes`). Of a sentence only these units are looked at.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple, Self

import numpy as np

from retrieval.query.question import Question
from retrieval.ranking.question_codes import NO_COLUMN, QuestionCodes
from retrieval.system.arrays import Booleans, Floats, Integers

SLOT_UNITS = 4
"""How many units beside a term of the question may hold the answer."""

_SLOT_SPANS = ((1, 1 + SLOT_UNITS), (-SLOT_UNITS, 0))
"""Where these units begin and end beside the term before the question word, and beside the one behind it."""


class MetUnits(NamedTuple):
    """The units of the question that some sentences have, by sentences and then by places.

    Args:
        rows: for each its sentence.
        places: for each its place in the sentence.
        columns: for each its column.
        counts: for each sentence, how many of them it has.
        listed: sentence, place and column of each.
    """

    rows: Integers
    places: Integers
    columns: Integers
    counts: Integers
    listed: list[tuple[int, int, int]]

    @classmethod
    def of(cls, columns: Integers) -> Self:
        """Those of sentences × places of columns, `NO_COLUMN` where there is no unit of the question."""
        rows, places = (columns != NO_COLUMN).nonzero()
        met = columns[rows, places]
        listed = list(zip(rows.tolist(), places.tolist(), met.tolist(), strict=True))
        return cls(rows, places, met, np.bincount(rows, minlength=len(columns)), listed)


def common_subsequences(met: MetUnits, order: tuple[tuple[int, ...], ...]) -> Floats:
    """For each sentence the length of the longest common subsequence with the question's units.

    Bit-parallel, after Hyyrö, «Bit-parallel LCS-length computation revisited» (2004).

    Args:
        met: of the sentences.
        order: for each unit of the question the columns of its alternatives.
    """
    masks: dict[int, int] = {}
    for place, alternatives in enumerate(order):
        for column in alternatives:
            masks[column] = masks.get(column, 0) | 1 << place
    everything = (1 << len(order)) - 1
    states = [everything] * len(met.counts)
    for row, _, column in met.listed:
        state = states[row]
        matched = state & masks.get(column, 0)
        states[row] = (state + matched) | (state - matched)
    return np.array([len(order) - (state & everything).bit_count() for state in states], dtype=np.float64)


def common_pairs(met: MetUnits, codes: QuestionCodes) -> Floats:
    """How many neighbouring units of each sentence are neighbours in the question, over its pairs; at most 1.

    Args:
        met: of the sentences.
        codes: of the question.
    """
    pairs = {(left, right) for one, other in pairwise(codes.order) for left in one for right in other}
    found = [0] * len(met.counts)
    for (row, place, column), (row_behind, place_behind, column_behind) in pairwise(met.listed):
        if row == row_behind and place + 1 == place_behind and (column, column_behind) in pairs:
            found[row] += 1
    part: Floats = np.minimum(np.array(found) / max(len(codes.order) - 1, 1), 1.0)
    return part


def beside_slot(
    question: Question, codes: QuestionCodes, met: MetUnits, new_before: Integers
) -> tuple[Booleans, Booleans]:
    """Whether a sentence has the term before the question word, or the one behind it, with a new term beside it.

    The new term may be any of the next `SLOT_UNITS`: those behind the term before, those before the term behind.

    Args:
        question: what is asked.
        codes: of the question.
        met: of the sentences.
        new_before: sentences × (places + 1): how many terms that the question has not stand before each place.
    """
    found, width = np.zeros((2, len(met.counts)), dtype=bool), new_before.shape[1] - 1
    for side, (start, end) in enumerate(_SLOT_SPANS):
        columns = _slot_columns(question, codes, side)
        for row, place in [(row, place) for row, place, column in met.listed if column in columns]:
            first, behind = max(place + start, 0), min(place + end, width)
            if new_before.item(row, behind) > new_before.item(row, first):
                found[side, row] = True
    return found[0], found[1]


def _slot_columns(question: Question, codes: QuestionCodes, side: int) -> tuple[int, ...]:
    """The columns that stand for the nearest term before (0) or behind (1) the question word."""
    if question.slot is None:
        return ()
    behind = codes.order[question.slot :]
    if question.head and behind and set(question.order[question.slot]) & set(question.head):
        behind = behind[1:]
    near = iter(behind) if side else reversed(codes.order[: question.slot])
    return next((found for found in near if any(column < len(codes.terms) for column in found)), ())
