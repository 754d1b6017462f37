"""A question's units, numbered, so that they are counted in many sentences at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.engines.base import Query
from retrieval.index.reader import IndexReader
from retrieval.query.question import Question
from retrieval.system.arrays import Floats, Integers
from retrieval.text.stems import stem

NO_COLUMN = -1
"""The column of a unit that the question has not. Arrays by column have one place more, to which it leads."""

_LOW_BITS = 0xFFF
"""Of a unit's number; by them most units that are not looked for are passed over."""


class Met(NamedTuple):
    """Where units stand, among many, that the question has or that share a stem with one of its terms.

    Args:
        places: ascending.
        columns: for each of them the unit's column; `NO_COLUMN` where it is only a relative.
        stems: for each of them the number of its stem; `NO_COLUMN` where no term has it.
    """

    places: Integers
    columns: Integers
    stems: Integers


class UnitLookup(NamedTuple):
    """A table of the index's units that the question has, and of their relatives.

    Args:
        numbers: the units' numbers in the index, ascending.
        columns, stems: of each of them, see `Met`.
    """

    numbers: NDArray[np.int32]
    columns: Integers
    stems: Integers

    def among(self, units: NDArray[np.int32]) -> Met:
        """Those of many units that the table has."""
        # Few of many are known. Most of the others are told by the low bits of their numbers.
        is_possible = np.zeros(_LOW_BITS + 1, dtype=bool)
        is_possible[self.numbers & _LOW_BITS] = True
        (places,) = is_possible[units & _LOW_BITS].nonzero()
        possible = units[places]
        nearest = self.numbers.searchsorted(possible, "right") - 1
        is_known = self.numbers[nearest] == possible
        known = nearest[is_known]
        return Met(places[is_known], self.columns[known], self.stems[known])


class TermGroups(NamedTuple):
    """The question's groups of terms, one behind the other.

    Args:
        columns: of the terms; a group without a known term has `NO_COLUMN`.
        shares: what each term counts in its group.
        starts: for each group the place of its first term.
    """

    columns: Integers
    shares: Floats
    starts: Integers

    def best(self, by_term: Floats) -> Floats:
        """Values by term → values by group: the best of a group's terms, each times its share."""
        # By terms first: numpy goes through long rows much faster than through many short ones.
        padded = np.zeros((by_term.shape[1] + 1, len(by_term)))
        padded[:-1] = by_term.T
        members = padded[self.columns] * self.shares[:, None]
        return np.ascontiguousarray(np.maximum.reduceat(members, self.starts).T)


@dataclass(frozen=True, slots=True)
class QuestionCodes:
    """A question's units, numbered.

    Args:
        column: each unit's column; the terms come first, then the stop words.
        terms: the terms, by column.
        idf_in_sentences, idf_in_passages: of each term.
        units: from the index's units to these columns, and to the stems that they share with a term.
        groups: the groups of terms.
        stem_groups: stems × groups: 1 where a term of the group has the stem, else 0.
        order: for each unit of the question, in order, the columns of its alternatives.
        weights: by column, the weight of the heaviest group that has the term; 0 for stop words and `NO_COLUMN`.
    """

    column: dict[str, int]
    terms: tuple[str, ...]
    idf_in_sentences: Floats
    idf_in_passages: Floats
    units: UnitLookup
    groups: TermGroups
    stem_groups: Floats
    order: tuple[tuple[int, ...], ...]
    weights: Floats

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.column)


def encode(question: Question, index: IndexReader) -> QuestionCodes:
    """Number the question's units; terms that the collection has not are left out."""
    column: dict[str, int] = {}
    members: list[int] = []
    shares: list[float] = []
    starts: list[int] = []
    lacking: set[str] = set()
    weights: dict[int, float] = {}
    for group, weight in zip(question.query, question.weights, strict=True):
        starts.append(len(members))
        for term, share in group.shares.items():
            if not index.knows(term):
                lacking.add(term)
                continue
            place = column.setdefault(term, len(column))
            weights[place] = max(weight, weights.get(place, 0.0))
            members.append(place)
            shares.append(share)
        if starts[-1] == len(members):
            members.append(NO_COLUMN)
            shares.append(0.0)
    terms = tuple(column)
    for unit in chain.from_iterable(question.order):
        if unit not in lacking:
            column.setdefault(unit, len(column))
    units = index.units(column)
    stems, stem_groups = _stems(question.query)
    return QuestionCodes(
        column,
        terms,
        np.array([unit.idf_in_sentences for unit in units[: len(terms)]]),
        np.array([unit.idf_in_passages for unit in units[: len(terms)]]),
        _lookup([unit.number for unit in units], stems, index),
        TermGroups(np.array(members, dtype=np.int64), np.array(shares), np.array(starts, dtype=np.int64)),
        stem_groups,
        tuple(tuple(column[unit] for unit in units if unit in column) for units in question.order),
        np.array([weights.get(place, 0.0) for place in range(len(column) + 1)]),
    )


def _lookup(units: Sequence[int | None], stems: Mapping[str, int], index: IndexReader) -> UnitLookup:
    """The lookup of the question's units by their columns, and of their relatives by the numbers of their stems.

    Args:
        units: by column, the unit's number in the index; None where that has it not.
        stems: the stems of the terms, numbered.
        index: what is searched.
    """
    relatives = zip(stems.values(), index.relatives(stems), strict=True)
    found = {number: (NO_COLUMN, place) for place, numbers in relatives for number in numbers}
    for place, number in enumerate(units):
        if number is not None:
            found[number] = place, found.get(number, (NO_COLUMN, NO_COLUMN))[1]
    numbers = sorted(found)
    columns, stems_of = np.array([found[number] for number in numbers], dtype=np.int64).reshape(-1, 2).T
    return UnitLookup(np.array(numbers, dtype=np.int32), columns, stems_of)


def _stems(query: Query) -> tuple[dict[str, int], Floats]:
    """The stems of the groups' terms, numbered, and which group has which: see `QuestionCodes.stem_groups`."""
    stems: dict[str, int] = {}
    pairs = [
        (stems.setdefault(stem(term), len(stems)), place) for place, group in enumerate(query) for term in group.terms
    ]
    held = np.zeros((len(stems), len(query)))
    for number, place in pairs:
        held[number, place] = 1.0
    return stems, held
