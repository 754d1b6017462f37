"""JSON of others → values, within bounds of memory."""

from __future__ import annotations

import json
from typing import Any

from retrieval.corpus.readers.values import Number

MAX_OBJECTS = 50_000
"""Objects in one value that is decoded as a whole."""


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
