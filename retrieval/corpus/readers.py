"""The formats of article files: a file's text → its records, a record → an article.

`_FORMATS` names the formats by a file's ending. A record is an article's own piece of its file: the whole text, or a
line of a JSONL file; what is wrong with one is no fault of the others.
"""

from __future__ import annotations

import datetime
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from retrieval.corpus.encoding import decode, printable
from retrieval.types import Article

if TYPE_CHECKING:
    import yaml

_AGENCY_LINE = re.compile(
    r"\s*date (?P<date>\d{4}-\d{2}-\d{2})\s+(?P<source>[^؛\n]+?)\s*(?:؛\s*(?P<author>[^\n]*?))?\s+[-–—]\s+"
)
_AGENCY_START = re.compile(r"\s*date \d")
_FRONT_MATTER_START = re.compile(r"\s*^---[ \t]*\r?\n", re.MULTILINE)
_FRONT_MATTER = re.compile(r"(?P<yaml>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s].*)?")

FIRST_GREGORIAN_YEAR = 1700
"""Years before it are read as Jalali: no article is that old, and Jalali years will not reach it soon."""


class FaultError(Exception):
    """Something wrong in a file's text; becomes a CorpusError once the file's name is known."""

    def __init__(self, reason: str, remedy: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.remedy, self.line = reason, remedy, line


class RawRecord(NamedTuple):
    """An article's piece of a file.

    Args:
        name: the file's path within the corpus; the article's id where the format has none of its own.
        line: where the piece begins, from 1.
        text: the piece.
    """

    name: str
    line: int
    text: str


def records(name: str, content: bytes) -> Iterator[RawRecord]:
    """The records of a file.

    Raises:
        FaultError: its format or encoding is not known, or it has no text.
    """
    if _suffix(name) not in _FORMATS:
        raise FaultError("its format is not known", f"convert it to one of {', '.join(_FORMATS)}")
    try:
        text = decode(content)
    except ValueError as error:
        raise FaultError(str(error), "save it as UTF-8 text") from error
    if _suffix(name) != _LINES:
        return iter([RawRecord(name, 1, text)])
    if not text.strip():
        raise FaultError("it has no text", "write one JSON object a line, or remove it")
    lines = enumerate(text.split("\n"), start=1)
    return (RawRecord(name, number, line) for number, line in lines if line.strip())


def parse(record: RawRecord) -> Article:
    """The article of a record.

    Raises:
        FaultError: it is none.
    """
    return _FORMATS[_suffix(record.name)](record)


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def _parse_text(record: RawRecord) -> Article:
    """Plain text: the agency's line or YAML front matter first, if any."""
    agency = _AGENCY_LINE.match(record.text)
    if agency:
        return _article(record.name, record.text[agency.end() :], agency.groupdict(), 1)
    if _AGENCY_START.match(record.text):
        raise FaultError("its agency line is incomplete", "write « date YYYY-MM-DD outlet؛ reporter - text»", 1)
    fields, body = _split_front_matter(record.text)
    return _article(record.name, body, fields)


def _parse_markdown(record: RawRecord) -> Article:
    """Markdown with YAML front matter; the first heading stands in for a missing title."""
    from retrieval.corpus.markdown import plain_markdown  # noqa: PLC0415  # an indexed corpus is answered without it

    fields, body = _split_front_matter(record.text)
    plain, heading = plain_markdown(body)
    return _article(record.name, plain, fields if fields.get("title") else {**fields, "title": heading})


def _parse_row(record: RawRecord) -> Article:
    """A JSON object: `id`, `title`, `text` and optionally `date`, `source`, `author`, `url`."""
    try:
        row = json.loads(record.text)
        if not (isinstance(row, dict) and isinstance(row.get("text"), str) and _is_id(row.get("id"))):
            raise FaultError("it is no article", 'write an object with "id", "title" and "text"', record.line)
        return _article(str(row["id"]), row["text"], row, record.line)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise FaultError(f"it is not JSON ({reason})", "write one JSON object a line", record.line) from error


_LINES = ".jsonl"
_FORMATS: dict[str, Callable[[RawRecord], Article]] = {
    ".txt": _parse_text,
    ".md": _parse_markdown,
    ".markdown": _parse_markdown,
    _LINES: _parse_row,
}


def _is_id(value: object) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and bool(value.strip()))


def _article(name: str, text: str, fields: Mapping[str, object], line: int | None = None) -> Article:
    if not text.strip():
        raise FaultError("it has no text", "write the article, or remove it", line)
    title, source, author, url = (_string(key, fields.get(key), line) for key in ("title", "source", "author", "url"))
    return Article(printable(name), title, printable(text), _date(fields.get("date"), line), source, author, url)


def _string(key: str, value: object, line: int | None) -> str:
    """A field as one line of text; the members of a list are joined."""
    if isinstance(value, dict):
        raise FaultError(f"its {key} is no text", f"write one value for {key}", line)
    if isinstance(value, list):
        return "، ".join(_string(key, member, line) for member in value)
    return " ".join(printable("" if value is None else str(value)).split())


def _date(value: object, line: int | None) -> datetime.date | None:
    """A date as it is written, or as it was read before: Gregorian or Jalali, with Latin or Persian digits."""
    if value is None or isinstance(value, datetime.date):
        return value
    if value == "":
        return None
    match = _DATE.fullmatch(str(value).strip())
    try:
        if not match:
            raise ValueError
        year, month, day = map(int, match.groups())
        if year >= FIRST_GREGORIAN_YEAR:
            return datetime.date(year, month, day)
        from persiantools.jdatetime import JalaliDate  # noqa: PLC0415  # most corpora never need it

        converted: datetime.date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
    except ValueError:
        shown = " ".join(str(value).split())
        raise FaultError(f"«{shown}» is no date", "write it as YYYY-MM-DD", line) from None
    return converted


def _split_front_matter(text: str) -> tuple[dict[str, object], str]:
    """The YAML between `---` lines at the top, and the rest."""
    start = _FRONT_MATTER_START.match(text)
    if not start:
        return {}, text
    line = text.count("\n", 0, start.end()) + 1
    match = _FRONT_MATTER.match(text, start.end())
    if not match:
        raise FaultError("its front matter is not closed", "end it with a line `---`", line - 1)
    import yaml  # noqa: PLC0415  # an indexed corpus is answered without it

    try:
        node = yaml.compose(match["yaml"], Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "not valid"
        # An unclosed quotation mark is only noticed behind the last line.
        place = min(mark.line, match["yaml"].count("\n") - 1) if mark else 0
        raise FaultError(
            f"its front matter is broken YAML ({reason})",
            "quote values with «: », «#» or quotation marks",
            line + place,
        ) from error
    if node is not None and not isinstance(node, yaml.MappingNode):
        raise FaultError("its front matter is no list of fields", "write `title: …`, a field a line", line)
    return dict(_fields(node, line) if node else ()), text[match.end() :]


def _fields(node: yaml.MappingNode, line: int) -> Iterator[tuple[str, object]]:
    """The fields of front matter whose YAML begins on `line`, as they are written: a title «007» is no number."""
    for key, value in node.value:
        written = _written(value)
        yield str(key.value), _date(written, line + value.start_mark.line) if key.value == "date" else written


def _written(node: yaml.Node) -> object:
    """A scalar's own characters, or those of a list's members; {} stands for what is nested deeper."""
    if isinstance(node.value, str):
        return None if node.tag.endswith(":null") else node.value
    return [member.value if isinstance(getattr(member, "value", None), str) else {} for member in node.value]
