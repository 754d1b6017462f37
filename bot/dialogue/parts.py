"""A message that asks two things → its parts: «مدیرش کیست و چند کارگر دارد؟», «الف بیشتر دارد یا ب؟».

Both are told by the words of grammar alone: two question words with «و» or a question mark between them; two things
with «یا» between them and a comparative beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.dialogue.possessives import is_possessive
from retrieval import Analyzer, Token, asks, is_predicate
from retrieval.text import bare, word_set

_AND, _OR = bare("و"), bare("یا")
_PREPOSITIONS = word_set("به در از با بر برای تا تو توی واسه")
_WHICH = word_set("چه کدام کدوم چند")
ATTRIBUTES = word_set(
    "قیمت نرخ هزینه بها مبلغ اجاره کرایه شهریه تعرفه طول درازا عرض پهنا ارتفاع بلندی عمق قد وزن مساحت وسعت متراژ "
    "زیربنا حجم ظرفیت گنجایش سن مدت مهلت سرعت دما توان مصرف سال تاریخ ساعت زمان روز محل مکان "
    "جا نشانی آدرس تلفن شماره نام اسم مدیر مدیرعامل رئیس سازنده معمار طراح نویسنده کارگردان رنگ جنس تعداد شمار شرایط "
    "مدارک"
)
"""Nouns for what a thing has; two of them with «و» between them ask two things."""
_NOT = word_set("نه خیر نخیر")
_COMPARATIVES = word_set("بهتر بدتر کمتر بیش کم")
"""Those that `Analyzer.is_comparative` does not tell."""
_ENDINGS = word_set("تر تره ترن ترند تری")
"""Those of a comparative, parted from it by a blank."""
_COMPARES = word_set("مقایسه تفاوت فرق اختلاف")
MAX_NAME = 4
"""Words of the name of a thing that is compared."""


class Comparison(NamedTuple):
    """The places of the words that only one of two sides has, and of those that compare."""

    one: frozenset[int]
    other: frozenset[int]
    comparing: frozenset[int]


def two_questions(text: str, tokens: Sequence[Token], analyzer: Analyzer) -> tuple[str, str] | None:
    """The two questions of a message; None where it asks one.

    Each is in the message's own characters. Where both share a verb or a topic («شاعر کی و کجا زاده شد؟», «طول و عرض
    پل»), each gets it.

    Args:
        text: the message.
        tokens: its words.
        analyzer: tells verbs.
    """
    asking = [place for place, token in enumerate(tokens) if asks(token.bare)]
    if cut := _between_marks(text, tokens, asking):
        return text[:cut].strip(), text[cut:].strip()
    for one, other in pairwise(asking):
        joint = next((place for place in range(one + 1, other) if tokens[place].bare == _AND), None)
        if joint is None:
            continue
        first, second = text[: tokens[joint].start].strip(), text[tokens[joint].end :].strip()
        is_whole = is_predicate(tokens[one].bare) or any(
            analyzer.is_verb(token.bare) for token in tokens[one + 1 : joint]
        )
        if is_whole:
            if _says(tokens[:joint]) and _says(tokens[joint + 1 :]):
                return first, second
            continue
        head, tail = text[: tokens[_phrase(tokens, one)].start], text[_behind(tokens, other, analyzer) :]
        if not (head.strip() or tail.strip(" ؟?")):
            continue
        return f"{first} {tail.strip()}", f"{head}{second}".strip()
    return _two_attributes(text, tokens) if len(asking) <= 1 else None


def _between_marks(text: str, tokens: Sequence[Token], asking: Sequence[int]) -> int | None:
    """Where the first of two questions ends that each have a question mark; None where there are no two."""
    cut = _end_of_question(text, 0, len(text.rstrip(" ؟?!.")))
    if cut is None or not asking:
        return None
    before = [token for token in tokens if token.end <= cut]
    behind = [token for token in tokens if token.start >= cut]
    is_question = text.rstrip().endswith(("؟", "?")) or any(asks(token.bare) for token in behind)
    is_said = any(token.terms for token in before) and any(token.terms for token in behind)
    return cut if is_question and is_said and any(asks(token.bare) for token in before) else None


def _phrase(tokens: Sequence[Token], place: int) -> int:
    """The place of the first word of a question word's phrase: «در چه سالی» begins with the preposition."""
    return place - 1 if place and tokens[place - 1].bare in _PREPOSITIONS else place


def _behind(tokens: Sequence[Token], place: int, analyzer: Analyzer) -> int:
    """Where in the text the phrase of a question word ends: behind it, or behind the noun that it asks for."""
    has_noun = tokens[place].bare in _WHICH and place + 1 < len(tokens) and not analyzer.is_verb(tokens[place + 1].bare)
    return tokens[place + has_noun].end


def _two_attributes(text: str, tokens: Sequence[Token]) -> tuple[str, str] | None:
    """Two attributes of one thing, each with the thing: «سال ساخت و متراژ عمارت»."""
    words = [token.bare for token in tokens]
    joint = next((place for place in range(1, len(words) - 2) if words[place] == _AND), None)
    if joint is None or words[0] not in ATTRIBUTES or words[joint + 1] not in ATTRIBUTES:
        return None
    return (
        f"{text[: tokens[joint].start].strip()} {text[tokens[joint + 1].end :].strip()}",
        text[tokens[joint].end :].strip(),
    )


def _end_of_question(text: str, start: int, end: int) -> int | None:
    """Where a question mark between two places ends a question."""
    place = max(text.rfind(mark, start, end) for mark in "؟?")
    return place + 1 if place >= 0 else None


def _says(tokens: Sequence[Token]) -> bool:
    """Whether some words are a question by themselves: a question word, and something that it asks about."""
    asking = [asks(token.bare) for token in tokens]
    return any(asking) and any(token.terms for token, asked in zip(tokens, asking, strict=True) if not asked)


def comparison(tokens: Sequence[Token], analyzer: Analyzer) -> Comparison | None:
    """What a message compares; None where it compares nothing.

    Args:
        tokens: its words.
        analyzer: tells verbs and comparatives.
    """
    words = [token.bare for token in tokens]
    joined_by = _AND if not _COMPARES.isdisjoint(words) else _OR
    joints = [place for place, word in enumerate(words) if word == joined_by and 0 < place < len(words) - 1]
    if len(joints) != 1 or words[joints[0] + 1] in _NOT:
        return None
    (joint,) = joints
    compares = _COMPARATIVES | _COMPARES
    comparing = frozenset(n for n, word in enumerate(words) if word in compares or analyzer.is_comparative(word))
    comparing |= {n for place, word in enumerate(words) if place and word in _ENDINGS for n in (place - 1, place)}
    if not comparing:
        return None
    verbs = frozenset(place for place, word in enumerate(words) if analyzer.is_verb(word))
    owned = frozenset(place for place, word in enumerate(words) if is_possessive(word, analyzer))
    names = [bool(token.terms) and place not in comparing | verbs | owned for place, token in enumerate(tokens)]
    behind = _run(names, range(joint + 1, len(words)))
    head = next((place for place in range(joint) if behind and words[place] == words[behind[0]]), None)
    if head is None:
        compared_before = [place for place in comparing if place < joint]
        end = joint if names[joint - 1] or not compared_before else max(compared_before)
        before = _run(names, range(end - 1, -1, -1))[: len(behind)]
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
