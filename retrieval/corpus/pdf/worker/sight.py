"""Glyphs of a page as PDFium gives them → its lines as a reader sees them.

PDFium begins a line where a glyph stands higher or lower than the one before. So it parts signs from the letters that
they stand on («ه» and «ٔ»), numbers and bullets from their items, and what a program has drawn in pieces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .glyphs import MARKER, TOUCHING, Glyph, is_arabic, is_right_to_left

NEAR = 2
"""Lines before and behind a sign's own in which its letter is sought."""
SAME_LINE = 0.3
"""The share of the height of their letters by which two pieces of a line may differ in height."""
MARKER_GAP = 4
"""How many times the height of its letters an item stands from its number or bullet."""
MAX_MARKER = 5
"""Letters of such a number."""
CALL_SIZE = 0.75
"""The share of the size of a line's letters that the number has which calls a footnote."""
RAISED = 0.15
"""The share of the height of a line's letters by which such a number stands above their foot."""
_UNITS = ("متر", "م", "m")
"""What a small number behind is a power of, and no call."""

_SIGNS = frozenset(map(chr, (*range(0x64B, 0x660), 0x670)))


class SeenLine(NamedTuple):
    """A line of a page.

    Args:
        glyphs: in the order of PDFium.
        letters: those that are no blanks; at least one.
        left, right, bottom: its edges, in points.
        size: the height of its letters, in points.
    """

    glyphs: list[Glyph]
    letters: list[Glyph]
    left: float
    right: float
    bottom: float
    size: float

    @classmethod
    def of(cls, glyphs: list[Glyph]) -> SeenLine | None:
        """The line of some glyphs; None where all are blanks."""
        letters = letters_of(glyphs)
        if not letters:
            return None
        sizes, bottoms = sorted(one.size for one in letters), sorted(one.bottom for one in letters)
        return cls(
            glyphs,
            letters,
            min(one.left for one in letters),
            max(one.right for one in letters),
            bottoms[len(letters) // 2],
            sizes[3 * len(letters) // 4],  # PDFium gives some letters without the room above and below them
        )


def seen_lines(found: Sequence[Glyph]) -> list[SeenLine]:
    """The lines of a page.

    Args:
        found: its glyphs in the order of PDFium, which parts lines by line feeds.
    """
    lines: list[list[Glyph]] = [[]]
    for one in found:
        if one.letter in "\r\n":
            lines.append([])
        else:
            lines[-1].append(one)
    seen = _with_markers(list(_joined(filter(None, map(SeenLine.of, _with_signs(lines))))))
    around = zip(seen, [None, *seen], [*seen[1:], None], strict=False)
    return list(
        filter(None, (_without_calls(line) for line, *near in around if not any(_is_call(line, one) for one in near)))
    )


def letters_of(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs that are no blanks."""
    return [one for one in glyphs if one.is_drawn and not one.letter.isspace()]


def _with_signs(lines: list[list[Glyph]]) -> list[list[Glyph]]:
    """Lines in which each sign stands behind the letter that it is drawn on."""
    lines = [line for line in lines if line]
    lost = [
        (place, one)
        for place, line in enumerate(lines)
        for at, one in enumerate(line)
        if one.letter in _SIGNS and not (at and is_arabic(line[at - 1].letter) and _stands_on(one, line[at - 1]))
    ]
    for place, sign in lost:
        near = [
            (abs(_middle(sign) - _middle(one)), number, one)
            for number in range(max(place - NEAR, 0), min(place + NEAR + 1, len(lines)))
            for one in lines[number]
            if is_arabic(one.letter) and one.letter not in _SIGNS and _stands_on(sign, one)
        ]
        if near:
            _, number, base = min(near, key=lambda one: one[0])
            lines[place] = [one for one in lines[place] if one is not sign]
            at = next(at for at, one in enumerate(lines[number]) if one is base)
            lines[number].insert(at + 1, sign._replace(left=base.left, right=base.left, bottom=base.bottom))
    return lines


def _middle(one: Glyph) -> float:
    return (one.left + one.right) / 2


def _stands_on(sign: Glyph, one: Glyph) -> bool:
    """Whether a sign is drawn above or below a letter."""
    reach = max(one.size, sign.size)
    return one.left - TOUCHING <= _middle(sign) <= one.right + TOUCHING and abs(sign.bottom - one.bottom) < reach


def _joined(lines: Iterator[SeenLine]) -> Iterator[SeenLine]:
    """Lines, those that follow one another and stand beside one another as one."""
    open_line = next(lines, None)
    for line in lines:
        if open_line and _are_beside(open_line, line):
            open_line = _as_one(open_line, line)
        else:
            if open_line:
                yield open_line
            open_line = line
    if open_line:
        yield open_line


def _with_markers(lines: list[SeenLine]) -> list[SeenLine]:
    """Lines, each with the number or bullet that a program has drawn apart from it."""
    for marker in [line for line in lines if _is_marker(line)]:
        for place, line in enumerate(lines):
            is_near = line is not marker and _gap(line, marker) <= MARKER_GAP * line.size
            if is_near and _are_beside(line, marker) and not _is_marker(line):
                lines[place] = _as_one(line, marker)
                lines = [line for line in lines if line is not marker]
                break
    return lines


def _is_marker(line: SeenLine) -> bool:
    if len(line.letters) > MAX_MARKER:
        return False
    return MARKER.fullmatch("".join(one.letter for one in line.letters)) is not None


def _without_calls(line: SeenLine) -> SeenLine | None:
    """A line without the small numbers that call footnotes; None where it is nothing else."""
    points = max((one.points for one in line.letters if not one.letter.isdigit()), default=0.0)
    if not any(one.letter.isdigit() and one.points <= CALL_SIZE * points for one in line.letters):
        return line
    kept: list[Glyph] = []
    for one in line.glyphs:
        is_small = one.letter.isdigit() and one.points <= CALL_SIZE * points
        is_raised = one.bottom > line.bottom + RAISED * line.size
        if not (is_small and is_raised) or "".join(before.letter for before in kept[-3:]).endswith(_UNITS):
            kept.append(one)
    return SeenLine.of(kept)


def _is_call(line: SeenLine, near: SeenLine | None) -> bool:
    """Whether a line is nothing but a small number above another line."""
    if not near or not all(one.letter.isdigit() for one in line.letters):
        return False
    is_small = line.letters[0].points <= CALL_SIZE * max(one.points for one in near.letters)
    return is_small and RAISED * near.size < line.bottom - near.bottom < near.size


def _are_beside(one: SeenLine, other: SeenLine) -> bool:
    """Whether two lines stand at one height, one beside the other."""
    return abs(one.bottom - other.bottom) <= SAME_LINE * min(one.size, other.size) and _gap(one, other) >= -TOUCHING


def _gap(one: SeenLine, other: SeenLine) -> float:
    """Points between two lines that stand beside one another; below 0 where they do not."""
    return max(other.left - one.right, one.left - other.right)


def _as_one(one: SeenLine, other: SeenLine) -> SeenLine:
    """Two lines beside one another as one, in the order of reading."""
    left, right = (one, other) if one.left < other.left else (other, one)
    is_parted = _gap(one, other) > TOUCHING or MARKER.fullmatch("".join(glyph.letter for glyph in other.letters))
    middle = (left.right + right.left) / 2
    blank = [Glyph(" ", middle, middle, one.bottom, is_drawn=False)] if is_parted else []
    first, second = (right, left) if is_right_to_left(_text(one) + _text(other)) else (left, right)
    joined = SeenLine.of([*first.glyphs, *blank, *second.glyphs])
    return joined or one


def _text(line: SeenLine) -> str:
    return "".join(one.letter for one in line.letters)
