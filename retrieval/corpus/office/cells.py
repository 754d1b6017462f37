"""The cells and texts of a workbook while its files are parsed, without a tree of their elements."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from retrieval.corpus.readers.record import FaultError
from retrieval.corpus.tables import MAX_REPEATED

MAX_COLUMNS = 500
"""Columns of a sheet that are read."""
MAX_MERGED = 10_000
"""Ranges of merged cells of a sheet; with more of them none is filled."""
MAX_ELEMENTS = 2_000_000
"""Elements of a workbook's sheets and texts, of which a cell has two or three, and cells that stand empty in its rows
or that a merged one is over."""

_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_CHARACTER = re.compile(r"_x([\dA-Fa-f]{4})_")
"""A character that XML cannot hold, as section 22.9.2.19 has it written."""


class Budget:
    """What may still be read of a workbook: `MAX_ELEMENTS` elements and cells."""

    def __init__(self) -> None:
        self._left = MAX_ELEMENTS

    def spend(self, count: int = 1) -> None:
        """Some have been read.

        Raises:
            FaultError: they are too many.
        """
        self._left -= count
        if self._left < 0:
            raise FaultError(f"it has more than {MAX_ELEMENTS:,} cells, values and rows", "split it into several files")


class Strings:
    """The texts that cells share, in order; what helps to pronounce them is left out.

    Args:
        budget: of the workbook.
    """

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._found: list[str] = []
        self._parts: list[str] = []
        self._is_text, self._in_phonetic = False, False

    def start(self, tag: str, _: object) -> None:
        """An element begins."""
        self._budget.spend()
        name = tag.rpartition("}")[2]
        if name == "t":
            self._is_text = not self._in_phonetic
        elif name == "rPh":
            self._in_phonetic = True
        elif name == "si":
            self._parts.clear()

    def data(self, text: str) -> None:
        """Characters."""
        if self._is_text:
            self._parts.append(text)

    def end(self, tag: str) -> None:
        """An element has ended."""
        name = tag.rpartition("}")[2]
        if name == "t":
            self._is_text = False
        elif name == "rPh":
            self._in_phonetic = False
        elif name == "si":
            self._found.append(unescaped("".join(self._parts)))

    def close(self) -> list[str]:
        """The texts."""
        return self._found


class Cells:
    """The rows of a sheet while it is parsed.

    Args:
        shown: what a cell shows, by its type, its style and what is stored.
        budget: of the workbook.
    """

    def __init__(self, shown: Callable[[str, str, str], str], budget: Budget) -> None:
        self._shown, self._budget = shown, budget
        self._rows: dict[int, dict[int, str]] = {}
        self._merged: list[tuple[int, int, int]] = []
        self._row = self._column = 0
        self._kind = self._style = ""
        self._parts: list[str] = []
        self._is_value = self._in_phonetic = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._budget.spend()
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
        """Characters."""
        if self._is_value:
            self._parts.append(text)

    def end(self, tag: str) -> None:
        """An element has ended."""
        name = tag.rpartition("}")[2]
        if name in ("v", "t"):
            self._is_value = False
        elif name == "rPh":
            self._in_phonetic = False
        elif name == "c" and self._parts and self._column <= MAX_COLUMNS:
            text = self._shown(self._kind, self._style, "".join(self._parts))
            if text:
                self._rows.setdefault(self._row, {})[self._column] = text

    def _merge(self, reference: str) -> None:
        """Note cells that are merged over several rows."""
        ends = [_CELL.fullmatch(end) for end in reference.split(":")]
        if len(ends) == 2 and ends[0] and ends[1] and int(ends[0][2]) < int(ends[1][2]):
            self._merged.append((_column(ends[0][1]), int(ends[0][2]), int(ends[1][2])))

    def close(self) -> list[tuple[int, list[str]]]:
        """The rows that have cells, each with its number."""
        numbers = sorted(self._rows)
        for column, first, last in self._merged if len(self._merged) <= MAX_MERGED else ():
            text = self._rows.get(first, {}).get(column, "")
            if text and len(text) <= MAX_REPEATED:
                below = range(bisect_left(numbers, first) + 1, bisect_left(numbers, last + 1))
                self._budget.spend(len(below))
                for place in below:
                    self._rows[numbers[place]].setdefault(column, text)
        self._budget.spend(sum(map(max, self._rows.values())))
        return [(number, _cells(self._rows[number])) for number in numbers]


def _cells(row: dict[int, str]) -> list[str]:
    return [row.get(column, "") for column in range(1, max(row) + 1)]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def unescaped(text: str) -> str:
    """A text with the characters that it names, its line ends as one line feed each."""
    if "_x" in text:
        text = _CHARACTER.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
