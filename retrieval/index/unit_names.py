"""The names of a store's units with their numbers and stems: the tables `unit` and `words`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.index.database import Database
from retrieval.text import vocabulary
from retrieval.text.stems import stem
from retrieval.text.vocabulary import FilteredTrie, Vocabulary

REBUILD_SHARE = 16
"""The stored trie is rebuilt once more than 1/16 of the names are missing from it."""

NAMES_AT_ONCE = 100_000
"""New names that are written together. Other processes go on analysing meanwhile."""


class IndexedUnit(NamedTuple):
    """What an index has of a unit.

    Args:
        number: its number; None where no article has ever had it.
        idf_in_sentences, idf_in_passages: see `retrieval.engines.base.Statistics`.
    """

    number: int | None
    idf_in_sentences: float
    idf_in_passages: float


class UnitNames:
    """The names of the units in an open database.

    A change of the database goes from `begin` through calls of `enter` to `finish`.

    Args:
        database: one that has the tables `unit` and `words`.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._numbers: dict[str, int] = {}
        self._new: list[str] = []
        self._had = self._last = 0

    def begin(self) -> None:
        """Begin a change: forget the names of the change before, which may not have been committed."""
        ((self._last,),) = self._database.rows("SELECT ifnull(max(number), 0) FROM unit")
        self._had, self._numbers, self._new = self._last, {}, []

    def enter(self, units: Sequence[str]) -> NDArray[np.int32]:
        """The numbers of units, in their order. A unit without a number gets the next one."""
        known = self._numbers
        found = list(map(known.get, units))
        if None in found:
            unseen = [unit for unit, number in zip(units, found, strict=True) if number is None]
            if self._had:
                known.update(self.numbers(unseen))
            for unit in unseen:
                if unit not in known:
                    self._new.append(unit)
                    known[unit] = self._last + len(self._new)
            found = list(map(known.get, units))
        if len(self._new) >= NAMES_AT_ONCE:
            self._write()
        return np.array(found, dtype=np.int32)

    def finish(self) -> None:
        """End a change: write what is new, and the trie anew where it lacks too much."""
        self._write()
        covered = self._words()[0]
        if (self._last - covered) * REBUILD_SHARE > self._last:
            self._database.write("DELETE FROM words")
            words = vocabulary.pack(name for (name,) in self._database.stream("SELECT name FROM unit"))
            self._database.write("INSERT INTO words VALUES (?, ?)", self._last, words)

    def _write(self) -> None:
        """Write the new units, sorted by name and many at once, which is much faster."""
        new = sorted(zip(self._new, count(self._last + 1)))
        self._database.write_all(
            "INSERT INTO unit VALUES (?, ?, ?)", ((number, unit, stem(unit)) for unit, number in new)
        )
        self._last += len(new)
        self._new = []

    def numbers(self, units: Iterable[str]) -> dict[str, int]:
        """The numbers of units by their names. Units that no article has ever had are left out."""
        statement = "SELECT name, number FROM json_each(?) CROSS JOIN unit ON name = value"
        return dict(self._database.rows(statement, json.dumps(list(units))))

    def relatives(self, stems: Sequence[str]) -> dict[str, list[int]]:
        """For each of some stems (see `retrieval.text.stems`) the numbers of the units that have it."""
        found: dict[str, list[int]] = {shared: [] for shared in stems}
        statement = "SELECT value, number FROM json_each(?) CROSS JOIN unit ON stem = value"
        for shared, number in self._database.rows(statement, json.dumps(stems)):
            found[shared].append(number)
        return found

    def vocabulary(self) -> Vocabulary:
        """Every unit that an article has, or had before it was changed or removed.

        Raises:
            DamagedError: the trie is damaged.
        """
        covered, tries = self._words()
        newer = [name for (name,) in self._database.rows("SELECT name FROM unit WHERE number > ?", covered)]
        return Vocabulary(*map(vocabulary.unpack, tries), *([FilteredTrie.of(newer)] if newer else []))

    def _words(self) -> tuple[int, list[bytes]]:
        """The highest number of a unit in the stored trie, and the trie: a list of one, or of none in a new store."""
        rows = self._database.rows("SELECT last, trie FROM words")
        return max([last for last, _ in rows], default=0), [trie for _, trie in rows]

    def names_of(self, numbers: Iterable[int]) -> dict[int, str]:
        """The units of some numbers."""
        statement = "SELECT number, name FROM json_each(?) CROSS JOIN unit ON number = value"
        return dict(self._database.rows(statement, json.dumps(list(numbers))))

    def names(self) -> list[str]:
        """The units by their numbers, which begin at 1; the name at 0 is ""."""
        rows = self._database.stream("SELECT name FROM unit ORDER BY number")
        return ["", *(str(name) for (name,) in rows)]  # in a damaged file it may be of any type
