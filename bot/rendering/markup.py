"""Text with marks: one value that each front end writes out in its own way.

A mark is a span of the text, so a quotation in it keeps its characters, and a text is joined and cut like a string.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import NamedTuple


class Mark(Enum):
    """How a part of a text is meant."""

    BOLD = "bold"
    ITALIC = "italic"
    LINK = "link"
    CITED = "cited"
    """What is quoted, within the passage that it stands in."""

    CITATION = "citation"
    """The number of a citation, which leads to its source."""

    SOURCE = "source"
    """The line that names a source."""

    QUOTATION = "quotation"
    LONG_QUOTATION = "long quotation"
    """A quotation of which the beginning is enough to choose it; the rest is shown on demand."""

    FOLD = "fold"
    """What is shown on demand, its summary apart."""

    SUMMARY = "summary"
    """The line of a fold that is always shown."""

    TABLE = "table"
    """Rows of cells. What of a table is in no cell parts the cells where there are no rows to see."""

    ROW = "row"
    HEADER = "header"
    """A cell that names its column or its row."""

    CELL = "cell"


class MarkedSpan(NamedTuple):
    """A part of a text with a mark.

    Args:
        start, end: its offsets in the text, in code points; it is never empty.
        mark: how it is meant.
        link: the address that a link opens; the name of a source, and of what leads to it; "" for other marks.
    """

    start: int
    end: int
    mark: Mark
    link: str = ""


@dataclass(frozen=True, slots=True)
class Rich:
    """A text with marks.

    Args:
        text: what is read.
        spans: the marks, sorted by their starts, an outer mark before those inside it. Any two of them are apart, or
            one lies inside the other.
    """

    text: str = ""
    spans: tuple[MarkedSpan, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)

    def part(self, start: int, end: int) -> Rich:
        """The code points from `start` to `end`, with their marks."""
        if start <= 0 and end >= len(self.text):
            return self
        spans = (
            MarkedSpan(max(span.start, start) - start, min(span.end, end) - start, span.mark, span.link)
            for span in self.spans
            if start < end and span.start < end and start < span.end
        )
        return Rich(self.text[start:end], tuple(spans))

    def strip(self) -> Rich:
        """The text without white space at its edges."""
        return self.part(len(self.text) - len(self.text.lstrip()), len(self.text.rstrip()))

    def mapped(self, change: Callable[[str], str]) -> Rich:
        """The text changed letter by letter.

        Args:
            change: from a run of letters to what stands for them; the same whether they are given together or apart.
        """
        if change(self.text) == self.text:
            return self
        bounds = sorted({0, len(self.text), *(place for span in self.spans for place in span[:2])})
        written, moved = "", {0: 0}
        for start, end in pairwise(bounds):
            written += change(self.text[start:end])
            moved[end] = len(written)
        return self._moved(written, moved.__getitem__)

    def inserted(self, letters: str, places: Sequence[int]) -> Rich:
        """The text with `letters` before each of the code points at `places`, which are sorted.

        They get the marks of the code point that they stand before.
        """
        if not places:
            return self
        runs = (self.text[start:end] for start, end in pairwise([0, *places, len(self.text)]))
        return self._moved(letters.join(runs), lambda place: place + len(letters) * bisect_left(places, place))

    def marked_as(self, others: Mapping[Mark, Mark]) -> Rich:
        """The text with other marks in the place of some."""
        return Rich(self.text, tuple(span._replace(mark=others.get(span.mark, span.mark)) for span in self.spans))

    def _moved(self, text: str, moved: Callable[[int], int]) -> Rich:
        """Another text, with the marks moved to where `moved` says; those that are empty then are left out."""
        spans = (MarkedSpan(moved(span.start), moved(span.end), span.mark, span.link) for span in self.spans)
        return Rich(text, tuple(span for span in spans if span.start < span.end))


def marked(text: Rich | str, mark: Mark, link: str = "") -> Rich:
    """A text with a mark around all of it."""
    inner = text if isinstance(text, Rich) else Rich(text)
    return Rich(inner.text, (MarkedSpan(0, len(inner.text), mark, link), *inner.spans)) if inner else inner


def joined(separator: str, texts: Iterable[Rich | str]) -> Rich:
    """Texts one after the other, with `separator` between them."""
    written: list[str] = []
    spans: list[MarkedSpan] = []
    place = 0
    for text in texts:
        one = text if isinstance(text, Rich) else Rich(text)
        place += len(separator) if written else 0
        spans += [MarkedSpan(start + place, end + place, mark, link) for start, end, mark, link in one.spans]
        written.append(one.text)
        place += len(one.text)
    return Rich(separator.join(written), tuple(spans))


def rich(*texts: Rich | str) -> Rich:
    """Texts one behind the other."""
    return joined("", texts)
