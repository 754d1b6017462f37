"""The document of an ODT file → the elements of a page (OpenDocument 1.3, part 3).

What is shown is read. Deleted text stands apart in such files, and is left out as comments and tables of contents are.
Notes stand behind the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from retrieval.corpus.lists import MAX_NUMBER
from retrieval.corpus.numbers import whole_number
from retrieval.corpus.office.archive import attribute, child, local_name
from retrieval.corpus.office.lines import MAX_LEVEL, Line, Sheet

MAX_PARENTS = 20
"""Styles that a style stands on."""
MAX_REPETITIONS = 100
"""Blanks in a row, and cells of the same words."""

_LEFT_OUT = frozenset(
    "tracked-changes table-of-content table-index illustration-index object-index user-index alphabetical-index"
    " bibliography annotation annotation-end ruby-text title desc forms sequence-decls user-field-decls"
    " variable-decls covered-table-cell event-listeners math".split()
)
_CHARACTERS = {"tab": " ", "line-break": "\n", "soft-page-break": ""}


class _Style(NamedTuple):
    """A style of paragraphs or words: whether it is that of a title, and whether its letters are bold."""

    is_title: bool = False
    is_bold: bool = False


class _OpenList(NamedTuple):
    """A list that is open.

    Args:
        depth: 0 for the outermost.
        style: the name of its style.
    """

    depth: int
    style: str


class Document:
    """A document while it is read.

    Args:
        roots: of the styles and of the content.

    Attributes:
        title: the words of its paragraphs with the style of a title.
    """

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles = dict(_styles([root for root in roots if root is not None]))
        self._lists = {
            attribute(element, "name"): element
            for root in roots
            if root is not None
            for element in root.iter("{*}list-style")
        }
        self._counts: dict[tuple[str, int], int] = {}
        self._notes: list[etree._Element] = []
        self.title = ""

    def elements(self, text: etree._Element) -> HtmlElement:
        """The elements of its text, and of the notes that are called in it."""
        sheet = Sheet()
        self._blocks(text, sheet, None)
        for note in self._notes:
            line = sheet.item(0)
            for paragraph in note.iter("{*}p"):
                line.say(" ")
                self._words(paragraph, line, [], is_bold=False)
            line.end()
        return sheet.element

    def _blocks(self, parent: etree._Element, sheet: Sheet, within: _OpenList | None) -> None:
        for element in parent:
            name = local_name(element)
            if name in ("p", "h"):
                self._line(element, sheet, None)
            elif name == "list":
                self._list(element, sheet, within)
            elif name == "table":
                self._rows(element, sheet.table())
            elif name not in _LEFT_OUT:
                self._blocks(element, sheet, within)

    def _list(self, element: etree._Element, sheet: Sheet, outer: _OpenList | None) -> None:
        """The items of a list; one without a style has that of the list around it."""
        depth = outer.depth + 1 if outer else 0
        style = attribute(element, "style-name") or (outer.style if outer else "")
        key = style, depth
        if attribute(element, "continue-numbering") != "true" and not attribute(element, "continue-list"):
            self._counts.pop(key, None)
        for item in element:
            is_first = local_name(item) == "list-item"
            for inner in item:
                name = local_name(inner)
                if name == "list":
                    self._list(inner, sheet, _OpenList(depth, style))
                elif name in ("p", "h"):
                    self._line(inner, sheet, (depth, self._marker(key, item) if is_first else ""))
                    is_first = False
                elif name not in _LEFT_OUT:
                    self._blocks(inner, sheet, _OpenList(depth, style))

    def _marker(self, key: tuple[str, int], item: etree._Element) -> str:
        """What stands before an item: its number, or nothing."""
        style = self._lists.get(key[0])
        levels = (
            level
            for level in (style if style is not None else ())
            if attribute(level, "level") == str(key[1] + 1) and local_name(level) == "list-level-style-number"
        )
        level = next(levels, None)
        if level is None or not attribute(level, "num-format"):
            return ""
        first = attribute(item, "start-value") or ("" if key in self._counts else attribute(level, "start-value"))
        self._counts[key] = whole_number(first, self._counts.get(key, 0) + 1, MAX_NUMBER)
        suffix = attribute(level, "num-suffix") or "."
        return f"{attribute(level, 'num-prefix')}{self._counts[key]}{suffix} "

    def _rows(self, parent: etree._Element, into: HtmlElement) -> None:
        for element in parent:
            name = local_name(element)
            if name == "table-row":
                row = etree.SubElement(into, "tr")
                for cell in element:
                    if local_name(cell) == "table-cell":
                        self._cell(cell, row)
            elif name not in _LEFT_OUT:
                self._rows(element, into)

    def _cell(self, cell: etree._Element, row: HtmlElement) -> None:
        spans = {
            "colspan": attribute(cell, "number-columns-spanned") or "1",
            "rowspan": attribute(cell, "number-rows-spanned") or "1",
        }
        for _ in range(whole_number(attribute(cell, "number-columns-repeated"), 1, MAX_REPETITIONS)):
            self._blocks(cell, Sheet(etree.SubElement(row, "td", spans)), None)

    def _line(self, element: etree._Element, sheet: Sheet, item: tuple[int, str] | None) -> None:
        """A paragraph, heading or item, then the boxes that are anchored in it.

        Args:
            element: what it is.
            sheet: where it goes.
            item: the depth and the marker of an item; None for what is none.
        """
        style = self._styles.get(attribute(element, "style-name"), _Style())
        if local_name(element) == "h":
            line = sheet.heading(whole_number(attribute(element, "outline-level"), 1, MAX_LEVEL))
        elif style.is_title:
            line = sheet.heading(1)
        elif item:
            line = sheet.item(item[0])
        else:
            line = sheet.line("p")
        if item:
            line.say(item[1])
        boxes: list[etree._Element] = []
        self._words(element, line, boxes, is_bold=style.is_bold)
        if style.is_title:
            self.title = " ".join(f"{self.title} {line.text}".split())
        line.end()
        for box in boxes:
            self._blocks(box, sheet, None)

    def _words(self, parent: etree._Element, line: Line, boxes: list[etree._Element], *, is_bold: bool) -> None:
        """The words in an element of a line; notes and boxes in it are kept for later."""
        line.say(_blank(parent.text), is_bold=is_bold)
        for element in parent:
            name = local_name(element)
            if name == "s":
                line.say(" " * whole_number(attribute(element, "c"), 1, MAX_REPETITIONS))
            elif name in _CHARACTERS:
                line.say(_CHARACTERS[name], is_bold=is_bold)
            elif name == "note":
                if (body := child(element, "note-body")) is not None:
                    self._notes.append(body)
            elif name == "text-box":
                boxes.append(element)
            elif name not in _LEFT_OUT:
                style = self._styles.get(attribute(element, "style-name"), _Style()) if name == "span" else _Style()
                self._words(element, line, boxes, is_bold=is_bold or style.is_bold)
            line.say(_blank(element.tail), is_bold=is_bold)


def _blank(words: str | None) -> str:
    return (words or "").replace("\n", " ")


def _styles(roots: list[etree._Element]) -> Iterator[tuple[str, _Style]]:
    """The styles of a document by their names, each with what it takes from the one that it stands on."""
    written = {attribute(element, "name"): element for root in roots for element in root.iter("{*}style")}
    for first in written:
        name, style = first, _Style()
        for _ in range(MAX_PARENTS):
            style = style._replace(is_title=style.is_title or name.lower() == "title")
            if name not in written:
                break
            element = written[name]
            letters = child(element, "text-properties")
            weights = [value for key, value in (letters.items() if letters is not None else ()) if "font-weight" in key]
            style = style._replace(is_bold=style.is_bold or "bold" in weights)
            name = attribute(element, "parent-style-name")
        yield first, style
