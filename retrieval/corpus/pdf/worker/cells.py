"""The lines of a page, parted into cells where there is a wide gap or a rule."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Iterator, Sequence
from typing import Any

from .glyphs import MARKER, Glyph, is_right_to_left
from .order import has_turned_ligatures, with_brackets, words_of
from .page import Rules
from .sight import SeenLine, letters_of, seen_lines

CELL_GAP = 1.2
"""How many times the height of its letters a gap in a line is where it parts cells."""


def lines_of(found: list[Glyph], height: float, rules: Rules) -> Iterator[dict[str, Any]]:
    """The lines of a page: their cells in the order of reading, their edges, and the height of their letters.

    Args:
        found: what `glyphs_of` gives.
        height: of the page.
        rules: what `rules_of` gives.
    """
    turns_ligatures = has_turned_ligatures(found)
    for line in seen_lines(found):
        cells = _cells(line, rules)
        words = [words_of(cell, turns_ligatures=turns_ligatures) for cell in cells]
        yield {
            "cells": [with_brackets(" ".join(cell.split())) for cell in words],
            "edges": [_edges(cell) for cell in cells],
            "left": round(line.left, 1),
            "right": round(line.right, 1),
            "bottom": round(line.bottom, 1),
            "size": round(line.size, 1),
            "bold": 2 * sum(one.is_bold for one in line.letters) > len(line.letters),
            "place": round(line.bottom / height, 3) if height else 0.5,
            "band": _band(line, cells, rules),
        }


def _band(line: SeenLine, cells: Sequence[Sequence[Glyph]], rules: Rules) -> tuple[float, float] | None:
    """The foot and the head of the row of a drawn table that a line stands in; of those of its cells the narrowest."""
    middle = line.bottom + line.size / 2
    if sum(bottom <= middle <= top for _, bottom, top in rules.upright) < 2:
        return None
    foot, head = -math.inf, math.inf
    for left, right in map(_edges, cells):
        x = (left + right) / 2
        for height, start, end in rules.level:
            if start <= x <= end:
                foot, head = (max(foot, height), head) if height <= middle else (foot, min(head, height))
    return (round(foot, 1), round(head, 1)) if math.isfinite(head - foot) else None


def _cells(line: SeenLine, rules: Rules) -> list[list[Glyph]]:
    """The glyphs of a line, parted where there is a wide gap or a rule, in the order of reading.

    A number or a bullet is no cell by itself.
    """
    gaps = _gaps(line, rules)
    if not gaps:
        return [line.glyphs]
    cells: list[list[Glyph]] = [[] for _ in range(len(gaps) + 1)]
    last = 0
    for glyph in line.glyphs:
        if glyph.is_drawn and not glyph.letter.isspace():
            last = sum(glyph.left > gap for gap in gaps)
        cells[last].append(glyph)
    if is_right_to_left("".join(glyph.letter for glyph in line.glyphs)):
        cells.reverse()
    if MARKER.fullmatch("".join(glyph.letter for glyph in letters_of(cells[0]))):
        cells[:2] = [cells[0] + cells[1]]
    return cells


def _edges(cell: Sequence[Glyph]) -> tuple[float, float]:
    drawn = letters_of(cell)
    return round(min(glyph.left for glyph in drawn), 1), round(max(glyph.right for glyph in drawn), 1)


def _gaps(line: SeenLine, rules: Rules) -> list[float]:
    """Where the wide gaps of a line are, and those with a rule in them."""
    middle = line.bottom + line.size / 2
    beside = sorted(x for x, bottom, top in rules.upright if bottom <= middle <= top)
    found = []
    reached = min(one.right for one in line.letters)
    for left, right in sorted((one.left, one.right) for one in line.letters):
        if left - reached > CELL_GAP * line.size or (left > reached and bisect(beside, left) > bisect(beside, reached)):
            found.append((left + reached) / 2)
        reached = max(reached, right)
    return found
