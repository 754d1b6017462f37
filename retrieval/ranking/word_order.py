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

_SLOT_STARTS, _SLOT_ENDS = np.array([1, -SLOT_UNITS]), np.array([1 + SLOT_UNITS, 0])
"""Where these units begin and end beside the term before the question word, and beside the one behind it."""


class MetUnits(NamedTuple):
    """The units of the question that some sentences have, by sentences and then by places.

    Args:
        rows: for each its sentence.
        places: for each its place in the sentence.
        columns: for each its column.
        counts: for each sentence, how many of them it has.
    """

    rows: Integers
    places: Integers
    columns: Integers
    counts: Integers

    @classmethod
    def of(cls, columns: Integers) -> Self:
        """Those of sentences × places of columns, `NO_COLUMN` where there is no unit of the question."""
        rows, places = (columns != NO_COLUMN).nonzero()
        return cls(rows, places, columns[rows, places], np.bincount(rows, minlength=len(columns)))


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
    lengths = []
    columns, ends = met.columns.tolist(), met.counts.cumsum().tolist()
    for start, end in zip([0, *ends], ends, strict=False):
        state = everything
        for column in columns[start:end]:
            matched = state & masks.get(column, 0)
            state = (state + matched) | (state - matched)
        lengths.append(len(order) - (state & everything).bit_count())
    return np.array(lengths, dtype=np.float64)


def common_pairs(met: MetUnits, codes: QuestionCodes) -> Floats:
    """How many neighbouring units of each sentence are neighbours in the question, over its pairs; at most 1.

    Args:
        met: of the sentences.
        codes: of the question.
    """
    pairs = {(left, right) for one, other in pairwise(codes.order) for left in one for right in other}
    found = [0] * len(met.counts)
    rows, places = met.rows.tolist(), met.places.tolist()
    for place, pair in enumerate(pairwise(met.columns.tolist())):
        if pair in pairs and rows[place] == rows[place + 1] and places[place] + 1 == places[place + 1]:
            found[rows[place]] += 1
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
    found = np.zeros((2, len(met.counts)), dtype=bool)
    is_beside = np.zeros((2, codes.width), dtype=bool)
    for side in (0, 1):
        is_beside[side, list(_slot_columns(question, codes, side))] = True
    sides, chosen = is_beside[:, met.columns].nonzero()
    rows, places = met.rows[chosen], met.places[chosen]
    starts, ends = places + _SLOT_STARTS[sides], places + _SLOT_ENDS[sides]
    until = new_before[rows, np.minimum(ends, new_before.shape[1] - 1)]
    has_new = until > new_before[rows, np.maximum(starts, 0)]
    found[sides[has_new], rows[has_new]] = True
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
