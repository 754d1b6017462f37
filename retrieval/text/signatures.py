"""Who signs or is written to, in letters: a line with a name above one with an office. Neither says it alone.

لیلا کاظمی
معاون آموزش ابتدایی استان یزد
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from retrieval.text.orthography import bare
from retrieval.text.word_tables import word_set
from retrieval.types import Block, Kind

MAX_LINE = 80
"""Code points of either line."""
MIN_NAME_WORDS, MAX_NAME_WORDS = 2, 6
"""Words of a name, with those of politeness."""

_OFFICES = word_set(
    "مدیر مدیرکل مدیرعامل رئیس رییس معاون دبیر دبیرکل سرپرست مسئول مسوول کارشناس استاندار فرماندار بخشدار شهردار دهیار"
    " وزیر قائم‌مقام نماینده سخنگو سخنگوی سردبیر بازرس حسابدار فرمانده مشاور ذی‌حساب دادستان سرکنسول سفیر دبیرخانه"
    " سرممیز سرپرستار سوپروایزر پژوهشگر استاد دانشیار استادیار"
)
_HONORIFICS = word_set("جناب سرکار آقای خانم دکتر مهندس حجت‌الاسلام آیت‌الله سردار سرهنگ سرتیپ امیر حاج سید")
_COPIES = bare("رونوشت")
_MARK = re.compile(r"[\d.:!؟?؛…|()«»]")
_LINES = (Kind.PARAGRAPH, Kind.ITEM, Kind.HEADING)


def with_signatures(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a text, a name and the office below it as one paragraph.

    At the foot of a letter, or above those who get copies of it, any short line may be a name; elsewhere one with a
    word of politeness.
    """
    found: list[Block] = []
    place = 0
    while place < len(blocks):
        if _are_one(text, blocks, place):
            found.append(Block(Kind.PARAGRAPH, blocks[place].start, blocks[place + 1].end))
            place += 2
        else:
            found.append(blocks[place])
            place += 1
    return found


def _are_one(text: str, blocks: Sequence[Block], place: int) -> bool:
    """Whether a block is a name, and the one below it the office."""
    if place + 1 >= len(blocks):
        return False
    name, office = blocks[place : place + 2]
    if not (_is_line(text, name) and _is_line(text, office)):
        return False
    words = [bare(word) for word in text[name.start : name.end].split()]
    if not MIN_NAME_WORDS <= len(words) <= MAX_NAME_WORDS or words[0] in _OFFICES:
        return False
    if bare(text[office.start : office.end].split(maxsplit=1)[0]) not in _OFFICES:
        return False
    return words[0] in _HONORIFICS or _ends_letter(text, islice(blocks, place + 2, None))


def _is_line(text: str, block: Block) -> bool:
    is_short = block.kind in _LINES and block.end - block.start <= MAX_LINE
    is_alone = is_short and not text[text.rfind("\n", 0, block.start) + 1 : block.start].strip()
    return is_alone and not _MARK.search(text, block.start, block.end) and "\n" not in text[block.start : block.end]


def _ends_letter(text: str, below: Iterable[Block]) -> bool:
    """Whether nothing of a letter follows but copies and furniture."""
    following = next((block for block in below if block.kind is not Kind.FURNITURE), None)
    return following is None or bare(text[following.start : following.end]).startswith(_COPIES)
