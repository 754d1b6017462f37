"""A store is brought up to date with its source: only what was added, changed or removed is read.

A file is read again where its size or time has changed, or where something of it could not be read before. Of a file
that is read only new records are analysed: a line more in a JSONL file costs that line.
"""

from __future__ import annotations

import datetime
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from operator import add, sub

from retrieval.corpus.articles import none_readable, problem, taken
from retrieval.corpus.readers.record import FaultError
from retrieval.corpus.readers.registry import records
from retrieval.corpus.source import Source, State
from retrieval.errors import CorpusError
from retrieval.index.header import Totals
from retrieval.index.store import Store, Stored
from retrieval.index.stored_article import AnalysedArticle
from retrieval.indexing.analysts import analyse_all
from retrieval.indexing.batches import Fault, Numbers, Result, Task
from retrieval.indexing.copies import Copies
from retrieval.indexing.spec import IndexSpec
from retrieval.text.safe import printable

MAX_KEPT_BYTES = 32_000_000
"""New records of changed files that are kept from the first look at the files until they are analysed. Beyond them a
file is cut once more, so that a corpus of any size may change at once."""

Added = Callable[[AnalysedArticle, int, int], None]
"""Told of each article that is added: the article, its number, and the number of its first sentence."""


def unheard(_: AnalysedArticle, number: int, first: int) -> None:
    """The `Added` that does nothing."""


@dataclass(slots=True)
class Change:
    """What an update has done to the articles.

    Args:
        removed: the numbers of the articles that it removed.
        whole: whether the store was of another version, so that all articles were removed and none is in `removed`.
        added: how many articles it added.
        read: how many files it read.
    """

    removed: list[int] = field(default_factory=list)
    whole: bool = False
    added: int = 0
    read: int = 0

    def __bool__(self) -> bool:
        return bool(self.whole or self.added or self.removed)


@dataclass(slots=True)
class _ChangedFile:
    """A file to read.

    Args:
        name, state: as the source lists it.
        problems: what is wrong with it now.
        tasks: its new records; None until it is cut, or where they are too many to keep.
    """

    name: str
    state: State
    problems: list[CorpusError] = field(default_factory=list)
    tasks: list[Task] | None = None


class Update:
    """One change of a store, within `Store.writing`.

    Args:
        store: what is brought up to date.
        source: what it is to hold.
        files: the source's, as `Source.files` lists them.
        version: of the analysis; a store of another version is begun anew.
    """

    def __init__(self, store: Store, source: Source, files: Mapping[str, State], version: str) -> None:
        self._store, self._source, self._files, self._version = store, source, files, version
        self._header = header = store.header
        self.change = Change(whole=header.version != version)
        self._copies = Copies(store)
        self._totals, self._next = Totals() if self.change.whole else header.totals, header.next

    def run(self, spec: IndexSpec, added: Added = unheard) -> Change:
        """Write everything that has changed.

        Args:
            spec: its analyzer, its track, and who analyses besides.
            added: told of each article that is added.

        Raises:
            CorpusError: no article of the source can be read.
            IndexStoreError: the store cannot be written.
        """
        if self.change.whole:
            self._store.clear()
        changed = self._changed_files()
        self.change.read = len(changed)
        waiting: deque[_ChangedFile] = deque()
        results = analyse_all(self._tasks(changed, waiting), spec.analyzer, self._store.units.enter, spec.elsewhere)
        for _ in spec.track(self._written(results, waiting, added), sum(file.state.size for file in changed)):
            pass
        for file in changed:
            self._store.put_file(file.name, file.state, file.problems)
        self._store.units.finish()
        self._copies.finish()
        self._finish()
        return self.change

    def _changed_files(self) -> list[_ChangedFile]:
        """The files to read. Articles that their files do not hold any more are removed, so that their ids are free."""
        known = self._store.files()
        for name in known.keys() - self._files.keys():
            self._remove(self._store.articles_of(name).values())
            self._store.drop_file(name)
        # What could not be read may be readable now: its id may have become free.
        troubled = self._store.files_with_problems()
        changed, kept = [], 0
        for name, state in self._files.items():
            if known.get(name) == state and name not in troubled:
                continue
            changed.append(file := _ChangedFile(name, state))
            if name in known:
                tasks = []
                for task in self._new_tasks(file):
                    kept += len(task.record.content)
                    if kept <= MAX_KEPT_BYTES:
                        tasks.append(task)
                file.tasks = tasks if kept <= MAX_KEPT_BYTES else None
                self._copies.touch(name)
        return changed

    def _new_tasks(self, file: _ChangedFile) -> Iterator[Task]:
        """Cut a file: its articles that moved are noted, those that are gone removed, and what is new is given."""
        file.problems.clear()
        had = self._store.articles_of(file.name)
        try:
            for record in records(printable(file.name), self._source.read(file.name)):
                digest = blake2b(record.content, digest_size=16).digest()
                kept = had.pop(digest, None)
                if kept is None:
                    yield Task(record, digest)
                elif kept.line != record.line:
                    self._store.move(kept.number, record.line)
        except FaultError as fault:
            file.problems.append(problem(self._source.place(file.name), fault))
        self._remove(had.values())

    def _remove(self, articles: Iterable[Stored]) -> None:
        for article in articles:
            self._copies.remove(article.number)
            self._totals = Totals(*map(sub, self._totals, self._store.remove(article.number)))
            self.change.removed.append(article.number)

    def _tasks(self, files: Iterable[_ChangedFile], waiting: deque[_ChangedFile]) -> Iterator[Task]:
        """The records that the store lacks; `waiting` gets the file of each."""
        for file in files:
            for task in self._new_tasks(file) if file.tasks is None else file.tasks:
                waiting.append(file)
                yield task
            file.tasks = None

    def _written(
        self, results: Iterable[tuple[Task, Result, Numbers]], waiting: deque[_ChangedFile], added: Added
    ) -> Iterator[int]:
        """Write results; gives the bytes of each record."""
        for task, result, numbers in results:
            file = waiting.popleft()
            if isinstance(result, Fault):
                file.problems.append(CorpusError(self._source.place(file.name), *result))
            elif self._store.has(result.id):
                file.problems.append(taken(self._source.place(file.name), result.id, result.line))
            else:
                number, size = self._store.add(file.name, result, self._next, numbers)
                added(result, number, self._next)
                self._copies.add(number, result.sketch)
                self._next += size.sentences
                self.change.added += 1
                self._totals = Totals(*map(add, self._totals, size))
            yield len(task.record.content)

    def _finish(self) -> None:
        if not self._totals.articles:
            raise none_readable(self._source.path, list(self._store.problems(self._source.place)))
        header = self._header._replace(state=fingerprint_of(self._files), bytes=size_of(self._files))
        if self.change:
            header = header._replace(
                version=self._version,
                totals=self._totals,
                next=self._next,
                generation=header.generation + 1,
                updated=datetime.datetime.now(datetime.UTC).replace(microsecond=0),
            )
        self._store.put_header(header)


def size_of(files: Mapping[str, State]) -> int:
    """How many bytes files have."""
    return sum(state.size for state in files.values())


def fingerprint_of(files: Mapping[str, State]) -> str:
    """A digest of the names and states of files, which tells whether any of them has changed."""
    listed = "\n".join([f"{name} {size} {time}" for name, (size, time) in files.items()])
    return blake2b(listed.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
