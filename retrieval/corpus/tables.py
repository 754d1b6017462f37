"""The tables of HTML: which of them hold data, and the rows of one with its spanned cells filled."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, takewhile, zip_longest

from lxml import etree

from retrieval.corpus.composing import Composition
from retrieval.corpus.numbers import whole_number
from retrieval.corpus.xml import words_of
from retrieval.text.headings import MAX_HEADING, ends_statement
from retrieval.text.layout import has_head
from retrieval.types import Kind

MAX_MEAN_CELL = 300
"""Code points of a cell on average: a table with more in its cells only lays out a page."""
MAX_JUDGED = 1_000
"""Cells by which a table is judged."""
MIN_ROW = 1.5
"""Cells of a row that have words, on average: a table with fewer only lays out a page."""
MAX_ROW_SPAN, MAX_COLUMN_SPAN = 100, 20
"""Rows and columns that a cell may span."""
MAX_HEADS = 3
"""Rows of a head."""
MAX_SPANNED = 10
"""Places of a table for each of its cells."""
MAX_REPEATED = 300
"""Code points of a cell that is repeated in each row that it spans."""


def is_data(table: etree._Element) -> bool:
    """Whether a table holds data in rows and columns, and does not lay out a page."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    cells = [
        (cell, words)
        for cell in islice(table.iterdescendants("td", "th"), MAX_JUDGED)
        if (words := words_of(cell)) and not words.isspace()
    ]
    rows = len({cell.getparent() for cell, _ in cells})
    filled = sum(span_of(cell, "rowspan", MAX_ROW_SPAN) for cell, _ in cells)
    return filled >= MIN_ROW * rows > 0 and sum(len(words) for _, words in cells) <= MAX_MEAN_CELL * len(cells)


def span_of(cell: etree._Element, name: str, most: int) -> int:
    """How many rows (`rowspan`) or columns (`colspan`) a cell spans."""
    written = cell.get(name)
    return _span(written, most) if written else 1


@lru_cache(maxsize=1000)
def _span(written: str, most: int) -> int:
    return max(whole_number(written.strip(), 1, most), 1)


@dataclass(slots=True)
class _Cell:
    """A cell.

    Args:
        words: what it says.
        rows, columns: that it spans.
        is_head: whether it is marked as one of a head.
        is_bold: whether all its letters are bold.
    """

    words: list[str]
    rows: int
    columns: int
    is_head: bool
    is_bold: bool = True


@dataclass(slots=True)
class Table:
    """The rows of a table while it is read."""

    _rows: list[list[_Cell]] = field(default_factory=list)

    def open_row(self) -> None:
        """A row begins."""
        self._rows.append([])

    def open_cell(self, element: etree._Element, *, is_head: bool) -> None:
        """A cell begins, which is marked as one of a head or not."""
        if not self._rows:
            self.open_row()
        rows, columns = span_of(element, "rowspan", MAX_ROW_SPAN), span_of(element, "colspan", MAX_COLUMN_SPAN)
        self._rows[-1].append(_Cell([], rows, columns, is_head))

    def add(self, text: str, *, is_bold: bool = False) -> None:
        """Words of the cell that began last; in a damaged table, of a row without one."""
        if not self._rows[-1]:
            self._rows[-1].append(_Cell([], 1, 1, is_head=False))
        cell = self._rows[-1][-1]
        cell.words.append(text)
        cell.is_bold &= is_bold

    def add_to(self, found: Composition) -> None:
        """Add the rows to an article; a single cell above them is the table's caption."""
        rows = self._filled()
        if len(rows) > 2 and len(list(filter(None, rows[0]))) == 1 < len(list(filter(None, rows[1]))):
            found.add(Kind.CAPTION, " ".join(rows.pop(0)))
            del self._rows[0]
        heads = self._heads()
        cells = self._rows[max(heads - 1, 0) :]
        if heads > 1:
            rows[:heads] = [self._head(heads)]
        width = max(map(len, rows), default=0)
        are_parts = [len(row) == 1 and row[0].columns >= width > 1 for row in cells]
        data = [place for place, is_part in enumerate(are_parts) if not is_part]
        may_have_head = heads > 0 or not all(_is_labelled(cells[place]) for place in data)
        has_names = may_have_head and len(data) > 1 and (heads > 0 or has_head([rows[place] for place in data]))
        _add_rows(found, rows, are_parts, data[0] if has_names else None)

    def _heads(self) -> int:
        """The rows of the head, as far as marks or bold letters tell them; a cell may reach from one into the next."""
        first, *others = self._rows
        heads = sum(1 for _ in takewhile(_is_marked, self._rows))
        heads = heads if heads <= MAX_HEADS else 0  # marks of all rows tell nothing
        if not heads and len(first) > 1 and _is_bold(first) and not all(map(_is_bold, others)):
            heads = 1
        wide, narrow = ([cell for cell in first if (cell.columns > 1) is is_wide] for is_wide in (True, False))
        if wide and narrow and all(cell.rows > 1 or not cell.words for cell in narrow):
            heads = max(heads, *(cell.rows for cell in narrow))
        return heads if heads < len(self._rows) else 0

    def _head(self, count: int) -> list[str]:
        """One head of several rows: each column has the words of all cells above it."""
        above: dict[int, tuple[int, str]] = {}
        rows = [_filled(row, above, repeats=True) for row in self._rows[:count]]
        return [" ".join(dict.fromkeys(filter(None, cells))) for cells in zip_longest(*rows, fillvalue="")]

    def _filled(self) -> list[list[str]]:
        """The words of the rows' cells; one that spans rows stands in each of them, unless spans make up the table."""
        self._rows = [row for row in self._rows if any(cell.words for cell in row)]
        cells = [cell for row in self._rows for cell in row]
        if sum(cell.rows * cell.columns for cell in cells) > MAX_SPANNED * len(cells):
            for cell in cells:
                cell.rows = cell.columns = 1
        above: dict[int, tuple[int, str]] = {}
        return [_filled(row, above) for row in self._rows]


def _add_rows(found: Composition, rows: list[list[str]], are_parts: list[bool], head: int | None) -> None:
    """Add the rows of a table. One cell over a whole row names those below it, which have the head again.

    Args:
        found: what they are added to.
        rows: the words of their cells.
        are_parts: for each of them whether one cell is over the whole of it.
        head: the place of the head; None where there is none.
    """
    is_parted = False
    for place, (row, is_part) in enumerate(zip(rows, are_parts, strict=True)):
        if is_part:
            is_name = place + 1 < len(rows) and len(row[0]) <= MAX_HEADING and not ends_statement(row[0])
            found.add(Kind.CAPTION if is_name else Kind.PARAGRAPH, row[0])
            is_parted = head is not None and place > head
        elif place != head or not are_parts[place + 1]:  # else the head stands below what names the rows
            if is_parted and head is not None:
                found.add_row(rows[head], is_head=True)
            found.add_row(row, is_head=place == head)
            is_parted = False


def _is_marked(row: list[_Cell]) -> bool:
    return all(cell.is_head for cell in row)


def _is_labelled(row: list[_Cell]) -> bool:
    """Whether the first of a row's cells names the others, by marks or bold letters."""
    first, *others = row
    return (
        bool(first.words)
        and (first.is_head or first.is_bold)
        and not all(cell.is_head or cell.is_bold for cell in others)
    )


def _is_bold(row: list[_Cell]) -> bool:
    return all(cell.is_bold for cell in row if cell.words)


def _filled(row: list[_Cell], above: dict[int, tuple[int, str]], *, repeats: bool = False) -> list[str]:
    """The words of a row's cells, and of those above that reach into it.

    Args:
        row: its own cells.
        above: by column, the rows that a cell above still spans, and its words; brought up to date.
        repeats: whether a cell stands in each column that it spans, and not in the first alone.
    """
    filled: list[str] = []
    for cell in (*row, None):
        while left := above.pop(len(filled), None):
            if left[0] > 1:
                above[len(filled)] = (left[0] - 1, left[1])
            filled.append(left[1])
        if cell:
            words = " ".join(cell.words)
            if cell.rows > 1:
                above[len(filled)] = (cell.rows - 1, words if len(words) <= MAX_REPEATED else "")
            filled.append(words)
            if cell.columns > 1:
                filled += [words if repeats else ""] * (cell.columns - 1)
    return filled
