"""A store on this machine → the cluster: articles that came are added, those that went are removed, words are counted.

Documents first, then the change of what each machine keeps, then the document that puts both in force: whoever reads
sees the collection before it or after it. A writer that is killed does it again; the same documents get the same ids.
Documents of articles that went stay for `STAY_SECONDS`, for readers that have found them a moment ago.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from retrieval.engines.cluster import writing
from retrieval.engines.cluster.client import Cluster
from retrieval.engines.cluster.mappings import ARTICLES, JOURNAL, PASSAGES
from retrieval.index.cluster_documents import article_document, passage_document, passage_row
from retrieval.index.frequencies import Frequencies
from retrieval.index.passage_format import unpack
from retrieval.index.readable import PassageRow
from retrieval.index.store import Store
from retrieval.index.summary import Summary
from retrieval.index.unit_table import tabulate
from retrieval.indexing.change import Draft
from retrieval.indexing.journal import Journal, Published, index_name

STAY_SECONDS = 10
"""How long the documents of a removed article stay."""

ARTICLES_AT_ONCE = 500
"""Articles that are read and sent together; after them the writer says that it is still there."""

MAX_CHANGES_SHARE = 0.25
"""Changes that are larger together than this share of all rows are replaced by one with all rows."""


_PASSAGES = (
    "SELECT passage.number, passage.article, title.terms || ' ' || context, record, spans, date"
    " FROM json_each(?) CROSS JOIN article ON article.number = value JOIN title ON title.article = value"
    " JOIN passage ON passage.number >= first AND passage.number < first + sentences ORDER BY passage.number"
)
_ARTICLES = (
    "SELECT number, article.id, date, article.path, line, first, sentences, indexed, file.time, title.terms, content"
    " FROM json_each(?) CROSS JOIN article ON number = value JOIN title ON title.article = number"
    " LEFT JOIN file ON file.path = article.path"
)


class Publication:
    """One change of a collection in a cluster.

    Args:
        cluster: where.
        store: what it is to hold.
        summary: what this machine keeps, in the state of the collection that is in force; an empty one for a new index.
        before: that state.
        origin: what the store is known by.
        told: given the number of articles that were sent, and of those to be sent.
    """

    def __init__(
        self,
        cluster: Cluster,
        store: Store,
        summary: Summary,
        *,
        before: Published,
        origin: str,
        told: Callable[[int, int], object],
    ) -> None:
        self._cluster, self._store, self._summary, self._told = cluster, store, summary, told
        self._journal = Journal(cluster)
        self._before, version = before, store.header.version
        self._index = index_name(cluster, origin, version)
        self._is_new = before.index != self._index
        self._after = replace(
            before, index=self._index, origin=origin, version=version, generation=before.generation + 1
        )

    def run(self, folder: Path) -> Published:
        """Publish what has changed.

        Args:
            folder: for the database of the change.

        Returns:
            The state that is in force then.

        Raises:
            ConflictError: another machine has published something meanwhile.
            ClusterError: the cluster does not answer, or refuses.
        """
        if self._is_new:
            for kind in (PASSAGES, ARTICLES, JOURNAL):
                writing.create(self._cluster, kind, f"{self._index}-{kind}")
        with Draft(folder, self._store, self._summary) as draft:
            added, removed = draft.articles()
            counted = Frequencies()
            self._add(added, counted)
            self._uncount(removed, counted)
            self._delete(draft.leave(removed, int(time.time()), STAY_SECONDS))
            writing.refresh(self._cluster, *(f"{self._index}-{kind}" for kind in (PASSAGES, ARTICLES)))
            change = draft.finish(counted, self._after.generation)
            after = self._put_change(change, draft)
        self._settle(after)
        return after

    def _add(self, articles: Sequence[int], counted: Frequencies) -> None:
        """Send articles, and count their terms."""
        for start in range(0, len(articles), ARTICLES_AT_ONCE):
            part = articles[start : start + ARTICLES_AT_ONCE]
            writing.write(self._cluster, f"{self._index}-{PASSAGES}", self._passages(part, counted))
            rows = self._store.rows(_ARTICLES, json.dumps(part))
            documents = ((str(row[0]), row[0], article_document(row)) for row in rows)
            writing.write(self._cluster, f"{self._index}-{ARTICLES}", documents)
            self._told(min(start + ARTICLES_AT_ONCE, len(articles)), len(articles))

    def _passages(self, articles: Sequence[int], counted: Frequencies) -> Iterator[tuple[str, int, dict[str, Any]]]:
        listed: list[PassageRow] = self._store.rows(_PASSAGES, json.dumps(articles))
        tables = [tabulate([unpack(row[3])]) for row in listed]
        names = self._store.units.names_of({number for table in tables for number in table.words.tolist()})
        for row, table in zip(listed, tables, strict=True):
            terms = table.terms(names)
            counted.add(row[2], terms)
            yield str(row[0]), row[1], passage_document(row, terms)

    def _uncount(self, articles: Sequence[int], counted: Frequencies) -> None:
        """Count the terms of articles that go, which the cluster still has."""
        for start in range(0, len(articles), ARTICLES_AT_ONCE):
            owners = {"terms": {"article": articles[start : start + ARTICLES_AT_ONCE]}}
            for passage in self._cluster.all(f"{self._index}-{PASSAGES}", owners, ["number", "article", "kept"]):
                _, _, named, record, *_ = passage_row(passage)
                table = tabulate([unpack(record)])
                names = self._store.units.names_of(set(table.words.tolist()))
                counted.add(named, table.terms(names), -1)

    def _put_change(self, change: bytes, draft: Draft) -> Published:
        """Write the change, and put it in force."""
        after, (since, whole) = self._after, self._before.bytes
        if not self._is_new:
            since += self._journal.write_change(self._index, after.generation, change)
        if self._is_new or since > MAX_CHANGES_SHARE * whole:
            everything = change if self._is_new else draft.everything()
            since, whole = 0, self._journal.write_change(self._index, after.generation, everything, whole=True)
            after = replace(after, base=after.generation)
        previous = self._before.index if self._is_new else self._before.previous
        after = replace(after, bytes=(since, whole), previous=previous)
        self._journal.put(after)
        return after

    def _delete(self, articles: Sequence[int]) -> None:
        """Remove the documents of articles that went some time ago."""
        for start in range(0, len(articles), ARTICLES_AT_ONCE):
            part = articles[start : start + ARTICLES_AT_ONCE]
            owners = {"terms": {"article": part}}
            gone = self._cluster.all(f"{self._index}-{PASSAGES}", owners, ["number", "article"])
            writing.write(
                self._cluster, f"{self._index}-{PASSAGES}", ((str(one["number"]), one["article"], None) for one in gone)
            )
            writing.write(self._cluster, f"{self._index}-{ARTICLES}", ((str(one), one, None) for one in part))

    def _settle(self, after: Published) -> None:
        """Name the indices that are in force, and remove those that no reader has open any more."""
        if self._is_new:
            writing.name_current(self._cluster, after.index, (PASSAGES, ARTICLES, JOURNAL))
            if self._before.previous and self._before.previous != after.index:
                writing.drop(self._cluster, self._before.previous)
        elif after.base == after.generation:
            self._journal.drop_changes(after.index, after.base)
