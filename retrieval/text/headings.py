"""Headings among the blocks of a text: short lines that are no sentences, above what they name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.text.captions import with_captions
from retrieval.text.furniture import furnished
from retrieval.text.item_marks import NUMBER
from retrieval.text.led_lines import with_led_lines
from retrieval.text.pairs import with_pairs
from retrieval.text.sentences import STOP
from retrieval.text.signatures import with_signatures
from retrieval.text.turns import with_turns
from retrieval.types import Block, Kind

MAX_HEADING, MAX_HEADING_WORDS = 80, 12
"""Code points and words of a line that may be a heading."""
MAX_TITLE = 120
"""Code points of a line that opens a text, and that a blank line parts from what it names."""
MAX_QUESTION = 160
"""Code points of a question that its answer stands below."""

SENTENCE_END = re.compile(r"[.!؟?…][»\"”’')\]]*\Z")
"""Finds where a text ends as a sentence."""
_FULL_STOP = re.compile(r"(?<!\d)\.(?=[\s»”\"])|؟\s*\S|؛\Z")
"""Finds a mark that no heading has inside; «سیل؛ راه‌ها بسته شد» is one."""
_ALONE = (Kind.PARAGRAPH, Kind.ITEM)
_LISTED = (Kind.ITEM, Kind.HEAD_ROW, Kind.ROW, Kind.PAIR, Kind.CAPTION)


def with_headings(text: str, blocks: Sequence[Block], level: int) -> list[Block]:
    """The blocks of a text, with its furniture and the headings among its paragraphs told.

    Args:
        text: what holds them.
        blocks: in order.
        level: of the headings; one more for a speaker or a question, one less for another line that opens the text,
            unless it begins as other headings do («فصل اول», «فصل دوم»).

    Below a line that ends in a colon stands what it names: a list or a table, to which it leads in and which alone it
    names, or other blocks, of which it is the heading. Of many short lines only the last two name others.
    """
    found = with_signatures(text, with_captions(text, list(furnished(text, blocks)), level))
    found = with_led_lines(text, with_turns(text, with_pairs(text, found), level + 1))
    for place in reversed(range(len(found) - 1)):
        kind, start, end, _ = found[place]
        if (
            kind in _ALONE
            and end - start <= MAX_QUESTION
            and _may_name(text, found, place)
            and _is_heading(text, found, place)
        ):
            is_title = not place and not _begins_alike(text, found)
            own = level + 1 if text[end - 1] in ":؟?" else level - is_title
            found[place] = Block(Kind.HEADING, start, end, own)
    return found


def _begins_alike(text: str, blocks: Sequence[Block]) -> bool:
    """Whether the first block begins with the same word as a heading."""
    first, *others = [blocks[0], *(block for block in blocks[1:] if block.kind is Kind.HEADING)]
    return any(_first_word(text, first) == _first_word(text, block) for block in others)


def _first_word(text: str, block: Block) -> str:
    return text[block.start : block.end].split(maxsplit=1)[0]


def _may_name(text: str, blocks: Sequence[Block], place: int) -> bool:
    """Whether a block is neither what the line above it names nor one of many short lines; a line with a colon may."""
    if not place or text[blocks[place].end - 1] == ":":
        return True
    above = blocks[place - 1]
    is_named = above.kind is Kind.PARAGRAPH and text[above.end - 1] == ":"
    return not is_named and [block.kind for block in blocks[place + 1 : place + 3]] != [Kind.HEADING] * 2


def _is_heading(text: str, blocks: Sequence[Block], place: int) -> bool:
    """Whether a paragraph or item is the heading of the block below: a line without a sentence, above a longer one."""
    block, below = blocks[place : place + 2]
    line = text[block.start : block.end]
    if below.kind is Kind.FURNITURE:
        return False
    if "\n" in line or len(line) > _room(text, blocks, place):
        return False
    if block.kind is Kind.ITEM:
        number = NUMBER.match(line)
        has_stop = STOP.search(line, number.end() if number else 0)
        return _stands_alone(blocks, place) and not has_stop and _is_longer(text, below)
    if line[-1] == ":":
        return below.kind not in _LISTED and not STOP.search(line)
    if line[0] in "([" or ends_statement(line) or _FULL_STOP.search(line):
        return False
    is_long = place > 0 and line[-1] not in "؟?" and len(line.split()) > MAX_HEADING_WORDS
    return not is_long and (below.kind is not Kind.PARAGRAPH or _is_longer(text, below))


def _room(text: str, blocks: Sequence[Block], place: int) -> int:
    """Code points that a heading at some place may have."""
    block, below = blocks[place : place + 2]
    if text[block.end - 1] in "؟?":
        return MAX_QUESTION
    return MAX_TITLE if not place and text.count("\n", block.end, below.start) > 1 else MAX_HEADING


def _stands_alone(blocks: Sequence[Block], place: int) -> bool:
    """Whether an item is the only one of its list, above a paragraph: a numbered heading."""
    above = blocks[place - 1] if place else None
    return blocks[place + 1].kind is Kind.PARAGRAPH and (above is None or above.kind is not Kind.ITEM)


def _is_longer(text: str, below: Block) -> bool:
    """Whether a paragraph has sentences, is longer than a heading, or leads to what stands below it."""
    if below.end - below.start > MAX_HEADING or text[below.end - 1] == ":":
        return True
    return SENTENCE_END.search(text, below.start, below.end) is not None


def ends_statement(text: str) -> bool:
    """Whether a text ends as a sentence that is no question."""
    return SENTENCE_END.search(text) is not None and text[-1] not in "؟?"
