"""A line of the stream that `bot ask -` reads: a question, or a JSON object with what was asked before and the day."""

from __future__ import annotations

import datetime
import json
from typing import NamedTuple

from retrieval import PasokhError


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
        before = row.get("after", after) or ()
        asked = (before,) if isinstance(before, str) else tuple(before)
        now = datetime.date.fromisoformat(row["now"]) if row.get("now") else None
        if not all(isinstance(text, str) for text in (row["question"], *asked)):
            raise TypeError
    except ValueError:
        if _is_json(line):
            raise PasokhError(f"«{line[:80]}»: `now` is no day; write it as YYYY-MM-DD") from None
        return AskedLine(line, after)
    except (TypeError, LookupError, AttributeError):
        raise PasokhError(
            f'«{line[:80]}» is no question; write {{"question": "…", "after": ["…"], "now": "YYYY-MM-DD"}}'
        ) from None
    return AskedLine(row["question"], asked, now)


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True
