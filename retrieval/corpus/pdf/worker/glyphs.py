"""A letter on a page of a PDF, and the script that it is of."""

from __future__ import annotations

import re
from typing import NamedTuple

ARABIC = "\u0610-\u061a\u0620-\u065f\u066e-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"

_ARABIC = re.compile(f"[{ARABIC}]")
ARABIC_LETTERS = frozenset(letter for code in range(0x600, 0xFF00) if _ARABIC.match(letter := chr(code)))
"""Every letter of the Arabic script."""
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
TOUCHING = 1.0
"""Points between two letters between which there is no blank."""
MARKER = re.compile(
    r"[•·●○◦▪■□►✓\uf0b7\uf0a7\uf0d8*–-]|[(\[]?(?:\d{1,3}|[a-zA-Z]|[آ-ی])[.)\]-]|[.)\]-](?:\d{1,3}|[a-zA-Z])[(\[]?"
)
"""What a line of a bullet or a number alone has, in any order."""


class Glyph(NamedTuple):
    """A letter on a page.

    Args:
        letter: one code point.
        left, right, bottom: its edges, in points.
        is_drawn: whether it stands on the page; PDFium adds blanks where it sees gaps.
        size: its height, in points.
        is_bold: whether its font is.
        points: the size of its font.
    """

    letter: str
    left: float
    right: float
    bottom: float
    is_drawn: bool
    size: float = 0
    is_bold: bool = False
    points: float = 0


def is_arabic(letter: str) -> bool:
    """Whether a letter is one of the Arabic script."""
    return letter in ARABIC_LETTERS


def is_right_to_left(text: str) -> bool:
    """Whether a line is read from right to left: a third of its letters are Arabic."""
    arabic = len(_ARABIC.findall(text))
    return arabic > 0 and 2 * arabic >= len(_LATIN.findall(text))
