"""Records of files → analysed articles: read, cut into sentences, turned into units; on all cores where it pays."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from retrieval.analysed import Analysed, pack_article
from retrieval.processes import end_with_parent
from retrieval.readers import FaultError, Record, parse
from retrieval.sentences import passages, sentences
from retrieval.terms import Analyzer
from retrieval.units import analysed

if TYPE_CHECKING:
    from concurrent.futures import Future

BATCH = 200_000
"""Characters that a process gets at a time: a fraction of a second."""

PAYS = 4_000_000
"""Characters from which on further processes pay for their start."""


YOUNG = 100_000
"""Objects that are made before cycles are looked for among them while articles are analysed."""


class Fault(NamedTuple):
    """What is wrong with a record."""

    reason: str
    remedy: str
    line: int | None


class Task(NamedTuple):
    """A record to analyse, and the digest that it will be known by."""

    record: Record
    digest: bytes


Result = Analysed | Fault


def analyse(task: Task, analyzer: Analyzer) -> Result:
    """The article of a record, or what is wrong with it."""
    try:
        article = parse(task.record)
    except FaultError as fault:
        return Fault(fault.reason, fault.remedy, fault.line)
    vocabulary: dict[str, int] = {}
    found = [analysed(sentences(passage), analyzer, vocabulary) for passage in passages(article)]
    terms = analyzer.terms(article.title)
    for term in terms:
        vocabulary.setdefault(term, len(vocabulary))
    title = " ".join(terms)
    day = article.date.isoformat() if article.date else ""
    return Analysed(
        article.id, task.record.line, task.digest, day, pack_article(article), title, " ".join(vocabulary), found
    )


def analyse_all(tasks: Iterable[Task], analyzer: Analyzer) -> Iterator[tuple[Task, Result]]:
    """The results of tasks, in their order; never more than some batches are in memory."""
    waiting = iter(tasks)
    first, size = [], 0
    for task in waiting:
        first.append(task)
        size += len(task.record.text)
        if size >= PAYS:
            break
    every = chain(first, waiting)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if size < PAYS or cores == 1 or not hasattr(os, "fork"):
        yield from ((task, analyse(task, analyzer)) for task in every)
    else:
        yield from _forked(every, analyzer, cores)


_inherited: list[Analyzer] = []
"""The analyzer of a forked process: its word tables are shared, not sent."""


def _forked(tasks: Iterator[Task], analyzer: Analyzer, cores: int) -> Iterator[tuple[Task, Result]]:
    import multiprocessing  # noqa: PLC0415  # an indexed corpus is answered without processes
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    context = multiprocessing.get_context("fork")
    with _rare_collections(), ProcessPoolExecutor(cores, context, initializer=_start, initargs=(analyzer,)) as pool:
        running: deque[tuple[list[Task], Future[list[Result]]]] = deque()
        batches = _batches(tasks)
        while True:
            for batch in islice(batches, 2 * cores - len(running)):
                running.append((batch, pool.submit(_analyse_batch, batch)))
            if not running:
                return
            batch, future = running.popleft()
            yield from zip(batch, future.result(), strict=True)


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Let the collector of cycles run seldom: what comes from other processes has none, and is very much."""
    before = gc.get_threshold()
    gc.set_threshold(YOUNG, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _start(analyzer: Analyzer) -> None:
    end_with_parent()
    _inherited.append(analyzer)
    os.nice(5)  # questions first
    gc.freeze()


def _analyse_batch(batch: list[Task]) -> list[Result]:
    return [analyse(task, _inherited[-1]) for task in batch]


def _batches(tasks: Iterator[Task]) -> Iterator[list[Task]]:
    batch: list[Task] = []
    size = 0
    for task in tasks:
        batch.append(task)
        size += len(task.record.text)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
