"""Records → analysed articles: parsed, cut into sentences, turned into units; on all cores where that pays."""

from __future__ import annotations

import gc
import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice

import numpy as np

from retrieval.corpus.readers.record import FaultError
from retrieval.corpus.readers.registry import parse
from retrieval.index.passage_format import AnalysedSentences
from retrieval.index.sketch import Sketcher, address_key
from retrieval.index.stored_article import AnalysedArticle, pack_article
from retrieval.index.unit_table import CutArticle, analysed_sentences
from retrieval.indexing.batches import Batch, Elsewhere, Enter, Fault, Numbers, Result, Task
from retrieval.system.processes import ForkedPool, can_fork, end_with_parent
from retrieval.text.analyzer import Analyzer
from retrieval.text.passages import passage_spans
from retrieval.text.pieces import Pieces
from retrieval.types import Article, Span

BATCH_BYTES = 350_000
"""Bytes of records that a process gets at a time: work for a fraction of a second."""

PARALLEL_BYTES = 7_000_000
"""Bytes of records from which on further processes save more time than their start takes."""

OBJECTS_BETWEEN_COLLECTIONS = 100_000
"""Objects that are made between two runs of Python's collector of cycles while batches come back."""


class BatchAnalyzer:
    """Analyses batch after batch, and numbers the units as it meets them; see `Batch`.

    Args:
        analyzer: text → units.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer, self._pieces, self._sketcher = analyzer, Pieces(analyzer), Sketcher()
        self._anew = True

    def batch(self, tasks: Iterable[Task]) -> Batch:
        """The results of some tasks."""
        if self._pieces.is_full():
            self._pieces, self._sketcher, self._anew = Pieces(self._analyzer), Sketcher(), True
        found = [(task, _parsed(task)) for task in tasks]
        cut = [self._cut(article) for _, article in found if isinstance(article, Article)]
        sentences = analysed_sentences(cut, self._pieces)
        words = self._new_units()
        sketches = self._sketcher.sketches([one.words for one in sentences])
        analysed = iter(zip(sentences, sketches, strict=True))
        results = [self._result(task, one, *next(analysed)) if isinstance(one, Article) else one for task, one in found]
        anew, self._anew = self._anew, False
        return Batch(os.getpid(), anew, words + self._new_units(), results)

    def _new_units(self) -> list[str]:
        """The units that have got a number since this was last called."""
        new = self._pieces.take_new_units()
        self._sketcher.learn(new)
        return new

    def _cut(self, article: Article) -> CutArticle:
        """An article's text and passages, each with the terms and the spans of its context."""
        passages = passage_spans(article)
        known = {context: self._named(article, context) for context in {passage.context for passage in passages}}
        return CutArticle(article.text, passages, [known[passage.context] for passage in passages])

    def _named(self, article: Article, context: tuple[Span, ...]) -> tuple[str, str]:
        """The terms of a context, which the store is to know, and its spans as JSON."""
        terms = [term for start, end in context for term in self._analyzer.terms(article.text[start:end])]
        for term in terms:
            self._pieces.number(term)
        return " ".join(terms), json.dumps(context) if context else ""

    def _result(self, task: Task, article: Article, sentences: AnalysedSentences, sketch: bytes) -> AnalysedArticle:
        title = self._analyzer.terms(article.title)
        for term in title:
            self._pieces.number(term)
        day = article.date.isoformat() if article.date else ""
        content = pack_article(article)
        return AnalysedArticle(
            article.id,
            task.record.line,
            task.digest,
            day,
            content,
            " ".join(title),
            sentences,
            sketch + address_key(article.url),
        )


def _parsed(task: Task) -> Article | Fault:
    try:
        return parse(task.record)
    except FaultError as fault:
        return Fault(fault.reason, fault.remedy, fault.line)


def analyse_all(
    tasks: Iterable[Task], analyzer: Analyzer, enter: Enter, elsewhere: Elsewhere | None = None
) -> Iterator[tuple[Task, Result, Numbers]]:
    """Analyse tasks, on all cores where that pays. Only a few batches are in memory at a time.

    Args:
        tasks: the records.
        analyzer: text → units.
        enter: gives units their numbers in the store.
        elsewhere: other machines that analyse too, where that pays; None for none.

    Yields:
        For each task, in their order, the task, its result, and for each unit number of the result the store's.
    """
    numbers: dict[int, Numbers] = {}
    for given, (analyst, anew, words, results) in _batches_done(tasks, analyzer, elsewhere):
        known = np.empty(0, dtype=np.int32) if anew else numbers[analyst]
        numbers[analyst] = np.concatenate([known, enter(words)])
        for task, result in zip(given, results, strict=True):
            yield task, result, numbers[analyst]


def _batches_done(
    tasks: Iterable[Task], analyzer: Analyzer, elsewhere: Elsewhere | None
) -> Iterator[tuple[list[Task], Batch]]:
    """The tasks in batches, each with its results; by other processes where that pays."""
    waiting = iter(tasks)
    first, size = [], 0
    for task in waiting:
        first.append(task)
        size += len(task.record.content)
        if size >= PARALLEL_BYTES:
            break
    batches = _batches(chain(first, waiting))
    cores = usable_cores()
    if size < PARALLEL_BYTES or (cores == 1 and elsewhere is None) or not can_fork():
        analyst = BatchAnalyzer(analyzer)
        return ((batch, analyst.batch(batch)) for batch in batches)
    return _forked(batches, analyzer, cores, elsewhere)


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _forked(
    batches: Iterator[list[Task]], analyzer: Analyzer, cores: int, elsewhere: Elsewhere | None
) -> Iterator[tuple[list[Task], Batch]]:
    with _rare_collections(), ForkedPool(cores, partial(begin_analyst, analyzer)) as pool:
        running: deque[tuple[list[Task], bool, Callable[[], Batch]]] = deque()
        while True:
            here = sum(is_here for _, is_here, _ in running)
            for batch in islice(batches, max(2 * cores - here, 0)):
                running.append((batch, True, pool.submit(BatchAnalyzer.batch, batch).result))
            if elsewhere:
                away = sum(not is_here for _, is_here, _ in running)
                for batch in islice(batches, max(elsewhere.places() - away, 0)):
                    running.append((batch, False, elsewhere.offer(batch)))
            if not running:
                return
            batch, _, wait = running.popleft()
            yield batch, wait()


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Let the collector of cycles run seldom: unpickled results contain no cycles, and there are many of them."""
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def begin_analyst(analyzer: Analyzer) -> BatchAnalyzer:
    """The state of a forked process: its word tables are shared with the process that started it."""
    end_with_parent()
    os.nice(5)  # questions first
    found = BatchAnalyzer(analyzer)
    gc.freeze()
    gc.disable()  # what it keeps is needed to its end, and what it makes has no cycles
    return found


def _batches(tasks: Iterator[Task]) -> Iterator[list[Task]]:
    batch: list[Task] = []
    size = 0
    for task in tasks:
        batch.append(task)
        size += len(task.record.content)
        if size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
