"""Edits of a text, and where its offsets go, so that gold answers can be found in a corpus that is spelt otherwise."""

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
        edits: in order and without overlaps; their offsets are those of the old text.
        shifts: for each edit how much longer the new text is before it; then how much longer it is in all.
    """

    text: str
    edits: tuple[Edit, ...]
    shifts: tuple[int, ...]

    def start(self, old: int) -> int:
        """The new start of a span that started at `old`. If that is inside an edit, the span now has all of it."""
        number = bisect_right(self.edits, old, key=_start)
        if number and old < self.edits[number - 1].end:
            return self.edits[number - 1].start + self.shifts[number - 1]
        return old + self.shifts[number]

    def end(self, old: int) -> int:
        """The new end of a span that ended at `old`. If that is inside an edit, the span now has all of it."""
        number = bisect_left(self.edits, old, key=_start)
        if number and old < self.edits[number - 1].end:
            edit = self.edits[number - 1]
            return edit.start + self.shifts[number - 1] + len(edit.new)
        return old + self.shifts[number]


def _start(edit: Edit) -> int:
    return edit.start


def apply(text: str, edits: Iterable[Edit]) -> Edited:
    """Make edits, which are in order and do not overlap. Those that change nothing are dropped."""
    changed = tuple(edit for edit in edits if text[edit.start : edit.end] != edit.new)
    pieces, done = [], 0
    for edit in changed:
        pieces += [text[done : edit.start], edit.new]
        done = edit.end
    growth = (len(edit.new) - (edit.end - edit.start) for edit in changed)
    return Edited("".join([*pieces, text[done:]]), changed, tuple(accumulate(growth, initial=0)))


def respell(collection: Collection, edited: Mapping[str, Edited], titles: Mapping[str, str]) -> Collection:
    """The collection with edited texts and titles; every gold span is where its text has gone.

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
