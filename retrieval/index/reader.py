"""An open index: the stored articles, and a BM25 engine for each of the two levels, sentences and passages."""

from __future__ import annotations

import datetime
import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from retrieval.corpus.articles import with_drafts_counted
from retrieval.corpus.source import Source
from retrieval.engines import Candidate, Query, Searcher
from retrieval.errors import CorpusError, DamagedError, IndexStoreError
from retrieval.index.articles import Articles
from retrieval.index.documents import passage_documents, sentence_documents
from retrieval.index.header import Totals
from retrieval.index.passage_format import unpack
from retrieval.index.readable import ReadableStore
from retrieval.index.remembered import Remembered
from retrieval.index.repeats import Repeats
from retrieval.index.sketch import address_of
from retrieval.index.unit_names import IndexedUnit
from retrieval.index.unit_table import SentenceTable, tabulate
from retrieval.index.view import Holds, View
from retrieval.system.arrays import Integers
from retrieval.text.vocabulary import Vocabulary
from retrieval.types import Article, Line, Passage, Sentence, Span

PAIR_SAMPLE = 64
"""Sentences with two terms in which the two are looked for side by side: the best by BM25."""

REMEMBERED_ARTICLES = 4096
"""Articles that are kept unpacked, some megabytes. What is in the news is asked for again and again."""

REMEMBERED_TERMS = 1 << 14
"""Terms of which it is kept whether they occur, and under which numbers: enough for everyday questions."""

REMEMBERED_PAIRS = 1024
"""Pairs of terms of which it is kept whether they stand side by side."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some passages with their sentences, as the evidence reads them; n is the number of passages.

    Args:
        passages: int64[n], the passages' numbers, ascending. A passage has the number of its first sentence.
        articles: int64[n], the number of each passage's article.
        titles: n lists, the terms of each article's title and of the passage's context.
        units: the sentences of all n passages.
        contexts: n strings, the spans of each context as JSON; "" where a passage has none.
        days: n strings, each article's day in ISO 8601; "" where an article has none.
    """

    passages: Integers
    articles: Integers
    titles: list[list[str]]
    units: SentenceTable
    contexts: tuple[str, ...]
    days: tuple[str, ...]


class IndexReader:
    """Everything that a question is asked of. It stays as it was when it was opened, whatever is written meanwhile.

    Args:
        source: what is indexed.
        store: the analysed articles.
        sentences: ranks the sentences by their terms.
        passages: ranks the passages by their terms, each with its article's title.
    """

    def __init__(self, source: Source, store: ReadableStore, sentences: Searcher, passages: Searcher) -> None:
        self.store, self.source = store, source
        self.sentence_engine, self.passage_engine = sentences, passages
        self.totals: Totals = store.header.totals
        self.articles = Articles(store, self.totals.articles)
        self.around, self.expect = store.around, store.expect
        self.has_form = store.has_form
        self.relatives = Remembered(store.units.relatives, REMEMBERED_TERMS)
        self.repeats = Repeats(store.repeats())
        self.article = lru_cache(REMEMBERED_ARTICLES)(store.article)
        self.knows = lru_cache(REMEMBERED_TERMS)(self._knows)
        self.units = Remembered(self._units, REMEMBERED_TERMS)
        self.side_by_side: Callable[[str, str], bool] = lru_cache(REMEMBERED_PAIRS)(self._side_by_side)

    @property
    def problems(self) -> tuple[CorpusError, ...]:
        """What of the corpus could not be read."""
        return with_drafts_counted(self.source.path, self.store.problems(self.source.place))

    @property
    def updated(self) -> datetime.datetime:
        """When the articles last changed."""
        return self.store.header.updated

    @property
    def mean_sentence(self) -> float:
        """The mean number of terms in a sentence; 1 where there are none, so that lengths can be divided by it."""
        return self.totals.sentence_terms / max(self.totals.sentences, 1) or 1.0

    @property
    def mean_passage(self) -> float:
        """The mean number of terms in a passage, its article's title included; 1 where there are none."""
        return self.totals.passage_terms / max(self.totals.passages, 1) or 1.0

    @property
    def in_part(self) -> int:
        """How many searches could not look at all documents, as where a part of a cluster is silent."""
        return 0

    def _knows(self, term: str) -> bool:
        """Whether a term occurs in some sentence or title."""
        return self.passage_engine.document_frequency(term) > 0

    def _units(self, names: Sequence[str]) -> dict[str, IndexedUnit]:
        """What the index has of some units."""
        numbers = self.store.units.numbers(names)
        in_sentences, in_passages = self.sentence_engine.idf, self.passage_engine.idf
        return {name: IndexedUnit(numbers.get(name), in_sentences(name), in_passages(name)) for name in names}

    def numbers(self, names: Iterable[str]) -> list[int | None]:
        """The numbers of some units, which begin at 1; None for one that no article has ever had."""
        return [unit.number for unit in self.units(names)]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Every unit that an article has, or had before it was changed or removed."""
        return self.store.units.vocabulary()

    def view(self, holds: Holds) -> View:
        """The view of some of its articles, which is still to be held.

        Raises:
            IndexStoreError: the index is not stored.
        """
        if self.store.path is None:
            raise IndexStoreError("a part of an index can be read only where it is stored; see PASOKH_DATA")
        return View(self.store.path, holds)

    def nominate(self, query: Query, wanted: Sequence[int]) -> list[list[Candidate]]:
        """The best documents of each level, best first.

        Args:
            query: what is searched for.
            wanted: how many sentences, and how many passages, at the most; a level of which none are is not searched.
        """
        levels = zip((self.sentence_engine, self.passage_engine), wanted, strict=True)
        return [engine.search(query, k) if k > 0 else [] for engine, k in levels]

    def block(self, sentences: Sequence[int]) -> Block:
        """The passages that hold some sentences.

        Args:
            sentences: their numbers, at least one.

        Raises:
            DamagedError: the store lacks one of them.
        """
        rows = self.store.passages(sentences)
        numbers, articles, titles, records, contexts, days = zip(*rows, strict=True) if rows else ((),) * 6
        passages, units = np.array(numbers, dtype=np.int64), tabulate(map(unpack, records))
        ends = (passages + units.sizes).tolist()
        if not rows or any(one < numbers[0] or one >= ends[bisect_right(numbers, one) - 1] for one in sentences):
            raise DamagedError(f"{self.store.path}: the stored index is damaged (passages are missing)")
        return Block(
            passages, np.array(articles, dtype=np.int64), [title.split() for title in titles], units, contexts, days
        )

    def sentences(self) -> Iterator[Sentence]:
        """All sentences, in the order of their numbers."""
        for _, number, _, record in self.store.all_passages():
            spans = tabulate([unpack(record)]).spans()
            passage = Passage(self.article(number), spans[0][0], spans[-1][1])
            yield from (Sentence(passage, *span) for span in spans)

    def copies_of(self, sentence: int) -> tuple[Article, ...]:
        """The articles of other addresses that have a sentence too, alike or in another version; the newest first."""
        newest = self.repeats.newest([sentence]).get(sentence, sentence)
        others = {newest, *self.repeats.repeating([newest])} - {sentence}
        if not others:
            return ()
        (own,) = self.store.articles_with([sentence])
        address = address_of(self.article(own).url)
        copies = map(self.article, self.store.articles_with(others))
        return tuple(copy for copy in copies if not address or address_of(copy.url) != address)

    def lines(self, article: str) -> list[Line]:
        """The sentences of the article of an id, in order; [] where there is no such article or it has none."""
        numbers = self.store.sentence_numbers(article)
        if not numbers:
            return []
        block = self.block(list(numbers))
        passages = np.repeat(np.arange(len(block.passages)), block.units.sizes).tolist()
        return [
            Line(number, span, block.units.form(row), _spans(block.contexts[place]), int(block.passages[place]))
            for row, (number, span, place) in enumerate(zip(numbers, block.units.spans(), passages, strict=True))
        ]

    def sentences_of(self, article: str) -> int:
        """How many sentences the article of an id has."""
        return len(self.store.sentence_numbers(article))

    def check(self) -> None:
        """Read everything once, and compare the counts of store, engines and header.

        Raises:
            DamagedError: a checksum or a count is wrong.
        """
        self.store.check()
        self.sentence_engine.check()
        self.passage_engine.check()
        for _ in self.articles:
            pass
        _ = self.vocabulary
        counted = sum(1 for _ in sentence_documents(self.store)), sum(1 for _ in passage_documents(self.store))
        told = len(self.sentence_engine), len(self.passage_engine)
        if not counted == told == (self.totals.sentences, self.totals.passages):
            raise DamagedError(f"{self.store.path}: it has {counted} sentences and passages, its engine {told}")

    def expect_pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Told of which pairs of units it may be asked next whether they are side by side.

        Where the articles are far, these are looked for together.
        """

    def _side_by_side(self, one: str, other: str) -> bool:
        """Whether two units follow one another in some sentence, of the `PAIR_SAMPLE` that rank best for both."""
        return self.follow_in((one, other), self.sentence_engine.together((one, other), PAIR_SAMPLE))

    def follow_in(self, pair: tuple[str, str], sentences: Sequence[int]) -> bool:
        """Whether one unit of a pair stands right before the other in one of some sentences or beside it."""
        one, other = self.numbers(pair) if sentences else (None, None)
        return one is not None and other is not None and self.block(sentences).units.side_by_side(one, other)


def _spans(context: str) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in json.loads(context)) if context else ()
