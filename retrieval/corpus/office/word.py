"""The document of a DOCX file → the elements of a page (WordprocessingML, ECMA-376, part 1, 17).

What Word shows is read: insertions and not deletions, text boxes once, content controls, the numbers of items. Notes
stand behind the section that calls them. Tables of contents, hidden text and comments are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from retrieval.corpus.numbers import whole_number
from retrieval.corpus.office.archive import Archive, attribute, child, children, local_name
from retrieval.corpus.office.lines import NON_BREAKING_HYPHEN, SOFT_HYPHEN, Line, Sheet
from retrieval.corpus.office.numbering import Numbering
from retrieval.corpus.office.styles import Style, is_on, style_of, styles_of, value
from retrieval.corpus.office.tabs import draw_tables

SAYING = frozenset(("title", "author", "date"))
"""Styles of paragraphs that say something of the document; a title is also a heading."""
MAX_HEADER = 50
"""Paragraphs of a page's header that are looked at."""
MAX_SPAN = 1_000
"""Columns that a cell may span."""

_LEFT_OUT = frozenset(
    "pPr rPr tblPr tblGrid trPr tcPr sdtPr sdtEndPr sectPr del moveFrom delText instrText delInstrText pict object"
    " drawing rt footnoteRef endnoteRef separator continuationSeparator".split()
)
"""Elements whose words are not those of the line that they stand in; boxes in pictures are sought apart."""
_CHARACTERS = {
    "tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": NON_BREAKING_HYPHEN, "softHyphen": SOFT_HYPHEN,
}  # fmt: skip
_NOTES = ("footnote", "endnote")


class Document:
    """A document while it is read.

    Args:
        archive: the file.
        folder: where its parts are: `word/`.

    Attributes:
        said: what its paragraphs with the styles of `SAYING` say.
    """

    def __init__(self, archive: Archive, folder: str) -> None:
        self._styles = styles_of(archive.xml(f"{folder}styles.xml"))
        self._numbering = Numbering(archive.xml(f"{folder}numbering.xml"))
        self._notes = {
            kind: {attribute(note, "id"): note for note in root}
            for kind in _NOTES
            if (root := archive.xml(f"{folder}{kind}s.xml")) is not None
        }
        self._called: list[etree._Element] = []
        self._joined: Line | None = None
        self._sheet = Sheet()
        self.said: dict[str, str] = {}

    def elements(self, body: etree._Element) -> etree._Element:
        """The elements of its body, and of the notes that are called in it."""
        self._blocks(body, self._sheet)
        self._close()
        self._add_notes()
        draw_tables(self._sheet.element)
        return self._sheet.element

    def _add_notes(self) -> None:
        """The notes that were called since the last of them were added."""
        called, self._called = self._called, []
        for note in called:
            line = self._sheet.note()
            for paragraph in (inner for inner in note if local_name(inner) == "p"):
                line.say(" ")
                self._words(paragraph, line, is_bold=False)
            line.end()

    def _blocks(self, parent: etree._Element, sheet: Sheet) -> None:
        for element in parent:
            name = local_name(element)
            if name == "p":
                self._paragraph(element, sheet)
                element.clear()  # gives its memory to what was made of it
            elif name == "tbl":
                self._close()
                self._rows(element, sheet.table(), {})
            elif name == "sdt" and not _is_written(element):
                continue
            elif name == "AlternateContent":
                self._blocks(_chosen(element), sheet)
            elif name not in _LEFT_OUT:
                self._blocks(element, sheet)

    def _rows(self, parent: etree._Element, into: etree._Element, spans: dict[int, etree._Element]) -> None:
        """The rows of a table.

        Args:
            parent: what holds them.
            into: the table.
            spans: by column, the cell that goes on below.
        """
        for element in parent:
            name = local_name(element)
            if name == "tr":
                properties = children(child(element, "trPr"))
                if "del" not in properties:
                    rows = etree.SubElement(into, "thead") if is_on(properties, "tblHeader") else into
                    self._cells(element, etree.SubElement(rows, "tr"), spans, 0)
                    element.clear()  # gives its memory to what was made of it
            elif name not in _LEFT_OUT:
                self._rows(element, into, spans)

    def _cells(self, parent: etree._Element, row: etree._Element, spans: dict[int, etree._Element], column: int) -> int:
        """The cells of a row; the column behind the last of them."""
        for element in parent:
            name = local_name(element)
            if name == "tc":
                properties = children(child(element, "tcPr"))
                wide = value(properties.get("gridSpan"))
                merged = properties.get("vMerge")
                if merged is not None and attribute(merged, "val") != "restart" and column in spans:
                    spans[column].set("rowspan", str(int(spans[column].get("rowspan", "1")) + 1))
                else:
                    cell = self._sheet.cell(row, "td", colspan=wide)
                    spans[column] = cell.element
                    self._blocks(element, cell)
                    self._close()
                column += whole_number(wide, 1, MAX_SPAN)
            elif name not in _LEFT_OUT:
                column = self._cells(element, row, spans, column)
        return column

    def _paragraph(self, element: etree._Element, sheet: Sheet) -> None:
        properties = children(child(element, "pPr"))
        style = style_of(properties, self._styles)
        if style.name.startswith(("toc ", "table of figures")):
            return
        line = self._joined or self._opened(style, sheet)
        self._joined = line
        self._words(element, line, is_bold=style.is_bold)
        if (
            child(properties.get("rPr"), "del") is None
        ):  # else the end of the paragraph is deleted, and the next one joins
            if style.name in SAYING:
                self.said[style.name] = " ".join(f"{self.said.get(style.name, '')} {line.text}".split())
            self._close()
        for box in boxes(element):
            self._close()
            self._blocks(box, sheet)

    def _close(self) -> None:
        """The open line ends."""
        if self._joined:
            self._joined.end()
            self._joined = None

    def _opened(self, style: Style, sheet: Sheet) -> Line:
        """The line that a paragraph is."""
        marker = self._numbering.next(style.number, style.depth) if style.number else None
        if style.level:
            if sheet is self._sheet:
                self._add_notes()
            line = sheet.heading(style.level)
        elif style.name in SAYING:
            line = Line(etree.Element("p"))  # what it says is a field
        elif style.name.endswith("caption"):
            line = sheet.line("figcaption")
        elif marker is not None:
            line = sheet.item(style.depth + style.nested)
        else:
            line = sheet.line("p")
        if marker:
            line.say(f"{marker} ", is_bold=style.is_bold)
        return line

    def _words(self, parent: etree._Element, line: Line, *, is_bold: bool) -> None:
        """The words in an element of a paragraph; the notes that it calls are kept for the end."""
        for element in parent:
            name = local_name(element)
            if name == "t":
                line.say((element.text or "").replace("\n", " "), is_bold=is_bold)
            elif name == "br":
                line.say("\n" if attribute(element, "type") in ("", "textWrapping") else " ", is_bold=is_bold)
            elif name in _CHARACTERS:
                line.say(_CHARACTERS[name], is_bold=is_bold)
            elif name in ("footnoteReference", "endnoteReference"):
                note = self._notes.get(name.removesuffix("Reference"), {}).pop(attribute(element, "id"), None)
                if note is not None:
                    self._called.append(note)
            elif name == "r":
                run = children(child(element, "rPr"))
                if not is_on(run, "vanish"):
                    self._words(element, line, is_bold=is_bold or is_on(run, "b") or is_on(run, "bCs"))
            elif name not in _LEFT_OUT and name != "AlternateContent" and (name != "sdt" or _is_written(element)):
                self._words(element, line, is_bold=is_bold)


def lines_of(header: etree._Element) -> Iterator[str]:
    """The words of a page's header by its paragraphs, those of its boxes too."""
    for paragraph in islice(header.iter("{*}p"), MAX_HEADER):
        yield " ".join("".join(run.text or "" for run in paragraph.iter("{*}t")).split())


def boxes(element: etree._Element) -> list[etree._Element]:
    """The text boxes of a paragraph, each once, though it stands there in an old and a new form."""
    found: list[etree._Element] = []
    pending = [element] if next(element.iter("{*}txbxContent"), None) is not None else []  # most paragraphs have none
    while pending:
        outer = pending.pop()
        for inner in reversed(_chosen(outer) if local_name(outer) == "AlternateContent" else outer):
            name = local_name(inner)
            if name == "txbxContent":
                found.append(inner)
            elif name not in ("del", "moveFrom"):
                pending.append(inner)
    return found


def _chosen(alternatives: etree._Element) -> etree._Element:
    """The newest form of what is written in several."""
    chosen = child(alternatives, "Choice")
    fallback = child(alternatives, "Fallback")
    return next((one for one in (chosen, fallback) if one is not None and len(one)), alternatives)


def _is_written(element: etree._Element) -> bool:
    """Whether a content control holds what an author wrote: no table of contents, and no call to fill it in."""
    properties = child(element, "sdtPr")
    gallery = child(properties, "docPartObj", "docPartGallery")
    return value(gallery).lower() != "table of contents" and child(properties, "showingPlcHdr") is None
