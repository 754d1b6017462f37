"""Lines with wide gaps: the rows of a table, with each cell in its column, or the lines of two columns of text.

An empty cell leaves no trace but the gap. The lines of a text fill their column, and those of a table's cell do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from retrieval.corpus.pdf.process import Line
from retrieval.corpus.pdf.worker.glyphs import is_right_to_left
from retrieval.text.headings import SENTENCE_END
from retrieval.text.layout import has_head

MIN_ROWS = 2
"""Lines with wide gaps below one another that are a table."""
ROW_LEADING = 3.0
"""How many times the height of its letters the next row of a table stands below."""
HEAD_HEIGHT, HEAD_WIDTH = 5.0, 0.5
"""How many times the height of the letters of a table's first row its head may reach up, and the share of the table's
width that a line of one of its cells may have."""

MAX_HEADS = 3
"""Rows of the head of a table."""
TOUCHING = 4.0
"""Points between two rows of a drawn table that touch: browsers draw a frame around each cell."""

MIN_LINES, MIN_LETTERS = 5, 25
"""Lines of a column of text, and letters of each on average."""
TWO = 2
"""Columns of text that a page may have side by side."""
FULL, FULL_SHARE = 0.8, 0.6
"""The share of a column's width that a full line has, and the share of a text's lines that are full."""

_DIGIT = re.compile(r"\d")

Edges = tuple[float, float]
"""The left and the right edge of a cell or a column, in points."""


def with_columns(page: Sequence[Line]) -> list[Line]:
    """The lines of a page, those of tables with a cell for each column, and with their head as one line."""
    found: list[Line] = []
    first = end = 0  # end: of the table above, whose rows are no head of the next one
    while first < len(page):
        last = first
        while last < len(page) and (len(page[last].cells) > 1 or page[last].band):
            if last > first and not (
                _is_next(page[last - 1], page[last]) or _is_in_one_table(*page[last - 1 : last + 1])
            ):
                break
            last += 1
        lines = page[first:last]
        rows = [list(row) for _, row in groupby(lines, key=lambda line: line.band or line.bottom)]
        columns = _table_columns(lines) if len(rows) >= MIN_ROWS else []
        if len(columns) > 1:
            fitted = _with_one_head([row[0]._replace(cells=_fitted(row, columns), edges=columns) for row in rows])
            while len(fitted) > MIN_ROWS and len(columns) > TWO and sum(map(bool, fitted[0].cells)) == 1:
                found += rows.pop(0)  # what stands above the columns names the table
                fitted.pop(0)
            head = _head(found[end:], rows[0][0], columns)
            if head and 2 * sum(map(bool, cells := _fitted(head, columns))) >= len(columns):
                del found[len(found) - len(head) :]
                found.append(head[0]._replace(cells=cells, edges=columns, is_head=True))
            elif not fitted[0].is_head and (has_head([line.cells for line in fitted]) or _names_columns(fitted)):
                fitted[0] = fitted[0]._replace(is_head=True)
            found += fitted
            end = len(found)
        else:
            found += lines or [page[first]]
        first = max(last, first + 1)
    return found


def _is_in_one_table(line: Line, below: Line) -> bool:
    """Whether two lines stand in one row of a drawn table, or in rows that touch: a cell may reach over several."""
    if not line.band or not below.band:
        return False
    return max(line.band[0], below.band[0]) <= min(line.band[1], below.band[1]) + TOUCHING


def _with_one_head(rows: list[Line]) -> list[Line]:
    """The rows of a table, the first of them as one head where some of their cells stand above several columns."""
    count = next((place for place, row in enumerate(rows) if all(row.cells)), 0)
    cells = [" ".join(filter(None, column)) for column in zip(*(row.cells for row in rows[:count]), strict=True)]
    if not 1 < count <= MAX_HEADS or not all(cells) or any(map(str.isdigit, "".join(cells))):
        return rows
    return [rows[0]._replace(cells=cells, is_head=True), *rows[count:]]


def _names_columns(rows: Sequence[Line]) -> bool:
    """Whether the first row of a drawn table is its head: one of its cells has no number, and all below it have one."""
    if not all(row.band for row in rows):
        return False
    columns = zip(*(row.cells for row in rows), strict=True)
    return any(
        first and not _DIGIT.search(first) and bool(others) and all(map(_DIGIT.search, others))
        for first, *others in columns
    )


def with_texts_apart(page: Sequence[Line]) -> list[Line]:
    """The lines of a page in which two columns of text, that were drawn line by line, stand one behind the other."""
    found: list[Line] = []
    first = 0
    while first < len(page):
        last = first + 1
        while (
            last < len(page)
            and len(page[last].cells) == len(page[first].cells)
            and _is_next(*page[last - 1 : last + 1])
        ):
            last += 1
        run = page[first:last]
        columns = _text_columns(run)
        while columns and last < len(page) and _is_next(*page[last - 1 : last + 1]) and _is_in_one(page[last], columns):
            last += 1  # the longer column goes on
        lines = ((line, place) for place in range(len(columns)) for line in page[first:last])
        found += [_cell_of(*one, columns) for one in lines if _has_cell(*one, columns)] if columns else run
        first = last
    return found


def _text_columns(run: Sequence[Line]) -> list[Edges]:
    """Two columns of text in the order of reading; [] where lines are none of these."""
    columns = _columns(run) if len(run) >= MIN_LINES and len(run[0].cells) == TWO else []
    for place, (left, right) in enumerate(columns):
        lines = [_cell_of(line, place, columns) for line in run]
        full = sum(line.right - line.left >= FULL * (right - left) for line in lines)
        if full < FULL_SHARE * len(lines) or sum(len(line.text) for line in lines) < MIN_LETTERS * len(lines):
            return []
    return columns if len(columns) == len(run[0].cells) else []


def _is_in_one(line: Line, columns: Sequence[Edges]) -> bool:
    """Whether a line stands within one of some columns, but for the width of a letter."""
    return any(left - line.size <= line.left and line.right <= right + line.size for left, right in columns)


def _has_cell(line: Line, place: int, columns: Sequence[Edges]) -> bool:
    return any(_column(edges, columns) == place for edges in line.edges)


def _cell_of(line: Line, place: int, columns: Sequence[Edges]) -> Line:
    """A line with its cell in one column alone."""
    own = next(number for number, edges in enumerate(line.edges) if _column(edges, columns) == place)
    left, right = line.edges[own]
    return line._replace(cells=[line.cells[own]], edges=[line.edges[own]], left=left, right=right)


def _is_next(line: Line, below: Line) -> bool:
    return 0 < line.bottom - below.bottom <= ROW_LEADING * line.size


def _table_columns(lines: Sequence[Line]) -> list[Edges]:
    """The columns of a table; in one that rules draw a cell may stand above several of them."""
    columns = _columns(lines)
    if not columns and all(line.band for line in lines):
        most = max(len(line.cells) for line in lines)
        columns = _columns([line for line in lines if len(line.cells) == most])
    return columns


def _columns(rows: Sequence[Line]) -> list[Edges]:
    """The columns of rows in the order of reading; [] where two cells of a row would share one."""
    merged: list[Edges] = []
    for left, right in sorted(edges for line in rows for edges in line.edges):
        if merged and left < merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], right)
        else:
            merged.append((left, right))
    for line in rows:
        if len({_column(edges, merged) for edges in line.edges}) < len(line.edges):
            return []
    return merged[::-1] if any(is_right_to_left(line.text) for line in rows) else merged


def _column(edges: Edges, columns: Sequence[Edges]) -> int:
    """The column whose middle is nearest to that of a cell."""
    return min(range(len(columns)), key=lambda place: abs(sum(columns[place]) - sum(edges)))


def _fitted(lines: Iterable[Line], columns: Sequence[Edges]) -> list[str]:
    """The words of lines by columns."""
    cells: list[list[str]] = [[] for _ in columns]
    for line in sorted(lines, key=lambda line: -line.bottom):
        for words, edges in zip(line.cells, line.edges, strict=True):
            cells[_column(edges, columns)].append(words)
    return [" ".join(words) for words in cells]


def _head(above: Sequence[Line], row: Line, columns: Sequence[Edges]) -> list[Line]:
    """The lines above a table that name its columns: short ones close to it, each in its place."""
    width = max(right for _, right in columns) - min(left for left, _ in columns)
    head: list[Line] = []
    for line in reversed(above):
        height = line.bottom - row.bottom
        is_short = all(right - left <= HEAD_WIDTH * width for left, right in line.edges)
        if line.is_head or not 0 < height <= HEAD_HEIGHT * row.size or not is_short or SENTENCE_END.search(line.text):
            break
        head.append(line)
    return head if len(head) > 1 or (head and len(head[0].cells) > 1) else []
