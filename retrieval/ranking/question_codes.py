"""A question's units, numbered, so that they are counted in many sentences at once."""

from __future__ import annotations

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


class UnitLookup(NamedTuple):
    """A table from some of the index's units to columns.

    Args:
        numbers: the units' numbers in the index, ascending; -1 for a unit that it has not.
        columns: for each of them its column.
    """

    numbers: NDArray[np.int32]
    columns: Integers

    def columns_of(self, units: NDArray[np.int32]) -> Integers:
        """The column of each of many units; `NO_COLUMN` for those that are not known."""
        # Few of many are known. Most of the others are told by the low bits of their numbers.
        is_possible = np.zeros(_LOW_BITS + 1, dtype=bool)
        is_possible[self.numbers & _LOW_BITS] = True
        found = np.full(len(units), NO_COLUMN)
        (places,) = is_possible[units & _LOW_BITS].nonzero()
        if len(places):
            possible = units[places]
            nearest = self.numbers.searchsorted(possible, "right") - 1
            is_known = self.numbers[nearest] == possible
            found[places[is_known]] = self.columns[nearest[is_known]]
        return found


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
        padded = np.zeros((len(by_term), by_term.shape[1] + 1))
        padded[:, :-1] = by_term
        members = padded[:, self.columns] * self.shares
        return np.maximum.reduceat(members, self.starts, axis=1)


@dataclass(frozen=True, slots=True)
class QuestionCodes:
    """A question's units, numbered.

    Args:
        column: each unit's column; the terms come first, then the stop words.
        terms: the terms, by column.
        units: from the index's units to these columns.
        groups: the groups of terms.
        stems: from the index's units to the stems that they share with a term; here a column is a stem.
        stem_groups: stems × groups: 1 where a term of the group has the stem, else 0.
        order: for each unit of the question, in order, the columns of its alternatives.
        weights: by column, the weight of the heaviest group that has the term; 0 for stop words and `NO_COLUMN`.
    """

    column: dict[str, int]
    terms: tuple[str, ...]
    units: UnitLookup
    groups: TermGroups
    stems: UnitLookup
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
        known = {term: share for term, share in group.shares.items() if index.knows(term)}
        lacking |= group.shares.keys() - known.keys()
        places = [column.setdefault(term, len(column)) for term in known]
        weights |= {place: max(weight, weights.get(place, 0.0)) for place in places}
        members += places or [NO_COLUMN]
        shares += known.values() or [0.0]
    terms = tuple(column)
    for unit in chain.from_iterable(question.order):
        if unit not in lacking:
            column.setdefault(unit, len(column))
    stems, stem_groups = _stems(question.query)
    return QuestionCodes(
        column,
        terms,
        _lookup(index.numbers(column), column),
        TermGroups(np.array(members, dtype=np.int64), np.array(shares), np.array(starts, dtype=np.int64)),
        _relatives(index.relatives(stems), stems),
        stem_groups,
        tuple(tuple(column[unit] for unit in units if unit in column) for units in question.order),
        np.array([weights.get(place, 0.0) for place in range(len(column) + 1)]),
    )


def _lookup(numbers: dict[str, int], column: dict[str, int]) -> UnitLookup:
    """The lookup of units that are known by their names."""
    found = np.array([numbers.get(unit, -1) for unit in column], dtype=np.int32)
    ascending = np.argsort(found)
    return UnitLookup(found[ascending], ascending)


def _relatives(relatives: list[tuple[int, str]], stems: dict[str, int]) -> UnitLookup:
    """The lookup of units that share a stem with a term: their numbers, ascending, each with its stem."""
    return UnitLookup(
        np.array([number for number, _ in relatives], dtype=np.int32),
        np.array([stems[shared] for _, shared in relatives], dtype=np.int64),
    )


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
