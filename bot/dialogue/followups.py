"""Follow-up questions: whether a question leans on the one before it, and what it takes from there.

«و کدام در آستانه است؟» names no noun. «سمتش چیست؟» only refers to one. Both continue the topic of the question before
them. A question that names a topic of its own begins a new one.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, takewhile

from bot.dialogue.parts import ATTRIBUTES
from bot.dialogue.possessives import is_possessive, possessed
from retrieval import NO_TIME, Analyzer, NamedTime, Question, Seeks, counted_on
from retrieval.text import JALALI_MONTHS, word_set

_OPENINGS = word_set("و پس ولی اما حالا خب خوب")
_PRONOUNS = word_set("او وی آن آنها آن‌ها اون اونا اون‌ها ایشان آنان اینها این‌ها آنجا اونجا همانجا اینجا آنان همان")
_DEMONSTRATIVES = word_set("این همین اون آن همان")
_WHICH = word_set("کدام کدوم کدامیک کدامشان کدامش کدومشون کدومش")
_WHAT_OF = word_set("چی چطور چطوره چطورن چه‌طور")
LENT, ELLIPTIC = 0.3, 0.5
"""What the words of the question before count in a follow-up, and in one that only puts other words among them."""
MAX_ELLIPSIS = 5
"""Words of an ellipsis: «برای کودکان چطور؟»."""
_KINDS = (
    word_set(" ".join(JALALI_MONTHS)),
    word_set("شنبه یکشنبه یک‌شنبه دوشنبه سه‌شنبه سشنبه چهارشنبه چارشنبه پنجشنبه پنج‌شنبه جمعه شنبه‌ها جمعه‌ها پنجشنبه‌ها"),
    word_set("اول دوم سوم چهارم پنجم ششم هفتم هشتم نهم دهم نخست آخر"),
    word_set("بهار تابستان پاییز زمستان تابستون زمستون"),
    word_set("صبح ظهر عصر شب بعدازظهر"),
    word_set("امسال پارسال پیرارسال"),
    word_set("دیروز امروز فردا پریروز"),
    ATTRIBUTES,
)
"""Words of which a follow-up puts one in the place of another."""
_NOW = word_set("حالا الان اکنون فعلا")
_BEFORE = word_set("قبلش قبلا قبل پیشش سابق")
_TIMES = _NOW | _BEFORE
_ROLES = word_set("سمت سمتی شغل مقام منصب پست کاره چکاره نقش")
"""Nouns that ask for a person's office. An answer names the office without them, so they carry no weight."""


_VAGUE = (Seeks.ANYTHING, Seeks.DEFINITION, Seeks.ONE_OF, Seeks.LIST)
"""What «سمت او» and «آن چیست؟» seek."""


def leans(question: Question, analyzer: Analyzer) -> bool:
    """Whether a question needs the one before it to be understood.

    It does where it opens with «و» or its like, where a pronoun or a possessive ending refers to something, and where
    it has no topic of its own, or nothing but verbs.

    Args:
        question: read by itself.
        analyzer: text → terms.
    """
    words = [token.bare for token in question.tokens]
    if not words:
        return False
    refers = not _PRONOUNS.isdisjoint(words) or (
        not _DEMONSTRATIVES.isdisjoint(words)
        and any(one.bare in _DEMONSTRATIVES and other.terms for one, other in pairwise(question.tokens))
    )
    which = not _WHICH.isdisjoint(words) and not question.head
    return (
        words[0] in _OPENINGS
        or refers
        or which
        or not weighed(question)
        or is_ellipsis(question, analyzer)
        or _is_of_verbs(question, analyzer)
        or any(is_possessive(word, analyzer) for word in words)
    )


def weighed(question: Question) -> bool:
    """Whether something but a word for the time has weight in a question."""
    pairs = zip(question.query, question.weights, strict=True)
    return any(weight and _TIMES.isdisjoint(group.terms) for group, weight in pairs)


def _is_of_verbs(question: Question, analyzer: Analyzer) -> bool:
    """Whether a question names nothing but what is done: «چگونه شروع شد؟», «کجا باید بروم؟», «کی مرد؟»."""
    if question.query and all(group.terms in question.deeds for group in question.query):
        return True
    return all(analyzer.is_verb(token.bare) for token in question.tokens if token.terms)


def names_nothing(completed: Question) -> bool:
    """Whether a completed question has no word of its own with a weight: «سمت او», «و بعد؟»."""
    return all(group.weight != 1.0 for group in completed.query)


def is_ellipsis(question: Question, analyzer: Analyzer) -> bool:
    """Whether a question only puts other words in the place of some of the one before it: «برای کودکان چطور؟»."""
    words = [token.bare for token in question.tokens]
    if not 1 < len(words) <= MAX_ELLIPSIS or words[-1] not in _WHAT_OF or question.asks_meaning:
        return False
    return not any(analyzer.lexicon.is_finite_verb(word) for word in words)


def complete(question: Question, previous: Question, analyzer: Analyzer) -> Question:
    """A question that leans on the one before it, completed by the topic of that one.

    Args:
        question: read by itself.
        previous: the question before it, itself completed.
        analyzer: text → terms.
    """
    period = previous.when.period
    if period and (later := counted_on([token.bare for token in question.tokens], period)):
        return _at_another_time(question, previous, later)
    replaced = _replaced(question, previous, analyzer) | _rivals(question, previous, analyzer)
    elliptic = is_ellipsis(question, analyzer)
    light = _ROLES | _NOW | (frozenset() if weighed(question) else _BEFORE)
    weights = tuple(
        0.0 if not light.isdisjoint(group.terms) else weight
        for group, weight in zip(question.query, question.weights, strict=True)
    )
    completed = _weighed_alone(replace(question, weights=weights)).following(
        previous.without(replaced), ELLIPTIC if elliptic else LENT
    )
    words = {token.bare for token in question.tokens}
    if not _BEFORE.isdisjoint(words):
        completed = replace(completed, when=NO_TIME._replace(earlier=True))
    elif not question.when:
        completed = replace(completed, when=previous.when._replace(places=frozenset()))
    if replaced or elliptic:
        completed = replace(completed, selects=previous.selects, seeks=previous.seeks)
    # A question without a word of its own seeks what the one before it does, unless it says («چرا؟»).
    seeks_same = not any(weights) and question.seeks in _VAGUE
    return replace(completed, seeks=previous.seeks) if seeks_same else completed


def _at_another_time(question: Question, previous: Question, later: NamedTime) -> Question:
    """The question before, of another time: «هفتهٔ بعدش چی؟»."""
    named, gone = (
        {term for place in places if place < len(one.tokens) for term in one.tokens[place].terms}
        for one, places in ((question, later.places), (previous, previous.when.places))
    )
    completed = question.without(named).following(previous.without(gone), 1.0)
    when = NO_TIME._replace(period=later.period)
    return replace(completed, when=when, units=previous.units, selects=previous.selects, seeks=previous.seeks)


def _weighed_alone(question: Question) -> Question:
    """A question without the words that carry no weight: «نام» of «نامش چیست؟» stands in no answer."""
    weighed = zip(question.query, question.weights, strict=True)
    light = {term for group, weight in weighed if not weight for term in group.terms}
    kept = [light.isdisjoint(unit) for unit in question.order]
    order = tuple(unit for unit, is_kept in zip(question.order, kept, strict=True) if is_kept)
    slot = None if question.slot is None else sum(kept[: question.slot])
    return replace(question.without(light), order=order, slot=slot)


def _rivals(question: Question, previous: Question, analyzer: Analyzer) -> frozenset[str]:
    """The terms of the previous question that words of the same kind replace: a month another month, with its day."""
    words, before = (
        [{token.bare, *token.terms, possessed(token.bare, analyzer)} for token in one.tokens]
        for one in (question, previous)
    )
    own = frozenset[str]().union(*words)
    gone: set[int] = set()
    for kind in _KINDS:
        if kind.isdisjoint(own):
            continue
        for place, word in enumerate(before):
            if not kind.isdisjoint(word) and own.isdisjoint(word):
                has_day = place > 0 and previous.tokens[place - 1].bare.isdigit()
                gone |= {place, place - 1} if has_day else {place}
    if any(token.bare.isdigit() for token in question.tokens):
        gone |= {place for place, token in enumerate(previous.tokens) if token.bare.isdigit()} & previous.when.places
    return frozenset(term for place in gone for term in previous.tokens[place].terms) - question.terms


def _replaced(question: Question, previous: Question, analyzer: Analyzer) -> frozenset[str]:
    """The terms of the previous question that a question replaces.

    «و خوشه مسقطی؟» repeats a noun of «خوشه سنگ در چه مرحله‌ای است؟» and replaces the name behind it. A question that
    asks something of its own replaces nothing.
    """
    asks = question.seeks is not Seeks.ANYTHING or question.selects or question.enumerates
    if asks or any(analyzer.lexicon.is_finite_verb(token.bare) for token in question.tokens):
        return frozenset()
    tokens = previous.tokens
    noun = next((place for place, token in enumerate(tokens) if question.terms.intersection(token.terms)), len(tokens))
    name = takewhile(lambda token: token.terms, tokens[noun + 1 :])
    return frozenset(term for token in name for term in token.terms) - question.terms
