"""What a question asks: its terms as groups of alternatives, how much each matters, and the kind of answer sought."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from retrieval.engines.base import Group, Statistics
from retrieval.query.matching import Matcher, Word
from retrieval.text.function_words import COPULAS, QUESTION_WORDS
from retrieval.text.orthography import fold

MAX_LENGTH = 2_000
"""Code points of a question that are read; what follows is ignored."""


class Seeks(Enum):
    """The kind of answer that a question word asks for."""

    PERSON = "person"
    TIME = "time"
    QUANTITY = "quantity"
    PLACE = "place"
    REASON = "reason"
    MANNER = "manner"
    DEFINITION = "definition"
    LIST = "list"
    ONE_OF = "one of"
    ANYTHING = "anything"


@dataclass(frozen=True, slots=True)
class Question:
    """A question, read.

    Args:
        text: as it was typed, but in Persian where it was in Latin letters.
        query: its groups of terms; the terms of a group stand for one another.
        weights: for each group, how much of the question it carries: its idf, less for words that only name the kind
            of answer («چه شهری», «نام …»).
        order: the units of the question in order, each with its alternatives; stop words too, question words not.
        slot: how many units of `order` stand before the question word; None where there is no such word.
        words: the words typed, folded and without half-spaces.
        seeks: the kind of answer.
        head: the terms of the noun asked for («کدام خوشه‌ها»: خوشه); () where there is none.
        enumerates: whether several things are asked for («کدام خوشه‌ها», «چه خوشه‌هایی», «… کدام‌اند»).
        selects: whether one thing of a kind is asked for («کدام خوشه»).
        is_copular: whether it asks who, what or where something is («کیست»), not what is done.
    """

    text: str
    query: tuple[Group, ...]
    weights: tuple[float, ...]
    order: tuple[tuple[str, ...], ...] = ()
    slot: int | None = None
    words: frozenset[str] = frozenset()
    seeks: Seeks = Seeks.ANYTHING
    head: tuple[str, ...] = ()
    enumerates: bool = False
    selects: bool = False
    is_copular: bool = False

    @property
    def asked(self) -> int:
        """How many groups carry weight."""
        return sum(weight > 0 for weight in self.weights)

    @property
    def terms(self) -> frozenset[str]:
        """Every term of every group."""
        return frozenset(term for group in self.query for term in group.terms)

    def coverage(self, terms: Iterable[str]) -> float:
        """The share (0 to 1) of the question's weight whose groups have a term among `terms`."""
        present = set(terms)
        total = sum(self.weights)
        covered = sum(
            weight for group, weight in zip(self.query, self.weights, strict=True) if present & set(group.terms)
        )
        return covered / total if total else 0.0

    def following(self, previous: Question, share: float = 0.3) -> Question:
        """This question completed by what the `previous` one was about, whose groups count `share` of their weight."""
        own = self.terms
        added = [
            (Group(group.terms, share, group.substitutes), share * weight)
            for group, weight in zip(previous.query, previous.weights, strict=True)
            if own.isdisjoint(group.terms)
        ]
        slot = None if self.slot is None else len(previous.order) + self.slot
        return replace(
            self,
            order=previous.order + self.order,
            slot=slot,
            query=self.query + tuple(group for group, _ in added),
            weights=self.weights + tuple(weight for _, weight in added),
            head=self.head or previous.head,
            selects=self.selects or not (self.head or self.enumerates),
        )


_TIME_NOUNS = (
    "سال|سالی|سالها|سالهایی|تاریخ|تاریخی|زمان|زمانی|روز|روزی|ماه|ماهی|قرن|قرنی|دهه|ساعت|ساعتی|وقت|هنگام|موقع|موقعی"
)
_PLACE_NOUNS = "شهر|شهری|شهرها|کشور|کشوری|کشورها|استان|استانی|جا|جایی|مکان|مکانی|محل|محلی|منطقه|منطقهای|روستا|روستایی"
_SEEKS: tuple[tuple[Seeks, re.Pattern[str]], ...] = tuple(
    (seeks, re.compile(rf"\b(?:{pattern})\b"))
    for seeks, pattern in (
        (Seeks.TIME, rf"(?:چه|کدام|کدوم) (?:{_TIME_NOUNS})|چند (?:سال|روز|ماه) پیش|کی|چهوقت"),
        (
            Seeks.QUANTITY,
            r"چند|چندتا|چندمین|چقدر|چه قدر|چه (?:تعداد|تعدادی|مقدار|میزان|مدت|مدتی|اندازه)|تعداد",
        ),
        (
            Seeks.PERSON,
            r"کیست|کیستند|کیه|کیا|چه کسی|چه کسانی|چهکسی|چهکسانی|چه نام|نامش|(?:چه|کدام) (?:شخص|شخصی|فرد|فردی|افرادی)",
        ),
        (Seeks.PLACE, rf"کجا|کجاست|کجاس|کجاها|(?:چه|کدام|کدوم) (?:{_PLACE_NOUNS})"),
    )
)
_ASKS: tuple[tuple[Seeks, re.Pattern[str]], ...] = tuple(
    (seeks, re.compile(rf"\b(?:{pattern})\b"))
    for seeks, pattern in (
        (
            Seeks.REASON,
            r"چرا|(?:به )?چه (?:علت|علتی|دلیل|دلیلی|سبب|منظور|منظوری|خاطر)|علت|دلیل|دلایل|علل",
        ),
        (
            Seeks.MANNER,
            r"چگونه|چطور|چطوری|چجوری|(?:چه|کدام) "
            r"(?:صورت|صورتی|طریق|طریقی|روش|روشی|طور|شکل|شکلی|نحوی|وسیله|وسیلهای|راهی)",
        ),
        (Seeks.DEFINITION, r"چیست|یعنی چه|به چه معنا|چه معنایی|معنای|معنی|تعریف|منظور از"),
    )
)
_WHICH = frozenset(map(fold, ("کدام", "کدوم", "چه")))
_WHAT = fold("چه")
_ONE_OF = frozenset(("یک", "از"))
_WHICH_ARE = re.compile(r"کدام ?اند|کدامند|کدوما|کدامها|چیستند|چیا|نام ببر|فهرست|لیست")
_PLURAL = re.compile(r"ها(?:ی|یی)?$")
_PERSONAL_PLURAL = re.compile(r"انی?$")
_KIND_NOUNS = frozenset(
    map(
        fold,
        "نام اسم جا مکان چیز مورد تعداد مقدار میزان مدت اندازه شخص فرد کس تاریخ زمان نفر تا عدد هنگام وقت موقع".split(),
    )
)
"""Nouns that only say what kind of answer is wanted; an answer need not repeat them."""

HEAD_SHARE = 0.5
"""What the noun after «کدام» or «چه» counts: an answer to «کدام شهرها» names cities rather than the word «شهر»."""


def read(text: str, matcher: Matcher, statistics: Statistics) -> Question:
    """Read a question.

    Args:
        text: as typed; beyond `MAX_LENGTH` code points it is ignored.
        matcher: from words to what the collection may call them.
        statistics: the collection's counts.
    """
    persian = matcher.persian(text[:MAX_LENGTH])
    words = matcher.words(persian)
    spelt = [word.bare for word in words]
    asked = _asked(words)
    plural = asked is not None and _is_plural(spelt[asked - 1], spelt[asked : asked + 2], words[asked].terms)
    query: dict[tuple[str, ...], tuple[Group, float]] = {}
    order: list[tuple[str, ...]] = []
    slot = None
    for place, word in enumerate(words):
        for group in word.groups:
            share = 0.0 if _KIND_NOUNS & set(group.terms) else HEAD_SHARE if place == asked else 1.0
            query.setdefault(group.terms, (group, share * _idf(group, statistics)))
        if not word.groups and word.bare in QUESTION_WORDS:
            slot = len(order) if slot is None else slot
        else:
            order += word.places
    plain = " ".join(spelt)
    lists = bool(_WHICH_ARE.search(plain))
    first = next((word.terms for word in words if word.terms), ())
    selects = asked is not None and not plural and spelt[asked - 1] != "چه"
    return Question(
        text=persian.text,
        query=tuple(group for group, _ in query.values()),
        weights=tuple(weight for _, weight in query.values()),
        order=tuple(order),
        slot=slot,
        words=frozenset(spelt),
        seeks=_seeks(plain, enumerates=plural or lists, of_a_kind=asked is not None),
        head=words[asked].terms if asked is not None else first if lists else (),
        enumerates=plural or lists,
        selects=selects,
        is_copular=any(word in COPULAS or word.endswith(("ست", "ستند")) for word in spelt[-1:]),
    )


def _idf(group: Group, statistics: Statistics) -> float:
    """The idf of a group's commonest term."""
    return min(map(statistics.idf, group.terms))


def _seeks(plain: str, *, enumerates: bool, of_a_kind: bool) -> Seeks:
    """The kind of answer that a folded question asks for."""
    found = next((seeks for seeks, pattern in _SEEKS + _ASKS if pattern.search(plain)), None)
    return found or (Seeks.LIST if enumerates else Seeks.ONE_OF if of_a_kind else Seeks.ANYTHING)


def _asked(words: Sequence[Word]) -> int | None:
    """The place of the noun after «کدام», «کدام یک از» or «چه»."""
    for place, word in enumerate(words):
        if word.bare in _WHICH:
            noun = place + 1
            while noun < len(words) and words[noun].bare in _ONE_OF:
                noun += 1
            if noun < len(words) and words[noun].terms:
                return noun
    return None


def _is_plural(asking: str, words: Sequence[str], terms: tuple[str, ...]) -> bool:
    """Whether a noun is in the plural: by «ها», with or without a space before it, or by an «ان» that is no stem's.

    After «چه», which asks for a kind, «دورهای» is «دوره‌ای»; but in «چه دورهای تازه‌ای» it is the plural.

    Args:
        asking: the word before the noun.
        words: the noun and the word behind it, if any.
        terms: the noun's.
    """
    noun, following = words[0], "".join(words[1:])
    if _PLURAL.fullmatch(following):
        return True
    if asking == _WHAT and noun.endswith("های"):
        return following.endswith("ی")
    return bool(_PLURAL.search(noun)) or bool(_PERSONAL_PLURAL.search(noun) and noun not in terms)
