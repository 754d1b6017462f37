"""Lines that name the table above or below them, where nothing marks them: «جدول ۱- سقف وام»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.types import Block, Kind

MAX_CAPTION = 120
"""Code points of a line that names a table."""

_TABLE = re.compile(r"جدول\s+(?:شماره\S?\s*)?[(\[]?\d")
_STATEMENT = ".!"
_ROWS = (Kind.HEAD_ROW, Kind.ROW)


def with_captions(text: str, blocks: Sequence[Block], level: int) -> list[Block]:
    """The blocks of a text, its lines that name a table told.

    Args:
        text: what holds them.
        blocks: in order.
        level: of headings that are marked as none, which may be such lines.
    """
    found = list(blocks)
    if "جدول" not in text:  # as in most texts
        return found
    for place, block in enumerate(found):
        above, below = found[place - 1 : place], found[place + 1 : place + 2]
        if any(one.kind in _ROWS for one in (*above, *below)) and _names_table(text, block, level):
            found[place] = Block(Kind.CAPTION, block.start, block.end)
    return found


def _names_table(text: str, block: Block, level: int) -> bool:
    kind, start, end, own = block
    is_line = kind is Kind.PARAGRAPH or (kind is Kind.HEADING and own == level)
    is_short = is_line and end - start <= MAX_CAPTION and text[end - 1] not in _STATEMENT
    return is_short and _TABLE.match(text, start, end) is not None and not text.count("\n", start, end)
