"""The two levels of a collection in a cluster: its passages by their best sentence, and by themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from retrieval.engines.base import K1, B, Candidate, Query, inverse_document_frequency
from retrieval.engines.cluster import requests
from retrieval.engines.cluster.client import Cluster
from retrieval.engines.cluster.refusals import refusal
from retrieval.engines.cluster.requests import Body
from retrieval.errors import ClusterError, DamagedError

MAX_KEPT_PASSAGES = 20_000
"""Passages that are kept in memory, some ten megabytes. Their numbers are never given twice, so they stay right."""


class FoundPassages:
    """The passages of one index, and those of them that searches have found, which are kept.

    Args:
        cluster: where.
        index: its name.
        gone: the numbers of articles whose passages are still there, but are none of the collection any more.
    """

    def __init__(self, cluster: Cluster, index: str, gone: Sequence[int] = ()) -> None:
        self.cluster, self.index, self.gone = cluster, index, gone
        self.in_part = 0
        """How many searches a shard did not answer in time, so that a part of the passages was not looked at."""

        self._kept: dict[int, dict[str, Any]] = {}
        self._of: dict[int, int] = {}  # the passage of each of their sentences

    def search(self, bodies: Sequence[Body | None]) -> list[list[Candidate]]:
        """What each of some requests finds, in one round trip, or two where a shard is silent; nothing for None.

        Raises:
            ClusterError: no node answers, or no shard.
        """
        if len(self._kept) > MAX_KEPT_PASSAGES:
            self._kept, self._of = {}, {}
        asked = [body for body in bodies if body is not None]
        found = self.cluster.search(self.index, asked) if asked else []
        if any(map(_is_in_part, found)):  # a copy may have gone just now: then another one answers
            found = self.cluster.search(self.index, asked)
        responses = iter(found)
        return [[] if body is None else self._candidates(next(responses)) for body in bodies]

    def of_sentence(self, sentence: int) -> dict[str, Any] | None:
        """The passage that holds a sentence, as it is stored; None where it was not found, or is not kept any more."""
        number = self._of.get(sentence)
        return None if number is None else self._kept[number]

    def find(self, runs: Sequence[tuple[int, int]]) -> None:
        """Find the passages that hold some sentences.

        Args:
            runs: the numbers of the first and the last sentence of each run.

        Raises:
            ClusterError: a part of the passages cannot be looked at.
        """
        for passage in self.cluster.scan(self.index, requests.holding(runs)):
            self._keep(passage)

    def counted(self) -> tuple[int, int]:
        """How many passages there are, and how many sentences.

        Raises:
            ClusterError: they cannot be counted.
        """
        told = self.cluster.tell("POST", f"/{self.index}/_search", requests.counting(self.gone))
        if told["_shards"]["successful"] != told["_shards"]["total"]:
            raise ClusterError(f"{self.cluster.place}: a shard of {self.index} is missing; see GET /_cluster/health")
        return told["hits"]["total"]["value"], told["aggregations"]["sentences"]["doc_count"]

    def _candidates(self, response: Any) -> list[Candidate]:
        if error := response.get("error"):
            raise refusal(self.cluster.place, response.get("status"), error)
        self.in_part += _is_in_part(response)
        found = []
        for hit in response.get("hits", {}).get("hits", []):
            passage = hit["_source"]
            self._keep(passage)
            found.append(Candidate(passage["number"], hit["_score"] or 0.0))
        return found

    def _keep(self, passage: dict[str, Any]) -> None:
        self._kept[passage["number"]] = passage
        self._of.update(dict.fromkeys(range(passage["span"]["gte"], passage["span"]["lt"]), passage["number"]))


class ClusterLevel:
    """A level behind the `Searcher` protocol: a document is a passage, found by its best sentence or by itself.

    Each shard weighs terms by its own documents. `document_frequency` and `idf` are those of the whole collection.

    Args:
        passages: where.
        field: `requests.SENTENCES` or `requests.PASSAGES`.
        df: in how many documents a term occurs.
        count: how many documents there are.
    """

    k1, b = K1, B
    adds_up = False
    rounds, counts_empty = True, False

    def __init__(self, passages: FoundPassages, field: str, df: Callable[[str], int], count: int) -> None:
        self._passages, self._field, self._count = passages, field, count
        self.document_frequency = df

    def __len__(self) -> int:
        """See `Searcher.__len__`."""
        return self._count

    def idf(self, term: str) -> float:
        """See `Statistics.idf`."""
        return inverse_document_frequency(self.document_frequency(term), self._count)

    def body(self, query: Query, k: int) -> Body | None:
        """The request for the `k` best passages; None where nothing is to be found."""
        if k <= 0:
            return None
        return requests.search(query, k, self._field, self.document_frequency, self._passages.gone)

    def body_together(self, terms: Sequence[str], k: int) -> Body | None:
        """The request for the `k` best passages with all of some terms; None where nothing is to be found."""
        if k <= 0 or not terms or not all(map(self.document_frequency, terms)):
            return None
        return requests.together(terms, k, self._field, self._passages.gone)

    def search(self, query: Query, k: int) -> list[Candidate]:
        """See `Searcher.search`."""
        return self._passages.search([self.body(query, k)])[0]

    def together(self, terms: Sequence[str], k: int) -> list[int]:
        """See `Searcher.together`."""
        return [one.document for one in self._passages.search([self.body_together(terms, k)])[0]]

    def check(self) -> None:
        """Compare the number of documents with what is told.

        Raises:
            DamagedError: they differ.
        """
        passages, sentences = self._passages.counted()
        found = sentences if self._field == requests.SENTENCES else passages
        if found != self._count:
            raise DamagedError(f"{self._passages.index}: it has {found} documents, {self._count} are told")


def _is_in_part(response: Any) -> bool:
    """Whether a search has not looked at all documents."""
    if "_shards" not in response:  # it was refused
        return False
    return bool(response["timed_out"] or response["_shards"]["successful"] != response["_shards"]["total"])
