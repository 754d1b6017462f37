"""The values of a row → lines and texts, whatever objects and lists they are written in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from retrieval.corpus.readers.bodies import is_body, words_of

MAX_VALUE_DEPTH = 3
"""Lists and objects inside one another in the value of a field."""
_SPEAKING = ("rendered", "name", "title", "value", "text", "$oid", "$date", "$numberLong", "$numberInt", "full_name")
"""The keys of an object in the place of a value, of which one has the value."""
MAX_NO_VALUE = 10
"""Code points of what stands for no value."""
_NO_VALUES = frozenset(("", "nan", "null", "none", "n/a", "undefined", "-"))


class Number(str):
    """A number as a file writes it, in any length."""

    __slots__ = ()


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


def first_line(values: Iterable[object] | None) -> str:
    """The first value that says something, on one line; "" where none does."""
    return next((said for value in values or () if (said := line_of(value))), "")


def longest(values: Iterable[object] | None) -> Any:
    """The value with the most words among those that can be a text; "" where none can."""
    written = list(filter(is_written, map(_spoken, values or ())))
    return max(written, key=lambda value: len(words_of(value))) if len(written) > 1 else written[0] if written else ""


def _spoken(value: object) -> object:
    """A text that an object stands for, as in `{"rendered": "<p>…"}`."""
    return next((value[key] for key in _SPEAKING if key in value), value) if isinstance(value, Mapping) else value


def is_written(value: object) -> bool:
    """Whether a value is a text with words."""
    value = _spoken(value)
    if isinstance(value, str) and value[:1].isalpha() and len(value) > MAX_NO_VALUE:  # as most texts
        return not isinstance(value, Number)
    return is_body(value) and not isinstance(value, Number) and words_of(value).lower() not in _NO_VALUES


def is_blank(value: object) -> bool:
    """Whether the place of a text is left empty."""
    return value is None or value == [] or (isinstance(value, str) and words_of(value).lower() in _NO_VALUES)
