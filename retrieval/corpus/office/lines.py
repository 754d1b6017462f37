"""Paragraphs, items and tables of an office document → the elements of a page."""

from __future__ import annotations

import re
from itertools import groupby

from lxml import etree, html
from lxml.html import HtmlElement

from retrieval.corpus.markup import NOTE
from retrieval.text.orthography import HALF_SPACE

MAX_LEVEL = 6
"""The lowest level of a heading in HTML."""
MAX_DEPTH = 9
"""Levels of a list, as office programs have them."""

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

    def __init__(self, element: HtmlElement) -> None:
        self.element = element
        self._pieces: list[tuple[bool, str]] = []

    def say(self, words: str, *, is_bold: bool = False) -> None:
        """Add words; a line feed in them ends a line."""
        if words:
            self._pieces.append((is_bold, words))

    @property
    def text(self) -> str:
        """The words so far."""
        return "".join(words for _, words in self._pieces)

    def end(self) -> None:
        """There are no more words. A line of ornaments alone, which parts what is around it, has none."""
        if not any(map(str.isalnum, self.text)):
            self._pieces.clear()
        for is_bold, pieces in groupby(self._pieces, key=lambda piece: piece[0]):
            words = _PREFIX.sub(rf"\1{HALF_SPACE}", _HALF_SPACE.sub(HALF_SPACE, "".join(words for _, words in pieces)))
            inner = etree.SubElement(self.element, "b" if is_bold else "span")
            inner.text, *others = words.split("\n")
            for line in others:
                etree.SubElement(inner, "br").tail = line
        self._pieces.clear()


class Sheet:
    """Where the blocks of a document, of a cell or of a box go, one below another.

    Args:
        element: what they are put into.
    """

    def __init__(self, element: HtmlElement | None = None) -> None:
        self.element: HtmlElement = html.Element("body") if element is None else element
        self._lists: list[HtmlElement] = []

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
            last = self._lists[-1][-1] if self._lists and len(self._lists[-1]) else self.element
            self._lists.append(etree.SubElement(last, "ul"))
            if len(self._lists) <= level:  # an item of a lower level comes first
                etree.SubElement(self._lists[-1], "li")
        return Line(etree.SubElement(self._lists[-1], "li"))

    def note(self) -> Line:
        """A footnote opens."""
        line = self.line("aside")
        line.element.set("class", NOTE)
        return line

    def table(self) -> HtmlElement:
        """A table opens."""
        self._lists.clear()
        return etree.SubElement(self.element, "table")
