"""Some articles of a collection in a cluster, brought to this machine and read there as a view of a store."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from retrieval.index.cluster_documents import content_of, passage_row
from retrieval.index.cluster_store import ClusterStore
from retrieval.index.passage_format import unpack
from retrieval.index.readable import PassageRow
from retrieval.index.unit_table import tabulate
from retrieval.index.view import HeardNames, Holds, View

ARTICLES_AT_ONCE = 500
"""Articles that are fetched together."""


class FetchedView(View):
    """A view over a store in memory, which has the articles alone that are chosen, under their own numbers.

    Args:
        origin: the collection.
        holds: which articles.

    Raises:
        ClusterError: they cannot be read.
    """

    def __init__(self, origin: ClusterStore, holds: Holds) -> None:
        super().__init__(None, holds)
        self._origin, self.units = origin, HeardNames(self, origin.summary)
        self._copy_what_is_here()
        numbers = self._chosen_numbers()
        for start in range(0, len(numbers), ARTICLES_AT_ONCE):
            self._fetch(numbers[start : start + ARTICLES_AT_ONCE])

    def narrowed(self, holds: Holds) -> View:
        """See `View.narrowed`."""
        return FetchedView(self._origin, self.both(holds))

    def _chosen_numbers(self) -> list[int]:
        rows = self._origin.summary.rows("SELECT number, path FROM article ORDER BY number")
        return [number for number, path in rows if self.holds(os.fsdecode(path), number)]

    def _copy_what_is_here(self) -> None:
        """Copy what this machine has of all articles."""
        for table in ("meta", "problem", "family", "repeat"):
            rows = self._origin.summary.rows(f"SELECT * FROM {table}")  # noqa: S608  # constant names
            places = ", ".join("?" * len(rows[0])) if rows else "NULL"
            self.write_all(f"INSERT INTO main.{table} VALUES ({places})", rows)  # noqa: S608

    def _fetch(self, numbers: Sequence[int]) -> None:
        """Bring some articles with their passages."""
        found = {one["number"]: one for one in self._origin.article_documents(numbers)}
        passages = map(passage_row, self._origin.passages_of(list(found)))
        sizes = dict.fromkeys(found, (0, 0))
        self.write_all("INSERT INTO main.passage VALUES (?, ?, ?, ?, ?)", _passage_rows(passages, found, sizes))
        places = ", ".join("?" * 13)
        self.write_all(f"INSERT INTO main.article VALUES ({places})", _article_rows(found, sizes))  # noqa: S608
        titles = ((number, one["kept"]["title"]) for number, one in found.items())
        self.write_all("INSERT INTO main.title VALUES (?, ?)", titles)
        files = ((bytes.fromhex(one["path"]), 0, one["kept"]["changed"]) for one in found.values())
        self.write_all("INSERT OR REPLACE INTO main.file VALUES (?, ?, ?)", files)


def _passage_rows(
    passages: Iterator[PassageRow], articles: Mapping[int, Mapping[str, Any]], sizes: dict[int, tuple[int, int]]
) -> Iterator[tuple[object, ...]]:
    """The rows of passages; `sizes` gets how many passages and terms each article has."""
    for number, article, named, record, spans, _ in passages:
        count, terms = sizes[article]
        sizes[article] = count + 1, terms + int(tabulate([unpack(record)]).lengths.sum())
        context = named[len(articles[article]["kept"]["title"]) + 1 :]  # the title's terms stand before its own
        yield number, article, context, spans, record


def _article_rows(
    articles: Mapping[int, Mapping[str, Any]], sizes: Mapping[int, tuple[int, int]]
) -> Iterator[tuple[object, ...]]:
    for number, one in articles.items():
        path, first = bytes.fromhex(one["path"]), one["span"]["gte"]
        place = number, path, one["line"], b"", one["id"], one["date"], one["kept"]["indexed"]
        yield *place, first, one["sentences"], *sizes[number], content_of(one), b""
