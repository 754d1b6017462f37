"""The database of a change: what a summary lacks of a store, and what it has too much."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from retrieval.errors import IndexStoreError
from retrieval.index.database import Database
from retrieval.index.frequencies import Frequencies
from retrieval.index.header import Header
from retrieval.index.store import Store
from retrieval.index.summary import CHANGE_SCHEMA, KEYS, WHOLE, Summary

_NEW = {
    "unit": "SELECT * FROM store.unit WHERE number > (SELECT ifnull(max(number), 0) FROM summary.unit)",
    "words": "SELECT * FROM store.words WHERE last NOT IN (SELECT last FROM summary.words)",
    "problem": "SELECT * FROM store.problem",
    "family": "SELECT * FROM store.family EXCEPT SELECT * FROM summary.family",
    "repeat": "SELECT * FROM store.repeat EXCEPT SELECT * FROM summary.repeat",
    "article": "SELECT number, path FROM store.article WHERE number NOT IN (SELECT number FROM summary.article)",
}
"""The rows of each table that the summary lacks."""

_GONE = "SELECT ?, {key} FROM summary.{table} WHERE {key} NOT IN (SELECT {key} FROM store.{table})"


class Draft:
    """A change that is being made, as a context: its file is removed at the end.

    Args:
        folder: for its file.
        store: what the summary is to follow.
        summary: what it has.

    Raises:
        IndexStoreError: the file cannot be written, or one of the others cannot be read.
    """

    def __init__(self, folder: Path, store: Store, summary: Summary) -> None:
        if store.path is None or summary.path is None:
            raise IndexStoreError("only a store in a file can be published; see PASOKH_DATA")
        handle, name = tempfile.mkstemp(".change", dir=folder)
        os.close(handle)
        self._file, self._store, self._summary = Path(name), store, summary
        self._database = Database(self._file, CHANGE_SCHEMA)
        self._database.rows("ATTACH ? AS store", os.fspath(store.path))
        self._database.rows("ATTACH ? AS summary", os.fspath(summary.path))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()
        for file in self._file.parent.glob(f"{self._file.name}*"):
            file.unlink(missing_ok=True)

    def articles(self) -> tuple[list[int], list[int]]:
        """The numbers of the articles that came, and of those that went."""
        came = self._database.rows(f"{_NEW['article']} ORDER BY 1")
        went = self._database.rows("SELECT number FROM summary.article EXCEPT SELECT number FROM store.article")
        return [number for number, _ in came], [number for (number,) in went]

    def leave(self, removed: Sequence[int], now: int, stay: int) -> list[int]:
        """Note the articles whose documents are still in the cluster.

        Args:
            removed: those that go with this change.
            now: the time, in seconds.
            stay: how long documents stay.

        Returns:
            The articles whose documents are to be removed now.
        """
        rows = self._database.rows("SELECT article, since FROM summary.leaving")
        staying = [(article, since) for article, since in rows if now - since <= stay]
        with self._database.writing():
            self._database.write_all("INSERT INTO leaving VALUES (?, ?)", [*staying, *((one, now) for one in removed)])
        return [article for article, since in rows if now - since > stay]

    def finish(self, counted: Frequencies, generation: int) -> bytes:
        """Write everything else; returns the bytes of the database.

        Args:
            counted: the terms of what came and went.
            generation: that of the collection then.
        """
        with self._database.writing():
            for table, rows in _NEW.items():
                self._database.write(f"INSERT INTO main.{table} {rows}")  # constants, here and below
            for table in KEYS.keys() - {"frequency"}:
                gone = _GONE.format(table=table, key=KEYS[table])
                self._database.write(f"INSERT INTO main.dropped {gone}", table)
            self._put_frequencies(counted)
            self._put_header(generation)
        return self._bytes()

    def everything(self) -> bytes:
        """A change with all rows of what the summary has after this one."""
        with Draft(self._file.parent, self._store, self._summary) as whole:
            database = whole._database  # another of this class
            database.rows("ATTACH ? AS change", os.fspath(self._file))
            with database.writing():
                for table in ("unit", *KEYS):
                    gone = f"SELECT key FROM change.dropped WHERE name = '{table}'"  # noqa: S608
                    key = KEYS.get(table, "number")
                    rows = f"SELECT * FROM summary.{table} WHERE {key} NOT IN ({gone})"  # noqa: S608
                    database.write(f"INSERT INTO main.{table} {rows}")
                    database.write(f"INSERT OR REPLACE INTO main.{table} SELECT * FROM change.{table}")  # noqa: S608
                database.write("INSERT INTO main.words SELECT * FROM store.words")
                for table in ("meta", *WHOLE):
                    database.write(f"INSERT INTO main.{table} SELECT * FROM change.{table}")  # noqa: S608
            database.rows("DETACH change")
            return whole._bytes()

    def _put_frequencies(self, counted: Frequencies) -> None:
        """Write the frequencies of the terms that were counted, as they are after the change."""
        terms = sorted(counted.passages)
        numbers = self._store.units.numbers(terms)
        before = {term: self._summary.frequencies(term) for term in terms}
        self._database.write_all(
            "INSERT INTO main.frequency VALUES (?, ?, ?)",
            (
                (numbers[term], before[term][0] + counted.sentences[term], before[term][1] + counted.passages[term])
                for term in terms
            ),
        )

    def _put_header(self, generation: int) -> None:
        header = self._store.header
        rows = [*header._replace(generation=generation).rows(), (PUBLISHED, published(header))]
        self._database.write_all("INSERT INTO main.meta VALUES (?, ?)", rows)

    def _bytes(self) -> bytes:
        self._database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        return self._file.read_bytes()


PUBLISHED = "published"
"""The row of `meta` that tells which state of the writer's store a change leads to."""


def published(header: Header) -> str:
    """The value of that row."""
    return f"{header.generation} {header.state}"
