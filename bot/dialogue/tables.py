"""A table's rows: its cells, the column that is asked about, and the row with the greatest or smallest number there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from retrieval import Article, Form, Line, amount
from retrieval.text import bare, entries, read

MIN_NUMBERS = 0.5
"""The share of a column's cells that are numbers where rows can be compared by it."""


class Table(NamedTuple):
    """A table of an article.

    Args:
        head: the cells of its head row; () where it has none.
        rows: the cells of each row.
        lines: each row as it stands in the article.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[Line, ...]


def tables(article: Article, lines: Sequence[Line]) -> list[Table]:
    """The tables of an article, in order.

    Args:
        article: the article.
        lines: its sentences.
    """
    by_passage: dict[int, list[Line]] = {}
    for line in lines:
        if line.form is Form.ROW:
            by_passage.setdefault(line.passage, []).append(line)
    found = []
    for rows in by_passage.values():
        context = rows[0].context
        head = cells(article.text[slice(*context[-1])]) if context else ()
        body = tuple(cells(article.text[slice(*row.span)]) for row in rows)
        found.append(Table(head if len(head) > 1 else (), body, tuple(rows)))
    return found


def cells(row: str) -> tuple[str, ...]:
    """The cells of a row as it stands in an article."""
    mark = "\t" if "\t" in row and "|" not in row else "|"
    return tuple(cell.strip() for cell in row.strip().strip(mark).split(mark))


@lru_cache(1)
def _units() -> dict[str, float]:
    """What each unit is in the smallest of its kind, from `data/units.txt`."""
    return {bare(unit): float(size) for units, (size,) in entries(read(__file__, "units.txt")) for unit in units}


def measure(cell: str) -> float | None:
    """The first number of a cell in the smallest of its units: «۱ سال» in seconds; None where it has no number."""
    number = amount(cell)
    sizes = (_units()[word] for word in map(bare, cell.split()) if word in _units())
    return None if number is None else number * next(sizes, 1.0)


def extreme(
    table: Table,
    worth: Callable[[str], float],
    fits: Callable[[str], bool],
    *,
    is_most: bool,
) -> Line | None:
    """The row with the greatest or smallest number in the column that is worth most; None where there is none.

    Args:
        table: whose rows are compared.
        worth: from the head of a column to how much of the question it has; a column worth 0 is not compared.
        fits: from a row's first cell to whether the row is of the kind that is asked for. If none is, all are compared.
        is_most: whether the greatest number is asked for.
    """
    columns = [column for column in range(1, len(table.head)) if _is_of_numbers(table, column)]
    best = max(columns, key=lambda column: worth(table.head[column]), default=None)
    if best is None or worth(table.head[best]) <= 0:
        return None
    measured = [
        (number, line, row[0])
        for row, line in zip(table.rows, table.lines, strict=True)
        if best < len(row) and (number := measure(row[best])) is not None
    ]
    measured = [one for one in measured if fits(one[2])] or measured
    choose = max if is_most else min
    return choose(measured, key=lambda one: one[0])[1] if measured else None


def _is_of_numbers(table: Table, column: int) -> bool:
    numbers = [column < len(row) and amount(row[column]) is not None for row in table.rows]
    return len(numbers) > 1 and sum(numbers) >= MIN_NUMBERS * len(numbers)
