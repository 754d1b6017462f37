"""Which articles are copies of one another, and which sentences repeat a newer copy's: three tables of a store.

`sketch` finds articles by the numbers of their sketches, `family` has the articles that have copies, `repeat` the
sentences that a newer article of the family has as well, alike or corrected.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.index.database import Database
from retrieval.index.passage_format import unpack
from retrieval.index.sketch import KEY
from retrieval.index.unit_table import SentenceTable, tabulate
from retrieval.system.arrays import Integers, distinct

SCHEMA = """
CREATE TABLE IF NOT EXISTS sketch (page INTEGER PRIMARY KEY, entries BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS family (article INTEGER PRIMARY KEY, family INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS family_members ON family (family);
CREATE TABLE IF NOT EXISTS repeat (sentence INTEGER PRIMARY KEY, newer INTEGER NOT NULL);
"""

TABLES = ("sketch", "family", "repeat")

ENTRY: np.dtype[np.uint64] = np.dtype("<u8")
"""A number of a sketch in the upper half, an article that has it in the lower."""

PAGES = 1 << 10
"""Entries with the same first bits are stored together in one of so many rows, which is cheaper than a row for each."""

_PAGE_SIZE = np.uint64((1 << 64) // PAGES)

Entries = NDArray[np.uint64]

_HALF = np.uint64(32)


class Member(NamedTuple):
    """An article of a family.

    Args:
        number: the article's.
        day: its day in ISO 8601, or "".
        first, sentences: the number of its first sentence, and how many it has.
        title: the terms of its title, separated by spaces.
        sketch: see `retrieval.index.sketch`.
    """

    number: int
    day: str
    first: int
    sentences: int
    title: str
    sketch: bytes


class Families:
    """The copies of a store.

    Args:
        database: one that has the tables of `SCHEMA`, `article`, `title` and `file`.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def members(self, articles: Iterable[int]) -> list[Member]:
        """Some articles, the newest first: by their days, the times of their files, and their places."""
        rows = self._database.rows(
            "SELECT number, date, first, sentences, title.terms, sketch"
            " FROM json_each(?) AS wanted CROSS JOIN article ON number = wanted.value"
            " JOIN title ON title.article = number LEFT JOIN file ON file.path = article.path"
            " ORDER BY date DESC, file.time DESC, article.path DESC, line DESC",
            json.dumps(list(articles)),
        )
        return [Member(*row) for row in rows]

    def sentences(self, member: Member) -> SentenceTable:
        """The sentences of an article."""
        rows = self._database.rows(
            "SELECT record FROM passage WHERE number >= ? AND number < ? ORDER BY number",
            *(member.first, member.first + member.sentences),
        )
        return tabulate(unpack(record) for (record,) in rows)

    def of(self, articles: Iterable[int]) -> dict[int, int]:
        """The families of those of some articles that have copies."""
        statement = "SELECT article, family FROM json_each(?) CROSS JOIN family ON article = value"
        return dict(self._database.rows(statement, json.dumps(list(articles))))

    def of_file(self, name: str) -> set[int]:
        """The families of a file's articles."""
        statement = "SELECT DISTINCT family FROM article JOIN family ON article = number WHERE path = ?"
        return {family for (family,) in self._database.rows(statement, os.fsencode(name))}

    def articles_of(self, families: Iterable[int]) -> dict[int, int]:
        """The articles of some families, each with its family."""
        statement = "SELECT article, family FROM family WHERE family IN (SELECT value FROM json_each(?))"
        return dict(self._database.rows(statement, json.dumps(list(families))))

    def drop(self, members: Sequence[Member]) -> None:
        """Forget that articles have copies, and what their sentences repeat."""
        self._database.write_all("DELETE FROM family WHERE article = ?", ((member.number,) for member in members))
        for member in members:
            self._database.write(
                "DELETE FROM repeat WHERE sentence >= ? AND sentence < ?",
                *(member.first, member.first + member.sentences),
            )

    def repeats(self) -> Integers:
        """The sentences that repeat a newer copy's, and these, as `Repeats` takes them."""
        rows = self._database.rows("SELECT sentence, newer FROM repeat ORDER BY sentence")
        return np.array(rows, dtype=np.int64).reshape(-1, 2)

    def articles_with(self, sentences: Iterable[int]) -> list[int]:
        """The articles that some sentences stand in, the newest first."""
        rows = self._database.rows(
            "SELECT DISTINCT (SELECT article FROM passage WHERE number <= value ORDER BY number DESC LIMIT 1)"
            " FROM json_each(?)",
            json.dumps(list(sentences)),
        )
        return [member.number for member in self.members(article for (article,) in rows)]

    def put(self, family: Iterable[int], repeats: Mapping[int, int]) -> None:
        """Enter a family.

        Args:
            family: its articles.
            repeats: for each sentence that a newer copy has too, the number of the newest copy's.
        """
        articles = list(family)
        self._database.write_all("INSERT INTO family VALUES (?, ?)", ((one, min(articles)) for one in articles))
        self._database.write_all("INSERT INTO repeat VALUES (?, ?)", repeats.items())

    def amend(self, added: Entries, removed: Entries, sought: Entries) -> list[list[int]]:
        """Change the entries of sketches.

        Args:
            added: those that come.
            removed: those that go.
            sought: entries, of `added` or of older ones, whose copies are looked for.

        Returns:
            For each number that one of `sought` shares with other articles, all articles that have it, ascending.
        """
        pages = distinct(_page_of(np.concatenate([added, removed, sought])))
        entries = self._pages(pages.tolist())
        if len(removed):
            entries = entries[~np.isin(entries, removed)]
        entries = np.sort(np.concatenate([entries, added]))
        changed = distinct(_page_of(np.concatenate([added, removed])))
        self._put_pages(changed.tolist(), entries)
        return _shared(entries, sought)

    def _pages(self, pages: Iterable[int]) -> Entries:
        """The entries of some pages."""
        statement = "SELECT entries FROM json_each(?) CROSS JOIN sketch ON page = value"
        rows = self._database.rows(statement, json.dumps(list(pages)))
        return np.frombuffer(b"".join(entries for (entries,) in rows), ENTRY)

    def _put_pages(self, pages: Sequence[int], entries: Entries) -> None:
        """Replace some pages.

        Args:
            pages: which.
            entries: what they are to hold, in order, among others.
        """
        starts, ends = (
            np.searchsorted(entries, np.array(pages, dtype=ENTRY) * _PAGE_SIZE + offset).tolist()
            for offset in (np.uint64(0), _PAGE_SIZE - np.uint64(1))
        )
        bounds = list(zip(pages, starts, ends, strict=True))
        self._database.write_all("DELETE FROM sketch WHERE page = ?", ((page,) for page in pages))
        filled = ((page, entries[start:end].tobytes()) for page, start, end in bounds if start < end)
        self._database.write_all("INSERT INTO sketch VALUES (?, ?)", filled)


def entries_of(articles: Sequence[int], sketches: bytes, counts: Sequence[int]) -> Entries:
    """The entries of some articles.

    Args:
        articles: their numbers.
        sketches: their sketches, one behind the other.
        counts: how many numbers each sketch has.
    """
    keys = np.frombuffer(sketches, KEY).astype(ENTRY)
    return keys << _HALF | np.repeat(np.array(articles, dtype=ENTRY), np.array(counts, dtype=np.int64))


def _page_of(entries: Entries) -> NDArray[np.uint64]:
    return entries // _PAGE_SIZE


def _shared(entries: Entries, sought: Entries) -> list[list[int]]:
    """For each number of `sought` that several of `entries`, which are sorted, have: their articles."""
    keys = distinct(sought >> _HALF)
    starts = np.searchsorted(entries, keys << _HALF)
    ends = np.searchsorted(entries, (keys << _HALF) + np.uint64((1 << 32) - 1), side="right")
    several = np.flatnonzero(ends - starts > 1)
    articles = entries & np.uint64((1 << 32) - 1)
    bounds = zip(starts[several].tolist(), ends[several].tolist(), strict=True)
    return [articles[start:end].tolist() for start, end in bounds]
