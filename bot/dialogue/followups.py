"""Follow-up questions: whether a question leans on the one before it, and what it takes from there.

«و کدام در آستانه است؟» names no noun. «سمتش چیست؟» only refers to one. Both continue the topic of the question before
them. A question that names a topic of its own begins a new one.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, takewhile

from bot.dialogue.possessives import is_possessive
from retrieval import Analyzer, Question, Seeks
from retrieval.text import word_set

_OPENINGS = word_set("و پس ولی اما حالا خب خوب")
_PRONOUNS = word_set("او وی آن آنها آن‌ها اون اونا اون‌ها ایشان آنان اینها این‌ها آنجا اونجا همانجا اینجا آنان همان")
_DEMONSTRATIVES = word_set("این همین اون آن همان")
_WHICH = word_set("کدام کدوم کدامیک کدامشان کدامش کدومشون کدومش")
_ROLES = word_set("سمت سمتی شغل مقام منصب پست کاره چکاره نقش")
"""Nouns that ask for a person's office. An answer names the office without them, so they carry no weight."""


def leans(question: Question, analyzer: Analyzer) -> bool:
    """Whether a question needs the one before it to be understood.

    It does where it opens with «و» or its like, where a pronoun or a possessive ending refers to something, and where
    it has no topic of its own.

    Args:
        question: read by itself.
        analyzer: text → terms.
    """
    words = [token.bare for token in question.tokens]
    if not words:
        return False
    refers = not _PRONOUNS.isdisjoint(words) or any(
        one.bare in _DEMONSTRATIVES and other.terms for one, other in pairwise(question.tokens)
    )
    which = not _WHICH.isdisjoint(words) and not question.head
    return (
        words[0] in _OPENINGS
        or refers
        or which
        or not any(question.weights)
        or any(is_possessive(word, analyzer) for word in words)
    )


def complete(question: Question, previous: Question, analyzer: Analyzer) -> Question:
    """A question that leans on the one before it, completed by the topic of that one.

    Args:
        question: read by itself.
        previous: the question before it, itself completed.
        analyzer: text → terms.
    """
    replaced = _replaced(question, previous, analyzer)
    previous = previous.without(replaced)
    weights = tuple(
        0.0 if not _ROLES.isdisjoint(group.terms) else weight
        for group, weight in zip(question.query, question.weights, strict=True)
    )
    completed = replace(question, weights=weights).following(previous)
    if replaced:
        completed = replace(completed, selects=previous.selects, seeks=previous.seeks)
    # A question without a word of its own seeks the same kind of answer as the one before it.
    return completed if any(weights) else replace(completed, seeks=previous.seeks)


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
