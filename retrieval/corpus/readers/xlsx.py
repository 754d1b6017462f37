"""Workbooks (`.xlsx`, `.xlsm`): each sheet is read as a table in plain text is, its cells as they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.corpus.office.workbook import Workbook
from retrieval.corpus.readers.dump import Dump, parse
from retrieval.corpus.readers.record import FaultError, RawRecord
from retrieval.corpus.readers.sheets import Row, records_of, title_of

__all__ = ["parse", "records"]

_UNNAMED = re.compile(r"(?:sheet|table|tabelle|feuil|برگه|کاربرگ|ورق|صفحه)[\s\u200c]*\d*", re.IGNORECASE)
"""What programs call sheets."""


def records(name: str, content: bytes) -> Iterator[RawRecord]:
    """See `Reader.records`."""
    workbook = Workbook(content)
    dump, found = Dump(name), False
    for sheet in workbook.sheets:
        title, own = title_of(name), sheet.name if len(workbook.sheets) > 1 else ""
        if own and not _UNNAMED.fullmatch(own.strip()):
            title = f"{title} – {own}"
        for record in records_of(dump, _rows(workbook.rows(sheet)), title, own):
            found = True
            yield record
    if not found:
        raise FaultError("its sheets are empty", "write the table, or remove it")


def _rows(rows: list[tuple[int, list[str]]]) -> Iterator[Row]:
    """Numbered rows, with a blank one for those that are missing between two."""
    before = 0
    for number, cells in rows:
        if number > before + 1:
            yield Row(before + 1, [])
        yield Row(number, cells)
        before = number
