"""The fields of an article, as people write them → `Article`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from retrieval.corpus.readers.record import FaultError
from retrieval.text.safe import printable
from retrieval.types import Article

_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s].*)?")

FIRST_GREGORIAN_YEAR = 1700
"""Years before it are read as Jalali: no article is that old, and Jalali years will not reach it soon."""


def to_article(name: str, text: str, fields: Mapping[str, object], line: int | None = None) -> Article:
    """An article of its parts.

    Args:
        name: its id.
        text: its body.
        fields: `title`, `date`, `source`, `author` and `url`, as they were written; others are ignored.
        line: the line that a fault is reported at.

    Raises:
        FaultError: the text is blank, a field is not text, or the date is no date.
    """
    if not text.strip():
        raise FaultError("it has no text", "write the article, or remove it", line)
    title, source, author, url = (
        _line_of_text(key, fields.get(key), line) for key in ("title", "source", "author", "url")
    )
    return Article(printable(name), title, printable(text), to_date(fields.get("date"), line), source, author, url)


def _line_of_text(key: str, value: object, line: int | None) -> str:
    """A field as one line of text; the members of a list are joined."""
    if isinstance(value, dict):
        raise FaultError(f"its {key} is no text", f"write one value for {key}", line)
    if isinstance(value, list):
        return "، ".join(_line_of_text(key, member, line) for member in value)
    return " ".join(printable("" if value is None else str(value)).split())


def to_date(value: object, line: int | None) -> datetime.date | None:
    """A date as it was written: Gregorian or Jalali, year first, with Latin or Persian digits; a time may follow.

    A date that was converted before stays as it is.

    Raises:
        FaultError: it is no date of either calendar.
    """
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
