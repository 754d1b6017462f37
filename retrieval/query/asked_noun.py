"""The noun asked for: «خوشه» in «کدام خوشه», and whether it is in the plural."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from retrieval.query.matched_word import MatchedWord
from retrieval.query.question_words import FRAMING_NOUNS, ONE_OF, WHICH
from retrieval.text.orthography import bare
from retrieval.text.plurals import BROKEN_PLURALS

WHAT = bare("چه")
_PLURAL = re.compile(r"ها(?:ی|یی)?$")
_PERSONAL_PLURAL = re.compile(r"انی?$")
_SPOKEN_PLURAL = re.compile(r"ا(?:یی)?$")


def asked_noun(words: Sequence[MatchedWord], typed: Sequence[str], is_verb: Callable[[str], bool]) -> int | None:
    """The place of the noun after «کدام», «کدام یک از» or «چه»; None where there is no such noun («چی بخوریم»).

    Args:
        words: the question's.
        typed: the same as they were typed, folded: «کتابایی» where only «کتاب» is left.
        is_verb: whether a word is a form of a verb.
    """
    for place, word in enumerate(words):
        if word.bare in WHICH:
            noun = place + 1
            while noun < len(words) and words[noun].bare in ONE_OF:
                noun += 1
            if noun == len(words):
                return None
            is_done = word.bare == WHAT and (words[noun].is_deed or is_verb(words[noun].bare))
            is_done = is_done and not is_plural(WHAT, typed[noun : noun + 1], words[noun].terms)  # «چه کتابایی نوشته»
            if words[noun].terms and not is_done and words[noun].bare not in FRAMING_NOUNS:
                return noun
    return None


def is_plural(asking: str, words: Sequence[str], terms: tuple[str, ...]) -> bool:
    """Whether a noun is in the plural: with «ها», joined, after a space or as spoken; «ان» not in its stem; or broken.

    Spoken is «کتابایی». After «چه», which asks for a kind, «دورهای» is «دوره‌ای»; but in «چه دورهای تازه‌ای» it is
    the plural.

    Args:
        asking: the word before the noun.
        words: the noun and the word behind it, if any.
        terms: the terms of the noun.
    """
    noun, following = words[0], "".join(words[1:])
    if _PLURAL.fullmatch(following):
        return True
    if asking == WHAT and noun.endswith("های"):
        return following.endswith("ی")
    if noun in BROKEN_PLURALS or noun.removesuffix("ی") in BROKEN_PLURALS:
        return True
    if _PLURAL.search(noun) or (_PERSONAL_PLURAL.search(noun) and noun not in terms):
        return True
    return _SPOKEN_PLURAL.sub("", noun) in set(terms) - {noun}
