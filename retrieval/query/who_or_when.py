"""«کی» is «who» and «when»: what the words around it tell (`data/who_or_when.txt`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Flag, auto

from retrieval.query.period import NEWEST
from retrieval.text.function_words import COPULAS, STOP_WORDS
from retrieval.text.orthography import bare
from retrieval.text.word_tables import read, sections, word_set


class Asks(Flag):
    """Whom or when «کی» asks for; both where it may ask for either."""

    WHO = auto()
    WHEN = auto()


WORD, WITH_COPULA = bare("کی"), bare("کیست")
"""«کی» alone, and with its verb, as «کیه» is read."""

WHO = bare("چه‌کسی")
"""What is «who» and nothing else."""

_TABLES = {name: word_set(words) for name, words in sections(read(__file__, "who_or_when.txt")).items()}
_BEFORE_WHO, _FROM_WHOM, _OBJECT = _TABLES["before who"], _TABLES["from whom"], _TABLES["object"]
_EVENTS, _PASSIVE, _BECOMING = _TABLES["events"], _TABLES["passive"], _TABLES["becoming"]
_ABLE = _TABLES["able"]
_DEED = re.compile(
    rf"(?:ن?می|ن)?(?:{'|'.join(_TABLES['deeds'])})(?:ه|هاست|هاند|ند|ن)?"
    rf"|(?:ن?می|ب)(?:{'|'.join(_TABLES['deeds now'])})(?:د|ه|ند|ن)"
)
_FROM, _UNTIL = bare("از"), bare("تا")
_LIGHT = STOP_WORDS | NEWEST


def who_or_when(words: Sequence[str]) -> Asks | None:
    """What «کی» asks for in a question; None where it has no «کی».

    Args:
        words: folded and without half-spaces; spoken forms of question words as they are written.
    """
    place = next((place for place, word in enumerate(words) if word in (WORD, WITH_COPULA)), None)
    if place is None:
        return None
    before, behind = words[:place], words[place + 1 :]
    is_since = words[place] == WORD or before[-1:] == [_UNTIL]  # «از کیست» is «whose is it»
    if is_since and before and before[-1] in (_FROM, _UNTIL):
        return Asks.WHO if before[-1] == _FROM and not _FROM_WHOM.isdisjoint(behind) else Asks.WHEN
    if (before and before[-1] in _BEFORE_WHO) or (behind and behind[0] in _OBJECT):
        return Asks.WHO
    if words[place] == WITH_COPULA or (behind and behind[0] in COPULAS | {bare("بود"), bare("بودند")}):
        return Asks.WHEN if _is_event(before) else Asks.WHO
    return _by_verb(before, behind)


def _is_event(words: Sequence[str]) -> bool:
    """Whether the first noun among some words is what is at a time: «بازی بعدی», but not «داور بازی»."""
    first = next((word for word in words if word not in _LIGHT), "")
    return first in _EVENTS


def _by_verb(before: Sequence[str], behind: Sequence[str]) -> Asks:
    """What «کی» asks for by the verb behind it, and by what may be the subject before it."""
    has_subject = _OBJECT.isdisjoint(before) and any(word not in _LIGHT for word in before)
    if not _PASSIVE.isdisjoint(behind):
        becomes = not _BECOMING.isdisjoint(behind) and not has_subject
        return Asks.WHO | Asks.WHEN if becomes else Asks.WHEN
    if any(map(_DEED.fullmatch, behind)):
        return Asks.WHO | Asks.WHEN if has_subject else Asks.WHO
    said_of_somebody = (word.removesuffix("ه") in _BECOMING or word in _BECOMING | _ABLE for word in behind[:1])
    return Asks.WHO if not has_subject and any(said_of_somebody) else Asks.WHEN


def told_apart(words: Sequence[str]) -> tuple[list[str], bool]:
    """A question's words with «چه‌کسی» where «کی» is «who», and «کی» where «کیه» is «when is it».

    Returns:
        The words. And whether «کی», which they still have, may be «who» as well.
    """
    asked = who_or_when(words)
    if asked is None:
        return list(words), False
    meant = WORD if Asks.WHEN in asked else WHO
    return [meant if word in (WORD, WITH_COPULA) else word for word in words], asked == Asks.WHO | Asks.WHEN
