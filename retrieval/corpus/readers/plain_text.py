"""Plain text (`.txt`): the agency's line or front matter first, if any."""

from __future__ import annotations

import datetime
import re

from retrieval.corpus.readers.bodies import holds_tags, read_body
from retrieval.corpus.readers.dates import day_in
from retrieval.corpus.readers.fields import to_article
from retrieval.corpus.readers.front_matter import split_front_matter
from retrieval.corpus.readers.record import FaultError, RawRecord, as_fault, text_of, whole
from retrieval.text.headings import SENTENCE_END
from retrieval.types import Article

_AGENCY_LINE = re.compile(
    r"\s*date (?P<date>\d{4}-\d{2}-\d{2})\s+(?P<source>[^؛\n]+?)\s*(?:؛\s*(?P<author>[^\n]*?))?\s+[-–—]\s+"
)
_AGENCY_START = re.compile(r"\s*date \d")

_HEAD_LINES, _MAX_DATELINE = 5, 80
"""Lines among which a date stands by itself or in a title, and code points of such a line."""

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
    fields = {**fields, "date": fields.get("date") or _dateline(body)}
    if holds_tags(body):
        with as_fault("write its text anew"):
            body, blocks = read_body(body)
        return to_article(record.name, body, fields, blocks=blocks)
    return to_article(record.name, body, fields)


def _dateline(text: str) -> datetime.date | None:
    """The day that a short line at the top or the end of a text names, where that is no sentence."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    short = (line for line in [*lines[:_HEAD_LINES], *lines[-1:]] if len(line) <= _MAX_DATELINE)
    return next((day for line in short if not SENTENCE_END.search(line) and (day := day_in(line))), None)
