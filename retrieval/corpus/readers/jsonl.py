"""JSON lines (`.jsonl`, `.ndjson`): an article a line, an object with `text` and other fields under usual keys."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.corpus.readers.dump import PLAIN, article_of, digest_of, holds_message, holds_text, own_id
from retrieval.corpus.readers.json_decoder import DECODER, NOT_JSON, check_size, not_json
from retrieval.corpus.readers.record import FaultError, RawRecord, damage_of, text_of
from retrieval.corpus.readers.values import line_of
from retrieval.types import Article

_WRAPPERS = ("_source", "row")
"""The keys under which dumps of Elasticsearch and of data sets hold a row."""

MAX_LINE = 40_000_000
"""Bytes of a line that are read: the longest article takes no more."""
_LONG = b""
"""The content of the record of a longer one."""


def records(name: str, content: bytes) -> Iterator[RawRecord]:
    """See `Reader.records`: a record's content is its line, in UTF-8."""
    content, long = _without_long_lines(content)
    text = text_of(content, with_damage=True)
    if not text.strip() and not long:
        raise FaultError("it has no text", "write one JSON object a line, or remove it")
    for number, line in enumerate(text.split("\n"), start=1):
        if number in long:
            yield RawRecord(name, number, _LONG)
        elif line.strip():
            yield RawRecord(name, number, line.encode("utf-8", "surrogateescape"))


def _without_long_lines(content: bytes) -> tuple[bytes, set[int]]:
    """A file with its lines beyond `MAX_LINE` emptied, so that they are never decoded, and their numbers."""
    if not _has_long_line(content):
        return content, set()
    lines = content.split(b"\n")
    long = {place for place, line in enumerate(lines) if len(line) > MAX_LINE}
    for place in long:
        lines[place] = b""
    return b"\n".join(lines), {place + 1 for place in long}


def _has_long_line(content: bytes) -> bool:
    """Whether a line is longer than `MAX_LINE`; as many bytes at once are looked at."""
    at = 0
    while len(content) - at > MAX_LINE:
        end = content.rfind(b"\n", at, at + MAX_LINE + 1)
        if end < 0:
            return True
        at = end + 1
    return False


def parse(record: RawRecord) -> Article:
    """See `Reader.parse`."""
    if record.content == _LONG:
        raise FaultError(f"it is longer than {MAX_LINE // 1_000_000} MB", "split it", record.line)
    line = record.content.decode("utf-8", "surrogateescape")
    if damage := damage_of(line):
        raise FaultError(damage, "write the line anew", record.line)
    try:
        check_size(line, 0)
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
