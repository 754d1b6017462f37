"""Question rows, asked in chats, each after those before it, and judged by what is told.

The rows are those of `retrieval.evaluation.datasets.question_rows` with more fields: `kind`, what the figures are
grouped by; `also`, a further status that is right; `must_not`, what the first claim may not contain; `must_any_claim`,
what all claims together must contain; `once`, whether no two claims may quote the same words; and `articles`, the
folder inside the corpus that a row is asked of.
"""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from retrieval.corpus.encoding import read_text
from retrieval.errors import CorpusError
from retrieval.evaluation.answering.chats import Answered, NewChat
from retrieval.evaluation.answering.outcomes import Judgement, Outcome, without_claim
from retrieval.evaluation.datasets.judged import NAME_A_FILE
from retrieval.evaluation.datasets.question_rows import squeeze
from retrieval.text.safe import printable

ENDING = ".jsonl"
ANSWERED, NOT_FOUND, GREETING, CLARIFY = "answered", "not_found", "greeting", "clarify"
ALL = "all"
_REMEDY = 'write an object with "question" and "status"; "must" and its like are lists of texts'
_MARKS = re.compile(r"[^\w<>&]+|_+")
"""What is not compared. What HTML is made of is, for a row may ask that none is left."""
_BETWEEN_THOUSANDS = re.compile(r"(?<=\d)[,٬](?=\d{3})")
_BETWEEN_NUMBERS = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_TOGETHER = ("compar", "two", "multi")
"""In the names of kinds whose answers are told by several claims."""


class Row(NamedTuple):
    """A question with what is right.

    Args:
        question: as it is asked.
        after: the questions before it.
        statuses: any of which is right.
        must, must_not: pieces that the first claim has to contain, and may not.
        must_any: pieces that all claims together have to contain.
        once: whether no two claims may quote the same words.
        kind: what it is counted by; "" for none.
        folder: the folder inside the corpus; "" for the corpus itself.
    """

    question: str
    after: tuple[str, ...]
    statuses: frozenset[str]
    must: tuple[str, ...]
    must_not: tuple[str, ...]
    must_any: tuple[str, ...]
    once: bool
    kind: str
    folder: str

    @property
    def answerable(self) -> bool:
        """Whether the articles answer it."""
        return NOT_FOUND not in self.statuses


def are_of_folders(path: Path) -> bool:
    """Whether the rows of a file name the folders that they are asked of, as far as its first line tells."""
    return path.suffix.lower() == ENDING and "articles" in first_object(path)


def first_object(path: Path) -> Mapping[str, Any]:
    """The object that a file's first line is; an empty one where it is none, or cannot be read."""
    try:
        found = json.loads(read_text(path, NAME_A_FILE).lstrip("\n").split("\n", 1)[0])
    except (CorpusError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def read(path: Path) -> tuple[Row, ...]:
    """The rows of a file.

    Raises:
        CorpusError: the file cannot be read, or a line of it is of another form.
    """
    lines = enumerate(read_text(path, NAME_A_FILE).split("\n"), start=1)
    return tuple(_row(line, path, number) for number, line in lines if line.strip())


def _row(line: str, path: Path, number: int) -> Row:
    try:
        row = json.loads(line)
        question, status, after = row["question"], row.get("status", ANSWERED), row.get("after") or ()
        if not isinstance(question, str) or not isinstance(status, str):
            raise TypeError
        before = (after,) if isinstance(after, str) else _texts(row, "after")
        must, kind = _texts(row, "must"), str(row.get("kind") or "")
        together = any(name in kind for name in _TOGETHER)
        return Row(
            printable(question.replace("\n", " ")),
            tuple(map(printable, before)),
            frozenset({status, row.get("also") or status}) | ({GREETING} if status == CLARIFY else set()),
            () if together else must,
            _texts(row, "must_not"),
            _texts(row, "must_any_claim") + (must if together else ()),
            bool(row.get("once")),
            kind,
            str(row.get("articles") or ""),
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise CorpusError(path, "it is no question", _REMEDY, number) from None


def _texts(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = row.get(name) or ()
    if isinstance(found, str) or not all(isinstance(text, str) for text in found):
        raise TypeError
    return tuple(found)


def ask(new_chat: NewChat, rows: Sequence[Row], today: datetime.date | None) -> Iterator[Judgement]:
    """What becomes of each row, in a chat of its own.

    Args:
        new_chat: begins a chat over the rows' articles.
        rows: what is asked.
        today: what «امروز» means in it; None for the day it is.
    """
    for number, row in enumerate(rows):
        chat = new_chat()
        for before in row.after:
            chat(before, today)
        answer = chat(row.question, today)
        told_in_part = bool(answer.get("in_part"))
        yield Judgement(ALL, row.kind, f"{row.folder}/{number}", row.answerable, judge(answer, row), told_in_part)


def judge(answer: Answered, row: Row) -> Outcome:
    """What became of a row."""
    claims = answer["claims"]
    if answer["status"] in row.statuses and (not claims or _holds(claims, row)):
        return Outcome.RIGHT
    return Outcome.WRONG if claims or answer["status"] != NOT_FOUND else without_claim(answer)


def _holds(claims: Sequence[Mapping[str, Any]], row: Row) -> bool:
    """Whether the claims contain what they must, and nothing that they may not."""
    said = [_folded(" ".join([*claim["context"], claim["quote"], *claim["items"]])) for claim in claims]
    told = _folded(" ".join([claims[0]["quote"], *claims[0]["items"]]))
    quoted = Counter(_folded(claim["quote"]) for claim in claims)
    return (
        all(_contains(said[0], piece) for piece in row.must)
        and not any(_contains(told, piece) for piece in row.must_not)
        and all(any(_contains(one, piece) for one in said) for piece in row.must_any)
        and not (row.once and max(quoted.values()) > 1)
    )


def _folded(text: str) -> str:
    """A text as it is compared: `squeeze`, without marks; those between two numbers become a «/»."""
    numbers = _BETWEEN_NUMBERS.split(_BETWEEN_THOUSANDS.sub("", text))
    return "/".join(_MARKS.sub("", squeeze(number)) for number in numbers)


def _contains(text: str, piece: str) -> bool:
    """Whether a folded text has a piece; one that begins or ends with a digit, not inside a longer number."""
    piece = _folded(piece)
    before, behind = (r"(?<!\d)" if piece[:1].isdigit() else ""), (r"(?!\d)" if piece[-1:].isdigit() else "")
    return re.search(before + re.escape(piece) + behind, text) is not None
