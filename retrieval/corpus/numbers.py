"""Whole numbers as files write them: levels, spans, the first number of a list."""

from __future__ import annotations

MAX_DIGITS = 9
"""Digits of a number that is read."""


def whole_number(written: str, otherwise: int, most: int) -> int:
    """A whole number that is written in ASCII digits.

    Args:
        written: by a program, so that it may be anything.
        otherwise: what counts where it is none.
        most: what a larger one is.
    """
    is_number = written.isascii() and written.isdigit() and len(written) <= MAX_DIGITS
    return min(int(written), most) if is_number else otherwise
