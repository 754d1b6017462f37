"""How much each group of a question's terms counts: by what its word does in the question, and by what it tells."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import zip_longest

from retrieval.engines.base import Group, Statistics
from retrieval.query.matched_word import MatchedWord
from retrieval.query.matching import Matcher
from retrieval.query.question_words import FRAMING_NOUNS, HOW_MUCH, KIND_NOUNS, RATES

HEAD_SHARE = 0.5
"""The share of its weight that the noun after «کدام» or «چه» keeps: an answer to «کدام شهرها» names cities, and need
not have the word «شهر»."""

FRAMING_SHARE, STORY_SHARE, UNKNOWN_VERB_SHARE = 0.25, 0.3, 0.25
"""What a word counts that only frames what is asked, that stands in the story before it, or that is a verb of everyday
speech which no article has."""


def share(word: MatchedWord, group: Group, matcher: Matcher, *, is_asked: bool, is_rate: bool, in_story: bool) -> float:
    """How much of its weight a group counts, by what it does in the question."""
    if not KIND_NOUNS.isdisjoint((group.terms[0], *word.meant[:1])):
        return 0.0
    if is_asked:
        return HEAD_SHARE
    if is_rate or word.bare in FRAMING_NOUNS or not FRAMING_NOUNS.isdisjoint(group.terms):
        return FRAMING_SHARE if matcher.has_any(group) else 0.0
    if in_story:
        return STORY_SHARE if matcher.has_any(group) else 0.0
    return 1.0 if matcher.has_any(group) or not matcher.is_verb(word.bare) else UNKNOWN_VERB_SHARE


def counted_groups(
    words: Sequence[MatchedWord], matcher: Matcher, asked: int | None, told: Collection[int], counted: Collection[int]
) -> dict[tuple[str, ...], tuple[Group, float]]:
    """The groups of some words by their terms, each with how much of its weight counts; of the same terms the most.

    Args:
        words: in order.
        matcher: knows what the collection has.
        asked: the place of the noun asked for.
        told: the places of the story before the question.
        counted: those of the words that count from today, which no article has in the same sense.
    """
    found: dict[tuple[str, ...], tuple[Group, float]] = {}
    for place, (word, behind) in enumerate(zip_longest(words, words[1:])):
        is_rate = word.bare in RATES and behind is not None and behind.bare in HOW_MUCH
        for group in word.groups:
            its = share(word, group, matcher, is_asked=place == asked, is_rate=is_rate, in_story=place in told)
            its = 0.0 if place in counted else its
            if group.terms not in found or its > found[group.terms][1]:
                found[group.terms] = group, its
    return found


def weights(shares: Collection[tuple[Group, float]], matcher: Matcher, statistics: Statistics) -> tuple[float, ...]:
    """What each group weighs: a share of what it tells.

    Together they weigh what they do by idf, so that a BM25 score is the same part of a question's weight in a
    collection of any size.

    Args:
        shares: groups, each with its share.
        matcher: knows what each tells.
        statistics: the collection's.
    """
    telling = [share * matcher.information(group.terms) for group, share in shares]
    idf = sum(share * min(map(statistics.idf, group.terms)) for group, share in shares)
    scale = idf / sum(telling) if any(telling) else 0.0
    return tuple(scale * tells for tells in telling)
