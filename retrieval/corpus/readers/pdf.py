"""PDF files with a text layer (`.pdf`): their paragraphs, headings and rows, as far as a page tells them."""

from __future__ import annotations

import re

from retrieval.corpus.office.properties import fields_of
from retrieval.corpus.pdf.pages import composed
from retrieval.corpus.pdf.process import extracted
from retrieval.corpus.pdf.quality import check
from retrieval.corpus.readers.fields import to_article
from retrieval.corpus.readers.record import RawRecord, whole
from retrieval.types import Article

records = whole

_MADE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


def parse(record: RawRecord) -> Article:
    """See `Reader.parse`."""
    found = extracted(record.content)
    check(found.pages)
    body = composed(found.pages)
    said = found.said
    properties = {
        "title": said.get("Title", ""),
        "creator": said.get("Author", ""),
        "made": _made(said.get("CreationDate", "")),
    }
    fields = fields_of(properties, {}, body, "made", head=(line.text for line in found.pages[0]))
    return to_article(record.name, body.text, fields, blocks=body.blocks)


def _made(written: str) -> str:
    """The day on which a file was made, by its own word."""
    match = _MADE.match(written)
    return "-".join(match.groups()) if match else ""
