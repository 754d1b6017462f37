"""What the tests of indexes share: opening one again and again, and comparing what two hold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from retrieval import Analyzer, Article
from retrieval.corpus.folder import Folder
from retrieval.engines import Group, Query
from retrieval.index.header import Totals
from retrieval.index.reader import IndexReader
from retrieval.index.store import Store
from retrieval.indexing.opening import in_memory, open_index
from retrieval.indexing.spec import IndexSpec
from retrieval.indexing.stored_index import Refreshed, StoredIndex
from retrieval.system import versions
from retrieval.types import Span

STORY = (
    "سیل در شهرستان پل‌دختر بامداد دوشنبه هشت روستا را در بر گرفت و راه دسترسی سه روستای دیگر را بست. "
    "امدادگران تا ظهر دوشنبه صد و بیست خانواده را به مدرسه‌های شهر بردند و برایشان چادر و پتو فراهم کردند. "
    "استاندار گفت راه‌ها تا فردا باز می‌شود و برق روستاها تا شب به شبکه برمی‌گردد."
)
"""A story long enough that its copies are known as such."""

ROWS = [
    {"id": "a", "title": "سیل", "text": "سیل آمد. پل شکست.\n\nباران بند آمد.", "date": "2025-12-27", "url": "u"},
    {"id": "b", "text": "پسته در کرمان کاشته می‌شود.\u2028خرما در بم.", "source": "بهار", "author": "نیکو"},
]


RECORDS = 4
"""How many `write_small_corpus` has: three articles, and what is none."""


def write_small_corpus(folder: Path) -> Path:
    """Three articles in two files, and a line that is none."""
    folder.mkdir()
    lines = [json.dumps(row, ensure_ascii=False) for row in ROWS]
    (folder / "rows.jsonl").write_text("\n".join([*lines, "{\n"]), encoding="utf-8")
    (folder / "c.txt").write_text("انار ساوه نامدار است.", encoding="utf-8")
    return folder


class Opener:
    """Opens the index of one corpus again and again.

    Args:
        corpus: what is indexed.
        folder: where indexes are stored.
        analyzer: text → terms.
        engine: an engine's name, or `auto`.
    """

    def __init__(self, corpus: Path, folder: Path, analyzer: Analyzer, engine: str = "rank-bm25") -> None:
        self.corpus, self.folder, self.engine = corpus, folder, engine
        self._analyzer = analyzer
        self.told: list[str] = []
        """What was announced the last time."""
        self.analysed = 0
        """How many records were analysed the last time."""

    def __call__(self) -> IndexReader:
        return open_index(Folder(self.corpus), self.folder, self.spec())

    def fresh(self) -> IndexReader:
        """An index built from nothing, and not stored; `told` and `analysed` stay as they are."""
        return in_memory(Folder(self.corpus), IndexSpec(self.engine, self._analyzer))

    def refresh(self, *, anew: bool = False) -> Refreshed:
        """What `retrieval index` does."""
        return self._stored().refresh(anew=anew)

    def check(self) -> Totals:
        """What `retrieval index --check` does."""
        return self._stored().check()

    @property
    def home(self) -> Path:
        """The folder of the stored index."""
        return StoredIndex(Folder(self.corpus), self.folder, IndexSpec(self.engine, self._analyzer)).home

    @property
    def store(self) -> Path:
        """The file of the stored articles."""
        return self.home / versions.STORE

    @property
    def generations(self) -> list[str]:
        """The folders of engines beside the store."""
        return sorted(folder.name for folder in self.home.iterdir() if folder.is_dir())

    def spec(self) -> IndexSpec:
        """How it is made; what was told and analysed before is forgotten."""
        self.told, self.analysed = [], 0
        return IndexSpec(self.engine, self._analyzer, self.told.append, self._track)

    def _stored(self) -> StoredIndex:
        return StoredIndex(Folder(self.corpus), self.folder, self.spec())

    def _track(self, amounts: Iterable[int], _: int) -> Iterator[int]:
        for amount in amounts:
            self.analysed += 1
            yield amount


def passage_numbers(index: IndexReader) -> list[int]:
    """The numbers of all passages."""
    return [number for number, *_ in index.store.all_passages()]


class Content(NamedTuple):
    """All that an index holds of a passage, without its numbers."""

    article: Article
    title: tuple[str, ...]
    spans: list[Span]
    words: list[str]
    traits: list[int]
    sentences: list[object]


def contents(index: IndexReader) -> list[Content]:
    """What an index holds, passage by passage, in the order of the corpus."""
    places = {article.id: place for place, article in enumerate(index.articles)}
    found, names = [], index.store.units.names()
    for number in passage_numbers(index):
        block = index.block([number])
        units = block.units
        article = index.article(int(block.articles[0]))
        words = [names[word] for word in units.words.tolist()]
        title = tuple(block.titles[0])
        found.append(Content(article, title, units.spans(), words, units.traits.tolist(), units.sentences.tolist()))
    return sorted(found, key=lambda content: (places[content.article.id], content.spans[0]))


Scored = list[tuple[str, float]]


def results(index: IndexReader, query: Query, k: int = 1000) -> tuple[Scored, Scored]:
    """What both engines find, by the texts that their numbers stand for; ties in the order of the texts."""
    found: list[Scored] = []
    for engine, level in ((index.sentence_engine, "sentence"), (index.passage_engine, "passage")):
        listed = []
        for number, score in engine.search(query, k):
            block = index.block([number])
            article, spans = index.article(int(block.articles[0])), block.units.spans()
            rows = [number - int(block.passages[0])] if level == "sentence" else [0, -1]
            start, end = spans[rows[0]][0], spans[rows[-1]][1]
            listed.append((f"{article.id}: {article.text[start:end]}", score))
        found.append(sorted(listed, key=lambda pair: (-pair[1], pair[0])))
    return found[0], found[1]


QUERIES: list[Query] = [[Group((term,))] for term in ("سیل", "پسته", "انار", "باران", "پل")]


def rows(index: IndexReader, statement: str) -> list[Any]:
    """What a statement reads of an index's store, which is on this machine."""
    assert isinstance(index.store, Store)
    return index.store.rows(statement)


def families(index: IndexReader) -> set[frozenset[str]]:
    """The ids of the articles of each family of copies."""
    found: dict[int, set[str]] = {}
    for article, family in rows(index, "SELECT article, family FROM family"):
        found.setdefault(family, set()).add(index.article(article).id)
    return {frozenset(ids) for ids in found.values()}


def repeated(index: IndexReader) -> set[tuple[str, str]]:
    """The sentences that a newer copy has too, each with the newest one's, as «id: text»."""

    def named(number: int) -> str:
        block = index.block([number])
        article, (start, end) = index.article(int(block.articles[0])), block.units.span(number - int(block.passages[0]))
        return f"{article.id}: {article.text[start:end]}"

    pairs = rows(index, "SELECT sentence, newer FROM repeat")
    return {(named(sentence), named(newer)) for sentence, newer in pairs}


def same(one: IndexReader, other: IndexReader, *, changed: bool = False) -> bool:
    """Whether two indexes hold the same and score alike.

    Args:
        one, other: what is compared.
        changed: whether one has changed since it was built, and an engine that adds up (tantivy) may weigh terms by
            documents that it has not yet let go of: then what is found is compared without scores.
    """
    fields = ("mean_sentence", "mean_passage", "totals")
    found, expected = ([level for query in QUERIES for level in results(index, query)] for index in (one, other))
    if changed and one.sentence_engine.adds_up:
        found, expected = ([sorted((text, 0.0) for text, _ in level) for level in each] for each in (found, expected))
    return (
        list(one.articles) == list(other.articles)
        and contents(one) == contents(other)
        and all(getattr(one, field) == getattr(other, field) for field in fields)
        and (len(one.sentence_engine), len(one.passage_engine)) == (other.totals.sentences, other.totals.passages)
        and [str(problem) for problem in one.problems] == [str(problem) for problem in other.problems]
        and (families(one), repeated(one)) == (families(other), repeated(other))
        and found == expected
    )
