"""Plain text (`.txt`): the agency's line or front matter first, if any."""

from __future__ import annotations

import re

from retrieval.corpus.readers.fields import to_article
from retrieval.corpus.readers.front_matter import split_front_matter
from retrieval.corpus.readers.record import FaultError, RawRecord, text_of, whole
from retrieval.types import Article

_AGENCY_LINE = re.compile(
    r"\s*date (?P<date>\d{4}-\d{2}-\d{2})\s+(?P<source>[^؛\n]+?)\s*(?:؛\s*(?P<author>[^\n]*?))?\s+[-–—]\s+"
)
_TAG = re.compile(r"</(?:p|div|a|b|i|em|strong|span|li|ul|ol|td|tr|table|h[1-6])\s*>|<br\s*/?>|<p>", re.IGNORECASE)
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
    if _TAG.search(body):
        from retrieval.corpus.markup import composed, parsed  # noqa: PLC0415  # most plain texts have no tags

        found = composed(parsed(body))
        return to_article(record.name, found.text, fields, blocks=found.blocks)
    return to_article(record.name, body, fields)
