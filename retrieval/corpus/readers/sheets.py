"""The rows of a spreadsheet → records: an article for each row where a column holds texts, else one for the table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import PurePath
from typing import NamedTuple

from retrieval.corpus.readers.dump import MIN_MESSAGE, Dump
from retrieval.corpus.readers.keys import MAX_KEY, field_of
from retrieval.corpus.readers.record import RawRecord

SAMPLE = 100
"""Rows by which a table of articles is told from one of data."""
MAX_ROWS_ABOVE = 5
"""Rows that may stand above the names of the columns of articles."""
MIN_TEXT = 300
"""Code points on average of the cells in a column of texts whose name tells nothing."""
MAX_TABLE = 2_000
"""Rows of a table that are one article; a longer table is several."""
MAX_TABLE_CELLS = 200_000
"""Cells of such a table, empty ones among them."""
MAX_TABLES = 50
"""Articles of one table; the rest of a longer one is not read."""

_MARKS = re.compile(r"[_\-\s]+")
REMEDY = "put quotation marks around cells with marks in them"


class Row(NamedTuple):
    """A row of a spreadsheet.

    Args:
        line: where it begins, from 1.
        cells: without white space at their ends.
        fault: what is wrong with it; "" where nothing is.
    """

    line: int
    cells: list[str]
    fault: str = ""


class _Head(NamedTuple):
    """The names of the columns of articles.

    Args:
        names: of the columns, in order.
        row: the place of the first article.
    """

    names: list[str]
    row: int


def title_of(name: str) -> str:
    """What a file's name says of it."""
    return _MARKS.sub(" ", PurePath(name).stem).strip()


def records_of(dump: Dump, rows: Iterable[Row], title: str, own: str = "", mark: str = ",") -> Iterator[RawRecord]:
    """The records of a spreadsheet.

    Args:
        dump: the file's.
        rows: in order, blank ones among them.
        title: of its tables, where they tell none.
        own: what tells it from others of its file.
        mark: what stands between its cells.
    """
    rows = iter(rows)
    sample = list(_sample(rows))
    head = _head_of([row.cells for row in sample if not row.fault])
    if head is None:
        yield from _tables(dump, chain(sample, rows), title, own)
        return
    place = 0
    for row in chain(sample, rows):
        if row.fault:
            yield dump.fault(row.fault, REMEDY, row.line)
            continue
        place += 1
        if place > head.row and any(row.cells):
            yield _article(dump, row, head.names, mark)


def _sample(rows: Iterator[Row]) -> Iterator[Row]:
    """The first rows, unless they are so wide that fewer tell as much."""
    cells = 0
    for row in islice(rows, SAMPLE):
        yield row
        cells += len(row.cells)
        if cells > MAX_TABLE_CELLS:
            return


def _article(dump: Dump, row: Row, names: Sequence[str], mark: str) -> RawRecord:
    """The record of a row of articles. A last column of texts has all that is behind it."""
    cells = list(row.cells)
    while len(cells) > len(names) and not cells[-1]:
        cells.pop()
    if len(cells) > len(names):
        if _field(names[-1]) != "text":
            reason = f"it has {len(cells)} cells, and the first row {len(names)}"
            return dump.fault(reason, REMEDY, row.line)
        cells[len(names) - 1 :] = [f"{mark} ".join(cells[len(names) - 1 :])]
    values: dict[str, object] = {}
    for name, cell in zip(names, cells, strict=False):
        if name and cell:
            values.setdefault(name, cell)
    texts = [name for name in names if _field(name) == "text"]
    return dump.article(dict.fromkeys(texts) | values, row.line)


def _tables(dump: Dump, rows: Iterable[Row], title: str, own: str) -> Iterator[RawRecord]:
    """The records of a table of data: one, or several with its first row again."""
    part: list[list[str]] = []
    first: list[str] = []
    line, number, cells = 1, 1, 0
    for row in rows:
        if row.fault:
            yield dump.fault(row.fault, REMEDY, row.line)
            continue
        line = line if part else row.line
        first = first or (row.cells if sum(map(bool, row.cells)) > 1 else [])
        part.append(row.cells)
        cells += len(row.cells)
        if number > MAX_TABLES:
            most = f"{MAX_TABLES * MAX_TABLE:,} rows or {MAX_TABLES * MAX_TABLE_CELLS:,} cells"
            yield dump.fault(f"a table of more than {most} is no article", "split it", line)
            return
        if len(part) > MAX_TABLE or cells > MAX_TABLE_CELLS:
            yield dump.table(_numbered(own, number), title, part, line)
            part, number, cells = [first], number + 1, 0
    if any(map(any, part[number > 1 :])):
        yield dump.table(_numbered(own, number), title, part, line)


def _field(name: str) -> str:
    """The field that a column's name names; "" where it names none."""
    named = field_of(name)
    return named[0] if named else ""


def _numbered(own: str, number: int) -> str:
    return own if number == 1 else f"{own}-{number}" if own else str(number)


def _head_of(rows: Sequence[Sequence[str]]) -> _Head | None:
    """The names of the columns of a table of articles; None for a table of data."""
    for place, row in enumerate(rows[:MAX_ROWS_ABOVE]):
        below = rows[place + 1 :]
        for column, field in enumerate(map(_field, row)):
            if (field == "text" and _has_phrases(below, column)) or (
                field in ("message", "lead") and _mean_length(below, column) >= MIN_MESSAGE
            ):
                return _Head(list(row), place + 1)
    widths = [(_mean_length(rows[1:] or rows, column), column) for column in range(max(map(len, rows), default=0))]
    longest, column = max(widths, default=(0.0, 0))
    if longest < MIN_TEXT:
        return None
    has_names = column < len(rows[0]) and len(rows[0][column]) <= MAX_KEY
    names = list(rows[0]) if has_names else [""] * len(widths)
    names[column] = "text"
    return _Head(names, int(has_names))


def _cells(rows: Sequence[Sequence[str]], column: int) -> list[str]:
    """The cells of a column that are not empty."""
    return [row[column] for row in rows if column < len(row) and row[column]]


def _mean_length(rows: Sequence[Sequence[str]], column: int) -> float:
    cells = _cells(rows, column)
    return sum(map(len, cells)) / len(cells) if cells else 0.0


def _has_phrases(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether some cells of a column have more words than one."""
    return any(" " in cell for cell in _cells(rows, column))
