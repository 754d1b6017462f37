"""Persian spelling made one: the folding that documents, questions and the lexicon share.

The choice of what to fold follows the Persian normalisation of Lucene's PersianAnalyzer and the recommendations of
the Academy of Persian Language on half-spaces and hamza, widened by what people type on Arabic keyboards.
"""

from __future__ import annotations

import re
import unicodedata

HALF_SPACE = "\u200c"

_LETTER_FORMS = {
    "ي": "ی", "ى": "ی", "ې": "ی", "ۍ": "ی", "ئ": "ی",
    "ك": "ک", "ڪ": "ک",
    "ة": "ه", "ۀ": "ه", "ہ": "ه", "ە": "ه", "ھ": "ه", "ۂ": "ه",
    "أ": "ا", "إ": "ا", "ٱ": "ا", "آ": "ا",
    "ؤ": "و", "ۆ": "و", "ۇ": "و",
    # Zero-width space and the «not» sign stand for the half-space in text from old word processors.
    "\u200b": HALF_SPACE, "\u00ac": HALF_SPACE,
}  # fmt: skip
_DROPPED_MARKS = (
    "ء\u0640\u00ad\u200d\u200e\u200f\ufeff\u061c",  # hamza alone, kashida, soft hyphen, joiners and marks of direction
    *map(chr, range(0x064B, 0x0660)),  # Arabic diacritics, hamza above and below
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2060, 0x206A)),
    "\u0670",
)
_DIGITS = {
    digit: str(value) for zero in (0x0660, 0x06F0) for value, digit in enumerate(map(chr, range(zero, zero + 10)))
}
_FOLD = str.maketrans(
    _LETTER_FORMS
    | dict.fromkeys("".join(_DROPPED_MARKS))
    | _DIGITS
    | {"٬": None, ",": None, "\u00a0": " ", "\u2009": " ", "\u202f": " "}
)


_DRAWN_OUT = re.compile(r"([\u0621-\u06cc])\1{2,}")
"""A letter three times or more, as no Persian word has it."""


def undrawn(text: str) -> str:
    """`text` with each letter once that is drawn out for emphasis: «مرسیییی», «کیههه»."""
    return _DRAWN_OUT.sub(r"\1", text)


def fold(text: str) -> str:
    """`text` in the one spelling that is compared: letters, digits, hamza and case folded, marks dropped.

    Half-spaces stay; the length may change, so spans are taken before folding.
    """
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return text.translate(_FOLD).casefold()


def bare(word: str) -> str:
    """`word` folded and without half-spaces: the key of word tables."""
    return fold(word).replace(HALF_SPACE, "")
