"""What articles have instead of words of a question: units for attributes, digits for numbers, other names of days.

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
    with_substitutes,
    with_weaker,
)
from retrieval.query.named_days import MONTH, MONTHS, is_year, named_days
from retrieval.query.numbers import MAX_DIGITS, has_number, ordinal, ordinals, parts_of, runs, spellings
from retrieval.query.synonyms import Phrase, Weigh, telling
from retrieval.text.analyzer import Analyzer
from retrieval.text.word_tables import entries, read


class Attributes:
    """The table of attributes in the terms of an analyzer."""

    def __init__(self, analyzer: Analyzer, weigh: Weigh) -> None:
        self._weigh = weigh
        self._units: dict[str, tuple[Phrase, ...]] = {}
        for nouns, units in entries(read(__file__, "attributes.txt")):
            measured = tuple(tuple(analyzer.terms(unit)) for unit in units)
            for noun in nouns:
                terms = analyzer.terms(noun)
                for term in terms if len(terms) == 1 else ():  # «پیش‌پرداخت» is not «پیش»
                    self._units[term] = tuple(dict.fromkeys((*self._units.get(term, ()), *measured)))

    def nouns(self) -> frozenset[str]:
        """The attributes, as terms."""
        return frozenset(self._units)

    def of(self, terms: Iterable[str]) -> tuple[str, ...]:
        """The units, as terms, that measure what one of some terms names; () where they name no attribute."""
        measured = [self._units[term] for term in terms if term in self._units]
        return telling(chain.from_iterable(measured), self._weigh) if measured else ()


class WrittenWords:
    """Widens the words of questions by what articles have instead, always as substitutes."""

    def __init__(self, analyzer: Analyzer, weigh: Weigh) -> None:
        self.attributes, self._lexicon = Attributes(analyzer, weigh), analyzer.lexicon

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
            else self._with_units(word, knows)  # «آتش نشانی» is no «نشانی»
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

    def _with_units(self, word: MatchedWord, knows: Callable[[str], bool]) -> MatchedWord:
        if len(word.groups) != 1:  # «آتش‌نشانی» is no «نشانی»
            return word
        units = [self.attributes.of(group.terms) for group in word.groups]
        if not any(units):
            return word
        widened = (with_substitutes(group, filter(knows, its)) for group, its in zip(word.groups, units, strict=True))
        return word._replace(groups=tuple(widened))


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
