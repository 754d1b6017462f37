"""What everyday speech joins to a word: «جونشونو» is «جان‌شان را», «بازه» «باز است», «خوبن» «خوب هستند»."""

from __future__ import annotations

from collections.abc import Iterator

_PLURALS = ("ها", "ا", "")
_OWNERS = ("شون", "تون", "مون", "ش", "ت", "م", "")
_OBJECTS = ("رو", "و", "")
"""«را» behind a vowel, and behind any other letter."""

COPULA = "ه"
_OF_ONE = ("ایی", "یو", "یه")
"""With the «ی» of one thing or of a quality: «کتابایی», «کتابیو», «گلدونیه»."""

CLITICS = (
    *sorted(
        {
            plural + owner + objective
            for plural in _PLURALS
            for owner in _OWNERS
            for objective in _OBJECTS
            if plural or objective or len(owner) > 1  # the analysis takes a letter that says whose it is off by itself
        }
        - {"ها"},  # so it does with the written plural
        key=lambda clitic: (-len(clitic), clitic),
    ),
    *(*_OF_ONE, COPULA, "ن"),
)
"""The plural, whose it is and «را», in this order; «است» and «هستند»."""

SWALLOWING = tuple(owner + objective for objective in ("و", "") for owner in _OWNERS if owner)
"""Those before which a «ه» is lost: «کرایش» is «کرایه‌اش», «شمارشو» «شماره‌اش را»."""

MIN_STEM, MIN_STEM_OF_LETTER, MIN_STEM_OF_OWNER = 3, 4, 2
"""Letters of a word to which they are joined; more where one letter is, but for that of «است», and fewer where it is
said whose it is: «سگمو», «حقشون»."""


def without_clitics(word: str, *, is_known: bool) -> Iterator[str]:
    """What is left of a word without what may be joined to it.

    Args:
        word: folded, without half-spaces.
        is_known: whether a dictionary has it; then only «است» may be joined to it, for «بازه» is a word too.
    """
    for clitic in (COPULA,) if is_known else CLITICS:
        stem = word.removesuffix(clitic)
        if stem != word and len(stem) >= _shortest_stem(clitic):
            yield stem
    for clitic in () if is_known else SWALLOWING:
        stem = word.removesuffix(clitic)
        if stem != word and len(stem) >= MIN_STEM:
            yield stem + "ه"


def _shortest_stem(clitic: str) -> int:
    if len(clitic) == 1 and clitic != COPULA:
        return MIN_STEM_OF_LETTER
    return MIN_STEM_OF_OWNER if clitic in SWALLOWING else MIN_STEM
