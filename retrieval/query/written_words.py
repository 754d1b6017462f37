"""What articles have instead of words of a question: units for attributes, kinds for their members, digits, days.

«طول» is told by «متر» (`data/attributes.txt`), «هفده» by ۱۷. Unlike synonyms the first holds in one direction only: who
asks for «متر» does not mean «طول».
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, pairwise

from retrieval.engines.base import Group
from retrieval.query.matched_word import (
    MatchedWord,
    with_equals,
    with_instead,
    with_weaker,
)
from retrieval.query.named_days import MONTH, MONTHS, is_year, named_days
from retrieval.query.numbers import MAX_DIGITS, has_number, ordinal, ordinals, parts_of, runs, spellings
from retrieval.query.synonyms import Phrase, Weigh, telling
from retrieval.text.analyzer import Analyzer
from retrieval.text.word_tables import entries, read


class OneWay:
    """A table of what articles have instead of a noun, in the terms of an analyzer; it holds in this direction only.

    Args:
        table: the file's name: `attributes.txt` has the units that measure a noun, `broader.txt` the kinds it is of.
        analyzer: text → terms.
        weigh: how telling a term is.
    """

    def __init__(self, table: str, analyzer: Analyzer, weigh: Weigh) -> None:
        self._weigh = weigh
        self._instead: dict[str, tuple[Phrase, ...]] = {}
        for nouns, units in entries(read(__file__, table)):
            measured = tuple(tuple(analyzer.terms(unit)) for unit in units)
            for noun in nouns:
                terms = analyzer.terms(noun)
                for term in terms if len(terms) == 1 else ():  # «پیش‌پرداخت» is not «پیش»
                    self._instead[term] = tuple(dict.fromkeys((*self._instead.get(term, ()), *measured)))

    def nouns(self) -> frozenset[str]:
        """The nouns of the table, as terms."""
        return frozenset(self._instead)

    def of(self, terms: Iterable[str]) -> tuple[str, ...]:
        """What, as terms, articles have instead of one of some terms; () where none is a noun of the table."""
        measured = [self._instead[term] for term in terms if term in self._instead]
        return telling(chain.from_iterable(measured), self._weigh) if measured else ()


class WrittenWords:
    """Widens the words of questions by what articles have instead, always as substitutes."""

    def __init__(self, analyzer: Analyzer, weigh: Weigh) -> None:
        self._lexicon = analyzer.lexicon
        self.attributes = OneWay("attributes.txt", analyzer, weigh)
        self.broader = OneWay("broader.txt", analyzer, weigh)

    def others(self, terms: Sequence[str]) -> tuple[str, ...]:
        """What, as terms, articles have instead of one of some terms."""
        return self.attributes.of(terms) + self.broader.of(terms)

    def widened(
        self, words: Sequence[MatchedWord], knows: Callable[[str], bool], today: datetime.date
    ) -> list[MatchedWord]:
        """The words of a question with what articles have instead.

        Args:
            words: in order.
            knows: whether the collection has a term.
            today: what «امروز» means, for days that are named without a year.
        """
        spelt = [word.bare for word in words]
        found = [
            word
            if one and one + word.bare in self._lexicon
            else self._with_others(word, knows)  # «آتش نشانی» is no «نشانی»
            for one, word in zip(["", *spelt], words, strict=False)
        ]
        dated = set[int]()
        for place, (one, other) in enumerate(pairwise(spelt)):
            if one in MONTHS and other == MONTH:  # «مهر ماه»
                found[place + 1] = found[place + 1]._replace(terms=(), groups=())
        if not has_number(spelt):
            return found
        for place, same, weak in _days(spelt, today):
            found[place] = with_equals(found[place], filter(knows, same))
            found[place] = with_instead(found[place], filter(knows, weak), knows)
            dated.add(place)
        for number, digits in runs(spelt):
            if dated.isdisjoint(number):
                equal = [digits, *(spellings(int(digits)) if len(number) == 1 else ())]
                for place in number:
                    found[place] = with_equals(found[place], filter(knows, equal))
        return [word if place in dated else _in_words(word, knows) for place, word in enumerate(found)]

    def _with_others(self, word: MatchedWord, knows: Callable[[str], bool]) -> MatchedWord:
        if len(word.groups) != 1:  # «آتش‌نشانی» is no «نشانی»
            return word
        terms = word.groups[0].terms
        return with_weaker(word, filter(knows, self.others(terms)))


def _days(words: Sequence[str], today: datetime.date) -> Iterator[tuple[int, Sequence[str], Sequence[str]]]:
    """Each place of a day, month or year among some words, what counts as much there, and what less."""
    for day in named_days(words):
        for places, spelt in day.spellings(today):
            for place in places:
                yield place, *spelt


def _in_words(word: MatchedWord, knows: Callable[[str], bool]) -> MatchedWord:
    """A numeral with its words, an ordinal with its digits; a number of several words has a group for each of them."""
    if digits := ordinal(word.bare):
        return with_instead(word, filter(knows, [digits, *spellings(int(digits))]), knows)
    if not (word.groups and word.bare.isdigit() and len(word.bare) <= MAX_DIGITS):
        return word
    parts = parts_of(int(word.bare))
    if len(parts) == 1:
        word = with_equals(word, filter(knows, parts[0]))
        return with_instead(word, filter(knows, ordinals(int(word.bare))), knows)
    known = [tuple(filter(knows, part)) for part in parts]
    if is_year(word.bare) or not all(known):
        return word
    if any(knows(term) for group in word.groups for term in group.terms):
        return with_weaker(word, chain.from_iterable(known))
    return word._replace(groups=tuple(map(Group, known)))
