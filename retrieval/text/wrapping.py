"""Lines that a program has broken at some width → the lines of each paragraph.

Mail, old archives and text copied out of a PDF come so; some have a blank line between each two. A line that ends
inside a sentence is full there, for the next word had no room in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from retrieval.text.headings import SENTENCE_END
from retrieval.text.item_marks import BULLET, NUMBER
from retrieval.text.sentences import STOP
from retrieval.types import Span

MIN_WIDTH, MAX_WIDTH = 25, 120
"""Code points of the longest of wrapped lines."""
FULL_SHARE = 0.6
"""The share of the longest line that those reach that end inside a sentence."""
UNENDED_SHARE = 0.5
"""The share of all lines but the last that end inside a sentence."""
FEW_LINES = 3
"""Lines too few to have a title among them, and wrapped only if the next word had room in none of them."""
MIN_SPACED = 3
"""Wrapped lines with a blank line between each two."""


def without_spacing(text: str, chunks: Sequence[list[Span]]) -> Iterator[list[Span]]:
    """The chunks of a text; wrapped lines each of which a blank line parts from the next are parted by more of them."""
    for is_line, group in groupby(chunks, lambda chunk: len(chunk) == 1):
        found = list(group)
        lines = [chunk[0] for chunk in found]
        if not is_line or len(lines) < MIN_SPACED or not (are_wrapped(text, lines) and _are_filled(text, lines)):
            yield from found
            continue
        first = 0
        for place, (line, following) in enumerate(pairwise(lines), start=1):
            if text.count("\n", line[1], following[0]) > 2:
                yield lines[first:place]
                first = place
        yield lines[first:]


def _are_filled(text: str, lines: Sequence[Span]) -> bool:
    """Whether no line that ends inside a sentence has room for the first word of the next."""
    longest = longest_of(lines)
    return all(
        end - start + 1 + len(text[following[0] : following[1]].split(maxsplit=1)[0]) >= longest
        for (start, end), following in pairwise(lines)
        if not SENTENCE_END.search(text, start, end) and not (start == lines[0][0] and _is_short(lines[0], longest))
    )


def longest_of(lines: Sequence[Span]) -> int:
    """Code points of the longest of some lines."""
    return max((end - start for start, end in lines), default=0)


def _is_short(line: Span, longest: int) -> bool:
    """Whether a program that wraps lines has not filled one."""
    return line[1] - line[0] < FULL_SHARE * longest


def are_wrapped(text: str, lines: Sequence[Span], width: int = 0) -> bool:
    """Whether a program has broken the lines of paragraphs: those that end inside a sentence are full, and are most.

    Verse has short lines too, but hardly a mark at their ends; the lines of an address or a list are of all lengths.
    The first may be a title. Where other lines of the text are known to be wrapped, fewer tell it.

    Args:
        text: what holds the lines.
        lines: in order.
        width: code points of the longest line of the text that is known to be wrapped, 0 where none is.
    """
    longest = max(longest_of(lines), width)
    if len(lines) < 2 or not MIN_WIDTH <= longest <= MAX_WIDTH:
        return False
    if any(BULLET.match(text, *line) or NUMBER.match(text, *line) for line in lines[1:]):
        return False
    is_title = len(lines) > FEW_LINES and _is_short(lines[0], longest)
    inside = [line for line in lines[is_title:-1] if not SENTENCE_END.search(text, *line)]
    enough = 0 if width else UNENDED_SHARE * (len(lines) - 1 - is_title)
    if len(inside) <= enough or any(_is_short(line, longest) for line in inside):
        return False
    if not width and len(lines) <= FEW_LINES and not _are_filled(text, lines):
        return False
    return any(SENTENCE_END.search(text, *line) or STOP.search(text, *line) for line in lines)


def unwrapped(text: str, lines: Sequence[Span], width: int) -> Iterator[Span]:
    """The paragraphs of wrapped lines: a short line ends one, and so does one above a line that is set in."""
    longest = max(longest_of(lines), width)
    first = lines[0][0]
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        if following is None or _is_short(line, longest) or _is_set_in(text, line, following):
            yield first, line[1]
            first = following[0] if following else line[1]


def _is_set_in(text: str, above: Span, line: Span) -> bool:
    """Whether a line begins further inside than the one above it, which ends a sentence."""
    if not SENTENCE_END.search(text, *above):
        return False
    indents = [start - text.rfind("\n", 0, start) for start, _ in (above, line)]
    return indents[0] < indents[1]
