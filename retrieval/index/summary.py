"""What each machine keeps of a collection in a cluster: words and their frequencies, copies, totals; no article.

Questions ask for these often, and a cluster takes 20 to 60 ms to tell frequencies. It is one SQLite database, mapped
into memory and shared by all processes of the machine. It is brought up to date by changes: databases of the rows that
are new, and of the keys of those that are gone. The first change begins with nothing and has all rows.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from retrieval.errors import IndexStoreError
from retrieval.index.families import Families
from retrieval.index.ledger import Ledger

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS problem (path BLOB NOT NULL, line INTEGER, reason TEXT NOT NULL, remedy TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS unit (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, stem TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS unit_stem ON unit (stem);
CREATE TABLE IF NOT EXISTS frequency (number INTEGER PRIMARY KEY, sentences INTEGER NOT NULL,
    passages INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS words (last INTEGER PRIMARY KEY, trie BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS family (article INTEGER PRIMARY KEY, family INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS family_members ON family (family);
CREATE TABLE IF NOT EXISTS repeat (sentence INTEGER PRIMARY KEY, newer INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS article (number INTEGER PRIMARY KEY, path BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS leaving (article INTEGER PRIMARY KEY, since INTEGER NOT NULL);
"""
"""`frequency`: in how many sentences and passages a unit is a term. `article`: with the name of its file. `leaving`:
articles that are none of the collection any more, but whose documents are still in the cluster, since some reader may
have found them a moment ago.
"""

KEYS = {"frequency": "number", "family": "article", "repeat": "sentence", "article": "number"}
"""The tables whose rows may be replaced or go, and their keys."""

WHOLE = ("problem", "leaving")
"""The tables that a change has as a whole."""

CHANGE_SCHEMA = SCHEMA + "CREATE TABLE IF NOT EXISTS dropped (name TEXT NOT NULL, key INTEGER NOT NULL);"

MAPPED_BYTES = 1 << 40
"""The whole database is mapped into memory, as far as SQLite allows."""

REMEMBERED_TERMS = 1 << 16
"""Terms whose frequencies are kept."""


class Summary(Ledger):
    """An open summary; see `Database`.

    Args:
        path: the file, created where it is missing.

    Raises:
        IndexStoreError: see `Database`.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, SCHEMA)
        self.families = Families(self)
        self.frequencies = lru_cache(REMEMBERED_TERMS)(self._frequencies)

    def _connect(self) -> None:
        super()._connect()
        self._connection.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")

    @property
    def last_article(self) -> int:
        """The number of the article that came last; 0 where none has come."""
        ((last,),) = self.rows("SELECT ifnull(max(number), 0) FROM article")
        return int(last)

    @property
    def leaving(self) -> list[int]:
        """The articles whose documents are still in the cluster, but are none of the collection."""
        return [article for (article,) in self.rows("SELECT article FROM leaving ORDER BY article")]

    def in_sentences(self, term: str) -> int:
        """In how many sentences a term occurs."""
        return self.frequencies(term)[0]

    def in_passages(self, term: str) -> int:
        """In how many passages, with their articles' titles, a term occurs."""
        return self.frequencies(term)[1]

    def _frequencies(self, term: str) -> tuple[int, int]:
        statement = "SELECT sentences, passages FROM unit JOIN frequency USING (number) WHERE name = ?"
        rows = self.rows(statement, term)
        return rows[0] if rows else (0, 0)

    def apply(self, change: Path, before: int) -> None:
        """Take over a change, unless another process has done so.

        Args:
            change: the file of it, a database with `CHANGE_SCHEMA`.
            before: the generation that it begins with.

        Raises:
            IndexStoreError: it cannot be read, or the summary cannot be written.
        """
        if self.header.generation != before:
            return
        self.rows("ATTACH ? AS change", os.fspath(change))
        try:
            with self.writing():
                for table in (*WHOLE, *self._renewed()):
                    self.write(f"DELETE FROM main.{table}")  # noqa: S608  # constant names, here and below
                for table, key in KEYS.items():
                    gone = "SELECT key FROM change.dropped WHERE name = ?"
                    self.write(f"DELETE FROM main.{table} WHERE {key} IN ({gone})", table)  # noqa: S608
                for table in ("meta", "unit", "words", *KEYS, *WHOLE):
                    self.write(f"INSERT OR REPLACE INTO main.{table} SELECT * FROM change.{table}")  # noqa: S608
        finally:
            self.rows("DETACH change")
        self.frequencies.cache_clear()

    def _renewed(self) -> Iterable[str]:
        """The trie of the words goes where the change has a new one."""
        return ("words",) if self.rows("SELECT 1 FROM change.words") else ()


def remove_summary(path: Path) -> None:
    """Remove a summary's file and what SQLite has beside it."""
    try:
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink(missing_ok=True)
    except OSError as error:
        raise IndexStoreError(f"{path}: it cannot be removed ({error.strerror})") from error
