"""A word of a question, and the groups of terms that it is searched by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from retrieval.engines.base import Group


class MatchedWord(NamedTuple):
    """A word of a question, matched with the words of the collection.

    Args:
        bare: as it was meant, folded and without half-spaces: «کدام» for «کدوم».
        terms: its own terms; () for a stop word.
        groups: the groups of terms that it is searched by, usually one; () for a stop word.
        places: its units in the order of the question, each with its alternatives; a stop word is a unit too.
        is_deed: whether it is an everyday verb, which says what somebody did or what happened.
        meant: where it was taken for a typing error, what it may have been meant to be, likeliest first.
    """

    bare: str
    terms: tuple[str, ...]
    groups: tuple[Group, ...]
    places: tuple[tuple[str, ...], ...]
    is_deed: bool = False
    meant: tuple[str, ...] = ()

    def searched_by(self, groups: tuple[Group, ...]) -> MatchedWord:
        """The word searched by other groups, whose terms are its own."""
        places = tuple(group.terms for group in groups)
        return self._replace(terms=tuple(dict.fromkeys(chain.from_iterable(places))), groups=groups, places=places)

    def also(self, term: str) -> MatchedWord:
        """The word with one more term in each of its groups."""
        return self.with_readings([(term,)] * len(self.groups))

    def with_readings(self, offered: Sequence[Sequence[str]]) -> MatchedWord:
        """The word with what else it may be read as, which counts as much.

        Args:
            offered: for each group the terms that may stand for it.
        """
        groups = zip(self.groups, offered, strict=True)
        return self.searched_by(tuple(with_terms(group, terms) for group, terms in groups))


def with_terms(group: Group, terms: Iterable[str]) -> Group:
    """`group` with more terms that count fully."""
    return Group(tuple(dict.fromkeys((*group.terms, *terms))), group.weight, group.substitutes)


def with_substitutes(group: Group, terms: Iterable[str]) -> Group:
    """`group` with more substitutes."""
    more = (term for term in (*group.substitutes, *terms) if term not in group.terms)
    return Group(group.terms, group.weight, tuple(dict.fromkeys(more)))


def with_equals(word: MatchedWord, terms: Iterable[str]) -> MatchedWord:
    """`word`, in each of whose groups some terms count as much."""
    more = list(terms)
    return word._replace(groups=tuple(with_terms(group, more) for group in word.groups)) if more else word


def with_weaker(word: MatchedWord, terms: Iterable[str]) -> MatchedWord:
    """`word`, in each of whose groups some terms are substitutes too."""
    more = list(terms)
    return word._replace(groups=tuple(with_substitutes(group, more) for group in word.groups)) if more else word


def with_instead(word: MatchedWord, terms: Iterable[str], knows: Callable[[str], bool]) -> MatchedWord:
    """`word` with substitutes, which count fully where the collection has nothing of it.

    Args:
        word: the word.
        terms: the substitutes.
        knows: whether the collection has a term.
    """
    has_any = any(knows(term) for group in word.groups for term in group.terms)
    return with_weaker(word, terms) if has_any else with_equals(word, terms)
