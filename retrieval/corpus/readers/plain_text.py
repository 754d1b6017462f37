"""Plain text (`.txt`): the agency's line or front matter first, if any."""

from __future__ import annotations

import re

from retrieval.corpus.readers.bodies import holds_tags, read_body
from retrieval.corpus.readers.datelines import day_among
from retrieval.corpus.readers.fields import to_article
from retrieval.corpus.readers.front_matter import split_front_matter
from retrieval.corpus.readers.record import FaultError, RawRecord, as_fault, text_of, whole
from retrieval.text.layout import blocks_of
from retrieval.text.safe import printable
from retrieval.types import Article, Block

_AGENCY_LINE = re.compile(
    r"\s*date (?P<date>\d{4}-\d{2}-\d{2})\s+(?P<source>[^؛\n]+?)\s*(?:؛\s*(?P<author>[^\n]*?))?\s+[-–—]\s+"
)
_AGENCY_START = re.compile(r"\s*date \d")

records = whole


def parse(record: RawRecord) -> Article:
    """See `Reader.parse`."""
    text = text_of(record.content)
    agency = _AGENCY_LINE.match(text)
    if agency:
        return to_article(record.name, text[agency.end() :], agency.groupdict(), 1)
    if _AGENCY_START.match(text):
        raise FaultError("its agency line is incomplete", "write « date YYYY-MM-DD outlet؛ reporter - text»", 1)
    fields, body = split_front_matter(record.name, text)
    blocks: tuple[Block, ...] = ()
    if holds_tags(body):
        with as_fault("write its text anew"):
            body, blocks = read_body(body)
    if not fields.get("date"):
        body = printable(body)
        blocks = blocks or blocks_of(body)
        fields = {**fields, "date": day_among(body, blocks)}
    return to_article(record.name, body, fields, blocks=blocks)
