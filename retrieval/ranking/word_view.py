"""The units of some sentences in their order, as the features look at them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from retrieval.index.passage_format import Punctuation
from retrieval.ranking.evidence import Evidence
from retrieval.ranking.question_codes import NO_COLUMN
from retrieval.ranking.word_order import MetUnits, beside_slot, common_pairs, common_subsequences
from retrieval.system.arrays import Booleans, Floats, Integers
from retrieval.text.traits import Trait

MAX_ROW_UNITS = 96
"""Units of a sentence that are compared in their order; those behind them are ignored."""

OPENING_UNITS = 5
"""Units that open a sentence."""

NEAR_UNITS = 6
"""Units on either side of a number or a name that are near it."""

_GRAMMAR, _REFERENCE, _COPULA = Trait.GRAMMAR.value, Trait.REFERENCE.value, Trait.COPULA.value
"""Plain integers: numpy takes several times as long for a flag."""


class WordView:
    """The units of some sentences in their order. The axes of arrays are sentences and, where there are two, places.

    Args:
        evidence: what its passages hold of a question.
        rows: the sentences' rows in the evidence.
    """

    def __init__(self, evidence: Evidence, rows: Integers) -> None:
        self._evidence, self._question, self._codes, self._rows = evidence, evidence.question, evidence.codes, rows
        self.units = evidence.units.ordered[rows]
        """How many units it has in order."""

        self.terms = np.maximum(evidence.units.lengths[rows], 1)
        """How many terms it has, at least 1."""

        starts, width = evidence.units.starts[rows], min(max(int(self.units.max()), 1), MAX_ROW_UNITS)
        inside = np.arange(width) < self.units[:, None]
        places = np.where(inside, starts[:, None] + np.arange(width), -1)
        self._columns = evidence.unit_columns[places]
        """The unit's column among the question's, `NO_COLUMN` for other units and behind the end."""

        self._traits = evidence.units.traits[places] * inside
        self._met = MetUnits.of(self._columns)
        self._is_new = inside & (self._columns == NO_COLUMN)
        self._new_before = np.zeros((len(rows), width + 1), dtype=np.int64)
        """How many terms that the question has not stand before each place."""

        (self._is_new & (self._traits & _GRAMMAR == 0)).cumsum(axis=1, out=self._new_before[:, 1:])
        self.new_terms = self._new_before[:, -1]
        """How many such terms it has."""

    @property
    def only_repeats(self) -> Booleans:
        """Whether each of its terms is the question's own; what only stands in for one, «مشکی» for «رنگ», is new."""
        repeats: Booleans = self.new_terms == 0
        if not repeats.any():  # as hardly ever
            return repeats
        own = np.zeros(self._codes.width + 1, dtype=bool)
        own[self._codes.groups.columns[self._codes.groups.shares == 1]] = True
        own[NO_COLUMN] = False
        is_other = (self._columns >= 0) & ~own[self._columns] & (self._traits & _GRAMMAR == 0)
        found: Booleans = repeats & ~is_other.any(axis=1)
        return found

    @cached_property
    def _offered(self) -> NDArray[np.uint16]:
        """The traits of units that the question has not."""
        return np.where(self._is_new, self._traits, 0)

    @cached_property
    def _all_offered(self) -> NDArray[np.uint16]:
        """For each sentence the traits of any of these units."""
        found: NDArray[np.uint16] = np.bitwise_or.reduce(self._offered, axis=1)
        return found

    def count(self, trait: Trait) -> Integers:
        """How many units each sentence has that have a trait and are not in the question."""
        found: Integers = (self._offered & trait.value > 0).sum(axis=1)
        return found

    def offers(self, trait: Trait) -> Booleans:
        """Whether a sentence has a unit that has a trait and is not in the question."""
        found: Booleans = self._all_offered & trait.value > 0
        return found

    def share_near(self, trait: Trait) -> Floats:
        """The largest share of the question's weight within `NEAR_UNITS` of a unit that `offers` looks for."""
        width = self._columns.shape[1]
        weights = self._codes.weights[self._columns]
        sums = np.concatenate([np.zeros((len(weights), 1)), np.cumsum(weights, axis=1)], axis=1)
        place = np.arange(width)
        around = sums[:, np.minimum(place + NEAR_UNITS + 1, width)] - sums[:, np.maximum(place - NEAR_UNITS, 0)]
        largest: Floats = np.where(self._offered & trait.value > 0, around, 0.0).max(axis=1) / self._evidence.total
        return largest

    def counts_any(self, columns: Sequence[int]) -> Booleans:
        """Whether a new number stands right before a unit of one of some columns, or before a measure of it."""
        is_number = (self._offered & Trait.NUMBER.value) > 0
        before = np.zeros_like(is_number)
        before[:, 1:] = is_number[:, :-1]
        before[:, 2:] |= is_number[:, :-2] & self._is_new[:, 1:-1]
        found: Booleans = (before & np.isin(self._columns, columns)).any(axis=1)
        return found

    @property
    def refers_back(self) -> Booleans:
        """Whether one of its first three units points back."""
        found: Booleans = np.bitwise_or.reduce(self._traits[:, :3], axis=1) & _REFERENCE > 0
        return found

    @property
    def answers_copula(self) -> Booleans:
        """Whether it has a copula and the question asks for one."""
        return self.has_copula if self._question.is_copular else np.zeros(len(self._rows), dtype=bool)

    @property
    def has_copula(self) -> Booleans:
        """Whether it has a copula."""
        found: Booleans = np.bitwise_or.reduce(self._traits, axis=1) & _COPULA > 0
        return found

    @cached_property
    def _counts(self) -> Floats:
        """How often it has each of the question's units, by their columns."""
        counts: Floats = self._evidence.counts[self._rows]
        return counts

    @property
    def has_head(self) -> Floats:
        """Whether it has the noun asked for."""
        held = np.zeros(len(self._rows))
        for column, term in enumerate(self._codes.terms):
            if term in self._question.head:
                held += self._counts[:, column]
        return np.minimum(held, 1.0)

    @property
    def stop_words(self) -> Floats:
        """The part of the question's stop words that it has."""
        counts = self._counts[:, len(self._codes.terms) :]
        part: Floats = np.minimum(counts, 1).sum(axis=1) / max(counts.shape[1], 1)
        return part

    @property
    def density(self) -> Floats:
        """The part of its units that the question has."""
        part: Floats = self._met.counts / np.maximum(self.units, 1)
        return part

    @property
    def common_order(self) -> Floats:
        """The longest common subsequence with the question's units, over their number."""
        return common_subsequences(self._met, self._codes.order) / max(len(self._codes.order), 1)

    @property
    def common_pairs(self) -> Floats:
        """Its pairs of neighbouring units that are neighbours in the question, over the question's pairs."""
        return common_pairs(self._met, self._codes)

    @cached_property
    def opening(self) -> Floats:
        """The share of the question's weight that its first `OPENING_UNITS` cover."""
        return self._evidence.coverage(self.held_by_opening)

    @cached_property
    def held_by_opening(self) -> Floats:
        """What its first `OPENING_UNITS` hold of each of the question's groups: sentences × groups, see `Held`."""
        codes, opens = self._codes, self._met.places < OPENING_UNITS
        held = np.zeros((len(self._rows), codes.width))
        held[self._met.rows[opens], self._met.columns[opens]] = 1.0
        return codes.groups.best(held[:, : len(codes.terms)])

    @cached_property
    def beside_slot(self) -> tuple[Booleans, Booleans]:
        """See `word_order.beside_slot`."""
        return beside_slot(self._question, self._codes, self._met, self._new_before)

    @cached_property
    def punctuation(self) -> Punctuation:
        """Its punctuation."""
        return self._evidence.units.punctuation(self._rows)
