"""What is true of an index as a whole, in a database: its header, what could not be read, the names of its units."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from retrieval.errors import CorpusError
from retrieval.index.database import Database
from retrieval.index.header import Header
from retrieval.index.unit_names import UnitNames


class Ledger(Database):
    """A database that has the tables `meta`, `problem`, `unit` and `words`; for the arguments see `Database`.

    Raises:
        IndexStoreError: see `Database`.
    """

    def __init__(self, path: Path | None, schema: str) -> None:
        super().__init__(path, schema)
        self.units = UnitNames(self)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """See `Database.writing`."""
        with super().writing():
            self.units.begin()
            yield

    @property
    def header(self) -> Header:
        """Version, state of the files, and totals.

        Raises:
            DamagedError: a field is not as it was written.
        """
        rows = dict(self.rows("SELECT name, value FROM meta"))
        with self.translated():
            return Header.of_rows(rows)

    def put_header(self, header: Header) -> None:
        """Replace the header."""
        self.write_all("INSERT OR REPLACE INTO meta VALUES (?, ?)", header.rows())

    def problems(self, place: Callable[[str], Path]) -> tuple[CorpusError, ...]:
        """What could not be read, in the order of files and lines.

        Args:
            place: what a file is called in errors, see `Source.place`.
        """
        rows = self.rows("SELECT path, reason, remedy, line FROM problem ORDER BY path, line")
        return tuple(CorpusError(place(os.fsdecode(path)), *problem) for path, *problem in rows)
