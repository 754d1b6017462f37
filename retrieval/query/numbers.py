"""Number words ↔ digits: «هفده» and ۱۷, «هزار و دویست» and ۱۲۰۰, in questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retrieval.text.orthography import bare

_UNITS = "صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده".split()
_TENS = "بیست سی چهل پنجاه شصت هفتاد هشتاد نود".split()
_HUNDREDS = "صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد".split()
_VALUES = {
    **{bare(word): value for value, word in enumerate(_UNITS)},
    **{bare(word): 20 + 10 * place for place, word in enumerate(_TENS)},
    **{bare(word): 100 + 100 * place for place, word in enumerate(_HUNDREDS)},
    "یکصد": 100,
    "هیجده": 18,
    "شونزده": 16,
    "پونزده": 15,
    "هیفده": 17,
    "شیش": 6,
}
_SCALES = {"هزار": 1_000, "میلیون": 1_000_000, "میلیارد": 1_000_000_000}
_AND = "و"
MAX_VALUE, MAX_SPELT = 10**12, 1_000
"""The greatest number that is read, and the one from which on a number is not looked for in words."""


def runs(words: Sequence[str]) -> Iterator[tuple[range, str]]:
    """The places of each number among some words, and its digits; one in a single numeral is left out.

    Args:
        words: folded and without half-spaces.
    """
    place = 0
    while place < len(words):
        end, value = _number(words, place)
        if end > place and not (end == place + 1 and words[place].isdigit()):
            yield range(place, end), str(value)
        place = max(end, place + 1)


def _number(words: Sequence[str], start: int) -> tuple[int, int]:
    """Where the number that begins at a place ends, and its value; the place itself where none begins."""
    total = part = 0
    place = end = start
    while place < len(words):
        word = words[place]
        if word == _AND and place > start and end == place:
            place += 1
            continue
        value = int(word) if word.isdigit() and len(word) <= 12 else _VALUES.get(word)
        if word in _SCALES:
            total, part = total + (part or 1) * _SCALES[word], 0
        elif value is not None and (place == start or words[place - 1] == _AND or not part):
            part += value
        else:
            break
        place += 1
        end = place
    return end, min(total + part, MAX_VALUE)


def words_of(digits: str) -> tuple[str, ...]:
    """The words that a number below a thousand is written with, the greatest first; () for others."""
    if not (digits.isdigit() and 0 < int(digits) < MAX_SPELT):
        return ()
    value = int(digits)
    hundreds, rest = value - value % 100, value % 100
    parts = [hundreds, rest] if rest <= 20 else [hundreds, rest - rest % 10, rest % 10]
    return tuple(word for part in parts if part for word, its in _VALUES.items() if its == part)
