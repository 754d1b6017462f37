"""The words of a synthetic collection in the order of their frequency, and Zipf's law over them.

The dictionary's words come from hazm's list, the source of `retrieval.text.lexicon`, which keeps them folded and
without the half-spaces that a text is written with. Plurals, numbers and coined names stand between them; coined names
alone make the long tail, so that a larger collection keeps meeting new words (Heaps' law).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from retrieval.text.function_words import STOP_WORDS
from retrieval.text.orthography import HALF_SPACE, bare

Integers = NDArray[np.int64]

FUNCTION_WORDS = tuple(
    "و در به از که این را با آن برای یک بر هم تا خود نیز هر ما دیگر اما یا او بین پس آنها چند اگر همین همه همچنین "
    "درباره توسط بدون اکنون سپس هنوز تنها بسیار بیشتر هیچ چنین یکی برخی زیرا نزد طی".split()
)
"""The most frequent words of Persian, about in their order."""

VERBS = tuple(
    "است شد می‌شود کرد می‌کند بود دارد گفت شده‌است کردند شدند داد هستند می‌دهد داشت رسید می‌رسد گرفت یافت می‌گیرد افزود "
    "رفت می‌کنند آمد ساخت می‌آید می‌سازد نوشت آغاز‌شد رسیده‌اند می‌نویسد خواند گذاشت آورد می‌رود فروخت خرید ماند می‌ماند "
    "برگزید پذیرفت دید شنید نهاد پرداخت می‌پردازد ایستاد انجامید برخاست گشود افتاد پیوست سپرد شناخت کاست آموخت".split()
)
"""What ends a sentence, the most frequent first."""

NAMES, UNUSED_NAMES = 500_000, 20_000
"""How many coined names a collection may hold, and how many more stand in none."""

EXPONENT, OFFSET = 1.25, 2.7
"""Zipf-Mandelbrot: a word's frequency falls with (rank + OFFSET) ** -EXPONENT.

So a collection has as many distinct words as the articles of the judged questions, within a twentieth: 14,482 in their
first 100,000 words, 23,622 in the first 207,000.
"""

_CONSONANTS = "بپتجچخدرزژسشفقکگلمنهو"
_VOWELS = ("ا", "و", "ی")
_ENDINGS = ("", "آباد", "پور", "زاده", "یان", "نژاد", "وند", "شهر", "ستان")
_SYLLABLES = len(_CONSONANTS) * len(_VOWELS)
_DIGITS = str.maketrans("0123456789,", "۰۱۲۳۴۵۶۷۸۹٬")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a collection.

    Args:
        ranked: all words but verbs, the most frequent first.
        unused: coined names of the same kind that no collection holds.
        cumulative: float64, for each rank the probability of a word of this or a lower rank.
        verbs_cumulative: the same for `VERBS`.
    """

    ranked: tuple[str, ...]
    unused: tuple[str, ...]
    cumulative: NDArray[np.float64]
    verbs_cumulative: NDArray[np.float64]

    def draw(self, random: Generator, count: int, first: int = 0) -> Integers:
        """The ranks of `count` words by Zipf's law, none below `first`."""
        least = self.cumulative[first - 1] if first else 0.0
        return np.searchsorted(self.cumulative, random.uniform(least, 1, count), side="right")

    def draw_verbs(self, random: Generator, count: int) -> Integers:
        """The places of `count` verbs in `VERBS`."""
        return np.searchsorted(self.verbs_cumulative, random.random(count), side="right")


@lru_cache(1)
def words() -> Words:
    """The words, the same ones each time."""
    random = default_rng(0)
    listed = list(_dictionary())
    plurals = [word + HALF_SPACE + ending for word in listed[:6000:2] for ending in ("ها", "های")]
    numbers = list(_numbers())
    names = _names(random, frozenset(map(bare, listed)))
    mixed, tail = names[: len(listed) // 4], names[len(listed) // 4 : NAMES]
    # A word's place between the others: plurals behind their singulars, numbers and names anywhere.
    places = np.concatenate(
        (
            np.arange(len(listed), dtype=np.float64),
            np.arange(len(plurals)) * 1.5 + 300,
            random.uniform(20, len(listed), len(numbers)),
            random.uniform(200, 2 * len(listed), len(mixed)),
        )
    )
    content = listed + plurals + numbers + mixed
    ranked = (*FUNCTION_WORDS, *(content[place] for place in np.argsort(places, kind="stable")), *tail)
    return Words(ranked, tuple(names[NAMES:]), zipf(len(ranked)), zipf(len(VERBS)))


def zipf(count: int) -> NDArray[np.float64]:
    """The cumulative probabilities of `count` ranks."""
    total = np.cumsum((np.arange(1, count + 1) + OFFSET) ** -EXPONENT)
    return np.asarray(total / total[-1], dtype=np.float64)


def _dictionary() -> Iterator[str]:
    """The words of hazm that occur, the most frequent first, without those of grammar."""
    # hazm's own reader comes with nltk and scipy: two seconds, in nearly every process that is measured.
    package = find_spec("hazm")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("hazm, whose words a collection has, is not installed")
    lines = (Path(package.origin).parent / "data" / "words.dat").read_text("utf-8").splitlines()
    entries = (line.strip().split("\t") for line in lines)
    listed = sorted((-int(entry[1]), entry[0]) for entry in entries if len(entry) == 3)
    for count, word in listed:
        if count and len(word) > 1 and word.replace(HALF_SPACE, "").isalpha() and bare(word) not in STOP_WORDS:
            yield word


def _numbers() -> Iterator[str]:
    for number in (*range(2, 1000), *range(1300, 1405), *range(2000, 90_000, 500)):
        yield (str(number) if number < 2000 else f"{number:,}").translate(_DIGITS)


def _names(random: Generator, known: frozenset[str]) -> list[str]:
    """Coined names that are no words of the dictionary."""
    space = _SYLLABLES**2 * len(_CONSONANTS) * len(_ENDINGS)
    drawn = random.choice(space, int(1.1 * (NAMES + UNUSED_NAMES)), replace=False)
    coined = dict.fromkeys(map(_name, drawn.tolist()))
    return [name for name in coined if name not in known][: NAMES + UNUSED_NAMES]


def _name(number: int) -> str:
    number, first = divmod(number, _SYLLABLES)
    number, second = divmod(number, _SYLLABLES)
    ending, last = divmod(number, len(_CONSONANTS))
    return _syllable(first) + _syllable(second) + _CONSONANTS[last] + _ENDINGS[ending]


def _syllable(number: int) -> str:
    consonant, vowel = divmod(number, len(_VOWELS))
    return _CONSONANTS[consonant] + _VOWELS[vowel]
