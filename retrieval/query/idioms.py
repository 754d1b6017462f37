"""Nouns that tell what happened only with their verb (`data/idioms.txt`): «دنیا» of «به دنیا آمد» and «از دنیا رفت»."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from retrieval.text.analyzer import Analyzer
from retrieval.text.word_tables import entries, read

Pair = tuple[str, str]
"""The terms of a noun and of the verb behind it."""


class Idioms(NamedTuple):
    """Pairs of a noun and a verb.

    Args:
        words: terms that mean what is asked about by themselves.
        tell: those that mean it.
        contradict: those that mean something else, with the noun of one that does.
    """

    words: tuple[str, ...] = ()
    tell: tuple[Pair, ...] = ()
    contradict: tuple[Pair, ...] = ()


NO_IDIOMS = Idioms()
"""Where none is asked about."""


class IdiomTable:
    """The table in the terms of an analyzer."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._pairs: dict[str, list[Pair]] = {}
        for idioms, meanings in entries(read(__file__, "idioms.txt")):
            pairs = [(noun, verb) for noun, verb in map(analyzer.terms, idioms)]
            for meaning in meanings:
                for term in analyzer.terms(meaning):
                    self._pairs.setdefault(term, []).extend(pairs)

    def of(self, terms: Iterable[str]) -> Idioms:
        """The idioms for what some terms mean, and those for other things that have their nouns."""
        words = [term for term in terms if term in self._pairs]
        meant = {pair for term in words for pair in self._pairs[term]}
        nouns = {noun for noun, _ in meant}
        others = {pair for pairs in self._pairs.values() for pair in pairs if pair[0] in nouns} - meant
        return Idioms(tuple(words), tuple(sorted(meant)), tuple(sorted(others)))
