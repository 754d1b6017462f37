"""PDF files with a text layer (`.pdf`): their paragraphs, headings and rows, as far as a page tells them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from retrieval.corpus.office.properties import in_persian
from retrieval.corpus.pdf.pages import composed
from retrieval.corpus.pdf.process import Line, extracted
from retrieval.corpus.pdf.quality import check
from retrieval.corpus.readers.dates import day_of
from retrieval.corpus.readers.fields import to_article
from retrieval.corpus.readers.record import RawRecord, whole
from retrieval.types import Article

records = whole

MAX_DATE_LINE = 40
"""Letters of a line with nothing but a date, as letters have it."""

_DATE = re.compile(r"\s*(?:تاریخ|مورخ)?\s*:?\s*(\d{2,4}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{2,4}|\d{1,2} \D{2,12} \d{4})\s*")
_MADE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


def parse(record: RawRecord) -> Article:
    """See `Reader.parse`."""
    found = extracted(record.content)
    check(found.pages)
    body = composed(found.pages)
    title = in_persian(found.said.get("Title", ""))
    if title:
        body.drop_title(title)
    else:
        title = body.take_title()
    fields = {
        "title": title,
        "author": in_persian(found.said.get("Author", "")),
        "date": _stated(found.pages[0]) or _made(found.said.get("CreationDate", "")),
    }
    return to_article(record.name, body.text, fields, blocks=body.blocks)


def _stated(page: Sequence[Line]) -> date | None:
    """The day that a line of the first page has for itself, as that of a letter."""
    lines = (_DATE.fullmatch(line.text) for line in page if len(line.text) <= MAX_DATE_LINE)
    return next((day for line in lines if line and (day := day_of(line[1]))), None)


def _made(written: str) -> str:
    """The day on which a file was made, by its own word."""
    match = _MADE.match(written)
    return "-".join(match.groups()) if match else ""
