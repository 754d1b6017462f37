"""A collection in a cluster, read as a store: what is small from this machine's summary, what is large from there.

The passages that a search has found come with it (`FoundPassages`), and the articles of an answer are asked for
together (`expect`). So an answer costs two round trips.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from retrieval.engines.cluster.client import Cluster
from retrieval.engines.cluster.levels import FoundPassages
from retrieval.engines.cluster.mappings import ARTICLES
from retrieval.engines.cluster.requests import READ
from retrieval.errors import ClusterError, CorpusError, DamagedError
from retrieval.index.cluster_documents import newness, number_of, passage_row, sentences_of, unpacked
from retrieval.index.frequencies import check_frequencies
from retrieval.index.header import Header
from retrieval.index.readable import PassageRow
from retrieval.index.summary import Summary
from retrieval.index.unit_names import UnitNames
from retrieval.system.arrays import Integers
from retrieval.types import Article, Form

MAX_KEPT_ARTICLES = 4096
"""Articles that are kept packed until they are read."""

PAGE = 1_000
"""Articles that are passed over together on the way to a place."""

MAX_WINDOW = 10_000
"""OpenSearch finds documents by their place up to here; those behind are found by the one before them."""

_BY_PLACE = [{"path": "asc"}, {"line": "asc"}]
_BY_DAY = [{"date": "desc"}, *_BY_PLACE]


class ClusterStore:
    """See `ReadableStore`. It stays as it was when it was opened, whatever is written meanwhile.

    Args:
        summary: the machine's, held.
        passages: those of the cluster.
        index: how the names of the collection's indices begin.
    """

    def __init__(self, summary: Summary, passages: FoundPassages, index: str) -> None:
        self.summary, self._passages = summary, passages
        self.path: Path | None = None
        self.cluster: Cluster = passages.cluster
        self._articles = f"{index}-{ARTICLES}"
        self.units: UnitNames = summary.units
        self.header: Header = summary.header
        self.last_article = summary.last_article
        self._kept: dict[int, dict[str, Any]] = {}
        self._ends: dict[tuple[str, int], list[Any]] = {}  # by order and place: the article before it

    def problems(self, place: Callable[[str], Path]) -> tuple[CorpusError, ...]:
        """See `ReadableStore.problems`."""
        return self.summary.problems(place)

    def repeats(self) -> Integers:
        """See `ReadableStore.repeats`."""
        return self.summary.families.repeats()

    def articles_with(self, sentences: Iterable[int]) -> list[int]:
        """See `ReadableStore.articles_with`."""
        owners = sorted({row[1] for row in self.passages(list(sentences))})
        return [one["number"] for one in sorted(self._of_numbers(owners), key=newness, reverse=True)]

    def story_of(self, name: str) -> frozenset[str]:
        """See `ReadableStore.story_of`."""
        families = self.summary.families
        own = self._with_id(name)
        members = families.articles_of(families.of([own["number"]]).values()) if own else {}
        return frozenset({name, *(one["id"] for one in self._of_numbers(sorted(members)))})

    def passages(self, sentences: Sequence[int]) -> list[PassageRow]:
        """See `ReadableStore.passages`; those that a search has not found are asked for together."""
        missing = [one for one in sentences if self._passages.of_sentence(one) is None]
        if missing:
            self._passages.find(_runs(missing))
        found = filter(None, map(self._passages.of_sentence, sentences))
        return list(map(passage_row, sorted({one["number"]: one for one in found}.values(), key=number_of)))

    def has_form(self, passages: Sequence[int], form: Form) -> bool:
        """See `ReadableStore.has_form`."""
        owners = sorted({row[1] for row in self.passages(passages)})
        wanted = [{"terms": {"article": owners}}, {"term": {"form": int(form)}}]
        body = {"query": {"bool": {"filter": wanted}}, "size": 1, "_source": ["number"]}
        return bool(self.cluster.scan(self._passages.index, body))

    def all_passages(self) -> Iterator[tuple[int, int, str, bytes]]:
        """See `ReadableStore.all_passages`."""
        everything = self._within({"match_all": {}}, "article")
        for passage in self.cluster.all(self._passages.index, everything, READ):
            yield passage_row(passage)[:4]

    def expect(self, articles: Sequence[int]) -> frozenset[int]:
        """See `ReadableStore.expect`."""
        missing = sorted({one for one in articles if one not in self._kept})
        if missing:
            if len(self._kept) > MAX_KEPT_ARTICLES:
                self._kept.clear()
            self._of_numbers(missing)
        lost = frozenset(one for one in missing if one not in self._kept)
        self._passages.in_part += bool(lost)
        return lost

    def article(self, number: int) -> Article:
        """See `ReadableStore.article`."""
        self.expect([number])
        if number not in self._kept:
            raise ClusterError(f"{self.cluster.place}: article {number} cannot be read now; ask later")
        return unpacked(self._kept[number])

    def article_by_id(self, name: str) -> Article | None:
        """See `ReadableStore.article_by_id`."""
        found = self._with_id(name)
        return unpacked(found) if found else None

    def around(self, sentence: int, before: int, after: int) -> range:
        """See `ReadableStore.around`."""
        found = self._listed({"term": {"span": sentence}}, [{"number": "asc"}], 1)
        numbers = sentences_of(found[0]) if found else range(0)
        return range(max(numbers.start, sentence - before), min(numbers.stop, sentence + after + 1))

    def sentence_numbers(self, name: str) -> range:
        """See `ReadableStore.sentence_numbers`."""
        found = self._with_id(name)
        return sentences_of(found) if found else range(0)

    def of_days(self, first: str, last: str, count: int) -> list[Article]:
        """See `ReadableStore.of_days`."""
        return list(map(unpacked, self._listed({"range": {"date": {"gte": first, "lte": last}}}, _BY_DAY, count)))

    def article_slice(self, start: int, count: int) -> list[Article]:
        """See `ReadableStore.article_slice`."""
        return self._placed("place", _BY_PLACE, start, count)

    def latest(self, start: int, count: int) -> list[Article]:
        """See `ReadableStore.latest`."""
        return self._placed("day", _BY_DAY, start, count)

    def check(self) -> None:
        """See `ReadableStore.check`; the frequencies are counted anew from all passages."""
        self.summary.check()
        check_frequencies(self.summary, self.all_passages())
        expected = self.header.totals.articles
        found = self.cluster.count(self._articles, self._within({"match_all": {}}, "number"))
        if found != expected:
            raise DamagedError(f"{self._articles}: it has {found} articles, {expected} are told")

    def article_documents(self, numbers: Sequence[int]) -> Iterator[dict[str, Any]]:
        """The documents of some articles, by ascending numbers."""
        fields = ["number", "id", "date", "path", "line", "span", "sentences", "kept"]
        yield from self.cluster.all(self._articles, {"terms": {"number": list(numbers)}}, fields)

    def passages_of(self, articles: Sequence[int]) -> Iterator[dict[str, Any]]:
        """The documents of the passages of some articles, by ascending numbers."""
        yield from self.cluster.all(self._passages.index, {"terms": {"article": list(articles)}}, READ)

    def _with_id(self, name: str) -> dict[str, Any] | None:
        found = self._listed({"term": {"id": name}}, [{"number": "desc"}], 1)
        return found[0] if found else None

    def _of_numbers(self, numbers: Sequence[int]) -> list[dict[str, Any]]:
        """The documents of some articles, in one round trip."""
        found = self.cluster.documents(self._articles, numbers) if numbers else []
        self._kept |= {one["number"]: one for one in found}
        return found

    def _placed(self, order: str, sort: Sequence[Any], start: int, count: int) -> list[Article]:
        """`count` articles from a place on, in an order."""
        place, at_once = start, min(PAGE, MAX_WINDOW)
        while place > MAX_WINDOW - at_once and (order, place) not in self._ends:
            place -= at_once
        everything: dict[str, Any] = {"match_all": {}}
        while place < start:  # the articles between the last known place and this one are passed over
            passed = self._listed(everything, sort, min(at_once, start - place), self._ends.get((order, place)), place)
            place += len(passed)
            if not passed:
                return []
            self._ends[order, place] = _place_of(passed[-1], sort)
        found = self._listed(everything, sort, count, self._ends.get((order, start)), start)
        if found:
            self._ends[order, start + len(found)] = _place_of(found[-1], sort)
        return list(map(unpacked, found))

    def _listed(
        self, query: Mapping[str, Any], sort: Sequence[Any], count: int, behind: list[Any] | None = None, start: int = 0
    ) -> list[dict[str, Any]]:
        """The documents of some articles, in an order."""
        place = {"search_after": behind} if behind else {"from": start}
        body = {"query": self._within(query, "number"), "sort": list(sort), "size": max(count, 0), **place}
        return self.cluster.scan(self._articles, body)

    def _within(self, query: Mapping[str, Any], field: str) -> dict[str, Any]:
        """A query, of the articles alone that are of the collection as it was opened."""
        gone = [{"terms": {field: self._passages.gone}}] if self._passages.gone else []
        return {"bool": {"filter": [query, {"range": {field: {"lte": self.last_article}}}], "must_not": gone}}


def _place_of(article: Mapping[str, Any], sort: Sequence[Mapping[str, str]]) -> list[Any]:
    return [article[field] for by in sort for field in by]


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """The first and the last of each run of numbers that follow one another."""
    places = enumerate(sorted(set(numbers)))
    runs = (list(run) for _, run in groupby(places, key=lambda pair: pair[1] - pair[0]))
    return [(run[0][1], run[-1][1]) for run in runs]
