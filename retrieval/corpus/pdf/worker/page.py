"""What PDFium finds on a page: glyphs and rules."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from .glyphs import Glyph

MAX_PAGE = 200_000
"""Letters of a page."""
FULL_TURN = 6.3
"""A turn of 360 degrees, in tenths of a radian."""
BOLD = 600
"""The weight of letters from which on they are bold."""
MAX_PATHS, RULE_DEPTH = 5_000, 3
"""Drawn shapes of a page, and forms inside one another, that are looked at."""
RULE_WIDTH, RULE_HEIGHT = 2.0, 5.0
"""Points that a vertical rule is wide at most, and high at least."""


def glyphs_of(page: Any) -> Iterator[Glyph]:
    """The glyphs of a page in the order of PDFium.

    Those that stand askew to most others, as in a watermark or a letterhead, are left out.
    """
    from pypdfium2 import raw as pdfium  # noqa: PLC0415  # see `main`

    text = page.get_textpage()
    raw, count = text.raw, min(text.count_chars(), MAX_PAGE)
    letters = [_letter(pdfium.FPDFText_GetUnicode(raw, place)) for place in range(count)]
    boxes = (pdfium.FS_RECTF * count)()
    for place in range(count):
        pdfium.FPDFText_GetLooseCharBox(raw, place, boxes[place])
    edges = memoryview(boxes).cast("B").cast("f") if count else memoryview(b"")  # left, top, right and bottom of each
    starts = [place for place, letter in enumerate(letters) if not letter.isspace() and letters[place - 1].isspace()]
    turns = {place: round(pdfium.FPDFText_GetCharAngle(raw, place), 1) % FULL_TURN for place in starts}
    main_turn = Counter(turns.values()).most_common(1)[0][0] if turns else 0.0
    turn, is_bold, points = main_turn, False, 0.0
    for place, letter in enumerate(letters):
        if place in turns:  # a word begins; one in the midst of another line is rare
            turn, is_bold = turns[place], pdfium.FPDFText_GetFontWeight(raw, place) >= BOLD
            points = pdfium.FPDFText_GetFontSize(raw, place)
        elif letter.isdigit() and not letters[place - 1].isdigit():
            points = pdfium.FPDFText_GetFontSize(raw, place)
        is_drawn = not letter.isspace() or not pdfium.FPDFText_IsGenerated(raw, place)
        if (is_drawn and turn != main_turn) or (letter < " " and not letter.isspace()):
            continue
        left, top, right, bottom = edges[4 * place : 4 * place + 4]
        if main_turn:
            left, bottom, right, top = _turned(left, bottom, right, top, main_turn)
        if not math.isfinite(left + bottom + right + top):  # a damaged file may place a letter nowhere
            continue
        yield Glyph(letter, left, right, bottom, is_drawn, top - bottom, is_bold, points)
    text.close()


def _letter(code: int) -> str:
    return chr(code) if code and not 0xD800 <= code < 0xE000 else " "


def _turned(left: float, bottom: float, right: float, top: float, turn: float) -> tuple[float, float, float, float]:
    """A box on a page that is turned back."""
    sine, cosine = math.sin(turn), math.cos(turn)
    across = sorted(x * cosine + y * sine for x, y in ((left, bottom), (right, top)))
    up = sorted(y * cosine - x * sine for x, y in ((left, bottom), (right, top)))
    return across[0], up[0], across[1], up[1]


class Rules(NamedTuple):
    """The rules of a page, such as those of its tables.

    Args:
        upright: the place, the foot and the head of each vertical one, in points.
        level: the height, the left and the right end of each horizontal one.
    """

    upright: list[tuple[float, float, float]]
    level: list[tuple[float, float, float]]


def rules_of(page: Any) -> Rules:
    """The rules of a page."""
    from pypdfium2 import raw as pdfium  # noqa: PLC0415  # see `main`

    found = Rules([], [])
    paths = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=RULE_DEPTH)
    for path in islice(paths, MAX_PATHS):
        left, bottom, right, top = path.get_bounds()
        if right - left <= RULE_WIDTH < RULE_HEIGHT <= top - bottom:
            found.upright.append(((left + right) / 2, bottom, top))
        elif top - bottom <= RULE_WIDTH < RULE_HEIGHT <= right - left:
            found.level.append(((bottom + top) / 2, left, right))
    return found
