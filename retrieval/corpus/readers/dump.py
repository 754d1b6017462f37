"""Dumps, which are files of many articles: rows of a database, of a crawler or of a spreadsheet.

    JSON, JSON lines, Telegram ─ rows ────┬→ records ─ the fields that the keys name ─→ articles
    CSV, XLSX ─ rows, or a whole table ───┘

A record's content is one of the objects of `Dump` in JSON.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from retrieval.corpus.readers.bodies import is_body, read_body, words_of
from retrieval.corpus.readers.dates import day_of
from retrieval.corpus.readers.fields import to_article
from retrieval.corpus.readers.keys import values_by_field
from retrieval.corpus.readers.record import FaultError, RawRecord, as_fault
from retrieval.corpus.readers.tabular import read_table
from retrieval.types import Article

MAX_ID = 200
"""Code points of an article's own id; a longer one is none."""
MIN_MESSAGE = 100
"""Code points of a description or a message that is a text without a title."""

MAX_OBJECTS = 50_000
"""Objects in one value that is decoded as a whole."""
MAX_VALUE_DEPTH = 3
"""Lists and objects inside one another in the value of a field."""
PLAIN = "plain"
"""The `format` of a row whose text is to be taken to the letter, whatever it looks like."""

_SPEAKING = ("rendered", "name", "title", "value", "text", "$oid", "$date", "$numberLong", "$numberInt", "full_name")
"""The keys of an object in the place of a value, of which one has the value."""
_STATES = ("draft", "published", "status")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
MAX_NO_VALUE = 10
"""Code points of what stands for no value."""
_NO_VALUES = frozenset(("", "nan", "null", "none", "n/a", "undefined", "-"))


class Number(str):
    """A number as a file writes it, in any length."""

    __slots__ = ()


def _without_value(_: str) -> None:
    """What NaN and the infinities are."""


class TooMuchError(ValueError):
    """A value holds more objects than an article has."""


class _Decoder(json.JSONDecoder):
    """Decodes a value up to some objects in it: each takes ten times its letters in memory.

    Numbers stay as they are written; a control character in a string costs nothing.
    """

    def __init__(self) -> None:
        super().__init__(
            object_hook=self._counted,
            parse_int=Number,
            parse_float=Number,
            parse_constant=_without_value,
            strict=False,
        )
        self._left = 0

    def raw_decode(self, s: str, idx: int = 0) -> tuple[Any, int]:
        """See `JSONDecoder.raw_decode`.

        Raises:
            TooMuchError: it has too many objects.
            ValueError: it is not JSON.
            RecursionError: too much stands inside one another.
        """
        self._left = MAX_OBJECTS
        return super().raw_decode(s, idx)

    def _counted(self, row: dict[str, Any]) -> dict[str, Any]:
        self._left -= 1
        if self._left < 0:
            raise TooMuchError
        return row


DECODER = _Decoder()
NOT_JSON: tuple[type[Exception], ...] = (ValueError, RecursionError)
"""What it raises."""


def not_json(error: Exception) -> str:
    """Why `DECODER` does not read a text."""
    if isinstance(error, TooMuchError):
        return f"it has more than {MAX_OBJECTS:,} objects in it"
    told = error.msg if isinstance(error, json.JSONDecodeError) else "too much stands inside one another"
    return f"it is not JSON ({told})"


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
    title, lead = _first_line(values.get("title")), _first_line(values.get("lead"))
    plain = row.get("text") if row.get("format") == PLAIN else None
    body = _longest(values.get("text")) or _longest(values.get("message")) or lead or title
    with as_fault("write its text anew", line):
        text, blocks = (plain, ()) if isinstance(plain, str) else read_body(body, lead)
    sources = list(filter(None, map(line_of, values.get("source", ()))))
    addresses = [*filter(None, map(line_of, values.get("url", ()))), *filter(_ADDRESS.fullmatch, sources)]
    fields: dict[str, object] = {
        "title": title,
        "date": next((day for value in values.get("date", ()) if (day := day_of(line_of(value)))), None),
        "source": next((source for source in sources if not _ADDRESS.fullmatch(source)), ""),
        "author": _first_line(values.get("author")),
        "url": next(iter(addresses), ""),
    }
    states = {key.lower(): value for key, value in row.items() if key.lower() in _STATES}
    return to_article(name, text, states | fields, line, blocks)


def holds_text(row: Mapping[str, object]) -> bool:
    """Whether a row is an article by the names of its keys: it has a text, which may be empty beside a title or id."""
    values = values_by_field(row)
    texts = values.get("text", ())
    if any(map(_is_written, texts)):
        return True
    is_named = _first_line(values.get("title")) or _first_line(values.get("id"))
    return bool(is_named) and any(_is_blank(value) for value in texts)


def holds_message(row: Mapping[str, object]) -> bool:
    """Whether a row that holds no text has something in its place: a lead or a message, with a title or a long one."""
    values = values_by_field(row)
    said = [value for field in ("message", "lead") for value in values.get(field, ()) if _is_written(value)]
    return bool(said) and (bool(_first_line(values.get("title"))) or len(_longest(said)) >= MIN_MESSAGE)


def own_id(row: Mapping[str, object]) -> str:
    """The id that a row has of its own; "" where it has none."""
    found = _first_line(values_by_field(row).get("id"))
    return found if len(found) <= MAX_ID else ""


def line_of(value: object, depth: int = 0) -> str:
    """A value on one line; an object is what one of its keys says, a list what its members say.

    Args:
        value: of a field.
        depth: of the lists and objects that it stands in.
    """
    if depth > MAX_VALUE_DEPTH:
        return ""
    if isinstance(value, Mapping):
        return next((said for key in _SPEAKING if (said := line_of(value.get(key), depth + 1))), "")
    if isinstance(value, list):
        return "، ".join(filter(None, (line_of(member, depth + 1) for member in value)))
    said = words_of(value) if isinstance(value, str) else str(value) if isinstance(value, int) else ""
    return "" if said.lower() in _NO_VALUES else said


def _first_line(values: Iterable[object] | None) -> str:
    return next((said for value in values or () if (said := line_of(value))), "")


def _longest(values: Iterable[object] | None) -> Any:
    """The value with the most words among those that can be a text; "" where none can."""
    written = list(filter(_is_written, map(_spoken, values or ())))
    return max(written, key=lambda value: len(words_of(value))) if len(written) > 1 else written[0] if written else ""


def _spoken(value: object) -> object:
    """A text that an object stands for, as in `{"rendered": "<p>…"}`."""
    return next((value[key] for key in _SPEAKING if key in value), value) if isinstance(value, Mapping) else value


def _is_written(value: object) -> bool:
    """Whether a value is a text with words."""
    value = _spoken(value)
    if isinstance(value, str) and value[:1].isalpha() and len(value) > MAX_NO_VALUE:  # as most texts
        return not isinstance(value, Number)
    return is_body(value) and not isinstance(value, Number) and words_of(value).lower() not in _NO_VALUES


def _is_blank(value: object) -> bool:
    """Whether the place of a text is left empty."""
    return value is None or value == [] or (isinstance(value, str) and words_of(value).lower() in _NO_VALUES)


def digest_of(row: Mapping[str, object]) -> str:
    """What tells a row without an id from others (12 hexadecimal digits)."""
    written = json.dumps(row, ensure_ascii=False, check_circular=False)
    return blake2b(written.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
