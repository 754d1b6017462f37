"""Number formats of spreadsheets: a stored number → what its cell shows.

    #,##0 "ریال": 1250000 → 1,250,000 ریال    0%: 0.25 → 25%    yyyy-mm-dd: 45934 → 2025-10-04    0000000000: 12 → …12

Days are shown as 2025-10-04, or as 1404-07-12 where the format is of the Persian calendar or of Iran. Defined in
ECMA-376, part 1, section 18.8.31.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from retrieval.text.jalali import JalaliDay

FORMATS_KEPT = 1_000
"""Formats that are kept in memory."""
MAX_FORMAT = 200
"""Code points of a format; a longer one is none."""
MAX_NUMBER = 1e15
"""Numbers beyond it are shown as they are stored."""
MAX_DIGITS = 30
"""Digits of a format before, and behind, its decimal point."""
FIRST_YEAR = 1901
"""Days before it are none: programs store 0 or 1 where they know of no date."""

BUILT_IN: Mapping[str, str] = {
    "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "37": "#,##0", "38": "#,##0",
    "39": "#,##0.00", "40": "#,##0.00", "45": "mm:ss", "46": "[h]:mm:ss", "47": "mm:ss", "22": "yyyy-mm-dd h:mm",
    **dict.fromkeys(map(str, (14, 15, 16, 17, *range(27, 32), 36, *range(50, 59))), "yyyy-mm-dd"),
    **dict.fromkeys(("18", "20", "32", "34"), "h:mm"),
    **dict.fromkeys(("19", "21", "33", "35"), "h:mm:ss"),
}  # fmt: skip
"""The formats that files name by number alone (section 18.8.30); days of any order are shown alike."""

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[(?P<bracket>[^\]]*)\]|[_*].|(?P<general>General)|AM/PM|A/P|(?P<sign>.)',
    re.DOTALL | re.IGNORECASE,
)
_GENERAL = "General"
_UNREAD = re.compile(r"[eE][+-]|[#?]/|/[#?]")
_OF_IRAN = re.compile(r"\$[^-]*-(?:fa\b|fa-IR|[\da-f]*0?429\b|16[\da-f]{4}\b|[^,]*,16)", re.IGNORECASE)
_EPOCH, _EPOCH_1904 = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)


class _Format(NamedTuple):
    """One of the sections of a number format.

    Args:
        is_day, is_time: whether it shows a day, and a time of day.
        is_duration: whether its hours go on beyond 24.
        is_jalali: whether its days are those of Iran.
        before, behind: what is written around the digits.
        digits: their places, or `_GENERAL` for a number as it is stored; "" where only what is around them is shown.
        is_percent: whether hundredths are shown.
    """

    is_day: bool
    is_time: bool
    is_duration: bool
    is_jalali: bool
    before: str
    digits: str
    behind: str
    is_percent: bool


def shown(value: str, code: str, *, is_1904: bool = False) -> str:
    """What a cell shows; "" for what is no number.

    Args:
        value: the number as it is stored.
        code: the format; "" for the general one.
        is_1904: whether days count from 1904 on.
    """
    try:
        number = Decimal(value.strip())
        if not number.is_finite():
            return ""
        sections = _sections(code) if len(code) <= MAX_FORMAT else []
        if not sections or abs(number) > MAX_NUMBER:
            return _general(value.strip(), number)
        place = (1 if number < 0 else 2 if not number else 0) if len(sections) > 1 else 0
        form = sections[place] if place < len(sections) else sections[0]
        if form.is_day or form.is_time:
            return _moment(float(number), form, is_1904=is_1904)
        is_signed = number < 0 and (len(sections) == 1 or place >= len(sections))
        return _number(value.strip(), number if is_signed else abs(number), form)
    except (ArithmeticError, ValueError):
        return ""


def _general(value: str, number: Decimal) -> str:
    """A number without a format: as it is stored, or in fifteen digits where programs store the error of a fraction."""
    if value.lstrip("-").isdecimal() or abs(number) > MAX_NUMBER:
        return value[: 2 * MAX_DIGITS]
    return f"{float(number):.15g}"


def _number(value: str, number: Decimal, form: _Format) -> str:
    if form.digits in ("", _GENERAL):
        return f"{form.before}{_general(value, number) if form.digits else ''}{form.behind}"
    whole, _, fraction = form.digits.partition(".")
    most, least = sum(map(fraction.count, "0#?")), fraction.count("0")
    if max(len(whole), most) > MAX_DIGITS:
        return _general(value, number)
    rounded = (number * 100 if form.is_percent else number).quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    digits, _, decimals = f"{abs(rounded):f}".partition(".")
    digits = digits.zfill(whole.count("0"))
    if whole.strip("0#?,"):
        digits = _filled(whole, digits)
    elif "," in whole:
        digits = f"{int(digits):,}"
    decimals = decimals[:least] + decimals[least:].rstrip("0")
    sign, percent = "-" if rounded < 0 else "", "%" if form.is_percent else ""
    return f"{form.before}{sign}{digits}{'.' if decimals else ''}{decimals}{percent}{form.behind}"


def _filled(mask: str, digits: str) -> str:
    """Digits in the places of a format that has other signs between them, such as `0000-0000`."""
    left = list(digits)
    filled = [(left.pop() if left else "") if sign in "0#?" else sign for sign in reversed(mask)]
    return "".join([*left, *reversed(filled)])


def _moment(number: float, form: _Format, *, is_1904: bool) -> str:
    """A day, a time of day, both, or a duration."""
    seconds = round(number * 86_400)
    if form.is_duration:
        return f"{'-' if seconds < 0 else ''}{abs(seconds) // 3600}:{abs(seconds) // 60 % 60:02}"
    moment = (_EPOCH_1904 if is_1904 else _EPOCH) + datetime.timedelta(seconds=seconds)
    time = f"{moment:%H:%M}" if form.is_time else ""
    if not form.is_day:
        return time
    if moment.year < FIRST_YEAR:
        return ""
    day = moment.date().isoformat()
    if form.is_jalali:
        jalali = JalaliDay.of(moment.date())
        day = f"{jalali.year}-{jalali.month:02}-{jalali.day:02}"
    return f"{day} {time}" if time and time != "00:00" else day


@lru_cache(FORMATS_KEPT)
def _sections(code: str) -> list[_Format]:
    """The sections of a format; [] for the general one, and for those of fractions and powers."""
    if not code or code in ("@", _GENERAL) or _UNREAD.search(code):
        return []
    found: list[list[re.Match[str]]] = [[]]
    for piece in _PIECE.finditer(code):
        if piece["sign"] == ";":
            found.append([])
        else:
            found[-1].append(piece)
    return [_format_of(pieces, is_of_iran=_OF_IRAN.search(code) is not None) for pieces in found]


def _format_of(pieces: list[re.Match[str]], *, is_of_iran: bool) -> _Format:
    signs = "".join((piece["sign"] or "") for piece in pieces).lower()
    brackets = [piece["bracket"].lower() for piece in pieces if piece["bracket"]]
    is_duration = any(not bracket.strip("hms") for bracket in brackets)
    places = [place for place, piece in enumerate(pieces) if piece["general"] or (piece["sign"] or " ") in "0#?"]
    first, last = (places[0], places[-1] + 1) if places else (len(pieces), len(pieces))
    before, digits, behind = (
        "".join(map(_written, part)) for part in (pieces[:first], pieces[first:last], pieces[last:])
    )
    is_day, is_time = re.search("[yd]|mmm", signs) is not None, is_duration or re.search("[hs]", signs) is not None
    return _Format(is_day, is_time, is_duration, is_of_iran, before.lstrip(), digits, behind.rstrip(), "%" in signs)


def _written(piece: re.Match[str]) -> str:
    """What a piece of a format writes: itself, what is quoted in it, or the sign of a currency."""
    if piece["bracket"] is not None:
        return piece["bracket"][1:].partition("-")[0] if piece["bracket"].startswith("$") else ""
    if piece["general"]:
        return _GENERAL
    return piece["quoted"] or piece["escaped"] or (piece["sign"] or "").replace("%", "")
