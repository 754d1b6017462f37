"""A question in English or in Finglish → the Persian question it stands for, before anything else is read.

All Latin words of a question are read in one of the two ways, the one that explains more of their letters. Words that
the collection itself has in Latin letters stay as they are. In an English question a word that the glossary lacks may
be a Persian name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from retrieval.index.reader import IndexReader
from retrieval.query import english, finglish
from retrieval.query.courtesy import polite_words
from retrieval.query.frequency import FREQUENCY_DISCOUNT, log_frequency
from retrieval.text.endings import known_terms
from retrieval.text.lexicon import Lexicon

ABSENT_COST = 0.6
"""What is added to the cost of a reading that the collection does not have."""

STOP_WORD_FREQUENCY = 9
"""The document frequency that is assumed for a stop word that is no question word."""

READING_MARGIN, MAX_READINGS = 0.35, 3
"""How much more than the best reading another may cost to be kept, and how many are kept."""

MIN_NAME_LETTERS = 3
"""Letters of a word in an English question that may be a Persian name."""

REMEMBERED_TOKENS = 1024
"""Tokens whose readings are kept."""

_HOW_MANY = ("چند",)
"""The noun behind it is in the singular."""

_LETTER = re.compile("[A-Za-z]")
_PART = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|[^A-Za-z]+")


class Translation(NamedTuple):
    """A question in Persian.

    Args:
        text: the likeliest reading.
        sets: for each word that may be read otherwise, the likeliest reading and the others.
    """

    text: str
    sets: tuple[tuple[str, ...], ...]


class _TranslatedPart(NamedTuple):
    """A word or phrase of a question in Latin letters, or what stands between two of them, in Persian.

    Args:
        readings: in Persian, the likeliest first; () for a word that a Persian question leaves out.
        kind: the kind of an English word (`english.NOUN`, …), "" for what is no English word.
        letters: how many Latin letters the readings explain.
    """

    readings: tuple[str, ...]
    kind: str = ""
    letters: int = 0


class Latin:
    """Reads Latin letters with the vocabulary of one collection.

    Args:
        index: the collection.
        lexicon: the word tables.
        stays: whether a Latin word has synonyms, which say what it stands for, so that it need not be read.
    """

    def __init__(self, index: IndexReader, lexicon: Lexicon, stays: Callable[[str], bool]) -> None:
        self._index, self._lexicon, self._stays = index, lexicon, stays
        self._knows = index.knows
        self._read = lru_cache(REMEMBERED_TOKENS)(self._readings)

    def persian(self, text: str) -> Translation:
        """`text` with its Latin words in Persian, where they can be read."""
        if not _LETTER.search(text):
            return Translation(text, ())
        parts = _PART.findall(text)
        ways = self._english(parts), self._finglish(parts)
        best = max(ways, key=lambda way: sum(part.letters for part in way))
        if not any(part.letters for part in best):
            return Translation(text, ())
        return Translation(
            " ".join(part.readings[0] for part in _in_order(best) if part.readings),
            tuple(part.readings for part in best if len(part.readings) > 1),
        )

    def _english(self, parts: Sequence[str]) -> list[_TranslatedPart]:
        """The parts, translated by the glossary."""
        found: list[_TranslatedPart] = []
        place = 0
        while place < len(parts):
            words = _run(parts, place)
            if words and self._stays(words[0]):
                found.append(_TranslatedPart((words[0],), english.NOUN, len(words[0])))
                place += 1
                continue
            entry = english.look_up(words) if words else None
            if entry:
                count, (kind, persian) = entry
                if any(part.readings == _HOW_MANY for part in found[-2:]):
                    persian = tuple(rendering.removesuffix(english.PLURAL) for rendering in persian)
                readings = sorted(persian, key=lambda rendering: not self._has(rendering))
                if count == 1 and self._knows(words[0]) and kind != english.OTHER:
                    readings.append(words[0])
                found.append(_TranslatedPart(tuple(readings), kind, sum(map(len, words[:count]))))
                place += 2 * count - 1
                continue
            name = bool(words) and len(words[0]) >= MIN_NAME_LETTERS and not self._knows(words[0])
            known = tuple(reading for reading in (self._read(words[0]) if name else ()) if self._has(reading))
            found.append(_TranslatedPart(known or (parts[place],), english.NOUN if known else ""))
            place += 1
        return found

    def _finglish(self, parts: Sequence[str]) -> list[_TranslatedPart]:
        """The parts, read by their sounds."""
        found = []
        for part in self._compounds(parts):
            word = part.lower()
            stays = not _is_latin(part) or self._stays(word)
            readings = () if stays else self._read(word)
            explains = stays or (readings and self._has(readings[0]) and not self._knows(word))
            if self._knows(word):  # an address may have in Latin letters what the text has in Persian ones
                readings = (part, *filter(self._has, readings))
            letters = len(part) if _is_latin(part) and explains else 0
            found.append(_TranslatedPart(readings or (part,), letters=letters))
        return found

    def _compounds(self, parts: Sequence[str]) -> list[str]:
        """The parts, with two that the collection has as one word only made one: «modir amel» for «مدیرعامل»."""
        found: list[str] = []
        for part in parts:
            *_, one, gap = ["", "", *found]
            if gap.isspace() and _is_latin(one) and _is_latin(part) and self._are_one(one.lower(), part.lower()):
                found[-2:] = [one + part]
            else:
                found.append(part)
        return found

    def _are_one(self, one: str, other: str) -> bool:
        """Whether the collection has two tokens as one word, and at least one of them not as a word."""
        if all(readings and self._has(readings[0]) for readings in map(self._read, (one, other))):
            return False
        joined = self._read(one + other) if len(one + other) <= finglish.MAX_TOKEN_LETTERS else ()
        return bool(joined) and self._has(joined[0])

    def _has(self, persian: str) -> bool:
        """Whether each word of a Persian text is a stop word or one of the collection."""
        return all(self._frequency(word.replace("\u200c", "")) is not None for word in persian.split())

    def _readings(self, token: str) -> tuple[str, ...]:
        """The Persian words that a Finglish token may stand for, the likeliest first, at most `MAX_READINGS`."""
        found = []
        for spelling, price in finglish.readings(token.replace("’", "'"), self._begins, self._is_word):
            frequency = self._frequency(spelling.replace("\u200c", ""))
            found.append((price + (ABSENT_COST if frequency is None else -FREQUENCY_DISCOUNT * frequency), spelling))
        found.sort()
        return tuple(spelling for price, spelling in found[:MAX_READINGS] if price <= found[0][0] + READING_MARGIN)

    def _frequency(self, word: str) -> float | None:
        """`log_frequency` of a word; None where the collection lacks one of its terms."""
        terms: tuple[str, ...] | None = (word,) if self._knows(word) else known_terms(word, self._lexicon.terms)
        if terms is None:
            terms = self._lexicon.spoken(word)
        if word in polite_words():
            terms = ()
        if terms is None or not all(map(self._knows, terms)):
            return None
        return log_frequency(word, terms, self._index.sentence_engine, stop_word=STOP_WORD_FREQUENCY)

    def _is_word(self, spelling: str) -> bool:
        return (
            self._knows(spelling)
            or spelling in self._lexicon
            or self._lexicon.spoken(spelling) is not None
            or spelling in polite_words()
        )

    def _begins(self, letters: str) -> bool:
        index, lexicon = self._index.vocabulary, self._lexicon
        return index.begins(letters) or lexicon.begins(letters) or letters in _polite_beginnings()


@lru_cache(1)
def _polite_beginnings() -> frozenset[str]:
    return frozenset(word[:end] for word in polite_words() for end in range(1, len(word) + 1))


def _is_latin(part: str) -> bool:
    return part[:1].isascii() and part[:1].isalpha()


def _run(parts: Sequence[str], place: int) -> list[str]:
    """The Latin words from `place` on with only spaces between them, in lower case, at most as many as in a phrase."""
    words: list[str] = []
    for part, gap in zip(parts[place::2], (" ", *parts[place + 1 :: 2]), strict=False):
        if not (_is_latin(part) and (gap.isspace() or not words)):
            break
        words.append(part.lower())
        if len(words) == english.MAX_PHRASE_WORDS:
            break
    return words


def _in_order(parts: Sequence[_TranslatedPart]) -> Iterator[_TranslatedPart]:
    """The parts, a noun before what describes it: «مرحله توسعه‌یافته» for «developed stage»."""
    run: list[_TranslatedPart] = []
    for part in (*parts, _TranslatedPart((), english.OTHER)):
        if part.kind in (english.NOUN, english.ADJECTIVE) or (run and not part.kind and part.readings[0].isspace()):
            run.append(part)
        else:
            yield from reversed(run)
            run = []
            yield part
