"""What a question seeks: the kind of answer or of value, and the units of what its question word asks for by itself."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.query.matched_word import MatchedWord
from retrieval.query.matching import Matcher
from retrieval.query.question_words import HOW_MUCH, Seeks
from retrieval.text.function_words import QUESTION_WORDS
from retrieval.text.word_tables import read, sections, word_set

_VALUES = {name: word_set(lines) for name, lines in sections(read(__file__, "values.txt")).items()}
"""By kind of value, the attributes that have one of it."""

_ATTRIBUTES = frozenset[str]().union(*_VALUES.values())


def seeks(
    told: Seeks | None, words: Sequence[MatchedWord], matcher: Matcher, *, enumerates: bool, of_a_kind: bool
) -> Seeks:
    """The kind of answer that a question asks for.

    Args:
        told: the kind that its words tell; «علائم … چیاست» asks for a list all the same.
        words: its words; where nothing else tells, what they name does («قیمت چای»).
        matcher: knows what is measured.
        enumerates: whether it asks for several things.
        of_a_kind: whether it asks for something of a kind («چه دارویی»).
    """
    if told and not (enumerates and told is Seeks.DEFINITION):
        return told
    if enumerates or of_a_kind:
        return Seeks.LIST if enumerates else Seeks.ONE_OF
    return Seeks.QUANTITY if any(map(matcher.is_measured, words)) else Seeks.ANYTHING


def units(words: Sequence[MatchedWord], matcher: Matcher, *, is_copular: bool) -> tuple[str, ...]:
    """The terms that tell the attribute which a question word asks for by itself; () where the question names one.

    Args:
        words: the question's: «گوشی چنده» asks for a price, and «گوشی چند رنگ دارد» does not.
        matcher: knows what is measured, and by what.
        is_copular: whether it asks where something is, not where it goes.
    """
    places = [place for place, word in enumerate(words) if word.bare in QUESTION_WORDS]
    if len(places) != 1 or any(map(matcher.is_measured, words)):
        return ()  # two of them are «چند چند شد», «از چند تا چند»
    behind = words[places[0] + 1 :]
    names_something = any(word.groups and not matcher.is_verb(word.bare) for word in behind)
    is_how_much = words[places[0]].bare in HOW_MUCH
    return matcher.units_asked(words[places[0]].bare) if not names_something and (is_how_much or is_copular) else ()


def value(words: Sequence[MatchedWord], matcher: Matcher) -> str:
    """The kind of value that is asked for, if that has a form of its own; "" for none.

    It is what the first noun or the last asks for, where nothing is done: «شماره تلفن درمانگاه», «درمانگاه ایمیلش چیه»,
    but not «با تلفن نوبت گرفت».

    Args:
        words: the question's, without a story.
        matcher: knows what is a verb.
    """
    telling = [word for word in words if word.groups or word.bare in _ATTRIBUTES]
    if any(matcher.is_verb(word.bare) for word in telling):
        return ""
    asked = {term for word in (*telling[:2], *telling[-1:]) for term in (word.bare, *word.terms)}
    return next((kind for kind, attributes in _VALUES.items() if not attributes.isdisjoint(asked)), "")
