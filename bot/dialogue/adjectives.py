"""Comparatives and superlatives, as they are written and spoken: «گران‌ترین», «گرون ترین», «از همه بیشتر», «درازتره».

What measures an adjective is in `data/adjectives.txt`; «پرفروش» and «کم‌جمعیت» are measured by the noun within them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from retrieval.text import bare, entries, read, sections, word_set

_SUPERLATIVE = re.compile(r"(.{2,}?)ترین(?:ه|ش|شون|ی|ها|های)?")
_COMPARATIVE = re.compile(r"(.{2,}?)تر(?:ه|ی|ند|ن|ست)?")
_ENDING = word_set("ترین ترینه تر تره")
_MORE_THAN = bare("تر")
"""What every comparative and superlative has in it."""
_OF_ALL = (bare("از"), bare("همه"))
_MORE, _LESS = word_set("بیشتر بیش زیاد"), word_set("کم کمتر اندک")
_GREAT, _SMALL = word_set("بالا سنگین شدید بزرگ عمده"), word_set("پایین سبک کوچک ناچیز")
_MUCH, _LITTLE = bare("پر"), bare("کم")
MIN_MEASURE = 3
"""Letters of the noun within «پرفروش»."""


class Adjective(NamedTuple):
    """An adjective that is compared.

    Args:
        places: those of its words in the text.
        stem: the adjective, folded and without half-spaces.
        spellings: it and those that stand for it.
        measures: the nouns and units that measure it; none where it only says more or less of something.
        is_most: whether the greatest number has most of it.
    """

    places: tuple[int, ...]
    stem: str
    spellings: frozenset[str]
    measures: frozenset[str]
    is_most: bool

    @property
    def is_degree(self) -> bool:
        """Whether it only says more or less of what is named beside it: «بیشترین خسارت»."""
        return self.stem in _MORE | _LESS

    @property
    def may_be_degree(self) -> bool:
        """Whether it may say no more than that: «سنگین‌ترین خسارت» is the most damage."""
        return self.is_degree or self.stem in _GREAT | _SMALL


@lru_cache(1)
def _known() -> dict[str, tuple[frozenset[str], frozenset[str], bool]]:
    """For each adjective of the table those of its line, what measures it, and whether the greatest number has most."""
    tables = sections(read(__file__, "adjectives.txt"))
    return {
        bare(adjective): (word_set(" ".join(adjectives)), word_set(" ".join(measures)), name == "most")
        for name, table in tables.items()
        for adjectives, measures in entries(table)
        for adjective in adjectives
    }


def superlatives(words: Sequence[str]) -> list[Adjective]:
    """The superlatives among some words, folded and without half-spaces, in order."""
    found: list[Adjective] = []
    if not any(_MORE_THAN in word for word in words):
        return found
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        before = tuple(words[max(place - 2, 0) : place])
        if match := _SUPERLATIVE.fullmatch(word):
            found.append(adjective(match[1], (place,)))
        elif following in _ENDING and following.startswith(bare("ترین")):
            found.append(adjective(word, (place, place + 1)))
        elif before == _OF_ALL and (match := _COMPARATIVE.fullmatch(word)):
            found.append(adjective(match[1], (place - 2, place - 1, place)))
    return found


def comparatives(words: Sequence[str], is_comparative: Sequence[bool]) -> list[Adjective]:
    """The comparatives among some words, in order.

    Args:
        words: folded and without half-spaces.
        is_comparative: for each word whether it is one.
    """
    found = []
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        match = _COMPARATIVE.fullmatch(word)
        if is_comparative[place] and match:
            found.append(adjective(match[1], (place,)))
        elif following in _ENDING and not following.startswith(bare("ترین")):
            found.append(adjective(word, (place, place + 1)))
    return found


def adjective(stem: str, places: tuple[int, ...] = ()) -> Adjective:
    """What is known of an adjective."""
    known = _known().get(stem)
    if known is None:
        for prefix in (_MUCH, _LITTLE):
            noun = stem.removeprefix(prefix)
            if noun != stem and len(noun) >= MIN_MEASURE:
                known = frozenset([stem]), frozenset([noun]), prefix == _MUCH
    spellings, measures, is_most = known or (frozenset([stem]), frozenset(), stem not in _LESS)
    return Adjective(places, stem, spellings, measures, is_most)


def agree(asked: Adjective, said: Adjective, others: Sequence[str]) -> bool:
    """Whether a superlative of a text is the one that is asked for, as the same word or in the same sense.

    Args:
        asked: of the question.
        said: of the text.
        others: the other words of the question; «از همه بیشتر می‌فروشد» names within its verb what «پرفروش» has most of.
    """
    if said.stem in asked.spellings:
        return True
    if asked.is_most != said.is_most:
        return False
    if asked.is_degree and said.may_be_degree:
        return True
    if asked.is_degree:
        return any(measure in word for measure in said.measures if len(measure) >= MIN_MEASURE for word in others)
    return bool(asked.measures & said.measures)
