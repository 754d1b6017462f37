"""The items of an enumeration inside a clause.

A Persian enumeration is «A، B، … و Z», after the noun it lists («خوشه‌های A، B و C به … رسیده‌اند»), after a word that
announces it («از جمله A و B»), after a preposition («در A، B و C»), or in the frame «از A گرفته تا B». It ends where
the predicate begins: at a word of the question, a preposition or the verb after its last comma.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bot.dialogue.clauses import Clause, ClauseWord
from retrieval import Question
from retrieval.text import bare, word_set

MAX_ITEM_WORDS = 10
"""Words of an item. What is longer is a misread clause."""

_AND = bare("و")
_ALSO = word_set("همچنین نیز هم")
_PREPOSITIONS = word_set("به در از با بر برای تا توسط طی را")
_ANNOUNCERS = tuple(
    tuple(map(bare, phrase.split()))
    for phrase in "از جمله|ازجمله|شامل|عبارتند از|عبارت‌اند از|عبارت است از|مانند|نظیر|همچون|یعنی".split("|")
)
_ANNOUNCING = frozenset(phrase[0] for phrase in _ANNOUNCERS)
_FRAME = (bare("گرفته"), bare("تا"))


def items(clause: Clause, question: Question) -> list[tuple[int, int]]:
    """The spans, in the article's text, of the items that the clause lists in answer to `question`.

    In the order of the text; [] where nothing is listed plainly. Several ways to find the enumeration are tried, and
    the first that finds one is taken.
    """
    fewest = 2 if question.enumerates else 1
    ways = (_in_frame, _after_announcer, _after_head, _after_preposition)
    for regions in ways if question.enumerates else (_after_head,):
        found = [spans for region in regions(clause, question) if len(spans := _split(region, question)) >= fewest]
        if found:
            return max(found, key=lambda spans: (len(spans), spans[0]))
    return []


def _after_head(clause: Clause, question: Question) -> Iterator[Clause]:
    """The words behind the noun asked for, and behind the words of the question that belong to it."""
    for place, word in enumerate(clause):
        if set(question.head).intersection(word.terms) and _plain(word):
            start = place + 1
            while start < len(clause) and question.terms.intersection(clause[start].terms) and _plain(clause[start]):
                start += 1
            yield _until_predicate(clause[start:], question)


def _in_frame(clause: Clause, _: Question) -> Iterator[Clause]:
    """The frame «A و B گرفته تا C، D و E» behind «از», up to the comma that closes it."""
    pairs = [(one.bare, other.bare) for one, other in pairwise(clause)]
    if _FRAME not in pairs:
        return
    middle = pairs.index(_FRAME)
    start = max((place + 1 for place in range(middle) if clause[place].bare == bare("از")), default=None)
    joined = False
    for place in range(middle + 2, len(clause)):
        joined = joined or clause[place].bare == _AND
        if start is not None and joined and "،" in clause[place].gap:
            yield clause[start : place + 1]
            return


def _after_announcer(clause: Clause, question: Question) -> Iterator[Clause]:
    """The words behind «از جمله», «شامل» and their like."""
    for place, first in enumerate(clause):
        for phrase in _ANNOUNCERS if first.bare in _ANNOUNCING else ():
            if tuple(word.bare for word in clause[place : place + len(phrase)]) == phrase:
                yield _until_predicate(clause[place + len(phrase) :], question)


def _after_preposition(clause: Clause, question: Question) -> Iterator[Clause]:
    """The words behind a preposition, up to a word of the question: «در A، B و C اعزام شدند»."""
    for place, word in enumerate(clause):
        if word.bare in _PREPOSITIONS:
            region = _until_predicate(clause[place + 1 :], question)
            end = place + 1 + len(region)
            if end < len(clause) and question.terms.intersection(clause[end].terms):
                yield region


def _plain(word: ClauseWord) -> bool:
    """Whether only white space stands between the word and the next one."""
    return not word.gap.strip()


def _until_predicate(words: Clause, question: Question) -> Clause:
    """The words before the predicate, which begins behind the last comma."""
    commas = [place for place, word in enumerate(words) if "،" in word.gap]
    last_comma = commas[-1] if commas else -1
    several = bool(commas) or question.selects
    predicate = question.terms - set(question.head)
    for place in range(last_comma + 1, len(words)):
        word = words[place]
        joined = place > 0 and words[place - 1].bare == _AND
        stops = word.bare in _PREPOSITIONS or (word.bare in _ALSO and not joined)
        if word.finite or predicate.intersection(word.terms) or (several and stops):
            return words[:place]
        several = several or word.bare == _AND
    return words


def _split(region: Clause, question: Question) -> list[tuple[int, int]]:
    """The spans of the items of a region; [] where it does not read as an enumeration."""
    parts = [part for half in _halves(region) for part in _parts(half, question)]
    parts = [_trim(part) for part in parts]
    if not all(part and len(part) <= MAX_ITEM_WORDS and not any(word.finite for word in part) for part in parts):
        return []
    return [(part[0].start, part[-1].end) for part in parts]


def _halves(region: Clause) -> list[Clause]:
    """The two sides of «گرفته تا», or the whole region."""
    pairs = [(one.bare, other.bare) for one, other in pairwise(region)]
    if _FRAME in pairs:
        place = pairs.index(_FRAME)
        return [region[:place], region[place + 2 :]]
    return [region]


def _parts(words: Clause, question: Question) -> list[Clause]:
    """The words cut at each repeated head noun, else at commas and at the last «و».

    Where one thing of a kind is asked for, nothing is cut.
    """
    if question.selects:
        return [words]
    head = set(question.head)
    joints = {place + 1 for place, word in enumerate(words) if "،" in word.gap or word.bare in _ALSO | {_AND}}
    cuts = [place for place in sorted(joints) if place < len(words) and head.intersection(words[place].terms)]
    if not cuts:
        commas = [place + 1 for place, word in enumerate(words[:-1]) if "،" in word.gap]
        ands = [place for place in range(max(commas, default=0), len(words)) if words[place].bare == _AND]
        cuts = commas + (ands[-1:] if commas else ands)
    bounds = [0, *cuts, len(words)]
    return [words[start:end] for start, end in pairwise(bounds) if start < end]


def _trim(words: Clause) -> Clause:
    """The words without joining words at the start and stop words at the end."""
    start, end = 0, len(words)
    while start < end and words[start].bare in _ALSO | {_AND}:
        start += 1
    while end > start and not words[end - 1].terms:
        end -= 1
    return words[start:end]
