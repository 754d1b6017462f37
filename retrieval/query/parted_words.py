"""Words that people type apart, or that only seem to be two or only ask: «مدیر عامل», «اجاره ش», «نام ببرید»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from retrieval.engines.base import Group
from retrieval.index.reader import IndexReader
from retrieval.query.matched_word import MatchedWord
from retrieval.query.question_words import ONLY_ASKING
from retrieval.text.word_tables import word_set

_PARTED_ENDINGS = word_set("تره ترن ه س ش م ت هاش هات هام هاشون هاتون هامون شون تون مون")
"""Of a comparative, «است», possessives: «بزرگ تره», «چیکاره س», «بچه هاش»."""


def pairs(words: Sequence[MatchedWord], index: IndexReader) -> Iterator[tuple[str, str]]:
    """The pairs of units that the functions below may ask the collection for."""
    for word in words:
        yield from _parts(word, index)
    for one, other in pairwise(words):
        if other.bare in _PARTED_ENDINGS and one.terms:
            yield one.terms[0], other.bare
        if one.groups and other.groups and index.knows(one.bare + other.bare):
            yield one.groups[-1].terms[0], other.groups[0].terms[0]


def is_one(word: MatchedWord, index: IndexReader) -> bool:
    """Whether a word is no two known ones that only happen to make up a third, unknown one."""
    return all(index.side_by_side(one, other) for one, other in _parts(word, index))


def _parts(word: MatchedWord, index: IndexReader) -> list[tuple[str, str]]:
    """The pairs of words that may happen to make up an unknown one."""
    by_chance = len(word.groups) > 1 and word.terms[-1] == word.bare and not index.knows(word.bare)
    return [(one.terms[0], other.terms[0]) for one, other in pairwise(word.groups)] if by_chance else []


def without_phrases(words: Sequence[MatchedWord], index: IndexReader) -> list[MatchedWord]:
    """The words; those of phrases that only ask («… طول کشید؟»), and parted endings, are searched by nothing."""
    found = list(words)
    for place, (one, other) in enumerate(pairwise(words), start=1):
        only_asks = (one.bare, other.bare) in ONLY_ASKING
        is_ending = (
            other.bare in _PARTED_ENDINGS and bool(one.terms) and not index.side_by_side(one.terms[0], other.bare)
        )
        for gone in range(place - only_asks, place + (only_asks or is_ending)):
            found[gone] = words[gone]._replace(terms=(), groups=())
    return found


def joined(words: Sequence[MatchedWord], index: IndexReader) -> list[MatchedWord]:
    """The words, with neighbours that the collection writes as one word made one: «مدیر عامل» for «مدیرعامل».

    Where the collection writes them apart as well, both stay, and the joined spelling stands for either.
    """
    found: list[MatchedWord] = []
    for word in words:
        whole = found[-1].bare + word.bare if found and found[-1].groups and word.groups else ""
        if not (whole and index.knows(whole)):
            found.append(word)
        elif index.side_by_side(found[-1].groups[-1].terms[0], word.groups[0].terms[0]):
            found[-1:] = [found[-1].also(whole), word.also(whole)]
        else:
            apart = tuple(group.terms[0] for group in found[-1].groups + word.groups)
            found[-1] = word._replace(bare=whole).searched_by((Group((whole,), substitutes=apart),))
    return found
