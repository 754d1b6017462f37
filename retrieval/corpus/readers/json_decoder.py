"""JSON of others → values, within bounds of memory."""

from __future__ import annotations

import json
import re

from retrieval.corpus.readers.values import Number

MAX_TOKENS = 1_000_000
"""Strings, commas and brackets of one value that is decoded as a whole: two of them take up to 300 bytes of memory."""
MAX_LETTERS = 20_000_000
"""Code points of one such value: twice those of the longest article."""
MAX_NESTED = 1000
"""Lists and objects inside one another in it, as many as Python's stack allows."""

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.?)*+"?|[,{}\[\]]', re.DOTALL)
"""What tells how much is in a JSON text: a string, also one without an end, or a mark outside strings."""


def _without_value(_: str) -> None:
    """What NaN and the infinities are."""


class TooMuchError(ValueError):
    """A value has more in it than an article has; the message says of what."""


def check_size(text: str, at: int) -> int:
    """Look at how much is in the value that begins at a place: decoded, it takes many times its letters in memory.

    Returns:
        The place up to which no value from there on is too large.

    Raises:
        TooMuchError: it has more than `MAX_TOKENS` or `MAX_LETTERS`.
        RecursionError: more than `MAX_NESTED` stand inside one another.
    """
    if len(text) - at <= MAX_TOKENS:
        return len(text)
    depth = 0
    for counted, token in enumerate(_TOKEN.finditer(text, at)):
        mark, end = text[token.start()], token.end()
        if mark in "{[":
            depth += 1
        elif mark in "}]":
            depth -= 1
        if depth > MAX_NESTED:
            raise RecursionError
        if end - at > MAX_LETTERS:
            raise TooMuchError(f"it has more than {MAX_LETTERS:,} letters in it")
        if depth <= 0:
            return end
        if counted > MAX_TOKENS:
            raise TooMuchError(f"it has more than {MAX_TOKENS:,} strings and marks in it")
    return len(text)


DECODER = json.JSONDecoder(parse_int=Number, parse_float=Number, parse_constant=_without_value, strict=False)
"""Keeps numbers as they are written; a control character in a string costs nothing. See `check_size` before."""
NOT_JSON: tuple[type[Exception], ...] = (ValueError, RecursionError)
"""What it raises, and what `check_size` does."""


def not_json(error: Exception) -> str:
    """Why a text is not read by `DECODER` and `check_size`."""
    if isinstance(error, TooMuchError):
        return str(error)
    told = error.msg if isinstance(error, json.JSONDecodeError) else "too much stands inside one another"
    return f"it is not JSON ({told})"
