"""Plain text (`.txt`): the agency's line or front matter first, if any; with tags or marks it is HTML or Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping

from retrieval.corpus.readers.bodies import holds_tags, read_body
from retrieval.corpus.readers.datelines import day_among
from retrieval.corpus.readers.fields import check_length, to_article
from retrieval.corpus.readers.front_matter import split_front_matter
from retrieval.corpus.readers.letterheads import fields_at_head
from retrieval.corpus.readers.record import FaultError, RawRecord, as_fault, text_of, whole
from retrieval.text.layout import blocks_of
from retrieval.text.safe import printable
from retrieval.types import Article, Block

_AGENCY_LINE = re.compile(
    r"\s*date (?P<date>\d{4}-\d{2}-\d{2})\s+(?P<source>[^؛\n]+?)\s*(?:؛\s*(?P<author>[^\n]*?))?\s+[-–—]\s+"
)
_AGENCY_START = re.compile(r"\s*date \d")
_MARKDOWN = re.compile(
    r"^#{1,6}[ \t]+[^\W\d]|(?<!\*)\*\*(?!\s)[^*\n]{1,200}(?<!\s)\*\*(?!\*)|\[[^\]\n]{1,200}\]\(https?://", re.MULTILINE
)
"""Finds a heading, bold words or a link as Markdown has them."""
_IN_MARKDOWN = ("# ", "#\t", "**", "](http")
"""One of these is in each of them; to look for these is much faster."""
_QUOTED = re.compile(r"^[ \t]*>[> \t]*", re.MULTILINE)
"""What mail programs put before the lines of the message that is answered."""

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
    body = printable(_QUOTED.sub("", body) if ">" in body else body)
    check_length(body)
    blocks: tuple[Block, ...] = ()
    if holds_tags(body):
        with as_fault("write its text anew"):
            body, blocks = read_body(body)
    elif any(mark in body for mark in _IN_MARKDOWN) and _MARKDOWN.search(body):
        from retrieval.corpus.readers.markdown import read_marks  # noqa: PLC0415  # most plain texts have no marks

        body, blocks = read_marks(body)
    blocks = blocks or blocks_of(body)
    fields = {**fields_at_head(body, blocks), "date": day_among(body, blocks), **_given(fields)}
    return to_article(record.name, body, fields, blocks=blocks)


def _given(fields: Mapping[str, object]) -> dict[str, object]:
    """The fields that have a value."""
    return {name: value for name, value in fields.items() if value}
