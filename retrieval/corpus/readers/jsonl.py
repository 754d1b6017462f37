"""JSON lines (`.jsonl`): an article a line, an object with `id`, `text` and optionally the fields of `to_article`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from retrieval.corpus.readers.fields import to_article
from retrieval.corpus.readers.record import FaultError, RawRecord, text_of
from retrieval.types import Article


def records(name: str, content: bytes) -> Iterator[RawRecord]:
    """See `Reader.records`: a record's content is its line, in UTF-8."""
    text = text_of(content)
    if not text.strip():
        raise FaultError("it has no text", "write one JSON object a line, or remove it")
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield RawRecord(name, number, line.encode())


def parse(record: RawRecord) -> Article:
    """See `Reader.parse`."""
    try:
        row = json.loads(record.content.decode())
        if not (isinstance(row, dict) and isinstance(row.get("text"), str) and _is_id(row.get("id"))):
            raise FaultError("it is no article", 'write an object with "id", "title" and "text"', record.line)
        return to_article(str(row["id"]), row["text"], row, record.line)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise FaultError(f"it is not JSON ({reason})", "write one JSON object a line", record.line) from error


def _is_id(value: object) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and bool(value.strip()))
