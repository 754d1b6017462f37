"""A store is brought up to date with its corpus: only what was added, changed or removed is read.

A file is read again where its size or time has changed; of what is read only the records that are new are analysed, so
that a line more in a JSONL file costs that line.
"""

from __future__ import annotations

import datetime
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from operator import add, sub

from retrieval.corpus.articles import none_readable, problem, taken
from retrieval.corpus.readers.record import FaultError, RawRecord
from retrieval.corpus.readers.registry import records
from retrieval.corpus.source import Source, State
from retrieval.errors import CorpusError
from retrieval.index.store import Store, Stored, Totals
from retrieval.index.stored_article import AnalysedArticle
from retrieval.indexing.analysts import Fault, Numbers, Result, Task, analyse_all
from retrieval.text.analyzer import Analyzer
from retrieval.text.safe import printable

Announce = Callable[[str], None]
"""Told in one line what the caller should know."""

Added = Callable[[AnalysedArticle, int, int], None]
"""Told of an article that is added: its number, and that of its first sentence."""

Files = Mapping[str, State]

Track = Callable[[Iterable[int], int], Iterable[int]]
"""Passes on amounts of work while they are done, showing how far of a total they are, as
`retrieval.system.progress.track` does."""


def untracked(amounts: Iterable[int], _: int) -> Iterable[int]:
    """The `Track` that shows nothing."""
    return amounts


@dataclass(slots=True)
class Change:
    """What an update has done to the articles.

    Args:
        removed: the numbers of what it removed.
        whole: whether nothing is left of what was before.
        added: how many it added.
        read: how many files it read.
    """

    removed: list[int] = field(default_factory=list)
    whole: bool = False
    added: int = 0
    read: int = 0

    def __bool__(self) -> bool:
        return bool(self.whole or self.added or self.removed)


@dataclass(slots=True)
class _File:
    """A file to read: the articles that it has had, and what is wrong with it now."""

    name: str
    state: State
    had: dict[bytes, Stored] = field(default_factory=dict)
    problems: list[CorpusError] = field(default_factory=list)


def is_stale(store: Store, files: Files, version: str) -> bool:
    """Whether a store is not what an update to `files` would make of it."""
    return (store.meta("version"), store.meta("state")) != (version, _state(files))


class Update:
    """One change of a store, within `Store.writing`.

    Args:
        store: what is brought up to date.
        source: what it is to hold.
        files: the source's, as `Source.files` lists them.
        version: of the analysis; a store of another version is begun anew.
        added: told of each article that is added.
    """

    def __init__(self, store: Store, source: Source, files: Files, version: str, added: Added) -> None:
        self._store, self._source, self._files = store, source, files
        self._version, self._added = version, added
        self.change = Change(whole=store.meta("version") != version)
        if self.change.whole:
            store.clear()
        self._totals, self._next = store.totals, store.meta("next", 0)

    def run(self, analyzer: Analyzer, track: Track) -> Change:
        """Write everything that has changed.

        Raises:
            CorpusError: no article of the corpus can be read.
            IndexStoreError: it cannot be written.
        """
        known, files = self._store.files(), self._files
        for name in known.keys() - files.keys():
            self._remove(self._store.articles_of(name).values())
            self._store.drop_file(name)
        # What could not be read may be readable now: its id may have become free.
        troubled = self._store.troubled()
        stale = [
            _File(name, state, had=self._store.articles_of(name) if name in known else {})
            for name, state in files.items()
            if name not in known or known[name] != state or name in troubled
        ]
        self.change.read = len(stale)
        self._drop_what_changed(stale)
        waiting: deque[_File] = deque()
        results = analyse_all(self._tasks(stale, waiting), analyzer, self._store.units.enter)
        for _ in track(self._written(results, waiting), sum(file.state.size for file in stale)):
            pass
        for file in stale:
            self._store.put_file(file.name, file.state, file.problems)
        self._store.units.finish()
        self._finish()
        return self.change

    def _remove(self, articles: Iterable[Stored]) -> None:
        for article in articles:
            self._totals = Totals(*map(sub, self._totals, self._store.remove(article.number)))
            self.change.removed.append(article.number)

    def _drop_what_changed(self, files: Iterable[_File]) -> None:
        """Remove the articles that their files do not hold any more, before their ids are given to others."""
        for file in files:
            if not file.had:
                continue
            try:
                held = {_digest(record.content) for record in self._records(file)}
            except FaultError:
                held = set()
            self._remove(article for digest, article in file.had.items() if digest not in held)
            file.had = {digest: article for digest, article in file.had.items() if digest in held}

    def _tasks(self, files: Iterable[_File], waiting: deque[_File]) -> Iterator[Task]:
        """The records that the store lacks; `waiting` gets the file of each."""
        for file in files:
            try:
                for record in self._records(file):
                    digest = _digest(record.content)
                    kept = file.had.pop(digest, None)
                    if kept is None:
                        waiting.append(file)
                        yield Task(record, digest)
                    elif kept.line != record.line:
                        self._store.move(kept.number, record.line)
            except FaultError as fault:
                file.problems.append(problem(self._source.place(file.name), fault))

    def _records(self, file: _File) -> Iterator[RawRecord]:
        return records(printable(file.name), self._source.read(file.name))

    def _written(self, results: Iterable[tuple[Task, Result, Numbers]], waiting: deque[_File]) -> Iterator[int]:
        """Write results; gives the bytes of each."""
        for task, result, numbers in results:
            file = waiting.popleft()
            if isinstance(result, Fault):
                file.problems.append(CorpusError(self._source.place(file.name), *result))
            elif self._store.has(result.id):
                file.problems.append(taken(self._source.place(file.name), result.id, result.line))
            else:
                number, added = self._store.add(file.name, result, self._next, numbers)
                self._added(result, number, self._next)
                self._next += added.sentences
                self.change.added += 1
                self._totals = Totals(*map(add, self._totals, added))
            yield len(task.record.content)

    def _finish(self) -> None:
        if not self._totals.articles:
            raise none_readable(self._source.path, list(self._store.problems(self._source.place)))
        store = self._store
        store.set_meta("state", _state(self._files))
        store.set_meta("bytes", size_of(self._files))
        if not self.change:
            return
        store.set_meta("version", self._version)
        store.set_meta("totals", json.dumps(self._totals))
        store.set_meta("next", self._next)
        store.set_meta("generation", store.meta("generation", 0) + 1)
        store.set_meta("updated", datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"))


def size_of(files: Files) -> int:
    """How many bytes files have."""
    return sum(state.size for state in files.values())


def _state(files: Files) -> str:
    """What tells one state of a corpus's files from another, without a look at each of the stored ones."""
    listed = "\n".join([f"{name} {size} {time}" for name, (size, time) in files.items()])
    return blake2b(listed.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=16).digest()
