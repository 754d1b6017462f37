"""How often, at which hour and of what somebody wants to be told what has come: «هر جمعه ساعت ۸ شب دربارهٔ آب»."""

from __future__ import annotations

import re
from typing import NamedTuple

MORNING = 8
"""The hour of a digest whose hour is not given."""

_GAP = r"[\s\u200c]*"
_WEEKDAYS = (
    f"دو{_GAP}شنبه",
    f"سه?{_GAP}شنبه",
    f"چ(?:ه)?ار{_GAP}شنبه",
    f"پنج{_GAP}شنبه",
    "جمعه",
    "شنبه",
    f"یک{_GAP}شنبه",
)
"""Patterns of the days of the week, Monday first, as `datetime` counts them."""

_DAY = rf"(?P<day>{'|'.join(_WEEKDAYS)})(?:{_GAP}ها)?"
_WISH = re.compile(
    rf"(?:(?P<daily>هر{_GAP}روز|روزانه|daily)|(?:(?P<weekly>هر{_GAP}هفته|هفتگی|weekly)|هر)?(?:\s*{_DAY})?)"
    r"(?:\s+(?:(?:در|سر)\s+)?(?:ساعت\s*)?(?P<hour>[0-9۰-۹]{1,2})(?!\d)"
    r"(?:\s*(?P<part>صبح|ظهر|بعد\s*از\s*ظهر|عصر|شب)\b)?)?"
    r"(?:\s+(?:(?:دربارهٔ|درباره‌ی|درباره|در\s+مورد|about)\s+)?(?P<topic>\S.*))?",
    re.DOTALL,
)
_MIDNIGHT = (12, "شب")
_BEHIND_NOON = {"صبح": range(0), "ظهر": range(1, 5), "شب": range(6, 12)}
"""The hours to which a part of the day adds twelve, where these are not all before noon: «۱ شب» is behind midnight."""


class Wish(NamedTuple):
    """What somebody wants to be told.

    Args:
        days: from one digest to the next, 1 or 7.
        weekday: the day of the week, 0 for Monday; None where none is given.
        hour: of the day, 0 to 23.
        topic: what the articles are to be about; "" for all.
    """

    days: int
    weekday: int | None
    hour: int
    topic: str


def wished(text: str) -> Wish | None:
    """What a text wants to be told; None where it does not say how often, or where there is no such hour."""
    found = _WISH.fullmatch(text.strip())
    if found is None or not (found["daily"] or found["weekly"] or found["day"]):
        return None
    hour = _hour(int(found["hour"]), found["part"] or "صبح") if found["hour"] else MORNING
    day = next((place for place, name in enumerate(_WEEKDAYS) if re.fullmatch(name, found["day"] or "")), None)
    return Wish(1 if found["daily"] else 7, day, hour, (found["topic"] or "").strip()) if hour < 24 else None


def _hour(told: int, part: str) -> int:
    """The hour of the day for one that is told with a part of the day: 20 for «۸ شب»."""
    if (told, part) == _MIDNIGHT:
        return 0
    return told + 12 * (told in _BEHIND_NOON.get(part, range(1, 12)))
