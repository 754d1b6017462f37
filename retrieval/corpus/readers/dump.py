"""Dumps, which are files of many articles: rows of a database, of a crawler or of a spreadsheet.

    JSON, JSON lines, Telegram ─ rows ────┬→ records ─ the fields that the keys name ─→ articles
    CSV, XLSX ─ rows, or a whole table ───┘

A record's content is one of the objects of `Dump` in JSON.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

from retrieval.corpus.readers.bodies import read_body
from retrieval.corpus.readers.dates import day_of
from retrieval.corpus.readers.fields import check_length, to_article
from retrieval.corpus.readers.keys import values_by_field
from retrieval.corpus.readers.record import FaultError, RawRecord, as_fault
from retrieval.corpus.readers.tabular import read_table
from retrieval.corpus.readers.values import first_line, is_blank, is_written, line_of, longest
from retrieval.types import Article

MAX_ID = 200
"""Code points of an article's own id; a longer one is none."""
MIN_MESSAGE = 100
"""Code points of a description or a message that is a text without a title."""

PLAIN = "plain"
"""The `format` of a row whose text is to be taken to the letter, whatever it looks like."""

_STATES = ("draft", "published", "status")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")


class Dump:
    """The records of one file while they are cut, each article with an id of its own in the file.

    Args:
        name: see `RawRecord`.
    """

    def __init__(self, name: str) -> None:
        self._name, self._met = name, Counter[str]()

    def article(self, row: Mapping[str, object], line: int) -> RawRecord:
        """The record of a row: an article's values by their keys. Two rows with one id have another each."""
        try:
            own = own_id(row) or digest_of(row)
        except RecursionError:
            return self.fault("too much stands inside one another in it", "leave out what is no article", line)
        self._met[own] += 1
        number = self._met[own]
        return self._record({"id": f"{self._name}#{own}{f'-{number}' if number > 1 else ''}", "row": row}, line)

    def table(self, own: str, title: str, rows: Sequence[Sequence[str]], line: int) -> RawRecord:
        """The record of a table that is one article.

        Args:
            own: what tells it from other tables of the file; "" where there are none.
            title: the article's.
            rows: the cells of each.
            line: see `RawRecord`.
        """
        name = f"{self._name}#{own}" if own else self._name
        return self._record({"id": name, "title": title, "table": rows}, line)

    def fault(self, reason: str, remedy: str, line: int) -> RawRecord:
        """The record of what can be read as neither."""
        return self._record({"fault": [reason, remedy]}, line)

    def _record(self, content: dict[str, object], line: int) -> RawRecord:
        written = json.dumps(content, ensure_ascii=False, check_circular=False).encode("utf-8", "surrogatepass")
        return RawRecord(self._name, line, written)


def parse(record: RawRecord) -> Article:
    """See `Reader.parse`."""
    content: dict[str, Any] = json.loads(record.content.decode("utf-8", "surrogatepass"))
    if "fault" in content:
        reason, remedy = content["fault"]
        raise FaultError(reason, remedy, record.line)
    if "table" in content:
        text, blocks, title = read_table(content["table"], content["title"])
        return to_article(content["id"], text, {"title": title}, record.line, blocks)
    return article_of(content["id"], content["row"], record.line)


def article_of(name: str, row: Mapping[str, object], line: int) -> Article:
    """The article of a row.

    Args:
        name: its id.
        row: its values by their keys.
        line: see `to_article`.

    Raises:
        FaultError: it has no text; it is a draft.
    """
    values = values_by_field(row)
    title, lead = first_line(values.get("title")), first_line(values.get("lead"))
    plain = row.get("text") if row.get("format") == PLAIN else None
    body = longest(values.get("text")) or longest(values.get("message")) or lead or title
    if isinstance(body, str):
        check_length(body, line)
    with as_fault("write its text anew", line):
        text, blocks = (plain, ()) if isinstance(plain, str) else read_body(body, lead)
    sources = list(filter(None, map(line_of, values.get("source", ()))))
    addresses = [*filter(None, map(line_of, values.get("url", ()))), *filter(_ADDRESS.fullmatch, sources)]
    fields: dict[str, object] = {
        "title": title,
        "date": next((day for value in values.get("date", ()) if (day := day_of(line_of(value)))), None),
        "source": next((source for source in sources if not _ADDRESS.fullmatch(source)), ""),
        "author": first_line(values.get("author")),
        "url": next(iter(addresses), ""),
    }
    states = {key.lower(): value for key, value in row.items() if key.lower() in _STATES}
    return to_article(name, text, states | fields, line, blocks)


def holds_text(row: Mapping[str, object]) -> bool:
    """Whether a row is an article by the names of its keys: it has a text, which may be empty beside a title or id."""
    values = values_by_field(row)
    texts = values.get("text", ())
    if any(map(is_written, texts)):
        return True
    is_named = first_line(values.get("title")) or first_line(values.get("id"))
    return bool(is_named) and any(is_blank(value) for value in texts)


def holds_message(row: Mapping[str, object]) -> bool:
    """Whether a row that holds no text has something in its place: a lead or a message, with a title or a long one."""
    values = values_by_field(row)
    said = [value for field in ("message", "lead") for value in values.get(field, ()) if is_written(value)]
    return bool(said) and (bool(first_line(values.get("title"))) or len(longest(said)) >= MIN_MESSAGE)


def own_id(row: Mapping[str, object]) -> str:
    """The id that a row has of its own; "" where it has none."""
    found = first_line(values_by_field(row).get("id"))
    return found if len(found) <= MAX_ID else ""


def digest_of(row: Mapping[str, object]) -> str:
    """What tells a row without an id from others (12 hexadecimal digits)."""
    written = json.dumps(row, ensure_ascii=False, check_circular=False)
    return blake2b(written.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
