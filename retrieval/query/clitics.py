"""What everyday speech joins to a word: «جونشونو» is «جان‌شان را», «بازه» «باز است», «خوبن» «خوب هستند»."""

from __future__ import annotations

from collections.abc import Iterator

COPULA = "ه"
CLITICS = (
    *("هاشونو", "هاتونو", "هامونو", "هاشو", "هاتو", "هامو", "هارو", "شونو", "تونو", "مونو"),
    *("اشون", "اتون", "امون", "شون", "تون", "مون", "شو", "تو", "مو", "رو", "اش", "ات", "ام", "ا", "و", COPULA, "ن"),
)
"""The plural, possessives, «را», «است» and «هستند», the longest first."""

POSSESSIVES = ("شون", "تون", "مون", "ش", "ت", "م")
"""Those before which a «ه» is lost: «کرایش» is «کرایه‌اش»."""

MIN_STEM, MIN_STEM_OF_LETTER = 3, 4
"""Letters of a word to which they are joined; more where one letter is, but for that of «است»."""


def without_clitics(word: str, *, is_known: bool) -> Iterator[str]:
    """What is left of a word without what may be joined to it.

    Args:
        word: folded, without half-spaces.
        is_known: whether a dictionary has it; then only «است» may be joined to it, for «بازه» is a word too.
    """
    for clitic in (COPULA,) if is_known else CLITICS:
        stem = word.removesuffix(clitic)
        shortest = MIN_STEM if clitic == COPULA or len(clitic) > 1 else MIN_STEM_OF_LETTER
        if stem != word and len(stem) >= shortest:
            yield stem
    for clitic in () if is_known else POSSESSIVES:
        stem = word.removesuffix(clitic)
        if stem != word and len(stem) >= MIN_STEM:
            yield stem + "ه"
