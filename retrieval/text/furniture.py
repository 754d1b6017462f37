"""Furniture: lines that agencies and page templates add to an article, told by their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from retrieval.text.word_tables import read, rows, sections
from retrieval.types import Block, Kind

MAX_FURNITURE = 120
"""Code points of a line that may be furniture."""

MAX_END_CODE = 40
"""Code points of an end code behind the last sentence of a paragraph."""

_TAGS = re.compile(r"(?:#[\w\u200c]+[\s،,]*)+")
_BEHIND = r"\s*(?:\Z|[^\w\s]|[\da-zA-Z]|\w{1,2}\s*(?:\Z|[/.]))"
"""What stands behind a phrase: nothing, a mark, a number or a reporter's initials. Else it begins a sentence."""


def _either(lines: str) -> str:
    """Matches any of the phrases in some lines, whatever stands between its words, in Arabic letters too."""
    phrases = [phrase for _, members in rows(lines) for phrase in members]
    either = "|".join(r"[\s\u200c]*".join(map(re.escape, re.split(r"[\s\u200c]+", phrase))) for phrase in phrases)
    return either.replace("ی", "[یيى]").replace("ک", "[کك]")


_TABLE = sections(read(__file__, "furniture.txt"))
_WHOLE = re.compile(rf"[\W_]*(?:{_either(_TABLE.pop('whole lines'))})[\W_]*")
_OPENING = re.compile(rf"[»«>\[(*•]*\s*(?:{'|'.join(map(_either, _TABLE.values()))})(?:\u200c?ها)?ی?{_BEHIND}")
_END_CODE = re.compile(rf"(?<=[.!؟?…»”\")\]])\s+(?P<code>(?:{_either(_TABLE['end codes'])}){_BEHIND}.*)\Z", re.DOTALL)


def is_furniture(text: str, start: int, end: int) -> bool:
    """Whether a line is furniture: it is short, and begins as furniture does, or holds a salutation or tags alone."""
    if end - start > MAX_FURNITURE:
        return False
    return bool(
        _OPENING.match(text, start, end) or _WHOLE.fullmatch(text, start, end) or _TAGS.fullmatch(text, start, end)
    )


def furnished(text: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of a text, its furniture told by its words.

    Items below a line of furniture belong to it, unless it is one that letters begin or end with.
    """
    above = False
    for block in blocks:
        kind, start, end, level = block
        is_told = kind is not Kind.CODE and is_furniture(text, start, end)
        above = (is_told and not _WHOLE.fullmatch(text, start, end)) or (above and kind is Kind.ITEM)
        code = (
            None
            if is_told or above or kind is Kind.CODE
            else _END_CODE.search(text, max(start, end - MAX_END_CODE), end)
        )
        if is_told or above:
            yield Block(Kind.FURNITURE, start, end)
        elif code:
            yield Block(kind, start, code.start(), level)
            yield Block(Kind.FURNITURE, code.start("code"), end)
        else:
            yield block
