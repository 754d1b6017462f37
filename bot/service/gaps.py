"""Gaps whose questions mean the same are shown as one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.history import History
from bot.service.library import Library
from bot.state.records import Gap

MIN_SHARED = 0.75
"""The share of the groups of terms of either question that the other must have too, for both to mean the same."""

Meaning = tuple[frozenset[str], ...]
"""What a question asks: for each of its words the terms that stand for it, synonyms included."""


def meanings(library: Library, asked: Sequence[tuple[str, History]]) -> list[Meaning]:
    """What each of some questions asks, completed by those before it.

    Synonyms count whether or not the articles have them, for these are the words that the articles lack.

    Args:
        library: the articles, by which words are weighed and corrected.
        asked: the questions, each with those before it.
    """
    read = (library.conversation.read(text, history).completed for text, history in asked)
    others = library.conversation.retriever.synonyms_of
    return [
        tuple(
            frozenset((*group.shares, *others(group.terms)))
            for group, weight in zip(question.query, question.weights, strict=True)
            if weight > 0
        )
        for question in read
    ]


def grouped(gaps: Sequence[Gap], meant: Sequence[Meaning]) -> list[list[Gap]]:
    """Gaps by what their questions mean, the most frequent first. Each joins the first group that it is like.

    Args:
        gaps: in the order in which they were asked.
        meant: for each of them what it asks.
    """
    groups: list[tuple[Meaning, list[Gap]]] = []
    for gap, meaning in zip(gaps, meant, strict=True):
        members = next((found for first, found in groups if is_alike(first, meaning)), None)
        if members is None:
            groups.append((meaning, members := []))
        members.append(gap)
    return sorted((members for _, members in groups), key=len, reverse=True)


def is_alike(one: Meaning, other: Meaning) -> bool:
    """Whether two questions have most of their words in common, or words that stand for these."""
    return _shared(one, other) >= MIN_SHARED and _shared(other, one) >= MIN_SHARED


def _shared(one: Meaning, other: Meaning) -> float:
    had = frozenset[str]().union(*other)
    return sum(not had.isdisjoint(group) for group in one) / len(one) if one else float(not other)
