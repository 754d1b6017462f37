"""Dates as people and programs write them → the day in Tehran.

    1396/02/28 - 22:57    2026-10-19T21:30:00Z    20/12/1396    93/04/18    13930418    1413840600
    شنبه ۲۳ بهمن ۱۳۸۹ - ۰۹:۰۵    19 اکتبر 2026    Mon, 19 Oct 2026 19:30:00 GMT    October 19, 2026

A moment with a zone is turned into Tehran's; one without was written there. Years below 1700 are Jalali.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from functools import cache
from zoneinfo import ZoneInfo

from retrieval.text.jalali import JalaliDay
from retrieval.text.orthography import HALF_SPACE, bare, fold
from retrieval.text.word_tables import read, rows, sections

FIRST_GREGORIAN_YEAR = 1700
"""Years before it are read as Jalali: no article is that old, and Jalali years will not reach it soon."""
FIRST_JALALI_YEAR = 1000
"""Years before it are none: programs write 0 or 1 where they know of no date."""
LAST_SHORT_YEAR = 40
"""Of a year in two digits: up to it the century is 1400, or 2000; beyond it, 1300 or 1900."""
MAX_DATE = 200
"""Code points that are looked at for a date."""

_EPOCH = re.compile(r"(\d{10})(?:\.\d+|\d{3})?")
_ZONE = re.compile(
    r"[\s\-–|:،t]*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?"
    r"\s*(?:(?:utc|gmt)?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})(?!\d)|(?:z|utc|gmt|ut)\b)"
)


def day_of(value: object) -> datetime.date | None:
    """The day that the value of a field names.

    Args:
        value: a date or a moment; a text that holds one; seconds or milliseconds since 1970.

    Returns:
        None where the value is no date in any of the forms above.
    """
    if isinstance(value, datetime.datetime):
        return _in_tehran(value) if value.tzinfo else value.date()
    if isinstance(value, datetime.date):
        return value
    written = _plain(str(value))
    if epoch := _EPOCH.fullmatch(written):
        return _in_tehran(datetime.datetime.fromtimestamp(int(epoch[1]), datetime.UTC))
    return _first_day(written, (*_forms().whole, *_forms().short))


def day_in(text: str) -> datetime.date | None:
    """The first day that a text names with its whole year, such as a title or a line of a page."""
    return _first_day(_plain(text), _forms().whole)


@cache
def gregorian_months() -> dict[str, int]:
    """The Gregorian months in Persian letters, by the names that they have in Iran and Afghanistan."""
    names = _forms().months.items()
    return {name: month for name, (month, is_jalali) in names if is_jalali is False and not name.isascii()}


def _plain(text: str) -> str:
    return " ".join(fold(text[:MAX_DATE]).replace(HALF_SPACE, " ").split())


def _first_day(written: str, forms: Iterable[re.Pattern[str]]) -> datetime.date | None:
    for form in forms:
        for match in form.finditer(written):
            try:
                return _day(match, written[match.end() :])
            except (ValueError, OverflowError):
                continue
    return None


def _day(match: re.Match[str], rest: str) -> datetime.date:
    """The day of a match.

    Args:
        match: of one of the forms.
        rest: what stands behind it, which may tell time and zone.

    Raises:
        ValueError: there is no such day.
    """
    forms = _forms()
    month, is_jalali = forms.months.get(match["month"], (0, None))
    year, month, day = int(match["year"]), month or int(match["month"]), int(match["day"])
    if len(match["year"]) == 2:
        year += 100 * (20 if is_jalali is False else 14) - (100 if year > LAST_SHORT_YEAR else 0)
    if month > 12 >= day and match.end("day") < match.start("month") < match.start("year"):  # as in America
        month, day = day, month
    if is_jalali is None:
        is_jalali = year < FIRST_GREGORIAN_YEAR
    if is_jalali != (year < FIRST_GREGORIAN_YEAR) or year < FIRST_JALALI_YEAR:
        raise ValueError(f"{year} is no year of that calendar")
    return JalaliDay(year, month, day).gregorian() if is_jalali else _of_zone(datetime.datetime(year, month, day), rest)


def _of_zone(midnight: datetime.datetime, rest: str) -> datetime.date:
    """The day in Tehran of a time on some day."""
    zone = _ZONE.match(rest)
    if not zone:
        return midnight.date()
    offset = datetime.timedelta(hours=int(zone["hours"] or 0), minutes=int(zone["minutes"] or 0))
    zoned = datetime.timezone(-offset if zone["sign"] == "-" else offset)
    return _in_tehran(midnight.replace(hour=int(zone["hour"]), minute=int(zone["minute"]), tzinfo=zoned))


def _in_tehran(moment: datetime.datetime) -> datetime.date:
    return moment.astimezone(ZoneInfo("Asia/Tehran")).date()


class _Forms:
    """The forms of dates, and what their months mean.

    Args:
        table: of the months' names.
    """

    def __init__(self, table: str) -> None:
        self.months: dict[str, tuple[int, bool | None]] = {
            bare(name): (number, calendar == "jalali")
            for calendar, lines in sections(table).items()
            for number, (_, names) in enumerate(rows(lines), start=1)
            for name in names
        }
        name = f"(?P<month>{'|'.join(sorted(self.months, key=len, reverse=True))})"
        day, month = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})"
        year, short = r"(?<!\d)(?P<year>\d{4})(?!\d)", r"(?<!\d)(?P<year>\d{2})(?!\d)"
        mark, gap = r"\s?[-/.]\s?", r"[\s\-/.]{1,3}"
        named = rf"(?<!\d){day}\s?(?:ام|م|st|nd|rd|th)?{gap}(?:of )?{name}(?:\s?ماه)?{gap}(?:سال )?"
        self.whole = tuple(
            re.compile(form)
            for form in (
                rf"{year}{mark}{month}{mark}{day}(?!\d)",
                named + year,
                rf"\b{name} {day}(?:st|nd|rd|th)? {year}",
                rf"{year}{gap}{name}{gap}{day}(?!\d)",
                rf"(?<!\d){day}{mark}{month}{mark}{year}",
            )
        )
        """With the whole year."""
        self.short = tuple(
            re.compile(form)
            for form in (
                r"^(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?=\D|\d{4}|$)",
                rf"{short}{mark}{month}{mark}{day}(?!\d)",
                named + short,
            )
        )
        """Where nothing but a date is expected."""


@cache
def _forms() -> _Forms:
    return _Forms(read(__file__, "months.txt"))
