"""The articles of a store in the order of the corpus."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import overload

from retrieval.index.readable import ReadableStore
from retrieval.types import Article

ARTICLES_AT_ONCE = 256
"""Articles that are read together when all are gone through."""


class Articles(Sequence[Article]):
    """The articles in the order of the corpus. Each is read from the store when it is asked for.

    Args:
        store: has them; it does not change.
        count: how many it has.
    """

    def __init__(self, store: ReadableStore, count: int) -> None:
        self._store, self._count = store, count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Article]:
        for start in range(0, len(self), ARTICLES_AT_ONCE):
            yield from self[start : start + ARTICLES_AT_ONCE]

    @overload
    def __getitem__(self, place: int) -> Article: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Article, ...]: ...
    def __getitem__(self, place: int | slice) -> Article | tuple[Article, ...]:
        if isinstance(place, int):
            return self._store.article_slice(range(len(self))[place], 1)[0]
        chosen = range(len(self))[place]
        if chosen.step == 1:
            return tuple(self._store.article_slice(chosen.start, len(chosen)))
        return tuple(self[start] for start in chosen)

    def latest(self, start: int, count: int) -> list[Article]:
        """`count` articles from the place `start` on, latest day first; articles without a date come last."""
        return self._store.latest(start, count)

    def of_days(self, first: datetime.date, last: datetime.date, count: int) -> list[Article]:
        """At most `count` articles of the days from `first` to `last`, latest day first."""
        return self._store.of_days(first.isoformat(), last.isoformat(), count)

    def get(self, name: str) -> Article | None:
        """The article of an id, if there is one."""
        return self._store.article_by_id(name)
