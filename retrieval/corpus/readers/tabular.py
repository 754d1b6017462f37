"""A table that is an article: hours, prices, names. Its rows → head rows, rows, headings and notes.

Blank rows part tables, rows with one cell are headings above rows and notes below them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from retrieval.corpus.composing import Composition
from retrieval.corpus.readers.keys import is_column
from retrieval.text.layout import has_head
from retrieval.text.orthography import fold
from retrieval.types import Block, Kind

MAX_HEAD_CELL = 60
"""Code points of the name of a column."""
MAX_TITLE = 120
"""Code points of a row with one cell above the others that is a title."""

_VALUE = re.compile(r"[-+−(]?[\d٫٬.,/:%٪\s\-–()]*\d[\d٫٬.,/:%٪\s\-–()]*")
_YEAR = re.compile(r"1[2-4]\d\d|19\d\d|20\d\d")
_SECTION_LEVEL = 3

Row = Sequence[str]


def read_table(rows: Sequence[Row], title: str) -> tuple[str, tuple[Block, ...], str]:
    """The text, blocks and title of a table.

    Args:
        rows: the cells of each; a blank row parts tables.
        title: where no row above the others tells one.
    """
    rows = _trimmed(rows)
    above = next((place for place, row in enumerate(rows) if _filled(row) > 1), 0)
    titles = [line for row in rows[:above] if (line := "".join(row))]
    if titles and len(titles[0]) <= MAX_TITLE:
        title = titles.pop(0)
    found = Composition()
    for line in titles:
        found.add(Kind.PARAGRAPH, line)
    if not above and max(map(len, rows), default=0) <= 1:
        for row in rows:
            found.add(Kind.ITEM, "".join(row))
    else:
        _add_rows(found, rows[above:])
    return found.text, found.blocks, title


def _add_rows(found: Composition, rows: Sequence[Row]) -> None:
    """Add tables, their headings and notes."""
    head: Row = ()
    place, is_first = 0, True
    while place < len(rows):
        row = rows[place]
        filled = _filled(row)
        if not filled:
            is_first = True
        elif filled == 1 and len(row) > 1:
            _add_line(found, rows, place, head)
        else:
            height = _head_height(rows[place:]) if is_first else 0
            if height:
                head = _joined(rows[place : place + height])
                place += height - 1
                if _filled(rows[place + 1]) > 1:  # else below the heading there
                    found.add_row(list(head), is_head=True)
            else:
                found.add_row(list(row))
            is_first = False
        place += 1


def _add_line(found: Composition, rows: Sequence[Row], place: int, head: Row) -> None:
    """Add a row with one cell: the heading of the rows below it, which have the same head, or a note."""
    line = "".join(rows[place])
    below = rows[place + 1] if place + 1 < len(rows) else ()
    if rows[place][0] and _filled(below) > 1 and not _VALUE.fullmatch(line) and len(line) <= MAX_TITLE:
        found.add(Kind.HEADING, line, _SECTION_LEVEL)
        if head and not _head_height(rows[place + 1 :]):
            found.add_row(list(head), is_head=True)
    else:
        found.add(Kind.PARAGRAPH, line)


def _head_height(rows: Sequence[Row]) -> int:
    """How many of the first rows name the columns: none, one, or two where a name of the first spans some columns."""
    table = [row for row in takewhile(any, rows) if _filled(row) > 1]
    if len(table) < 2:
        return 0
    if len(table) > 2 and _spans(table[0], table[1]) and _may_be_head(_joined(table[:2])):
        return 2
    return int(_names_columns(table))


def _names_columns(table: Sequence[Row]) -> bool:
    """Whether the first of some rows names the columns."""
    first = table[0]
    if not _may_be_head(first):
        return False
    if _filled(first) > 2 or has_head(table):
        return True
    return any(map(is_column, filter(None, first[1:])))


def _may_be_head(row: Row) -> bool:
    """Whether a row may name columns: short cells that differ and are no values but years; the first may be empty."""
    names = [cell for cell in row if cell]
    if len(names) < len(row) - (not row[0]) or len(set(names)) < len(names):
        return False
    return not any(len(name) > MAX_HEAD_CELL or "؟" in name or _is_value(name) for name in names)


def _is_value(cell: str) -> bool:
    return _VALUE.fullmatch(cell) is not None and not _YEAR.fullmatch(fold(cell))


def _spans(first: Row, second: Row) -> bool:
    """Whether a row has names over several columns, which the row below it names one by one."""
    own = [below if below != above else "" for above, below in zip(first, second, strict=True)]
    has_gap = any(not cell for cell in first[1:])
    is_filled = all(above or below for above, below in zip(first, own, strict=True))
    leaves_some = any(above and not below for above, below in zip(first, own, strict=True))
    return has_gap and is_filled and leaves_some and not any(map(_is_value, filter(None, own)))


def _joined(rows: Sequence[Row]) -> list[str]:
    """The names of columns in one row: a name that spans columns stands before the name of each."""
    if len(rows) == 1:
        return list(rows[0])
    names: list[str] = []
    spanning = ""
    for above, below in zip(*rows, strict=True):
        spanning = above or spanning
        own = below if below != above else ""
        names.append(f"{spanning} {own}" if own and (spanning != above or above) else spanning)
    return names


def _trimmed(rows: Sequence[Row]) -> list[list[str]]:
    """The rows without the columns that are empty, all of one length; of blank rows one for several."""
    cleaned = [[" ".join(cell.split()) for cell in row] for row in rows]
    width = max(map(len, cleaned), default=0)
    used = [place for place in range(width) if any(place < len(row) and row[place] for row in cleaned)]
    found = [[row[place] if place < len(row) else "" for place in used] for row in cleaned]
    kept = [row for row, following in pairwise([*found, []]) if any(row) or any(following)]
    return kept[next((place for place, row in enumerate(kept) if any(row)), len(kept)) :]


def _filled(row: Row) -> int:
    return sum(map(bool, row))
