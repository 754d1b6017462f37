"""Paragraphs, items and tables of an office document → the elements of a page."""

from __future__ import annotations

import re
from itertools import chain

from lxml import etree

from retrieval.corpus.markup import NOTE
from retrieval.corpus.readers.fields import check_size
from retrieval.corpus.readers.record import FaultError
from retrieval.text.orthography import HALF_SPACE

MAX_LEVEL = 6
"""The lowest level of a heading in HTML."""
MAX_DEPTH = 9
"""Levels of a list, as office programs have them."""
MAX_CELLS = 300_000
"""Cells of a document's tables, empty ones among them."""

NON_BREAKING_HYPHEN, SOFT_HYPHEN = "\u2011", "\u00ad"

LETTER = "[\u0621-\u064a\u0671-\u06d3]"
"""Matches a letter of the Persian or the Arabic alphabet."""
_HALF_SPACE = re.compile(f"(?<={LETTER})[\u00ac{SOFT_HYPHEN}](?={LETTER})")
"""What old Persian keyboards of office programs write for the half-space."""
_PREFIX = re.compile(f"(?<!{LETTER})(ن?می){NON_BREAKING_HYPHEN}(?={LETTER})")


class Line:
    """A paragraph, heading or item while its words are gathered.

    Args:
        element: what they become the words of.
    """

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self._pieces: list[tuple[bool, list[str]]] = []

    def say(self, words: str, *, is_bold: bool = False) -> None:
        """Add words; a line feed in them ends a line."""
        if not words:
            return
        if not self._pieces or self._pieces[-1][0] is not is_bold:
            self._pieces.append((is_bold, []))
        self._pieces[-1][1].append(words)

    @property
    def text(self) -> str:
        """The words so far."""
        return "".join(chain.from_iterable(words for _, words in self._pieces))

    def end(self) -> None:
        """There are no more words. A line without any, or of ornaments alone, which part what is around, is none.

        Raises:
            FaultError: they are too many.
        """
        text = self.text
        check_size(len(text), text.count("\n"))
        if not any(map(str.isalnum, text)):
            if (parent := self.element.getparent()) is not None:
                parent.remove(self.element)
            return
        for is_bold, pieces in self._pieces:
            words = _PREFIX.sub(rf"\1{HALF_SPACE}", _HALF_SPACE.sub(HALF_SPACE, "".join(pieces)))
            is_first = self.element.text is None and not len(self.element)
            inner = (
                self.element if is_first and not is_bold else etree.SubElement(self.element, "b" if is_bold else "span")
            )
            inner.text, *others = words.split("\n")
            for line in others:
                etree.SubElement(inner, "br").tail = line
        self._pieces.clear()


class Sheet:
    """Where the blocks of a document, of a cell or of a box go, one below another.

    Args:
        element: what they are put into.
    """

    def __init__(self, element: etree._Element | None = None) -> None:
        self.element: etree._Element = etree.Element("body") if element is None else element
        self._lists: list[etree._Element] = []
        self._cells = 0

    def line(self, tag: str) -> Line:
        """A line of its own, such as a paragraph, opens."""
        self._lists.clear()
        return Line(etree.SubElement(self.element, tag))

    def heading(self, level: int) -> Line:
        """A heading opens."""
        return self.line(f"h{min(max(level, 1), MAX_LEVEL)}")

    def item(self, level: int) -> Line:
        """An item opens.

        Args:
            level: 0 for one that is no part of another.
        """
        level = min(max(level, 0), MAX_DEPTH - 1)
        del self._lists[level + 1 :]
        while len(self._lists) <= level:
            self._lists.append(etree.SubElement(self._last(), "ul"))
        return Line(etree.SubElement(self._lists[-1], "li"))

    def _last(self) -> etree._Element:
        """What a list may stand in: the last item of the one that is open; where it has none, one without words."""
        if not self._lists:
            return self.element
        last = next(self._lists[-1].iterchildren(reversed=True), None)
        return etree.SubElement(self._lists[-1], "li") if last is None else last

    def note(self) -> Line:
        """A footnote opens."""
        line = self.line("aside")
        line.element.set("class", NOTE)
        return line

    def table(self) -> etree._Element:
        """A table opens."""
        self._lists.clear()
        return etree.SubElement(self.element, "table")

    def cell(self, row: etree._Element, tag: str, **spans: str) -> Sheet:
        """A cell opens.

        Args:
            row: what it stands in.
            tag: `td` or `th`.
            spans: the columns (`colspan`) and rows (`rowspan`) that it spans, as they are written; "" for one.

        Raises:
            FaultError: there are too many.
        """
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise FaultError(f"its tables have more than {MAX_CELLS:,} cells", "split it")
        return Sheet(etree.SubElement(row, tag, {name: span for name, span in spans.items() if span not in ("", "1")}))
