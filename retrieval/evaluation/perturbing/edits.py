"""Edits of a text, and where its offsets go: what lets gold answers survive a corpus that is spelt otherwise."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from retrieval.evaluation.datasets.judged import Collection, Span


class Edit(NamedTuple):
    """`text[start:end]` becomes `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A text after its edits.

    Args:
        text: the new text.
        edits: what was changed, in order, none overlapping another; offsets of the old text.
        shifts: how much longer the new text is before each edit, and behind the last.
    """

    text: str
    edits: tuple[Edit, ...]
    shifts: tuple[int, ...]

    def start(self, old: int) -> int:
        """Where what began at `old` begins; a stretch that begins inside an edit takes the whole of it along."""
        number = bisect_right(self.edits, old, key=_start)
        if number and old < self.edits[number - 1].end:
            return self.edits[number - 1].start + self.shifts[number - 1]
        return old + self.shifts[number]

    def end(self, old: int) -> int:
        """Where what ended at `old` ends; a stretch that ends inside an edit takes the whole of it along."""
        number = bisect_left(self.edits, old, key=_start)
        if number and old < self.edits[number - 1].end:
            edit = self.edits[number - 1]
            return edit.start + self.shifts[number - 1] + len(edit.new)
        return old + self.shifts[number]


def _start(edit: Edit) -> int:
    return edit.start


def apply(text: str, edits: Iterable[Edit]) -> Edited:
    """Make the edits, which are in order and do not overlap; those that change nothing are dropped."""
    changed = tuple(edit for edit in edits if text[edit.start : edit.end] != edit.new)
    pieces, done = [], 0
    for edit in changed:
        pieces += [text[done : edit.start], edit.new]
        done = edit.end
    growth = (len(edit.new) - (edit.end - edit.start) for edit in changed)
    return Edited("".join([*pieces, text[done:]]), changed, tuple(accumulate(growth, initial=0)))


def respell(collection: Collection, edited: Mapping[str, Edited], titles: Mapping[str, str]) -> Collection:
    """The collection with its articles' texts and titles edited, and every gold span where its text has gone.

    Args:
        collection: articles and questions.
        edited: article id → its text, edited.
        titles: article id → its new title.
    """

    def moved(span: Span) -> Span:
        article = edited[span.article]
        return Span(span.article, article.start(span.start), article.end(span.end))

    return replace(
        collection,
        articles=tuple(
            replace(article, text=edited[article.id].text, title=titles[article.id]) for article in collection.articles
        ),
        questions=tuple(
            replace(
                judged,
                passages=tuple(map(moved, judged.passages)),
                answers=tuple(map(moved, judged.answers)),
            )
            for judged in collection.questions
        ),
    )
