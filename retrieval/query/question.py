"""A question, read: its terms as groups of alternatives, how much each matters, and the kind of answer sought."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from retrieval.engines.base import Group, Statistics
from retrieval.query.asked_noun import WHAT, asked_noun, is_plural
from retrieval.query.courtesy import without_courtesy
from retrieval.query.idioms import NO_IDIOMS, Idioms
from retrieval.query.matched_word import MatchedWord
from retrieval.query.matching import Matcher
from retrieval.query.period import NO_TIME, When, when
from retrieval.query.question_words import FRAMING_NOUNS, MEANING, POSTS, Seeks, asks_for_several, kind
from retrieval.query.sought import seeks, units, value
from retrieval.query.story import story
from retrieval.query.weighing import counted_groups, weights
from retrieval.query.who_or_when import told_apart
from retrieval.text.analyzer import Token
from retrieval.text.function_words import COPULAS, QUESTION_WORDS
from retrieval.text.orthography import undrawn
from retrieval.text.traits import Trait

MAX_QUESTION_LETTERS = 2_000
"""Code points of a question that are read. What follows them is ignored."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, read.

    Args:
        text: as it was typed, but in Persian where it was in Latin letters.
        query: its groups of terms; the terms of a group stand for one another.
        weights: for each group how much it matters: its information, less for a word that only names the kind of answer
            («چه شهری», «نام …»).
        order: the units of the question in order, each with its alternatives; with stop words, without question words.
        slot: how many units of `order` stand before the question word; None where there is no question word.
        words: the words as they were meant, folded and without half-spaces.
        seeks: the kind of answer.
        may_seek: the kind that it may ask for as well: «کی» is «when» and «who».
        head: the terms of the noun asked for («کدام خوشه‌ها»: خوشه); () where there is none.
        enumerates: whether several things are asked for («کدام خوشه‌ها», «چه خوشه‌هایی», «… کدام‌اند»).
        selects: whether one thing of a kind is asked for («کدام خوشه»).
        is_copular: whether it asks who, what or where something is («کیست»), not what is done.
        tokens: the words of `text`, question words and stop words included, courtesies not.
        when: the time that it asks about.
        deeds: the terms of each of its groups for what somebody did or what happened («کی به دنیا آمد»).
        appointing: where it asks who holds a post, the terms that tell who took one.
        units: where it names no attribute, the terms that tell the one which its question word asks for: of a price for
            «گوشی چنده», of a street for «درمانگاه کجاست».
        value: the kind of value that it asks for, which has a form of its own: «phone», «mail», «web»; "" for none.
        idioms: by which an article may tell what happened, and those that tell something else.
        corrections: each word that was taken for a typing error, with what it may have been meant to be, likeliest
            first; all folded and without half-spaces.
    """

    text: str
    query: tuple[Group, ...]
    weights: tuple[float, ...]
    order: tuple[tuple[str, ...], ...] = ()
    slot: int | None = None
    words: frozenset[str] = frozenset()
    seeks: Seeks = Seeks.ANYTHING
    may_seek: Seeks | None = None
    head: tuple[str, ...] = ()
    enumerates: bool = False
    selects: bool = False
    is_copular: bool = False
    tokens: tuple[Token, ...] = ()
    when: When = NO_TIME
    deeds: frozenset[tuple[str, ...]] = frozenset()
    appointing: tuple[str, ...] = ()
    corrections: tuple[tuple[str, tuple[str, ...]], ...] = ()
    units: tuple[str, ...] = ()
    value: str = ""
    idioms: Idioms = NO_IDIOMS

    def __hash__(self) -> int:
        """Of the text and the weights alone, which hardly two questions have in common: the rest is long."""
        return hash((self.text, self.weights))

    @property
    def asked(self) -> int:
        """How many groups have a weight above 0."""
        return sum(weight > 0 for weight in self.weights)

    @property
    def has_name(self) -> bool:
        """Whether a word of it is in no dictionary, as most names are."""
        return any(unit.traits & Trait.NAME for token in self.tokens for unit in token.ordered)

    @property
    def asks_meaning(self) -> bool:
        """Whether it asks what a word means: «خوشه یعنی چه؟»."""
        return self.seeks is Seeks.DEFINITION and any(token.bare in MEANING for token in self.tokens)

    @property
    def terms(self) -> frozenset[str]:
        """Every term of every group."""
        return frozenset(term for group in self.query for term in group.terms)

    @property
    def of_time(self) -> list[int]:
        """The groups of the words that name the time asked about; [] where one of them has none.

        «دیروز» and the like are no such words, since they mean another day in each article.
        """
        places = (place for place in self.when.places - self.when.counted if place < len(self.tokens))
        terms = [(self.tokens[place].terms or (self.tokens[place].bare,))[0] for place in places]
        groups = [next((n for n, group in enumerate(self.query) if term in group.terms), None) for term in terms]
        held = [group for group in groups if group is not None]
        return held if len(held) == len(terms) else []

    def coverage(self, terms: Iterable[str]) -> float:
        """The share (0 to 1) of the question's weight that is on groups with a term among `terms`."""
        present = set(terms)
        total = sum(self.weights)
        weighed = zip(self.query, self.weights, strict=True)
        covered = sum(weight for group, weight in weighed if not present.isdisjoint(group.terms))
        return covered / total if total else 0.0

    def without(self, terms: Iterable[str], unweighed: Iterable[str] = ()) -> Question:
        """This question as if some of its terms had not been asked, and others carried no weight."""
        gone, light = set(terms), set(unweighed)
        kept = [
            (group, 0.0 if light & set(group.terms) else weight)
            for group, weight in zip(self.query, self.weights, strict=True)
            if not gone & set(group.terms)
        ]
        return replace(self, query=tuple(group for group, _ in kept), weights=tuple(weight for _, weight in kept))

    def with_any(self, terms: Sequence[str]) -> Question:
        """This question with one group more: terms of which any will do, as heavy as the heaviest of the others."""
        group = Group(tuple(terms))
        return replace(self, query=(*self.query, group), weights=(*self.weights, max(self.weights, default=1.0)))

    def following(self, previous: Question, share: float = 0.3) -> Question:
        """This question with the groups of the `previous` one added, which count `share` of their weight."""
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


def read(text: str, matcher: Matcher, statistics: Statistics, today: datetime.date | None = None) -> Question:
    """Read a question.

    Args:
        text: as typed; beyond `MAX_QUESTION_LETTERS` code points it is ignored.
        matcher: matches its words with those of the collection.
        statistics: the collection's, for the weights.
        today: what «امروز» means in it; by default the day it is.
    """
    persian = matcher.persian(undrawn(text[:MAX_QUESTION_LETTERS]))
    tokens = without_courtesy(matcher.tokens(persian.text))
    today = today or datetime.date.today()
    words = matcher.words(tokens, persian.sets, today)
    spelt = [word.bare for word in words]
    typed = [token.bare for token in tokens] if len(tokens) == len(words) else spelt
    asked = asked_noun(words, typed, matcher.is_verb)
    plural = asked is not None and is_plural(spelt[asked - 1], typed[asked : asked + 2], words[asked].terms)
    told = story(persian.text, tokens, matcher.is_verb)
    time = when(["" if place in told else word for place, word in enumerate(spelt)], today)
    query = counted_groups(words, matcher, asked, told, time.counted)
    order, slot = _order(words)
    lists = asks_for_several(spelt) or asks_for_several([token.bare for token in tokens])
    first = next((word.terms for word in words if word.groups and word.bare not in FRAMING_NOUNS), ())
    telling, may_be_who = told_apart(spelt)
    selects = asked is not None and not plural and spelt[asked - 1] != WHAT
    is_copular = any(word in COPULAS or word.endswith(("ست", "ستند")) for word in spelt[-1:])
    sought = seeks(kind(telling), words, matcher, enumerates=plural or lists, of_a_kind=asked is not None)
    question = Question(
        text=persian.text,
        query=tuple(group for group, _ in query.values()),
        weights=weights(query.values(), matcher, statistics),
        order=order,
        slot=slot,
        words=frozenset(spelt),
        seeks=sought,
        may_seek=Seeks.PERSON if may_be_who else None,
        head=words[asked].terms if asked is not None else first if lists else (),
        enumerates=plural or lists,
        selects=selects,
        is_copular=is_copular,
        tokens=tokens,
        when=time,
        deeds=frozenset(group.terms for word in words if word.is_deed for group in word.groups),
        corrections=tuple((word.bare, word.meant) for word in words if word.meant),
        units=units(words, matcher, is_copular=is_copular),
        value=value([word for place, word in enumerate(words) if place not in told], matcher),
        idioms=matcher.idioms(words),
    )
    return _for_the_holder(question, matcher)


def _for_the_holder(question: Question, matcher: Matcher) -> Question:
    """A question; where it asks who holds a post, for the one who took it last unless it says when."""
    if question.seeks is not Seeks.PERSON or not question.is_copular or POSTS.isdisjoint(question.words):
        return question
    time = question.when or question.when._replace(newest=True)
    return replace(question, appointing=matcher.appointing, when=time)


def _order(words: Sequence[MatchedWord]) -> tuple[tuple[tuple[str, ...], ...], int | None]:
    """`Question.order` and `Question.slot`."""
    order: list[tuple[str, ...]] = []
    slot = None
    for word in words:
        if word.bare in QUESTION_WORDS:
            slot = len(order) if slot is None else slot
        else:
            order += word.places
    return tuple(order), slot
