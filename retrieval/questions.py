"""What a question asks: its terms as groups of alternatives, how much each matters, and the kind of answer sought."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise, product

from retrieval.engines.base import Group, Statistics
from retrieval.lexicon import Lexicon
from retrieval.orthography import bare, fold
from retrieval.terms import Analyzer, Token, has_two_readings

MAX_LENGTH = 2_000
"""Code points of a question that are read; what follows is ignored."""


class Seeks(Enum):
    """The kind of answer that a question word asks for."""

    PERSON = "person"
    TIME = "time"
    QUANTITY = "quantity"
    PLACE = "place"
    ANYTHING = "anything"


@dataclass(frozen=True, slots=True)
class Question:
    """A question, read.

    Args:
        text: as it was typed.
        query: its groups of terms; the terms of a group stand for one another.
        weights: for each group, how much of the question it carries: its idf, less for words that only name the kind
            of answer («چه شهری», «نام …»).
        words: the words typed, folded and without half-spaces.
        seeks: the kind of answer.
        head: the terms of the noun asked for («کدام خوشه‌ها»: خوشه); () where there is none.
        enumerates: whether several things are asked for («کدام خوشه‌ها», «چه خوشه‌هایی», «… کدام‌اند»).
        selects: whether one thing of a kind is asked for («کدام خوشه»).
    """

    text: str
    query: tuple[Group, ...]
    weights: tuple[float, ...]
    words: frozenset[str] = frozenset()
    seeks: Seeks = Seeks.ANYTHING
    head: tuple[str, ...] = ()
    enumerates: bool = False
    selects: bool = False

    @property
    def terms(self) -> frozenset[str]:
        """Every term of every group."""
        return frozenset(term for group in self.query for term in group.terms)

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Terms that follow each other in the question."""
        return frozenset(pair for one, other in pairwise(self.query) for pair in product(one.terms, other.terms))

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
            (Group(group.terms, share), share * weight)
            for group, weight in zip(previous.query, previous.weights, strict=True)
            if own.isdisjoint(group.terms)
        ]
        return replace(
            self,
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
_WHICH = frozenset(map(fold, ("کدام", "کدوم", "چه")))
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


def read(text: str, analyzer: Analyzer, synonyms: Mapping[str, tuple[str, ...]], statistics: Statistics) -> Question:
    """Read a question.

    Args:
        text: as typed; beyond `MAX_LENGTH` code points it is ignored.
        analyzer: the steps from text to terms, the same as for documents.
        synonyms: term → terms that may stand for it where the collection does not know it.
        statistics: the collection's counts.
    """
    text = text[:MAX_LENGTH]
    tokens = list(analyzer.tokens(text))
    words = [bare(text[token.start : token.end]) for token in tokens]
    plain = " ".join(words)
    asked = _asked(words, tokens)
    plural = asked is not None and _is_plural(words[asked : asked + 2], tokens[asked].terms)
    weights: dict[tuple[str, ...], float] = {}
    for place, (token, word) in enumerate(zip(tokens, words, strict=True)):
        for terms in _alternatives(token.terms, word, analyzer.lexicon):
            share = 0.0 if _KIND_NOUNS & set(terms) else HEAD_SHARE if place == asked else 1.0
            widened = _with_synonyms(terms, synonyms, statistics)
            weights.setdefault(widened, share * min(map(statistics.idf, widened)))
    lists = bool(_WHICH_ARE.search(plain))
    first = next((token.terms for token in tokens if token.terms), ())
    return Question(
        text=text,
        query=tuple(map(Group, weights)),
        weights=tuple(weights.values()),
        words=frozenset(words),
        seeks=next((seeks for seeks, pattern in _SEEKS if pattern.search(plain)), Seeks.ANYTHING),
        head=tokens[asked].terms if asked is not None else first if lists else (),
        enumerates=plural or lists,
        selects=asked is not None and not plural and words[asked - 1] != "چه",
    )


def _asked(words: Sequence[str], tokens: Sequence[Token]) -> int | None:
    """The place of the noun after «کدام», «کدام یک از» or «چه»."""
    for place, word in enumerate(words):
        if word in _WHICH:
            noun = place + 1
            while words[noun : noun + 1] and words[noun] in _ONE_OF:
                noun += 1
            if noun < len(words) and tokens[noun].terms:
                return noun
    return None


def _is_plural(words: Sequence[str], terms: tuple[str, ...]) -> bool:
    """Whether a noun is in the plural: by «ها», with or without a space before it, or by an «ان» that is no stem's."""
    noun = words[0]
    apart = len(words) > 1 and bool(_PLURAL.fullmatch(words[1]))
    return apart or bool(_PLURAL.search(noun)) or bool(_PERSONAL_PLURAL.search(noun) and noun not in terms)


def _alternatives(terms: tuple[str, ...], word: str, lexicon: Lexicon) -> Iterator[tuple[str, ...]]:
    """The terms of one word of a question, those that stand for one another together."""
    written = lexicon.spoken(word)
    if written is not None and (not written or word not in lexicon):
        terms = written
    if len(terms) == 1:
        yield tuple(dict.fromkeys(terms + (written or ())))
    elif has_two_readings(word, terms):
        yield terms
    elif terms and terms[-1] == word:
        # Two words found in one: an article may have them apart or joined.
        yield from ((term, word) for term in terms[:-1])
    else:
        yield from ((term,) for term in terms)


def _with_synonyms(
    terms: tuple[str, ...], synonyms: Mapping[str, tuple[str, ...]], statistics: Statistics
) -> tuple[str, ...]:
    """`terms`, widened by their synonyms if the collection has none of them."""
    if any(map(statistics.document_frequency, terms)):
        return terms
    return tuple(dict.fromkeys((*terms, *(other for term in terms for other in synonyms.get(term, ())))))
