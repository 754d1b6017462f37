"""Furniture: lines that agencies and page templates add to an article, told by their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from retrieval.text.word_tables import read, rows
from retrieval.types import Block, Kind

MAX_FURNITURE = 120
"""Code points of a line that may be furniture."""

_TAGS = re.compile(r"(?:#[\w\u200c]+[\s،,]*)+")
_BEHIND = r"\s*(?:\Z|[^\w\s]|[\da-zA-Z]|\w{1,2}\s*(?:\Z|[/.]))"
"""What stands behind a phrase: nothing, a mark, a number or a reporter's initials. Else it begins a sentence."""


def _openings() -> re.Pattern[str]:
    """Matches where a phrase of the table begins a line, whatever stands between its words, in Arabic letters too."""
    phrases = [phrase for _, members in rows(read(__file__, "furniture.txt")) for phrase in members]
    either = "|".join(r"[\s\u200c]*".join(map(re.escape, re.split(r"[\s\u200c]+", phrase))) for phrase in phrases)
    either = either.replace("ی", "[یيى]").replace("ک", "[کك]")
    return re.compile(rf"[»«>\[(*•]*\s*(?:{either})(?:\u200c?ها)?ی?{_BEHIND}")


_OPENING = _openings()


def is_furniture(text: str, start: int, end: int) -> bool:
    """Whether a line is furniture: it is short, and begins as furniture does or holds tags alone."""
    if end - start > MAX_FURNITURE:
        return False
    return bool(_OPENING.match(text, start, end) or _TAGS.fullmatch(text, start, end))


def furnished(text: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of a text, its furniture told by its words; items below a line of furniture belong to it."""
    above = False
    for block in blocks:
        above = _is_of(text, block) or (above and block.kind is Kind.ITEM)
        yield Block(Kind.FURNITURE, block.start, block.end) if above else block


def _is_of(text: str, block: Block) -> bool:
    return block.kind is not Kind.CODE and is_furniture(text, block.start, block.end)
