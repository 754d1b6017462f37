"""Headings among the blocks of a text: short lines that are no sentences, above what they name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.text.furniture import furnished
from retrieval.text.turns import with_turns
from retrieval.types import Block, Kind

MAX_HEADING, MAX_HEADING_WORDS = 80, 12
"""Code points and words of a line that may be a heading."""
MAX_QUESTION = 160
"""Code points of a question that its answer stands below."""

SENTENCE_END = re.compile(r"[.!؟?…][»\"”’')\]]*\Z")
"""Finds where a text ends as a sentence."""
STOP = re.compile(r"[.!?…؛]|؟\s*\S")
"""Finds a mark that a line without a sentence has not; a question mark may end it."""


def with_headings(text: str, blocks: Sequence[Block], level: int) -> list[Block]:
    """The blocks of a text, with its furniture and the headings among its paragraphs told.

    Args:
        text: what holds them.
        blocks: in order.
        level: of the headings; one more for a speaker or a question, one less for another line that opens the text.

    Below a line that ends in a colon stands what it names, and of many short lines only the last two name others.
    """
    found = with_turns(text, list(furnished(text, blocks)), level + 1)
    for place in reversed(range(len(found) - 1)):
        if _may_name(text, found, place) and _is_heading(text, found[place], found[place + 1]):
            _, start, end, _ = found[place]
            own = level + 1 if text[end - 1] in ":؟?" else level if place else level - 1
            found[place] = Block(Kind.HEADING, start, end, own)
    return found


def _may_name(text: str, blocks: Sequence[Block], place: int) -> bool:
    """Whether a block is neither what the line above it names nor one of many short lines; a line with a colon may."""
    if not place or text[blocks[place].end - 1] == ":":
        return True
    above = blocks[place - 1]
    is_named = above.kind is Kind.PARAGRAPH and text[above.end - 1] == ":"
    return not is_named and [block.kind for block in blocks[place + 1 : place + 3]] != [Kind.HEADING] * 2


def _is_heading(text: str, block: Block, below: Block) -> bool:
    """Whether a block is the heading of the one below: a short line that is no sentence above something longer."""
    is_question = text[block.end - 1] in "؟?"
    if block.kind is not Kind.PARAGRAPH or block.end - block.start > (MAX_QUESTION if is_question else MAX_HEADING):
        return False
    line = text[block.start : block.end]
    if line[-1] == ":" and "\n" not in line and not STOP.search(line):
        return below.kind is not Kind.FURNITURE
    if (
        "\n" in line
        or line[0] in "(["
        or STOP.search(line)
        or (not is_question and len(line.split()) > MAX_HEADING_WORDS)
    ):
        return False
    if below.kind is Kind.PARAGRAPH:
        return below.end - below.start > MAX_HEADING or bool(SENTENCE_END.search(text, below.start, below.end))
    return below.kind is not Kind.FURNITURE


def ends_statement(text: str) -> bool:
    """Whether a text ends as a sentence that is no question."""
    return SENTENCE_END.search(text) is not None and text[-1] not in "؟?"
