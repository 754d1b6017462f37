"""Short paragraphs below a line with a colon: the items of a list, in what makes a paragraph of each line.

نتایج هفتهٔ پنجم:

شهداب یزد ۳ - ۱ پیکان

سایپا ۳ - ۰ نیان
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from retrieval.text.sentences import STOP
from retrieval.types import Block, Kind

MAX_ITEM = 100
"""Code points of an item without a bullet."""
MIN_ITEMS = 2


def with_led_lines(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a text, short paragraphs without a sentence below a line with a colon as items.

    A line that comes back is a speaker's name. The last of them that stands above a longer paragraph is the heading of
    that one, and no item.
    """
    found = list(blocks)
    if ":\n" not in text:  # as in most texts
        return found
    leading = Counter(text[block.start : block.end] for block in blocks if _leads(text, block))
    place = 0
    while place < len(found):
        above = found[place]
        place += 1
        if not _leads(text, above) or leading[text[above.start : above.end]] > 1:
            continue
        end = place
        while end < len(found) and _is_short(text, found[end]):
            end += 1
        if end < len(found) and found[end].kind is Kind.PARAGRAPH:
            end -= 1
        if end - place >= MIN_ITEMS:
            found[place:end] = [block._replace(kind=Kind.ITEM) for block in found[place:end]]
        place = max(place, end)
    return found


def _leads(text: str, block: Block) -> bool:
    return block.kind is Kind.PARAGRAPH and text[block.end - 1] == ":"


def _is_short(text: str, block: Block) -> bool:
    """Whether a paragraph is one short line that is no sentence and names nothing below it."""
    kind, start, end, _ = block
    if kind is not Kind.PARAGRAPH or end - start > MAX_ITEM or text[end - 1] in ":؟?":
        return False
    return not STOP.search(text, start, end) and not text.count("\n", start, end)
