"""Workbooks of Excel and others (`.xlsx`): their sheets, and the rows of one as it shows them.

Defined in ECMA-376, part 1, section 18. Sheets are read as they are parsed, without a tree of their elements.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, NamedTuple

from lxml import etree

from retrieval.corpus.office.archive import Archive, attribute, local_name
from retrieval.corpus.office.cell_formats import BUILT_IN, shown
from retrieval.corpus.readers.record import FaultError

MAX_COLUMNS = 500
"""Columns of a sheet that are read."""
MAX_LETTERS = 32_000_000
"""Code points that the cells of a workbook show; one text may stand in many of them."""
MAX_MERGED = 10_000
"""Ranges of merged cells of a sheet; with more of them none is filled."""
MAX_REPEATED = 300
"""Code points of a cell that is repeated in each row that it spans."""

_ROOT = "_rels/.rels"
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_CHARACTER = re.compile(r"_x([\dA-Fa-f]{4})_")
"""A character that XML cannot hold, as section 22.9.2.19 has it written."""
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
        targets = self._relations(_ROOT, "")
        self._part = next((target for kind, target in targets.values() if kind == "officeDocument"), "xl/workbook.xml")
        root = self._archive.xml(self._part)
        if root is None:
            raise self._archive.damaged("it has no workbook in it")
        folder, _, file = self._part.rpartition("/")
        parts = self._relations(f"{folder}/_rels/{file}.rels".lstrip("/"), folder)
        by_kind = dict(parts.values())
        properties = next((one for one in root.iter() if local_name(one) == "workbookPr"), None)
        self._is_1904 = properties is not None and attribute(properties, "date1904") in ("1", "true")
        self.sheets = [
            Sheet(attribute(one, "name"), parts[attribute(one, "id")][1])
            for one in root.iter()
            if local_name(one) == "sheet"
            and attribute(one, "state") not in _HIDDEN
            and parts.get(attribute(one, "id"), ("", ""))[0] == "worksheet"
        ]
        """Those that are shown."""
        self._formats = self._read_formats(by_kind.get("styles", "xl/styles.xml"))
        self._strings = self._read(by_kind.get("sharedStrings", "xl/sharedStrings.xml"), _Strings()) or []
        self._left = MAX_LETTERS

    def rows(self, sheet: Sheet) -> list[tuple[int, list[str]]]:
        """The rows of a sheet that have cells, each with its number, from 1.

        A cell that spans rows stands in each of them; one that spans columns in the first.

        Raises:
            FaultError: it is damaged, or too large.
        """
        found = self._read(sheet.part, _Cells(self))
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
            text = "" if kind == "e" else _unescaped(value)
        self._left -= len(text)
        if self._left < 0:
            raise FaultError("it is too large when it is unpacked", "split it into several files")
        return text.strip()

    def _relations(self, name: str, folder: str) -> dict[str, tuple[str, str]]:
        """The kind and name of each part that a part refers to, by its id there."""
        root = self._archive.xml(name)
        found: dict[str, tuple[str, str]] = {}
        for one in root if root is not None else ():
            target = attribute(one, "Target")
            place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[attribute(one, "Id")] = (attribute(one, "Type").rpartition("/")[2], place)
        return found

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
        parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True, load_dtd=False)
        try:
            return etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise self._archive.damaged(error.msg or "") from error


class _Strings:
    """The texts that cells share, in order; what helps to pronounce them is left out."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._parts: list[str] = []
        self._is_text, self._in_phonetic = False, False

    def start(self, tag: str, _: object) -> None:
        name = tag.rpartition("}")[2]
        if name == "t":
            self._is_text = not self._in_phonetic
        elif name == "rPh":
            self._in_phonetic = True
        elif name == "si":
            self._parts.clear()

    def data(self, text: str) -> None:
        if self._is_text:
            self._parts.append(text)

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        if name == "t":
            self._is_text = False
        elif name == "rPh":
            self._in_phonetic = False
        elif name == "si":
            self._found.append(_unescaped("".join(self._parts)))

    def close(self) -> list[str]:
        return self._found


class _Cells:
    """The rows of a sheet while it is parsed."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._rows: dict[int, dict[int, str]] = {}
        self._merged: list[tuple[int, int, int]] = []
        self._row = self._column = 0
        self._kind = self._style = ""
        self._parts: list[str] = []
        self._is_value = self._in_phonetic = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if name == "c":
            place = _CELL.fullmatch(attributes.get("r", ""))
            self._column = _column(place[1]) if place else self._column + 1
            self._kind, self._style = attributes.get("t", ""), attributes.get("s", "")
            self._parts.clear()
        elif name in ("v", "t"):
            self._is_value = not self._in_phonetic
        elif name == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() and len(number) < 8 else self._row + 1
            self._column = 0
        elif name == "rPh":
            self._in_phonetic = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def data(self, text: str) -> None:
        if self._is_value:
            self._parts.append(text)

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        if name in ("v", "t"):
            self._is_value = False
        elif name == "rPh":
            self._in_phonetic = False
        elif name == "c" and self._parts and self._column <= MAX_COLUMNS:
            text = self._workbook.shown(self._kind, self._style, "".join(self._parts))
            if text:
                self._rows.setdefault(self._row, {})[self._column] = text

    def _merge(self, reference: str) -> None:
        """Note cells that are merged over several rows."""
        ends = [_CELL.fullmatch(end) for end in reference.split(":")]
        if len(ends) == 2 and ends[0] and ends[1] and int(ends[0][2]) < int(ends[1][2]):
            self._merged.append((_column(ends[0][1]), int(ends[0][2]), int(ends[1][2])))

    def close(self) -> list[tuple[int, list[str]]]:
        numbers = sorted(self._rows)
        for column, first, last in self._merged if len(self._merged) <= MAX_MERGED else ():
            text = self._rows.get(first, {}).get(column, "")
            if text and len(text) <= MAX_REPEATED:
                for number in numbers[bisect_left(numbers, first) + 1 : bisect_left(numbers, last + 1)]:
                    self._rows[number].setdefault(column, text)
        return [(number, _cells(self._rows[number])) for number in numbers]


def _cells(row: dict[int, str]) -> list[str]:
    return [row.get(column, "") for column in range(1, max(row) + 1)]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _unescaped(text: str) -> str:
    """A text with the characters that it names, its line ends as one line feed each."""
    if "_x" in text:
        text = _CHARACTER.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
