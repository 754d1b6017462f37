"""Lines «label: value»: what one looks like, and which paragraphs are some.

Office programs and pages make each line a paragraph of its own, so what stands below one another tells it:

    طول پروژه: ۳۴۰۰ متر
    پیمانکار: شرکت راه‌سازان الوند
    اعتبار: ۱۲ میلیارد تومان
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from retrieval.text.orthography import bare
from retrieval.types import Block, Kind

MAX_LABEL, MAX_VALUE = 40, 160
"""Code points of a label before its colon, and of the value behind it: a speaker's turn is longer."""
MIN_PAIRS = 3
"""Paragraphs below one another that are pairs; two may be headings («فصل اول: …», «ماده ۱: …»)."""

_PAIR = re.compile(rf"[^:.!؟?؛|\n]{{2,{MAX_LABEL}}}:\s+\S")
_ENDS = ".!…"


def is_pair(text: str, start: int, end: int) -> bool:
    """Whether a line reads «label: value»; a question has no value."""
    return end - start <= MAX_LABEL + MAX_VALUE and text[end - 1] not in "؟?" and bool(_PAIR.match(text, start, end))


def with_pairs(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a text, its paragraphs that are labels with values told.

    A label that comes back in the text is a speaker's name, and a value that ends as a sentence is one.
    """
    if text.count(":") < MIN_PAIRS:  # as in most texts
        return list(blocks)
    labels = [_label(text, block) for block in blocks]
    counts = Counter(filter(None, labels))
    found: list[Block] = []
    for is_label, group in groupby(zip(labels, blocks, strict=True), key=lambda one: counts[one[0]] == 1):
        run = [block for _, block in group]
        are_pairs = is_label and len(run) >= MIN_PAIRS
        found += [block._replace(kind=Kind.PAIR) for block in run] if are_pairs else run
    return found


def _label(text: str, block: Block) -> str:
    """The label of a paragraph; "" where it has none."""
    kind, start, end, _ = block
    if kind is not Kind.PARAGRAPH or not is_pair(text, start, end) or text[end - 1] in _ENDS:
        return ""
    return "" if text.count("\n", start, end) else bare(text[start : text.index(":", start)])
