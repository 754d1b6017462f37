"""What is read of a stored corpus to answer questions, wherever it is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from retrieval.errors import CorpusError
from retrieval.index.header import Header
from retrieval.system.arrays import Integers
from retrieval.text.vocabulary import Vocabulary
from retrieval.types import Article, Form

PassageRow = tuple[int, int, str, bytes, str, str]
"""A passage: its number, which is that of its first sentence; its article's number; the terms of the article's title
and of its own context, separated by spaces; the passage packed; the spans of its context as JSON; its article's day in
ISO 8601. The last two are "" where there is none.
"""


class Names(Protocol):
    """The units of a store; see `UnitNames`, whose methods these are."""

    def numbers(self, units: Iterable[str]) -> dict[str, int]:
        """The numbers of units by their names. Units that no article has ever had are left out."""
        ...

    def relatives(self, stems: Sequence[str]) -> dict[str, list[int]]:
        """For each of some stems the numbers of the units that have it."""
        ...

    def names(self) -> list[str]:
        """The units by their numbers, which begin at 1; the name at 0 is ""."""
        ...

    def vocabulary(self) -> Vocabulary:
        """Every unit that an article has, or had before it was changed or removed."""
        ...


class ReadableStore(Protocol):
    """A stored corpus, as a question reads it; `Store` is one on this machine.

    Numbers of articles ascend and are never given twice, so a number always means the same content. What is small and
    asked for often (header, units, repeats) is read without waiting for anybody; articles and passages may be far.
    """

    path: Path | None
    """The file of a `Store`; None where it has none on this machine."""

    @property
    def units(self) -> Names:
        """The names and numbers of its units."""
        ...

    @property
    def header(self) -> Header:
        """Version, state of the files, and totals."""
        ...

    @property
    def last_article(self) -> int:
        """The number of the article that came last; 0 where none has come."""
        ...

    def problems(self, place: Callable[[str], Path]) -> tuple[CorpusError, ...]:
        """What could not be read, in the order of files and lines; for `place` see `Source.place`."""
        ...

    def repeats(self) -> Integers:
        """The sentences that repeat a newer copy's, and these: int64[n, 2], by ascending numbers of the first."""
        ...

    def articles_with(self, sentences: Iterable[int]) -> list[int]:
        """The articles that some sentences stand in, the newest first."""
        ...

    def story_of(self, name: str) -> frozenset[str]:
        """The ids of the articles that tell the story of the one with the id `name`, itself included."""
        ...

    def passages(self, sentences: Sequence[int]) -> list[PassageRow]:
        """The passages that hold some sentences, by ascending numbers."""
        ...

    def has_form(self, passages: Sequence[int], form: Form) -> bool:
        """Whether one of the articles of some passages has a passage whose first sentence is of a form."""
        ...

    def all_passages(self) -> Iterator[tuple[int, int, str, bytes]]:
        """All passages by ascending numbers, each with the first four columns of `passages`."""
        ...

    def expect(self, articles: Sequence[int]) -> frozenset[int]:
        """Told which articles will be asked for next, so that those which are far are read together.

        Returns:
            Those of them that cannot be read now.
        """
        ...

    def article(self, number: int) -> Article:
        """The article with a number.

        Raises:
            IndexStoreError: it is missing or damaged.
        """
        ...

    def article_by_id(self, name: str) -> Article | None:
        """The article with the id `name`; None where there is none."""
        ...

    def around(self, sentence: int, before: int, after: int) -> range:
        """The numbers of the sentences around one, as many as there are of them in its article."""
        ...

    def sentence_numbers(self, name: str) -> range:
        """The numbers of the sentences of the article with the id `name`; none where there is no such article."""
        ...

    def of_days(self, first: str, last: str, count: int) -> list[Article]:
        """At most `count` articles of the days from `first` to `last` (ISO 8601), latest day first."""
        ...

    def article_slice(self, start: int, count: int) -> list[Article]:
        """`count` articles from the place `start` on, in the order of the corpus."""
        ...

    def latest(self, start: int, count: int) -> list[Article]:
        """`count` articles from the place `start` on, latest day first; articles without a date come last."""
        ...

    def check(self) -> None:
        """Check what is stored beside articles and passages.

        Raises:
            DamagedError: a part of it is not as it was written.
        """
        ...
