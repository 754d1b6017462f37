"""JSON lines (`.jsonl`, `.ndjson`): an article a line, an object with `text` and other fields under usual keys."""

from __future__ import annotations

import json
from collections.abc import Iterator

from retrieval.corpus.readers import dump
from retrieval.corpus.readers.dump import DECODER, PLAIN, article_of, holds_message, holds_text, own_id
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
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "too much stands inside one another"
        raise FaultError(f"it is not JSON ({reason})", "write one JSON object a line", record.line) from error
    row = next(
        (row[key] for key in ("_source", "row") if isinstance(row, dict) and isinstance(row.get(key), dict)), row
    )
    if not (isinstance(row, dict) and (holds_text(row) or holds_message(row))):
        raise FaultError("it is no article", 'write an object with "id", "title" and "text"', record.line)
    given = row.get("id")
    named = given if row.get("format") == PLAIN and isinstance(given, str) else dump.line_of(given)
    own = named or f"{record.name}#{own_id(row) or dump.digest_of(row)}"
    return article_of(own, row, record.line)
