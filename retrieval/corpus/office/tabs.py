"""Columns that the paragraphs of an office document draw with tabs → the tables that they are.

نام شعبه    تلفن
مرکزی       ۰۲۱-۸۸۷۷۶۶۵۵
"""

from __future__ import annotations

import re
from itertools import groupby

from lxml import etree

from retrieval.corpus.xml import words_of
from retrieval.text.sentences import STOP

MAX_CELL = 60
"""Code points of a cell between tabs."""

_TABS = re.compile(r"\s*\t\s*")
_LETTER = re.compile(r"[^\W\d_]")


def draw_tables(body: etree._Element) -> None:
    """Put tables in the place of the paragraphs that draw them: two or more with the same number of cells."""
    for count, group in groupby(list(body), key=lambda element: len(_cells(element))):
        lines = list(group)
        if count > 1 and len(lines) > 1:
            table = etree.Element("table")
            for line in lines:
                row = etree.SubElement(table, "tr")
                is_bold = not line.text and all(inner.tag == "b" for inner in line)
                for cell in _cells(line):
                    column = etree.SubElement(row, "td")
                    (etree.SubElement(column, "b") if is_bold else column).text = cell
            lines[0].addprevious(table)
            for line in lines:
                body.remove(line)


def _cells(element: etree._Element) -> list[str]:
    """The cells of a paragraph; [] where it has none. A tab behind a number or a label parts no columns."""
    if element.tag != "p" or "\t" not in (words := words_of(element).strip()):
        return []
    cells = _TABS.split(words)
    is_numbered = len(cells) == 2 and not _LETTER.search(cells[0])
    are_short = all(0 < len(cell) <= MAX_CELL and ":" not in cell and not STOP.search(cell) for cell in cells)
    return cells if are_short and not is_numbered else []
