"""Which words of a question are there for politeness alone: greetings, thanks, «یه سوال داشتم», wherever they stand.

The phrases are a table, `data/courtesy.txt`. What they leave is what is asked; if they leave nothing, all of it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from retrieval.text.analyzer import Token
from retrieval.text.orthography import bare, undrawn
from retrieval.text.word_tables import read

TABLE = "courtesy.txt"

_AND = bare("و")
_WORD = re.compile(r"[\w\u200c]+")


class _Place(NamedTuple):
    """A place of a phrase: the words that may stand there, and whether it may be left out."""

    words: frozenset[str]
    optional: bool


def without_courtesy(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens of a question that ask."""
    polite = courtesy([token.bare for token in tokens])
    if not polite:
        return tuple(tokens)
    return tuple(token for place, token in enumerate(tokens) if place not in polite)


def courtesy(words: Sequence[str]) -> frozenset[int]:
    """The places of the words that only ask politely.

    Args:
        words: those of a question, folded and without half-spaces.
    """
    found = _polite(words)
    return found if len(found) < len(words) else frozenset()


def is_courtesy(text: str) -> bool:
    """Whether a text asks nothing: all of its words, of which there are some, are there for politeness alone."""
    words = _WORD.findall(undrawn(text))
    if not words or bare(words[0]) not in _phrases():  # as most
        return False
    words = list(map(bare, words))
    return len(_polite(words)) == len(words)


def _polite(words: Sequence[str]) -> frozenset[int]:
    """The places of the words of phrases of the table; see `courtesy`."""
    phrases, found, end = _phrases(), set[int](), 0
    for place, word in enumerate(words):
        if place < end or word not in phrases:
            continue
        end = _end(words, place)
        found.update(range(place, end))
        if end > place and words[end : end + 1] == [_AND] and _end(words, end + 1) > end + 1:
            found.add(end)
    return frozenset(found)


@lru_cache(1)
def polite_words() -> frozenset[str]:
    """The words that are a courtesy by themselves («سلام», «مرسی»), folded and without half-spaces."""
    return frozenset(word for word in _phrases() if _end([word], 0))


def _end(words: Sequence[str], start: int) -> int:
    """Where the longest phrase ends that begins at a place; the place itself where none does."""
    longest = start
    for phrase in _phrases().get(words[start], ()) if start < len(words) else ():
        ends = {start}
        for place in phrase:
            behind = {end + 1 for end in ends if end < len(words) and words[end] in place.words}
            ends = (behind | ends) if place.optional else behind
        longest = max(ends | {longest})
    return longest


@lru_cache(1)
def _phrases() -> dict[str, list[list[_Place]]]:
    """The phrases of the table, by each word that one may begin with."""
    found: dict[str, list[list[_Place]]] = {}
    for line in read(__file__, TABLE).splitlines():
        phrase = list(map(_place, line.partition("#")[0].split()))
        for place in phrase:
            for word in place.words:
                found.setdefault(word, []).append(phrase)
            if not place.optional:
                break
    return found


def _place(spellings: str) -> _Place:
    """A place as the table has it."""
    return _Place(frozenset(map(bare, spellings.removesuffix("?").split("/"))), spellings.endswith("?"))
