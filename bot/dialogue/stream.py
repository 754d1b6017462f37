"""A line of the stream that `bot ask -` reads: a question, or a JSON object with what was asked before and the day."""

from __future__ import annotations

import datetime
import json
from typing import NamedTuple

from retrieval import PasokhError

FORM = '{"question": "…", "after": ["…"], "now": "YYYY-MM-DD"}'
MAX_TOLD = 80
"""Letters of a line that are told where it is wrong."""


class AskedLine(NamedTuple):
    """A question of a stream.

    Args:
        question: as it was typed.
        after: the questions before it, the oldest first.
        now: what «امروز» means in it; None for the day it is.
    """

    question: str
    after: tuple[str, ...] = ()
    now: datetime.date | None = None


def read_line(line: str, after: tuple[str, ...] = ()) -> AskedLine:
    """A line of the stream.

    Args:
        line: a question, or an object with `question` and, if need be, `after` (a list, or one string) and `now`
            (YYYY-MM-DD).
        after: what was asked before, where the line does not say.

    Raises:
        PasokhError: it is an object, but not of that form.
    """
    if not line.lstrip().startswith("{"):
        return AskedLine(line, after)
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return AskedLine(line, after)  # a question may begin with a brace
    before = row.get("after") if "after" in row else after
    asked = (before,) if isinstance(before, str) else before or ()
    if not isinstance(asked, list | tuple) or not all(isinstance(text, str) for text in (row.get("question"), *asked)):
        raise PasokhError(f"«{line[:MAX_TOLD]}» is no question; write {FORM}")
    try:
        now = datetime.date.fromisoformat(row["now"]) if row.get("now") else None
    except (TypeError, ValueError):
        raise PasokhError(f"«{line[:MAX_TOLD]}»: `now` is no day; write it as YYYY-MM-DD") from None
    return AskedLine(row["question"], tuple(asked), now)
