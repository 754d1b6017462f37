"""The document of an ODT file → the elements of a page (OpenDocument 1.3, part 3).

What is shown is read. Deleted text stands apart in such files, and is left out as comments and tables of contents are.
Notes stand behind the section that calls them.
"""

from __future__ import annotations

from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from retrieval.corpus.lists import MAX_NUMBER
from retrieval.corpus.numbers import whole_number
from retrieval.corpus.office.archive import attribute, child, local_name
from retrieval.corpus.office.lines import MAX_LEVEL, Line, Sheet
from retrieval.corpus.office.opendocument_styles import SAYING, TABLE_HEADING, Style, styles_of
from retrieval.corpus.office.tabs import draw_tables

MAX_REPETITIONS = 100
"""Blanks in a row, and cells of the same words."""
MAX_REPEATED = 10_000
"""Cells of a document that repeat the one before."""

_LEFT_OUT = frozenset(
    "tracked-changes table-of-content table-index illustration-index object-index user-index alphabetical-index"
    " bibliography annotation annotation-end ruby-text title desc forms sequence-decls user-field-decls"
    " variable-decls covered-table-cell event-listeners math".split()
)
_CHARACTERS = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}


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
        said: what its paragraphs with the styles of `SAYING` say.
    """

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles = styles_of([root for root in roots if root is not None])
        self._lists = {
            attribute(element, "name"): _numbered_levels(element)
            for root in roots
            if root is not None
            for element in root.iter("{*}list-style")
        }
        self._repeated = 0
        self._counts: dict[tuple[str, int], int] = {}
        self._notes: list[etree._Element] = []
        self._sheet = Sheet()
        self.said: dict[str, str] = {}

    def elements(self, text: etree._Element) -> etree._Element:
        """The elements of its text, and of the notes that are called in it."""
        self._blocks(text, self._sheet, None)
        self._add_notes()
        draw_tables(self._sheet.element)
        return self._sheet.element

    def _add_notes(self) -> None:
        """The notes that were called since the last of them were added."""
        called, self._notes = self._notes, []
        for note in called:
            line = self._sheet.note()
            for paragraph in note.iter("{*}p"):
                line.say(" ")
                self._words(paragraph, line, [], is_bold=False)
            line.end()

    def _blocks(self, parent: etree._Element, sheet: Sheet, within: _OpenList | None) -> None:
        for element in parent:
            name = local_name(element)
            if name in ("p", "h"):
                self._line(element, sheet, None)
                element.clear()  # gives its memory to what was made of it
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
        level = self._lists.get(key[0], {}).get(str(key[1] + 1))
        if level is None or not attribute(level, "num-format"):
            return ""
        first = attribute(item, "start-value") or ("" if key in self._counts else attribute(level, "start-value"))
        self._counts[key] = whole_number(first, self._counts.get(key, 0) + 1, MAX_NUMBER)
        suffix = attribute(level, "num-suffix") or "."
        return f"{attribute(level, 'num-prefix')}{self._counts[key]}{suffix} "

    def _rows(self, parent: etree._Element, into: etree._Element) -> None:
        for element in parent:
            name = local_name(element)
            if name == "table-row":
                row = etree.SubElement(into, "tr")
                is_head = local_name(parent) == "table-header-rows"
                for cell in element:
                    if local_name(cell) == "table-cell":
                        self._cell(cell, row, "th" if is_head or self._is_heading(cell) else "td")
                element.clear()  # gives its memory to what was made of it
            elif name not in _LEFT_OUT:
                self._rows(element, into)

    def _is_heading(self, cell: etree._Element) -> bool:
        """Whether a cell's paragraphs have the style of a table's head."""
        styles = [self._styles.get(attribute(inner, "style-name"), Style()) for inner in cell]
        return bool(styles) and all(style.role == TABLE_HEADING for style in styles)

    def _cell(self, cell: etree._Element, row: etree._Element, tag: str) -> None:
        columns, rows = attribute(cell, "number-columns-spanned"), attribute(cell, "number-rows-spanned")
        opened = self._sheet.cell(row, tag, colspan=columns, rowspan=rows)
        self._blocks(cell, opened, None)
        repetitions = whole_number(attribute(cell, "number-columns-repeated"), 1, MAX_REPETITIONS) - 1
        self._repeated += repetitions
        row.extend(deepcopy(opened.element) for _ in range(repetitions if self._repeated < MAX_REPEATED else 0))

    def _line(self, element: etree._Element, sheet: Sheet, item: tuple[int, str] | None) -> None:
        """A paragraph, heading or item, then the boxes that are anchored in it.

        Args:
            element: what it is.
            sheet: where it goes.
            item: the depth and the marker of an item; None for what is none.
        """
        style = self._styles.get(attribute(element, "style-name"), Style())
        is_heading = local_name(element) == "h" or style.role == "title"
        if is_heading and sheet is self._sheet:
            self._add_notes()
        if local_name(element) == "h":
            line = sheet.heading(whole_number(attribute(element, "outline-level"), 1, MAX_LEVEL))
        elif is_heading:
            line = sheet.heading(1)
        elif style.role in SAYING:
            line = Line(etree.Element("p"))  # what it says is a field
        elif style.role == "caption":
            line = sheet.line("figcaption")
        elif item:
            line = sheet.item(item[0])
        else:
            line = sheet.line("p")
        if item:
            line.say(item[1])
        boxes: list[etree._Element] = []
        self._words(element, line, boxes, is_bold=style.is_bold)
        if style.role in SAYING:
            self.said[style.role] = " ".join(f"{self.said.get(style.role, '')} {line.text}".split())
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
                style = self._styles.get(attribute(element, "style-name"), Style()) if name == "span" else Style()
                self._words(element, line, boxes, is_bold=is_bold or style.is_bold)
            line.say(_blank(element.tail), is_bold=is_bold)


def _numbered_levels(style: etree._Element) -> dict[str, etree._Element]:
    """The numbered levels of a style of lists, from «1» on; the first of each counts."""
    levels = [level for level in style if local_name(level) == "list-level-style-number"]
    return {attribute(level, "level"): level for level in reversed(levels)}


def _blank(words: str | None) -> str:
    return (words or "").replace("\n", " ")
