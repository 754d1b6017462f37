"""A message that asks two things → its parts: «مدیرش کیست و چند کارگر دارد؟», «الف بیشتر دارد یا ب؟».

Both are told by the words of grammar alone: two question words with «و» or a question mark between them; two things
with «یا» between them and a comparative beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from retrieval import Analyzer, Token, asks, is_predicate
from retrieval.text import bare, word_set

_AND, _OR = bare("و"), bare("یا")
_NOT = word_set("نه خیر نخیر")
_COMPARATIVES = word_set("بهتر بدتر کمتر بیش کم")
"""Those that `Analyzer.is_comparative` does not tell."""
_COMPARES = word_set("مقایسه تفاوت فرق اختلاف")
MAX_NAME = 4
"""Words of the name of a thing that is compared."""


class Comparison(NamedTuple):
    """The places of the words that only one of two sides has, and of those that compare."""

    one: frozenset[int]
    other: frozenset[int]
    comparing: frozenset[int]


def two_questions(text: str, tokens: Sequence[Token]) -> tuple[str, str] | None:
    """The two questions of a message, in its own characters; None where it asks one.

    Args:
        text: the message.
        tokens: its words.
    """
    asking = [place for place, token in enumerate(tokens) if asks(token.bare)]
    for one, other in pairwise(asking):
        cut = _end_of_question(text, tokens[one].end, tokens[other].start)
        joint = next((place for place in range(one + 1, other) if tokens[place].bare == _AND), None)
        if other == one + 2 and not is_predicate(tokens[one].bare):
            continue  # «کی و کجا» asks two things of one verb
        if cut is not None:
            first, second = text[:cut], text[cut:]
        elif joint is not None and _says(tokens[:joint]) and _says(tokens[joint + 1 :]):
            first, second = text[: tokens[joint].start], text[tokens[joint].end :]
        else:
            continue
        if first.strip() and second.strip():
            return first.strip(), second.strip()
    return None


def _end_of_question(text: str, start: int, end: int) -> int | None:
    """Where a question mark between two places ends a question."""
    place = max(text.rfind(mark, start, end) for mark in "؟?")
    return place + 1 if place >= 0 else None


def _says(tokens: Sequence[Token]) -> bool:
    """Whether some words are a question by themselves: a question word, and something that it asks about."""
    return any(asks(token.bare) for token in tokens) and any(token.terms for token in tokens)


def comparison(tokens: Sequence[Token], analyzer: Analyzer) -> Comparison | None:
    """What a message compares; None where it compares nothing.

    Args:
        tokens: its words.
        analyzer: tells verbs and comparatives.
    """
    words = [token.bare for token in tokens]
    compares = _COMPARATIVES | _COMPARES
    comparing = frozenset(n for n, word in enumerate(words) if word in compares or analyzer.is_comparative(word))
    joined_by = _AND if not _COMPARES.isdisjoint(words) else _OR
    joints = [place for place, word in enumerate(words) if word == joined_by and 0 < place < len(words) - 1]
    if len(joints) != 1 or not comparing or words[joints[0] + 1] in _NOT:
        return None
    (joint,) = joints
    verbs = frozenset(place for place, word in enumerate(words) if analyzer.is_verb(word))
    names = [bool(token.terms) and place not in comparing | verbs for place, token in enumerate(tokens)]
    behind = _run(names, range(joint + 1, len(words)))
    head = next((place for place in range(joint) if behind and words[place] == words[behind[0]]), None)
    if head is None:
        before = _run(names, range(joint - 1, -1, -1))[: len(behind)]
    else:
        before = _run(names, range(head, joint))[: len(behind)]
    shared = {words[place] for place in before} & {words[place] for place in behind}
    one = frozenset(place for place in before if words[place] not in shared)
    other = frozenset(place for place in behind if words[place] not in shared)
    return Comparison(one, other, comparing | verbs) if one and other else None


def _run(names: Sequence[bool], places: Iterable[int]) -> list[int]:
    """The first places in a row that may be of a name."""
    found: list[int] = []
    for place in places:
        if names[place]:
            found.append(place)
        elif found:
            break
    return found[:MAX_NAME]
