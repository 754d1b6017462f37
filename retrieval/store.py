"""An analysed corpus on disk: one SQLite database behind a checksum, so that no damaged letter is ever quoted."""

from __future__ import annotations

import datetime
import sqlite3
from array import array
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from retrieval.encoding import printable
from retrieval.errors import CorpusError, IndexStoreError
from retrieval.files import read_checked, write_checked
from retrieval.terms import Unit, Units
from retrieval.types import Article, Passage, Sentence

_SCHEMA = """
CREATE TABLE version (version TEXT NOT NULL);
CREATE TABLE problem (path TEXT NOT NULL, reason TEXT NOT NULL, remedy TEXT NOT NULL, line INTEGER);
CREATE TABLE article (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, text TEXT NOT NULL, date TEXT,
    source TEXT NOT NULL, author TEXT NOT NULL, url TEXT NOT NULL, title_terms TEXT NOT NULL
);
CREATE TABLE sentence (
    article INTEGER NOT NULL REFERENCES article, passage_start INTEGER NOT NULL, passage_end INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, ordered TEXT NOT NULL, joined TEXT NOT NULL, traits BLOB NOT NULL
);
"""

AnalysedSentence = tuple[Sentence, Units]


class Analysed(NamedTuple):
    """An article, its title's terms, and its passages as lists of sentences with their units."""

    article: Article
    title: list[str]
    passages: list[list[AnalysedSentence]]


class Snapshot(NamedTuple):
    """A corpus, analysed, and what of it could not be read."""

    articles: tuple[Analysed, ...]
    problems: tuple[CorpusError, ...]


def load(path: Path, version: str) -> Snapshot | None:
    """The snapshot in `path`; None where there is none, or one of another version.

    Raises:
        IndexStoreError: the file is damaged or unreadable.
    """
    with _translated(path, "cannot be read"), closing(sqlite3.connect(":memory:")) as database:
        try:
            content = read_checked(path)
        except FileNotFoundError:
            return None
        if content is None:
            raise ValueError("it is damaged")
        database.deserialize(content)
        if database.execute("SELECT version FROM version").fetchone() != (version,):
            return None
        problems = tuple(
            CorpusError(Path(file), reason, remedy, line)
            for file, reason, remedy, line in database.execute(
                "SELECT path, reason, remedy, line FROM problem ORDER BY rowid"
            )
        )
        sentences = database.execute("SELECT * FROM sentence ORDER BY article, rowid")
        passages = {number: list(rows) for number, rows in groupby(sentences, key=lambda row: row[0])}
        articles = database.execute("SELECT * FROM article ORDER BY number")
        return Snapshot(tuple(_analysed(row, passages.get(row[0], [])) for row in articles), problems)


def save(path: Path, version: str, snapshot: Snapshot) -> None:
    """Replace what is stored in `path`.

    Raises:
        IndexStoreError: the folder cannot be written or the disk is full; what was stored before is untouched.
    """
    with _translated(path, "cannot be written"), closing(sqlite3.connect(":memory:")) as database:
        with database:
            database.executescript(_SCHEMA)
            database.execute("INSERT INTO version VALUES (?)", (version,))
            database.executemany(
                "INSERT INTO problem VALUES (?, ?, ?, ?)",
                (
                    (printable(str(problem.path)), problem.reason, problem.remedy, problem.line)
                    for problem in snapshot.problems
                ),
            )
            for number, analysed in enumerate(snapshot.articles):
                _insert(database, number, analysed)
        write_checked(path, database.serialize())


def _insert(database: sqlite3.Connection, number: int, analysed: Analysed) -> None:
    article = analysed.article
    date = article.date.isoformat() if article.date else None
    database.execute(
        "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            article.id,
            article.title,
            article.text,
            date,
            article.source,
            article.author,
            article.url,
            " ".join(analysed.title),
        ),
    )
    database.executemany(
        "INSERT INTO sentence VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                number,
                sentence.passage.start,
                sentence.passage.end,
                sentence.start,
                sentence.end,
                *_packed(units),
            )
            for passage in analysed.passages
            for sentence, units in passage
        ),
    )


def _analysed(
    row: tuple[int, str, str, str, str | None, str, str, str, str],
    sentences: list[tuple[int, int, int, int, int, str, str, bytes]],
) -> Analysed:
    _, name, title, text, date, source, author, url, title_terms = row
    article = Article(name, title, text, datetime.date.fromisoformat(date) if date else None, source, author, url)
    passages = [
        [
            (Sentence(passage, start, end), _unpacked(ordered, joined, traits))
            for _, _, _, start, end, ordered, joined, traits in rows
        ]
        for (passage_start, passage_end), rows in groupby(sentences, key=lambda row: (row[1], row[2]))
        if (passage := Passage(article, passage_start, passage_end))
    ]
    return Analysed(article, title_terms.split(), passages)


def _packed(units: Units) -> tuple[str, str, bytes]:
    ordered, joined = (" ".join(unit.term for unit in part) for part in units)
    return ordered, joined, array("H", (unit.traits for part in units for unit in part)).tobytes()


def _unpacked(ordered: str, joined: str, traits: bytes) -> Units:
    bits = iter(array("H", traits))
    return Units(*([Unit(term, next(bits)) for term in part.split()] for part in (ordered, joined)))


@contextmanager
def _translated(path: Path, verb: str) -> Iterator[None]:
    """Turn what SQLite and the file system raise into the project's own error."""
    try:
        yield
    except (sqlite3.Error, OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise IndexStoreError(f"{path}: the stored index {verb} ({reason})") from error
