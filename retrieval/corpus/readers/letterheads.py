"""The fields that the head of a letter, a mail or a dispatch states in lines «label: value».

    شماره: ۱۴۰۴/۲۲۸
    تاریخ: ۱۴۰۴/۰۷/۰۵
    موضوع: ساعت کار نیمهٔ دوم سال

The lines stay in the text. For the day see `datelines`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.corpus.readers.datelines import MAX_HEAD
from retrieval.text.orthography import bare
from retrieval.types import Block, Kind

_LABELS = {
    "title": ("موضوع", "تیتر", "عنوان خبر", "عنوان مطلب", "عنوان نامه"),
    "author": ("خبرنگار", "گزارشگر", "نویسنده"),
    "source": ("منبع", "خبرگزاری"),
}
"""The fields, and the labels of each."""
_FIELDS = {bare(label): field for field, labels in _LABELS.items() for label in labels}
_TITLE = bare("عنوان")
_LABEL = re.compile(r"(\S+)\s?:\s")
"""Finds labels of one word, also behind others in the cell of a letterhead: «شماره: ۱۲ تاریخ: ۱۴۰۳/۰۱/۰۶»."""
_STATING = frozenset((Kind.PAIR, Kind.ROW, Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM))
MAX_STATED = 200
"""Code points of a line that states a field."""
MAX_LOOKED_AT = 2 * MAX_STATED
"""Code points of a block that are looked at; a paragraph may have millions."""
_OF_LETTERS = frozenset(map(bare, ("تاریخ", "شماره", "پیوست", "از", "به", "فرستنده", "گیرنده", "خبرنگار", "لید")))
"""Labels that no profile of a book or a product has: one of them tells a head."""


def fields_at_head(text: str, blocks: Sequence[Block]) -> dict[str, str]:
    """The title, author and outlet that the pairs at the head of a text state; none where it has no such head.

    Args:
        text: what holds the blocks.
        blocks: in order.

    Office programs put such lines into tables, or write them in bold letters. A text that opens with «عنوان: …» has a
    title without such a head.
    """
    stating = (line_of(text, block) for block in blocks[:MAX_HEAD] if block.kind in _STATING)
    lines = [line for line in stating if len(line) <= MAX_STATED]
    pairs = (line.partition(":") for line in lines)
    values = {bare(" ".join(label.split())): value.strip() for label, _, value in pairs}
    if _OF_LETTERS.isdisjoint(values) and _OF_LETTERS.isdisjoint(map(bare, _LABEL.findall(" ".join(lines)))):
        label = next(iter(values), "")
        opens = bool(blocks) and blocks[0].kind is Kind.PAIR and label.split()[:1] == [_TITLE]
        return {"title": values[label]} if opens else {}
    found: dict[str, str] = {}
    for label, value in values.items():
        if field := _FIELDS.get(label):
            found.setdefault(field, value)
    return found


def line_of(text: str, block: Block) -> str:
    """The first words of a block; those of a row without what parts its cells: «تاریخ: ۱۴۰۴/۰۷/۰۵»."""
    return " ".join(text[block.start : min(block.end, block.start + MAX_LOOKED_AT)].replace("|", " ").split())
