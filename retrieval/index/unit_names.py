"""The names of a collection's units, their numbers and stems: the tables `unit` and `words` of its store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray

from retrieval.index.database import Database
from retrieval.text import vocabulary
from retrieval.text.stems import stem
from retrieval.text.vocabulary import FilteredTrie, Vocabulary

FRESH = 16
"""The part of the names, a sixteenth, that may be newer than the stored trie."""

AT_ONCE = 100_000
"""New names that are written together, while other processes go on analysing."""


class UnitNames:
    """The names, in an open database that has the two tables.

    Args:
        database: the database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._numbers: dict[str, int] = {}
        self._new: list[str] = []
        self._had = self._last = 0

    def begin(self) -> None:
        """The first step of a change: see what is there."""
        ((self._last,),) = self._database.rows("SELECT ifnull(max(number), 0) FROM unit")
        self._had, self._numbers, self._new = self._last, {}, []

    def enter(self, units: Sequence[str]) -> NDArray[np.int32]:
        """The numbers of units, new ones for those that have none."""
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
        if len(self._new) >= AT_ONCE:
            self._write()
        return np.array(found, dtype=np.int32)

    def finish(self) -> None:
        """The last step of a change."""
        self._write()
        covered = self._words()[0]
        if (self._last - covered) * FRESH > self._last:
            self._database.write("DELETE FROM words")
            words = vocabulary.pack(name for (name,) in self._database.stream("SELECT name FROM unit"))
            self._database.write("INSERT INTO words VALUES (?, ?)", self._last, words)

    def _write(self) -> None:
        """Write new units: in order, and many at once, which is much faster."""
        new = sorted(zip(self._new, count(self._last + 1)))
        self._database.write_all(
            "INSERT INTO unit VALUES (?, ?, ?)", ((number, unit, stem(unit)) for unit, number in new)
        )
        self._last += len(new)
        self._new = []

    def numbers(self, units: Iterable[str]) -> dict[str, int]:
        """The numbers of units; those that no article has ever had are left out."""
        statement = "SELECT name, number FROM json_each(?) CROSS JOIN unit ON name = value"
        return dict(self._database.rows(statement, json.dumps(list(units))))

    def relatives(self, stems: Iterable[str]) -> list[tuple[int, str]]:
        """The units with one of some `stem`s: their numbers, ascending, each with its stem."""
        statement = "SELECT number, stem FROM json_each(?) CROSS JOIN unit ON stem = value ORDER BY number"
        return self._database.rows(statement, json.dumps(list(stems)))

    def vocabulary(self) -> Vocabulary:
        """Every unit that some article has or had.

        Raises:
            DamagedError: it is damaged.
        """
        covered, tries = self._words()
        newer = [name for (name,) in self._database.rows("SELECT name FROM unit WHERE number > ?", covered)]
        return Vocabulary(*map(vocabulary.unpack, tries), *([FilteredTrie.of(newer)] if newer else []))

    def _words(self) -> tuple[int, list[bytes]]:
        """The last number of a unit that the stored tries hold, and these: one, or none in a new store."""
        rows = self._database.rows("SELECT last, trie FROM words")
        return max([last for last, _ in rows], default=0), [trie for _, trie in rows]

    def names(self) -> list[str]:
        """Each number's unit; numbers begin at 1."""
        rows = self._database.stream("SELECT name FROM unit ORDER BY number")
        return ["", *(str(name) for (name,) in rows)]  # where the file is damaged it may be anything
