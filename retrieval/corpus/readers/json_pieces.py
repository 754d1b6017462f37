"""The objects of a JSON text that are records, each with its place, however deep they stand; damage costs one of them.

    [{…}, {…}]    {"data": {"items": [{…}, {…}]}}    {"1": {…}, "2": {…}}    {…}⏎{…}

An object that is no record is looked through for some. After an object that is broken the next one that begins with the
same key is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping
from typing import Any, NamedTuple

from retrieval.corpus.readers.json_decoder import DECODER, NOT_JSON, TooMuchError, check_size, not_json

MAX_DEPTH = 12
"""Lists and objects inside one another that are looked through."""
MAX_BROKEN = 100
"""Broken objects of a file that are passed over; with more of them the rest of it is not read."""
MAX_TOO_LARGE = 10
"""Values of a file that are looked through because they are too large to be decoded as a whole; likewise."""
MAX_VALUES = 200_000
"""Values of a file that are neither records nor in one; with more of them the rest of it is not read."""

_SPACE = re.compile(r"[\s,]*")
_FIRST_KEY = re.compile(r'\{\s*"(?P<key>(?:[^"\\\n]|\\.){1,100})"\s*:')
_COLON = re.compile(r"\s*:\s*")
_OPENINGS = ("{", "[")
"""How values begin that may hold records."""

Object = Mapping[str, object]


class Piece(NamedTuple):
    """An object of a JSON text.

    Args:
        start, end: its span.
        value: what it holds; None where it is broken.
        around: the values that stand before it in the objects that hold it, by their keys.
        reason: what is wrong with it; "" where nothing is.
    """

    start: int
    end: int
    value: dict[str, Any] | None
    around: Object
    reason: str = ""


Pieces = Generator[Piece, None, int]
"""Gives pieces, and returns the place behind what it has looked through."""


def pieces(text: str, is_record: Callable[[Object], bool], is_whole: Callable[[Object], bool]) -> Pieces:
    """The records of a text, in order, and what is broken among them.

    Args:
        text: JSON, or several JSON values one after another.
        is_record: whether an object is one; others are looked through.
        is_whole: whether an object, as far as it goes, is a record that no other stands in.
    """
    at, cutter = 0, _Cutter(text, is_record, is_whole)
    while at < len(text):
        at = yield from cutter.members(at, {}, 0)
    if cutter.passed > MAX_VALUES:
        yield Piece(at, at, None, {}, "most of its values are no articles, so the rest is not read")
    return at


class _Cutter:
    """Cuts a text.

    Attributes:
        passed: how many values it has met that are no records.
    """

    def __init__(self, text: str, is_record: Callable[[Object], bool], is_whole: Callable[[Object], bool]) -> None:
        self._text, self._is_record, self._is_whole = text, is_record, is_whole
        self._beginning: re.Pattern[str] | None = None
        self._broken = self._too_large = self._checked = 0
        self.passed = 0

    def members(self, at: int, around: Object, depth: int) -> Pieces:
        """The records of a list, or of a text."""
        while True:
            at = self._behind_space(at)
            if at >= len(self._text) or self._text[at] in "]}":
                return at + 1
            at = yield from self._value(at, around, depth)
            if self.passed > MAX_VALUES:
                return len(self._text)

    def _value(self, at: int, around: Object, depth: int) -> Pieces:
        self.passed += 1
        if self._text[at] == "[" and depth < MAX_DEPTH:
            return (yield from self.members(at + 1, around, depth + 1))
        try:
            if at >= self._checked:
                self._checked = check_size(self._text, at)
            value, end = DECODER.raw_decode(self._text, at)
        except NOT_JSON as error:
            return (yield from self._broken_value(at, around, depth, error))
        if not isinstance(value, dict):
            return end
        if self._is_record(value):
            self.passed -= 1
            self._beginning = self._beginning or _beginning(self._text, at)
            yield Piece(at, end, value, around)
            return end
        holds_others = any(isinstance(one, dict | list) for one in value.values())
        del value  # it may be most of the file, and is read again in pieces
        if holds_others and depth < MAX_DEPTH:
            yield from self._object(at, around, depth)
        return end

    def _object(self, at: int, around: Object, depth: int) -> Pieces:
        """The records of an object, up to where it is broken."""
        own = dict(around)
        at = self._behind_space(at + 1)
        while self._text[at : at + 1] == '"' and self.passed <= MAX_VALUES:
            try:
                key, end = DECODER.raw_decode(self._text, at)
                colon = _COLON.match(self._text, end)
                if colon is None:
                    return int(end)
                at = colon.end()
                if self._text[at : at + 1] in _OPENINGS:
                    if self._is_whole(own):  # a record with an object in it, and broken
                        return at
                    at = yield from self._value(at, own, depth + 1)
                else:
                    self.passed += 1
                    own[key], at = DECODER.raw_decode(self._text, at)
            except NOT_JSON:
                return at
            at = self._behind_space(at)
        return at + 1

    def _broken_value(self, at: int, around: Object, depth: int, error: Exception) -> Pieces:
        """What can be read of a broken value: the records in an object, if there are some."""
        end = at
        self._too_large += isinstance(error, TooMuchError)
        can_go_on = self._too_large < MAX_TOO_LARGE and self._broken + 1 < MAX_BROKEN
        if self._text[at] == "{" and depth < MAX_DEPTH and can_go_on:
            inner, found = self._object(at, around, depth), False
            try:
                while True:
                    yield next(inner)
                    found = True
            except StopIteration as stop:
                end = int(stop.value)
            if found:
                return end
        self._broken += 1
        beginning = self._beginning or _beginning(self._text, at)
        is_deep = isinstance(error, RecursionError)  # what follows stands inside it
        following = beginning.search(self._text, at + 1) if beginning and not is_deep else None
        end = following.start() if following and can_go_on else len(self._text)
        yield Piece(at, end, None, around, not_json(error))
        return end

    def _behind_space(self, at: int) -> int:
        space = _SPACE.match(self._text, at)
        return space.end() if space else at


def _beginning(text: str, at: int) -> re.Pattern[str] | None:
    """What finds an object that begins with the same key as the one at a place."""
    first = _FIRST_KEY.match(text, at)
    return re.compile(rf'\{{\s*"{re.escape(first["key"])}"\s*:') if first else None
