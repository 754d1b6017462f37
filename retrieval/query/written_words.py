"""What articles have instead of words of a question: units for attributes, written verbs for everyday ones, digits.

«طول» is told by «متر» (`data/attributes.txt`), «کی مرد» by «درگذشت» (`data/everyday_verbs.txt`), «هفده» by ۱۷. Unlike
synonyms the first two hold in one direction only: who asks for «متر» does not mean «طول».
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise

from retrieval.engines.base import Group
from retrieval.query.matched_word import MatchedWord, with_substitutes, with_terms
from retrieval.query.named_days import MONTH, MONTHS, is_year, named_days
from retrieval.query.numbers import MAX_DIGITS, ordinal, ordinals, parts_of, runs, spellings
from retrieval.query.synonyms import Phrase, Weigh
from retrieval.text.analyzer import Analyzer
from retrieval.text.lexicon import Lexicon
from retrieval.text.word_tables import entries, read, word_set

MAX_TRAILING = 2
"""Words that may stand behind an everyday verb of one word, which is looked for at the end of a question only."""

REMEMBERED_STOP_WORDS = 1024
"""Stop words of which it is kept whether they are light verbs."""

_OBJECT = word_set("را رو")
_LIGHT_VERBS = {
    "کرد": re.compile("(?:ن?می|ن|ب)?(?:کرد|کن)(?:م|ی|ه|د|یم|ید|ین|ند|ن|هام|هاست|هاند)?"),
    "شد": re.compile("(?:ن?می|ن|ب)?(?:شد|شو|(?<=می|.ب)ش|(?<=^ب)ش)(?:م|ی|ه|د|یم|ید|ین|ند|ن|هام|هاست|هاند)?"),
    "بود": re.compile("ن?بود(?:م|ی|ه|یم|ید|ین|ند|ن)?"),
}
"""The verbs that carry nothing by themselves, so that the lexicon has no lemma for their forms."""


class Attributes:
    """The table of attributes in the terms of an analyzer."""

    def __init__(self, analyzer: Analyzer, weigh: Weigh) -> None:
        self._weigh = weigh
        self._units: dict[str, tuple[Phrase, ...]] = {}
        for nouns, units in entries(read(__file__, "attributes.txt")):
            measured = tuple(tuple(analyzer.terms(unit)) for unit in units)
            for noun in nouns:
                for term in analyzer.terms(noun)[:1]:
                    self._units[term] = tuple(dict.fromkeys((*self._units.get(term, ()), *measured)))

    def nouns(self) -> frozenset[str]:
        """The attributes, as terms."""
        return frozenset(self._units)

    def of(self, terms: Iterable[str]) -> tuple[str, ...]:
        """The units, as terms, that measure what one of some terms names; () where they name no attribute."""
        measured = [self._units[term] for term in terms if term in self._units]
        return _telling(chain.from_iterable(measured), self._weigh) if measured else ()


class EverydayVerbs:
    """The table of everyday verbs in the terms of an analyzer. Forms of one verb are the same there."""

    def __init__(self, analyzer: Analyzer, weigh: Weigh) -> None:
        self._weigh = weigh
        self._written: dict[Phrase, tuple[Phrase, ...]] = {}
        for spoken, written in entries(read(__file__, "everyday_verbs.txt")):
            terms = tuple(tuple(analyzer.terms(word)) for word in written)
            for phrase in spoken:
                tokens = (token for token in analyzer.tokens(phrase) if token.bare not in _OBJECT)
                key = tuple(_key(token.bare, meant(token.bare, token.terms, analyzer.lexicon)) for token in tokens)
                self._written[key] = tuple(dict.fromkeys((*self._written.get(key, ()), *terms)))
        self._longest: dict[str, int] = {}
        for first, *others in self._written:
            self._longest[first] = max(self._longest.get(first, 0), 1 + len(others))

    def phrases(self, words: Sequence[MatchedWord]) -> Iterator[tuple[Sequence[int], tuple[str, ...]]]:
        """The places of each everyday verb among some words, and the terms that articles have for it.

        Of phrases that overlap the longest counts. One of a single word counts at the end of a question only.
        """
        keys = [
            (place, _key(word.bare, word.groups[0].terms if word.groups else ()))
            for place, word in enumerate(words)
            if word.bare not in _OBJECT
        ]
        first = 0
        while first < len(keys):
            shortest = 1 if first >= len(keys) - 1 - MAX_TRAILING else 2
            longest = self._longest.get(keys[first][1], 0)
            for length in range(min(longest, len(keys) - first), shortest - 1, -1):
                run = keys[first : first + length]
                if found := self._written.get(tuple(key for _, key in run)):
                    yield [place for place, _ in run], _telling(found, self._weigh)
                    first += length - 1
                    break
            first += 1


def _telling(words: Iterable[Phrase], weigh: Weigh) -> tuple[str, ...]:
    """The most telling term of each of some words: of «کیلووات‌ساعت» not «ساعت»."""
    return tuple(dict.fromkeys(max(terms, key=weigh) for terms in words if terms))


def meant(word: str, terms: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """The terms of a word of a question: where it is a spoken form, those of the written one.

    Args:
        word: folded, without half-spaces.
        terms: those that it has as a written word.
        lexicon: the word tables.
    """
    written = lexicon.spoken(word)
    return written if written is not None and (not written or word not in lexicon) else terms


def _key(word: str, terms: Sequence[str]) -> str:
    """What a word is looked up by: its term, one past stem for all forms of a light verb, else the word itself."""
    if terms:
        return terms[0]
    return _light_verb(word) or word


@lru_cache(REMEMBERED_STOP_WORDS)
def _light_verb(word: str) -> str | None:
    """The past stem of the light verb that a word is a form of."""
    return next((stem for stem, forms in _LIGHT_VERBS.items() if forms.fullmatch(word)), None)


class WrittenWords:
    """Widens the words of questions by what articles have instead, always as substitutes."""

    def __init__(self, analyzer: Analyzer, weigh: Weigh) -> None:
        self.attributes, self._verbs = Attributes(analyzer, weigh), EverydayVerbs(analyzer, weigh)

    def widened(
        self, words: Sequence[MatchedWord], knows: Callable[[str], bool], today: datetime.date
    ) -> list[MatchedWord]:
        """The words of a question with what articles have instead.

        Args:
            words: in order.
            knows: whether the collection has a term.
            today: what «امروز» means, for days that are named without a year.
        """
        found = [self._with_units(word, knows) for word in words]
        spelt, dated = [word.bare for word in found], set[int]()
        for places, written in self._verbs.phrases(found):
            _as_one(found, places, list(filter(knows, written)), knows)
        for place, same, weak in _days(spelt, today):
            found[place] = _or(found[place], filter(knows, same))
            found[place] = _instead(found[place], filter(knows, weak), knows)
            dated.add(place)
        for number, digits in runs(spelt):
            if dated.isdisjoint(number):
                equal = [digits, *(spellings(int(digits)) if len(number) == 1 else ())]
                for place in number:
                    found[place] = _or(found[place], filter(knows, equal))
        found = [word if place in dated else _in_words(word, knows) for place, word in enumerate(found)]
        for place, (one, other) in enumerate(pairwise(spelt)):
            if one in MONTHS and other == MONTH:  # «مهر ماه»
                found[place + 1] = found[place + 1]._replace(terms=(), groups=())
        return found

    def _with_units(self, word: MatchedWord, knows: Callable[[str], bool]) -> MatchedWord:
        units = [self.attributes.of(group.terms) for group in word.groups]
        if not any(units):
            return word
        widened = (with_substitutes(group, filter(knows, its)) for group, its in zip(word.groups, units, strict=True))
        return word._replace(groups=tuple(widened))


def _as_one(
    words: list[MatchedWord], places: Sequence[int], written: Sequence[str], knows: Callable[[str], bool]
) -> None:
    """Let the words of an everyday verb be searched as one, by its first noun or else its verb, or as it is written.

    Where the collection has neither, the words stay as they are.
    """
    content = [place for place in places if words[place].groups]
    if not content or not written:
        return
    nouns = [place for place in content if any(knows(term) for term in words[place].groups[0].terms)]
    head = (nouns or content)[0]
    words[head] = _instead(words[head], written, knows)
    for place in content:
        if place != head:
            words[place] = words[place]._replace(terms=(), groups=())


def _days(words: Sequence[str], today: datetime.date) -> Iterator[tuple[int, Sequence[str], Sequence[str]]]:
    """Each place of a day, month or year among some words, what counts as much there, and what less."""
    for day in named_days(words):
        for places, spelt in day.spellings(today):
            for place in places:
                yield place, *spelt


def _in_words(word: MatchedWord, knows: Callable[[str], bool]) -> MatchedWord:
    """A numeral with its words, an ordinal with its digits; a number of several words has a group for each of them."""
    if digits := ordinal(word.bare):
        return _instead(word, filter(knows, [digits, *spellings(int(digits))]), knows)
    if not (word.groups and word.bare.isdigit() and len(word.bare) <= MAX_DIGITS):
        return word
    parts = parts_of(int(word.bare))
    if len(parts) == 1:
        word = _or(word, filter(knows, parts[0]))
        return _instead(word, filter(knows, ordinals(int(word.bare))), knows)
    known = [tuple(filter(knows, part)) for part in parts]
    if is_year(word.bare) or not all(known):
        return word
    if any(knows(term) for group in word.groups for term in group.terms):
        return _also(word, chain.from_iterable(known))
    return word._replace(groups=tuple(map(Group, known)))


def _or(word: MatchedWord, terms: Iterable[str]) -> MatchedWord:
    """`word`, for each of whose groups some terms stand fully."""
    more = list(terms)
    return word._replace(groups=tuple(with_terms(group, more) for group in word.groups)) if more else word


def _instead(word: MatchedWord, terms: Iterable[str], knows: Callable[[str], bool]) -> MatchedWord:
    """`word` with substitutes, which count fully where the collection has nothing of it."""
    return _also(word, terms) if any(knows(term) for group in word.groups for term in group.terms) else _or(word, terms)


def _also(word: MatchedWord, terms: Iterable[str]) -> MatchedWord:
    """`word`, in each of whose groups some terms are substitutes too."""
    more = list(terms)
    return word._replace(groups=tuple(with_substitutes(group, more) for group in word.groups)) if more else word
