"""Tables in plain text (`.csv`, `.tsv`): articles, a row each, or one table of data.

The mark between cells is found: a comma, a semicolon, a tab or a bar. See RFC 4180 for the rest.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from retrieval.corpus.encoding import DAMAGE
from retrieval.corpus.readers.dump import Dump, parse
from retrieval.corpus.readers.record import FaultError, RawRecord, damage_of, text_of
from retrieval.corpus.readers.sheets import Row, records_of, title_of

__all__ = ["parse", "records"]

MAX_FIELD = 2_000_000
"""Code points of a cell; more of them are not read."""
MAX_COLUMNS = 16_384
"""Cells of a row, as many as spreadsheets have."""
MAX_LINE = 8_000_000
"""Code points of a line; a longer one is not read."""
MAX_BROKEN = 100
"""Broken rows of a file that are passed over; with more of them the rest of it is not read."""
SAMPLE = 65_536
"""Code points by which the mark between cells is found."""
SAMPLE_LINES = 200
"""Lines of them."""
MARKS = (",", ";", "\t", "|")

_SEPARATOR = "sep="
"""How a first line of Excel's begins that tells the mark."""

csv.field_size_limit(MAX_FIELD)  # of the whole process: the module keeps one limit


class _LongLineError(Exception):
    """A line is longer than `MAX_LINE`."""


class _Form(NamedTuple):
    """How cells are written.

    Args:
        mark: what stands between them.
        has_escapes: whether a backslash stands before a quotation mark in a cell.
    """

    mark: str
    has_escapes: bool = False

    def reader(self, lines: Iterable[str], *, strict: bool) -> Iterator[list[str]]:
        """The cells of each row; `strict` where quotation marks must be right."""
        escape = "\\" if self.has_escapes else None
        return csv.reader(lines, delimiter=self.mark, escapechar=escape, skipinitialspace=True, strict=strict)


def _has_escapes(text: str) -> bool:
    return '\\"' in text[:SAMPLE] and '""' not in text[:SAMPLE]


class _Lines:
    """The lines of a text from one on, with the place behind the last that was given.

    Args:
        text: what holds them.
        at: where the first begins.
        number: of lines before it.
    """

    def __init__(self, text: str, at: int, number: int) -> None:
        self._text, self.at, self.number = text, at, number

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.at >= len(self._text):
            raise StopIteration
        end = self._text.find("\n", self.at) + 1 or len(self._text)
        start, self.at, self.number = self.at, end, self.number + 1
        if end - start > MAX_LINE:
            raise _LongLineError
        line = self._text[start:end]
        return line.rstrip("\r\n").replace("\r", " ") + "\n" if "\r" in line else line


def records(name: str, content: bytes) -> Iterator[RawRecord]:
    """See `Reader.records`."""
    text = text_of(content, with_damage=True)
    if not text.strip():
        raise FaultError("it has no text", "write the table, or remove it")
    if "\n" not in text:
        text = text.replace("\r", "\n")
    mark, at = _mark_of(text)
    found = False
    rows = _rows(text, at, _Form(mark, _has_escapes(text)))
    for record in records_of(Dump(name), rows, title_of(name), mark=mark.replace("\t", " ")):
        found = True
        yield record
    if not found:
        raise FaultError("it has no rows", "write the table, or remove it")


def _rows(text: str, at: int, form: _Form) -> Iterator[Row]:
    """The rows of a text, and what is broken among them: what follows the first line of a broken row is read anew.

    Args:
        text: with damage, see `decode_with_damage`.
        at: where the first row begins.
        form: how cells are written.
    """
    is_damaged = DAMAGE.search(text) is not None
    number, broken, width = text.count("\n", 0, at), 0, 0
    is_behind = False
    while broken < MAX_BROKEN:
        lines = _Lines(text, at, number)
        reader = form.reader(lines, strict=True)
        fault = ""
        while not fault:
            at, number = lines.at, lines.number
            try:
                cells = next(reader)
            except StopIteration:
                return
            except _LongLineError:
                fault = f"it is longer than {MAX_LINE:,} letters"
                break
            except csv.Error as error:
                cells = _sloppy(_Lines(text, at, number), form)
                if len(cells) != width:
                    fault = "a cell is too long" if "limit" in str(error) else "a quotation mark is not closed"
                    break
                lines = _Lines(text, text.find("\n", at) + 1 or len(text), number + 1)
                reader = form.reader(lines, strict=True)
            width = width or len(cells)
            if is_behind and len(cells) != width:  # a part of what is broken
                continue
            is_behind = False
            reason = damage_of("".join(cells)) if is_damaged else ""
            if len(cells) > MAX_COLUMNS:
                cells, reason = [], f"it has more than {MAX_COLUMNS:,} cells"
            yield Row(number + 1, [cell.strip() for cell in cells], reason)
        yield Row(number + 1, [], fault)
        broken, is_behind = broken + 1, True
        at, number = text.find("\n", at) + 1 or len(text), number + 1
    yield Row(number + 1, [], f"it follows {MAX_BROKEN} rows that cannot be read, and is left out with all others")


def _sloppy(lines: _Lines, form: _Form) -> list[str]:
    """The cells of the next line alone, its quotation marks inside cells doubled; [] where it is no row then either."""
    mark = re.escape(form.mark)
    line = re.sub(rf'(?<!^)(?<!{mark})(?<!{mark} )"(?!\s*(?:{mark}|$))', '""', next(lines).rstrip("\n"))
    try:
        return next(form.reader([line], strict=True), [])
    except csv.Error:
        return []


def _mark_of(text: str) -> tuple[str, int]:
    """The mark that parts cells, and where the first row begins.

    It is the one with which most rows have the same number of cells; of several, the one that gives the most cells.
    """
    first, _, _ = text[:SAMPLE].partition("\n")
    if first.lower().startswith(_SEPARATOR) and len(first.strip()) == len(_SEPARATOR) + 1:
        return first[len(_SEPARATOR)], len(first) + 1
    best, found = (0.0, 0), MARKS[0]
    for mark in MARKS:
        rows = list(_Form(mark).reader(islice(_Lines(text[:SAMPLE], 0, 0), SAMPLE_LINES), strict=False))
        counts = [len(row) for row in rows if row]
        several = Counter(count for count in counts if count > 1)
        width, times = max(several.items(), key=lambda one: one[1], default=(0, 0))
        if times and (times / len(counts), width) > best:
            best, found = (times / len(counts), width), mark
    return found, 0
