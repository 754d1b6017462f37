"""Workbooks of Excel and others (`.xlsx`): their sheets, and the rows of one as it shows them.

Defined in ECMA-376, part 1, section 18. Sheets are read as they are parsed, without a tree of their elements.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from lxml import etree

from retrieval.corpus.office.archive import Archive, attribute, local_name
from retrieval.corpus.office.cell_formats import BUILT_IN, shown
from retrieval.corpus.office.cells import Budget, Cells, Strings, unescaped
from retrieval.corpus.office.package import part_of, relations_of
from retrieval.corpus.readers.record import FaultError
from retrieval.corpus.xml import SAFE

MAX_LETTERS = 32_000_000
"""Code points that the cells of a workbook show; one text may stand in many of them."""

_HIDDEN = ("hidden", "veryHidden")


class Sheet(NamedTuple):
    """A sheet that is shown.

    Args:
        name: as its tab has it.
        part: the name of its file in the workbook.
    """

    name: str
    part: str


class Workbook:
    """A workbook.

    Args:
        content: its bytes.

    Raises:
        FaultError: it is none, or too large.
    """

    def __init__(self, content: bytes) -> None:
        self._archive = Archive(content, "Excel")
        part = part_of(relations_of(self._archive), "officeDocument", "xl/workbook.xml")
        root = self._archive.xml(part)
        if root is None:
            raise self._archive.damaged("it has no workbook in it")
        relations = relations_of(self._archive, part)
        properties = next((one for one in root.iter() if local_name(one) == "workbookPr"), None)
        self._is_1904 = properties is not None and attribute(properties, "date1904") in ("1", "true")
        self.sheets = [
            Sheet(attribute(one, "name"), relation.part)
            for one in root.iter()
            if local_name(one) == "sheet"
            and attribute(one, "state") not in _HIDDEN
            and (relation := relations.get(attribute(one, "id")))
            and relation.kind == "worksheet"
        ]
        """Those that are shown."""
        self._formats = self._read_formats(part_of(relations, "styles", "xl/styles.xml"))
        self._budget = Budget()
        self._strings = (
            self._read(part_of(relations, "sharedStrings", "xl/sharedStrings.xml"), Strings(self._budget)) or []
        )
        self._left = MAX_LETTERS

    def rows(self, sheet: Sheet) -> list[tuple[int, list[str]]]:
        """The rows of a sheet that have cells, each with its number, from 1.

        A cell that spans rows stands in each of them; one that spans columns in the first.

        Raises:
            FaultError: it is damaged, or too large.
        """
        found = self._read(sheet.part, Cells(self.shown, self._budget))
        return found if found is not None else []

    def shown(self, kind: str, style: str, value: str) -> str:
        """What a cell shows.

        Args:
            kind: the type of the cell; "" for a number.
            style: the place of its style.
            value: as it is stored.
        """
        if kind == "s":
            text = self._strings[int(value)] if value.isdecimal() and int(value[:9]) < len(self._strings) else ""
        elif kind in ("", "n"):
            place = int(style) if style.isdecimal() and len(style) < 6 else 0
            text = shown(value, self._formats[place] if place < len(self._formats) else "", is_1904=self._is_1904)
        elif kind == "b":
            text = "TRUE" if value == "1" else "FALSE"
        else:
            text = "" if kind == "e" else unescaped(value)
        self._left -= len(text)
        if self._left < 0:
            raise FaultError("it is too large when it is unpacked", "split it into several files")
        return text.strip()

    def _read_formats(self, name: str) -> list[str]:
        """The number format of each style of cells."""
        root = self._archive.xml(name)
        if root is None:
            return []
        codes = dict(BUILT_IN)
        styles: Sequence[etree._Element] = ()
        for one in root.iter():
            if local_name(one) == "numFmt":
                codes[attribute(one, "numFmtId")] = attribute(one, "formatCode")
            elif local_name(one) == "cellXfs":
                styles = list(one)
        return [codes.get(attribute(style, "numFmtId"), "") for style in styles]

    def _read(self, name: str, target: Any) -> Any:
        """What a target makes of a file while it is parsed; None where there is no such file."""
        content = self._archive.read(name)
        if content is None:
            return None
        parser = etree.XMLParser(target=target, **SAFE)
        try:
            return etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise self._archive.damaged(error.msg or "") from error
