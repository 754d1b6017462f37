"""The analysed corpus in one SQLite database, in a file or in memory.

An article's fields, the terms of its title and each of its passages are rows of their own, so that a question reads
only what it needs. Articles and passages have a checksum, so that no damaged letter is ever quoted. A change is one
transaction: readers see the state before it or the state after it, even if the writer is killed.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.corpus.source import State
from retrieval.errors import CorpusError
from retrieval.index import families
from retrieval.index.header import Totals
from retrieval.index.ledger import Ledger
from retrieval.index.passage_format import FORM_BYTE, pack
from retrieval.index.schema import SCHEMA
from retrieval.index.stored_article import AnalysedArticle, unpack_article
from retrieval.system.arrays import Integers
from retrieval.types import Article, Form

_NONE: frozenset[int] = frozenset()


class Stored(NamedTuple):
    """An article in the store.

    Args:
        number: its number; never given twice.
        id: its id.
        line: the line of its file where it begins, from 1.
    """

    number: int
    id: str
    line: int


class Store(Ledger):
    """An open store; see `Database`. It is read as a `ReadableStore`.

    Args:
        path: the file, created where it is missing; None for a store in memory.

    Raises:
        IndexStoreError: see `Database`.
    """

    def __init__(self, path: Path | None) -> None:
        super().__init__(path, SCHEMA)
        self.families = families.Families(self)

    def files(self) -> dict[str, State]:
        """The files whose articles it holds, each in the state in which it was read."""
        return {os.fsdecode(path): State(*state) for path, *state in self.rows("SELECT path, size, time FROM file")}

    def files_with_problems(self) -> set[str]:
        """The files of which something could not be read."""
        return {os.fsdecode(path) for (path,) in self.rows("SELECT DISTINCT path FROM problem")}

    def articles_of(self, name: str) -> dict[bytes, Stored]:
        """The articles of a file by their digests."""
        rows = self.rows("SELECT digest, number, id, line FROM article WHERE path = ?", os.fsencode(name))
        return {digest: Stored(*row) for digest, *row in rows}

    def put_file(self, name: str, state: State, problems: Iterable[CorpusError]) -> None:
        """Note that a file has been read in a state, and what of it could not be read."""
        path = os.fsencode(name)
        self.write("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", path, *state)
        self.write("DELETE FROM problem WHERE path = ?", path)
        for problem in problems:
            self.write("INSERT INTO problem VALUES (?, ?, ?, ?)", path, problem.line, problem.reason, problem.remedy)

    def drop_file(self, name: str) -> None:
        """Forget a file that is gone. Its articles are removed by `remove`."""
        for table in ("file", "problem"):
            self.write(f"DELETE FROM {table} WHERE path = ?", os.fsencode(name))  # noqa: S608  # one of two names

    def move(self, number: int, line: int) -> None:
        """Note that an article begins on another line of its file."""
        self.write("UPDATE article SET line = ? WHERE number = ?", line, number)

    def has(self, name: str) -> bool:
        """Whether an article has the id `name`."""
        return bool(self.rows("SELECT 1 FROM article WHERE id = ?", name))

    def add(self, name: str, analysed: AnalysedArticle, first: int, numbers: NDArray[np.int32]) -> tuple[int, Totals]:
        """Add an article of a file; returns its number, and by how much the totals grow.

        Args:
            name: the file's name.
            analysed: the article.
            first: the number that its first sentence gets.
            numbers: see `retrieval.index.passage_format.pack`.
        """
        sizes, named, terms = analysed.sentences.sizes, analysed.sentences.contexts, analysed.terms
        ((article,),) = self.write(
            "INSERT INTO article VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
            *(os.fsencode(name), analysed.line, analysed.digest, analysed.id, analysed.date, int(time.time())),
            *(first, sum(sizes), len(sizes), terms, analysed.content, analysed.sketch),
        )
        self.write("INSERT INTO title VALUES (?, ?)", article, analysed.title)
        packed = zip(accumulate(sizes, initial=first), named, pack(analysed.sentences, numbers), strict=False)
        rows = ((number, article, *context, record) for number, context, record in packed)
        self.write_all("INSERT INTO passage VALUES (?, ?, ?, ?, ?)", rows)
        return article, Totals.of_article(
            analysed.title, [context for context, _ in named], len(sizes), sum(sizes), terms
        )

    def remove(self, number: int) -> Totals:
        """Remove an article; returns by how much the totals shrink."""
        ((first, sentences, passages, terms),) = self.write(
            "DELETE FROM article WHERE number = ? RETURNING first, sentences, passages, terms", number
        )
        ((title,),) = self.write("DELETE FROM title WHERE article = ? RETURNING terms", number)
        within = "DELETE FROM passage WHERE number >= ? AND number < ? RETURNING context"
        named = self.write(within, first, first + sentences)
        return Totals.of_article(title, [context for (context,) in named], passages, sentences, terms)

    def clear(self) -> None:
        """Remove all articles. The header stays, so numbers are not given twice."""
        for table in ("file", "problem", "article", "title", "passage", "unit", "words", *families.TABLES):
            self.write(f"DELETE FROM {table}")  # noqa: S608  # a list of names
        self.units.begin()

    def passages(self, sentences: Sequence[int]) -> list[tuple[int, int, str, bytes, str, str]]:
        """The passages that hold some sentences, by ascending numbers.

        Args:
            sentences: the sentences' numbers.

        Returns:
            For each passage its number, which is that of its first sentence, its article's number, the terms of the
            article's title and of its context separated by spaces, the passage packed, and its `spans` and its
            article's `date` as the tables have them.
        """
        return self.rows(
            "SELECT passage.number, passage.article, title.terms || ' ' || context, record, spans, date FROM passage"
            " JOIN title USING (article) JOIN article ON article.number = passage.article"
            " WHERE passage.number IN (SELECT (SELECT number FROM passage WHERE number <= value"
            " ORDER BY number DESC LIMIT 1) FROM json_each(?)) ORDER BY passage.number",
            f"[{','.join(map(str, sentences))}]",  # json.dumps takes as long as a look-up
        )

    def has_form(self, passages: Sequence[int], form: Form) -> bool:
        """Whether one of the articles of some passages has a passage whose first sentence is of a form.

        Args:
            passages: the passages' numbers.
            form: that of the rows of a table, or another.
        """
        return bool(
            self.rows(
                "SELECT 1 FROM (SELECT DISTINCT article FROM json_each(?) CROSS JOIN passage ON number = value) AS told"
                " CROSS JOIN article ON article.number = told.article"
                " CROSS JOIN passage ON passage.number >= first AND passage.number < first + sentences"
                " WHERE substr(record, ?, 1) = ? LIMIT 1",
                *(json.dumps(passages), FORM_BYTE + 1, bytes([form])),
            )
        )

    def all_passages(self) -> Iterator[tuple[int, int, str, bytes]]:
        """All passages, each with the first four columns of `passages`."""
        return self.stream(
            "SELECT number, article, title.terms || ' ' || context, record FROM passage JOIN title USING (article)"
            " ORDER BY number"
        )

    def article(self, number: int) -> Article:
        """The article with a number.

        Raises:
            IndexStoreError: its row is damaged.
        """
        return self._articles("WHERE number = ?", number)[0]

    def article_by_id(self, name: str) -> Article | None:
        """The article with the id `name`; None where there is none."""
        return next(iter(self._articles("WHERE id = ?", name)), None)

    def expect(self, articles: Sequence[int]) -> frozenset[int]:  # noqa: ARG002  # each is read when it is asked for
        """See `ReadableStore.expect`."""
        return _NONE

    @property
    def last_article(self) -> int:
        """The number of the article that came last; 0 where none has come."""
        ((last,),) = self.rows("SELECT ifnull(max(number), 0) FROM article")
        return int(last)

    def repeats(self) -> Integers:
        """See `Families.repeats`."""
        return self.families.repeats()

    def articles_with(self, sentences: Iterable[int]) -> list[int]:
        """The articles that some sentences stand in, the newest first."""
        return self.families.articles_with(sentences)

    def story_of(self, name: str) -> frozenset[str]:
        """The ids of the articles that tell the story of the one with the id `name`, itself included."""
        rows = self.rows(
            "SELECT id FROM article WHERE number IN (SELECT other.article FROM article AS own"
            " JOIN family AS known ON known.article = own.number JOIN family AS other USING (family) WHERE own.id = ?)",
            name,
        )
        return frozenset({name, *(found for (found,) in rows)})

    def around(self, sentence: int, before: int, after: int) -> range:
        """The numbers of the sentences around one, as many as there are of them in its article."""
        rows = self.rows("SELECT first, sentences FROM article WHERE first <= ? ORDER BY first DESC LIMIT 1", sentence)
        first, count = rows[0] if rows else (0, 0)
        return range(max(first, sentence - before), min(first + count, sentence + after + 1))

    def sentence_numbers(self, name: str) -> range:
        """The numbers of the sentences of the article with the id `name`; none where there is no such article."""
        rows = self.rows("SELECT first, sentences FROM article WHERE id = ?", name)
        return range(rows[0][0], rows[0][0] + rows[0][1]) if rows else range(0)

    def of_days(self, first: str, last: str, count: int) -> list[Article]:
        """At most `count` articles of the days from `first` to `last` (ISO 8601), latest day first."""
        return self._articles("WHERE date BETWEEN ? AND ? ORDER BY date DESC, path, line LIMIT ?", first, last, count)

    def article_slice(self, start: int, count: int) -> list[Article]:
        """`count` articles from the place `start` on, in the order of the corpus."""
        return self._articles("ORDER BY path, line LIMIT ? OFFSET ?", count, start)

    def latest(self, start: int, count: int) -> list[Article]:
        """`count` articles from the place `start` on, latest day first; articles without a date come last."""
        return self._articles("ORDER BY date DESC, path, line LIMIT ? OFFSET ?", count, start)

    def _articles(self, chosen: str, *values: object) -> list[Article]:
        """The articles that the end of a statement chooses, in its order."""
        rows = self.rows(f"SELECT id, indexed, content FROM article {chosen}", *values)  # noqa: S608  # constant
        with self.translated():
            return [unpack_article(*row) for row in rows]
