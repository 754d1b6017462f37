"""The standard Persian keyboard (ISIRI 9147): which letters lie side by side."""

from __future__ import annotations

_ROWS = ("ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو")
_INDENTS = (0.0, 0.3, 0.8)
"""How far each row is set in, in keys."""

_KEYS = {
    letter: (row, indent + column)
    for row, (letters, indent) in enumerate(zip(_ROWS, _INDENTS, strict=True))
    for column, letter in enumerate(letters)
}


def neighbours(reach: float) -> dict[str, str]:
    """Letter → the letters whose keys touch its key: in the same row or the next, at most `reach` keys to the side."""
    return {
        letter: "".join(
            other
            for other, (other_row, other_place) in _KEYS.items()
            if other != letter and abs(other_row - row) <= 1 and abs(other_place - place) <= reach
        )
        for letter, (row, place) in _KEYS.items()
    }
