"""A question in English or in Finglish → the Persian question it stands for, before anything else is read.

All Latin words of a question are read one way, the way that explains more of their letters. Words that the collection
itself has in Latin letters stay as they are; in an English question a word that the glossary lacks may be a Persian
name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from retrieval.index.reader import IndexReader
from retrieval.query import english, finglish
from retrieval.query.frequency import FREQUENCY_DISCOUNT, log_frequency
from retrieval.text.endings import known_terms
from retrieval.text.lexicon import Lexicon

ABSENT = 0.6
"""What it costs a reading that the collection lacks the word."""

STOP_WORD_FREQUENCY = 9
"""Documents that a stop word is taken to be in, if it is no question word."""

CLOSE, MOST = 0.35, 3
"""How much dearer than the best another reading may be to stand beside it, and how many may."""

SHORTEST_NAME = 3
"""Letters of a word in an English question that may be a Persian name."""

_HOW_MANY = ("چند",)
"""What is counted is in the singular."""

_LETTER = re.compile("[A-Za-z]")
_PIECE = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|[^A-Za-z]+")


class Translation(NamedTuple):
    """A question in Persian.

    Args:
        text: the likeliest reading.
        sets: for words that may be read otherwise, the likeliest reading and the others.
    """

    text: str
    sets: tuple[tuple[str, ...], ...]


class _Piece(NamedTuple):
    """A part of a question: Persian, and what else it may be.

    Args:
        readings: the likeliest first; () for what a Persian question leaves out.
        kind: of an English word, else "".
        letters: how many Latin letters it explains.
    """

    readings: tuple[str, ...]
    kind: str = ""
    letters: int = 0


class Latin:
    """Reads Latin letters for one collection.

    Args:
        index: the collection.
        lexicon: the word tables.
        stays: whether a Latin word has synonyms, which say what it stands for.
    """

    def __init__(self, index: IndexReader, lexicon: Lexicon, stays: Callable[[str], bool]) -> None:
        self._index, self._lexicon, self._stays = index, lexicon, stays
        self._knows = index.knows
        self._read = lru_cache(maxsize=1 << 10)(self._readings)

    def persian(self, text: str) -> Translation:
        """`text` with its Latin words in Persian, where they can be read."""
        if not _LETTER.search(text):
            return Translation(text, ())
        pieces = _PIECE.findall(text)
        ways = self._english(pieces), self._finglish(pieces)
        best = max(ways, key=lambda way: sum(piece.letters for piece in way))
        if not any(piece.letters for piece in best):
            return Translation(text, ())
        return Translation(
            " ".join(piece.readings[0] for piece in _in_order(best) if piece.readings),
            tuple(piece.readings for piece in best if len(piece.readings) > 1),
        )

    def _english(self, pieces: Sequence[str]) -> list[_Piece]:
        """The pieces by the glossary."""
        found: list[_Piece] = []
        place = 0
        while place < len(pieces):
            words = _run(pieces, place)
            if words and self._stays(words[0]):
                found.append(_Piece((words[0],), english.NOUN, len(words[0])))
                place += 1
                continue
            entry = english.look_up(words) if words else None
            if entry:
                count, (kind, persian) = entry
                if any(piece.readings == _HOW_MANY for piece in found[-2:]):
                    persian = tuple(rendering.removesuffix(english.PLURAL) for rendering in persian)
                readings = sorted(persian, key=lambda rendering: not self._has(rendering))
                if count == 1 and self._knows(words[0]) and kind != english.OTHER:
                    readings.append(words[0])
                found.append(_Piece(tuple(readings), kind, sum(map(len, words[:count]))))
                place += 2 * count - 1
                continue
            name = bool(words) and len(words[0]) >= SHORTEST_NAME and not self._knows(words[0])
            known = tuple(reading for reading in (self._read(words[0]) if name else ()) if self._has(reading))
            found.append(_Piece(known or (pieces[place],), english.NOUN if known else ""))
            place += 1
        return found

    def _finglish(self, pieces: Sequence[str]) -> list[_Piece]:
        """The pieces by their sounds."""
        found = []
        for piece in pieces:
            word = piece.lower()
            stays = not _is_latin(piece) or self._stays(word)
            readings = () if stays or self._knows(word) else self._read(word)
            letters = len(piece) if _is_latin(piece) and (stays or (readings and self._has(readings[0]))) else 0
            found.append(_Piece(readings or (piece,), letters=letters))
        return found

    def _has(self, persian: str) -> bool:
        """Whether all words of some Persian are stop words or the collection's."""
        return all(self._frequency(word.replace("\u200c", "")) is not None for word in persian.split())

    def _readings(self, token: str) -> tuple[str, ...]:
        found = []
        for spelling, price in finglish.readings(token.replace("’", "'"), self._begins, self._is_word):
            frequency = self._frequency(spelling.replace("\u200c", ""))
            found.append((price + (ABSENT if frequency is None else -FREQUENCY_DISCOUNT * frequency), spelling))
        found.sort()
        return tuple(spelling for price, spelling in found[:MOST] if price <= found[0][0] + CLOSE)

    def _frequency(self, word: str) -> float | None:
        """`log_frequency` of a word; None where the collection lacks one of its terms."""
        terms: tuple[str, ...] | None = (word,) if self._knows(word) else known_terms(word, self._lexicon.terms)
        if terms is None:
            terms = self._lexicon.spoken(word)
        if terms is None or not all(map(self._knows, terms)):
            return None
        return log_frequency(word, terms, self._index.sentence_engine, stop_word=STOP_WORD_FREQUENCY)

    def _is_word(self, spelling: str) -> bool:
        return self._knows(spelling) or spelling in self._lexicon or self._lexicon.spoken(spelling) is not None

    def _begins(self, letters: str) -> bool:
        return self._index.vocabulary.begins(letters) or self._lexicon.begins(letters)


def _is_latin(piece: str) -> bool:
    return piece[0].isascii() and piece[0].isalpha()


def _run(pieces: Sequence[str], place: int) -> list[str]:
    """The Latin words from `place` on that only spaces part, in lower case, as many as a phrase may have."""
    words: list[str] = []
    for piece, gap in zip(pieces[place::2], (" ", *pieces[place + 1 :: 2]), strict=False):
        if not (_is_latin(piece) and (gap.isspace() or not words)):
            break
        words.append(piece.lower())
        if len(words) == english.LONGEST:
            break
    return words


def _in_order(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """The pieces, a noun before what describes it: «مرحله توسعه‌یافته» for «developed stage»."""
    run: list[_Piece] = []
    for piece in (*pieces, _Piece((), english.OTHER)):
        if piece.kind in (english.NOUN, english.ADJECTIVE) or (run and not piece.kind and piece.readings[0].isspace()):
            run.append(piece)
        else:
            yield from reversed(run)
            run = []
            yield piece
