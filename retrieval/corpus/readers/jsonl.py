"""JSON lines (`.jsonl`, `.ndjson`): an article a line, an object with `text` and other fields under usual keys."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.corpus.readers.dump import (
    DECODER,
    NOT_JSON,
    PLAIN,
    article_of,
    digest_of,
    holds_message,
    holds_text,
    line_of,
    not_json,
    own_id,
)
from retrieval.corpus.readers.record import FaultError, RawRecord, damage_of, text_of
from retrieval.types import Article

_WRAPPERS = ("_source", "row")
"""The keys under which dumps of Elasticsearch and of data sets hold a row."""


def records(name: str, content: bytes) -> Iterator[RawRecord]:
    """See `Reader.records`: a record's content is its line, in UTF-8."""
    text = text_of(content, with_damage=True)
    if not text.strip():
        raise FaultError("it has no text", "write one JSON object a line, or remove it")
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield RawRecord(name, number, line.encode("utf-8", "surrogateescape"))


def parse(record: RawRecord) -> Article:
    """See `Reader.parse`."""
    line = record.content.decode("utf-8", "surrogateescape")
    if damage := damage_of(line):
        raise FaultError(damage, "write the line anew", record.line)
    try:
        row = DECODER.decode(line)
    except NOT_JSON as error:
        raise FaultError(not_json(error), "write one JSON object a line", record.line) from error
    if isinstance(row, dict):
        row = next((row[key] for key in _WRAPPERS if isinstance(row.get(key), dict)), row)
    if not (isinstance(row, dict) and (holds_text(row) or holds_message(row))):
        raise FaultError("it is no article", 'write an object with "id", "title" and "text"', record.line)
    given = row.get("id")
    named = given if row.get("format") == PLAIN and isinstance(given, str) else line_of(given)
    own = named or f"{record.name}#{own_id(row) or digest_of(row)}"
    return article_of(own, row, record.line)
