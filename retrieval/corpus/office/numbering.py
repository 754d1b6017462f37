"""The numbers of items and headings of a Word document, which stand nowhere in its text.

A paragraph names a list (`numId`) and a level; the list names an abstract one, which many lists share and count on
together. ECMA-376, part 1, 17.9.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from retrieval.corpus.lists import MAX_NUMBER
from retrieval.corpus.numbers import whole_number
from retrieval.corpus.office.archive import attribute, child, local_name

_PLACE = re.compile(r"%([1-9])")
_ABJAD = "الف ب ج د ه و ز ح ط ی ک ل م ن س ع ف ص ق ر ش ت ث خ ذ ض ظ غ".split()
_ALPHABET = "الف ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ه ی".split()
_LETTERS = {
    "arabicAbjad": _ABJAD,
    "arabicAlpha": _ALPHABET,
    "lowerLetter": list("abcdefghijklmnopqrstuvwxyz"),
    "upperLetter": list("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
}
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class _Level(NamedTuple):
    """How the items of a level are numbered.

    Args:
        start: the first number.
        form: `decimal`, `bullet`, `arabicAbjad`, …
        text: what is shown: «%1-», «ماده %1:»; `%1` stands for the number of the first level.
    """

    start: int
    form: str
    text: str


class Numbering:
    """The lists of a document while their items are counted.

    Args:
        root: the root of the part with them; None where there is none.
    """

    def __init__(self, root: etree._Element | None) -> None:
        abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for element in root if root is not None else ():
            if local_name(element) == "abstractNum":
                abstract[attribute(element, "abstractNumId")] = _levels(element)
            elif local_name(element) == "num" and (named := child(element, "abstractNumId")) is not None:
                number, shared = attribute(element, "numId"), attribute(named, "val")
                self._lists[number] = shared, abstract.get(shared, {}) | _overridden(element)
                self._restarts[number] = _restarts(element)

    def next(self, number: str, level: int) -> str | None:
        """What stands before the next item of a list: "" for a bullet; None where the list is none."""
        shared, levels = self._lists.get(number, ("", {}))
        if level not in levels:
            return None
        counts = self._counts.setdefault(shared, {})
        for below in [other for other in counts if other > level]:
            del counts[below]
        restarts = self._restarts.get(number, {})
        counts[level] = restarts.pop(level, counts.get(level, levels[level].start - 1) + 1)
        if levels[level].form in ("bullet", "none"):
            return ""

        def shown(place: re.Match[str]) -> str:
            named = int(place[1]) - 1
            count = counts.get(named, levels[named].start if named in levels else 1)
            return _written(count, levels[named].form if named in levels else "decimal")

        return _PLACE.sub(shown, levels[level].text)


def _levels(element: etree._Element) -> dict[int, _Level]:
    levels = (inner for inner in element if local_name(inner) == "lvl")
    return {_number(attribute(level, "ilvl"), 0): _level(level) for level in levels}


def _level(element: etree._Element) -> _Level:
    start, form, text = (
        attribute(found, "val") if (found := child(element, name)) is not None else ""
        for name in ("start", "numFmt", "lvlText")
    )
    return _Level(_number(start, 1), form or "decimal", text)


def _overridden(element: etree._Element) -> dict[int, _Level]:
    """The levels that a list has of its own."""
    overrides = (inner for inner in element if local_name(inner) == "lvlOverride")
    return {
        _number(attribute(override, "ilvl"), 0): _level(level)
        for override in overrides
        if (level := child(override, "lvl")) is not None
    }


def _restarts(element: etree._Element) -> dict[int, int]:
    """By level, the number that a list begins anew with."""
    overrides = (inner for inner in element if local_name(inner) == "lvlOverride")
    return {
        _number(attribute(override, "ilvl"), 0): _number(attribute(start, "val"), 1)
        for override in overrides
        if (start := child(override, "startOverride")) is not None
    }


def _number(written: str, otherwise: int) -> int:
    return whole_number(written, otherwise, MAX_NUMBER)


def _written(count: int, form: str) -> str:
    """A number in a form."""
    if letters := _LETTERS.get(form):
        return letters[(count - 1) % len(letters)]
    if form in ("lowerRoman", "upperRoman") and 0 < count < 40:
        roman = ""
        for value, sign in _ROMAN:
            roman += sign * (count // value)
            count %= value
        return roman if form == "lowerRoman" else roman.upper()
    return str(count)
