"""Number words ↔ digits: «هفده» and ۱۷, «هزار و دویست» and ۱۲۰۰, in questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.text.orthography import bare

_UNITS = "صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده".split()
_TENS = "بیست سی چهل پنجاه شصت هفتاد هشتاد نود".split()
_HUNDREDS = "صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد".split()
_SPOKEN = (
    "شیش 6 چار 4 چارده 14 پونزده 15 شونزده 16 هیفده 17 هیوده 17 هیجده 18 هیژده 18 هژده 18 یکصد 100 دیویست 200 "
    "چارصد 400 پونصد 500 شیشصد 600 هفصد 700 هشصد 800"
).split()
_VALUES = {
    **{bare(word): value for value, word in enumerate(_UNITS)},
    **{bare(word): 20 + 10 * place for place, word in enumerate(_TENS)},
    **{bare(word): 100 + 100 * place for place, word in enumerate(_HUNDREDS)},
    **{bare(word): int(value) for word, value in zip(_SPOKEN[::2], _SPOKEN[1::2], strict=True)},
}
_AND, _COUNTED = bare("و"), bare("تا")
_COUNTS = {word + counted: value for counted in (_COUNTED, "") for word, value in _VALUES.items()}
"""The number words, alone and with «تا»."""
_ORDINALS = {
    **{bare(f"{word}م"): value for word, value in _VALUES.items() if value},
    **{bare(word): value for word, value in {"اول": 1, "یکم": 1, "دوم": 2, "سوم": 3, "سی‌ام": 30}.items()},
}
_SCALES = {"میلیارد": 1_000_000_000, "میلیون": 1_000_000, "هزار": 1_000}
_NUMBER_WORDS = _COUNTS.keys() | _ORDINALS.keys() | _SCALES.keys()
MAX_VALUE, MAX_DIGITS = 10**12, 12
"""The greatest number that is read, and the digits that it has at the most."""


def has_number(words: Sequence[str]) -> bool:
    """Whether a numeral or a number word is among some words, cardinal or ordinal."""
    return not _NUMBER_WORDS.isdisjoint(words) or any(map(str.isdigit, words))


def runs(words: Sequence[str]) -> Iterator[tuple[range, str]]:
    """The places of each number among some words, and its digits; one in a single numeral is left out.

    Args:
        words: folded and without half-spaces.
    """
    behind = 0
    for place, word in enumerate(words):
        if place < behind or (word not in _SCALES and _value(word) is None):
            continue
        behind, value = _number(words, place)
        if not (behind == place + 1 and word.isdigit()):
            yield range(place, behind), str(value)


def ending_at(words: Sequence[str], end: int) -> tuple[int, int]:
    """Where the number begins that ends before a place, and its value; the place itself and 0 where none does.

    An ordinal is a number too: «بیست و یکم».

    Args:
        words: folded and without half-spaces.
        end: the place.
    """
    for start in range(max(end - 3, 0), end):
        spelt = [*words[start : end - 1], _cardinal(words[end - 1])]
        if _number(spelt, 0)[0] == len(spelt):
            return start, _number(spelt, 0)[1]
    return end, 0


_WRITTEN = re.compile(r"[^\W\d_]+|\d+(?:[.٫/]\d+)?")
_SEPARATOR = re.compile(r"(?<=\d)[٬,،](?=\d{3})")


def amount(text: str) -> float | None:
    """The first number of a text, in digits or words: «۳۸ میلیون و ۵۰۰ هزار تومان», «۷٫۴۳»; None where it has none."""
    words = _WRITTEN.findall(_SEPARATOR.sub("", bare(text)))
    for start, word in enumerate(words):
        if not word[0].isdigit() and _value(word) is None:
            continue
        if word.isdigit() or not word[0].isdigit():
            return float(_number(words, start)[1])
        scale = _SCALES.get(words[start + 1], 1) if start + 1 < len(words) else 1
        return float(re.sub(r"[٫/]", ".", word)) * scale
    return None


def ordinal(word: str) -> str:
    """The digits of an ordinal («پنجم»); "" for another word."""
    return str(_ORDINALS.get(word, ""))


def spellings(value: int) -> tuple[str, ...]:
    """The single words that a number is written with: «هفده», «صد» and «یکصد»."""
    return tuple(word for word, its in _VALUES.items() if its == value)


def ordinals(value: int) -> tuple[str, ...]:
    """The single words for a place in an order: «هفدهم»."""
    return tuple(word for word, its in _ORDINALS.items() if its == value)


def parts_of(value: int) -> list[tuple[str, ...]]:
    """What a number is written with if not with its digits alone, and for each of these parts its spellings.

    1200 is «هزار» and «دویست» or 200; 120 is «صد» or «یکصد» and «بیست».
    """
    found: list[tuple[str, ...]] = []
    for word, size in _SCALES.items():
        if value >= size:
            count, value = divmod(value, size)
            found += [_part(count), (word,)] if count > 1 else [(word,)]
    if found:
        return [*found, _part(value)] if value else found
    first, *others = _summands(value) or [0]
    # «یک» is a stop word. «چهل‌وهشت» is analysed as «چهل» and «وهشت».
    behind = [(*spellings(part), *(_AND + word for word in spellings(part))) for part in others if part > 1]
    return [spellings(first), *behind] if first else []


def _part(value: int) -> tuple[str, ...]:
    """The spellings of a number below a thousand before or behind «هزار», in digits or in words."""
    return (str(value), *(word for part in _summands(value) for word in spellings(part)))


def _summands(value: int) -> list[int]:
    """What a number below a thousand is added up of in words: 121 of 100, 20 and 1."""
    if not value or spellings(value):
        return [value] if value else []
    size = 100 if value > 100 else 10
    return [value - value % size, *_summands(value % size)]


def _cardinal(word: str) -> str:
    return str(_ORDINALS[word]) if word in _ORDINALS else word


def _value(word: str) -> int | None:
    """The value of one word: a numeral, or a number word alone or with «تا»."""
    if word.isdigit() and len(word) <= MAX_DIGITS:
        return int(word)
    return _COUNTS.get(word)


def _number(words: Sequence[str], start: int) -> tuple[int, int]:
    """Where the number that begins at a place ends, and its value; the place itself where none begins."""
    total = part = 0
    place = end = start
    while place < len(words):
        word = words[place]
        if word == _AND and place > start and end == place:
            place += 1
            continue
        value = _value(word)
        if word in _SCALES:
            total, part = total + (part or 1) * _SCALES[word], 0
        elif value is not None and (place == start or words[place - 1] == _AND or not part):
            part += value
        else:
            break
        place += 1
        end = place
    return end, min(total + part, MAX_VALUE)
