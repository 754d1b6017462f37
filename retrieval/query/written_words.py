"""What articles have instead of words of a question: units for attributes, written verbs for everyday ones, digits.

«طول» is told by «متر» (`data/attributes.txt`), «کی مرد» by «درگذشت» (`data/everyday_verbs.txt`), «هفده» by ۱۷. Unlike
synonyms the first two hold in one direction only: who asks for «متر» does not mean «طول».
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from retrieval.query.matched_word import MatchedWord, with_substitutes
from retrieval.query.numbers import runs, words_of
from retrieval.text.analyzer import Analyzer
from retrieval.text.orthography import bare
from retrieval.text.word_tables import entries, read

MAX_TRAILING = 2
"""Words that may stand behind an everyday verb at the end of a question."""


class Attributes:
    """The table of attributes in the terms of an analyzer."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._units: dict[str, tuple[str, ...]] = {}
        for nouns, units in entries(read(__file__, "attributes.txt")):
            measured = tuple(dict.fromkeys(term for unit in units for term in analyzer.terms(unit)))
            for noun in nouns:
                for term in analyzer.terms(noun)[:1]:
                    self._units[term] = tuple(dict.fromkeys((*self._units.get(term, ()), *measured)))

    def of(self, terms: Iterable[str]) -> tuple[str, ...]:
        """The units, as terms, that measure what one of some terms names; () where they name no attribute."""
        return tuple(dict.fromkeys(unit for term in terms for unit in self._units.get(term, ())))


class EverydayVerbs:
    """The table of everyday verbs in the terms of an analyzer."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._written: dict[tuple[str, ...], tuple[str, ...]] = {}
        for spoken, written in entries(read(__file__, "everyday_verbs.txt")):
            terms = tuple(dict.fromkeys(term for word in written for term in analyzer.terms(word)))
            for phrase in spoken:
                self._written[tuple(bare(word) for word in phrase.split())] = terms
        self._longest = max(map(len, self._written))

    def at_the_end(self, words: Sequence[str]) -> tuple[range, tuple[str, ...]]:
        """The places of an everyday verb among the last words of a question, and the terms that articles have for it.

        Args:
            words: those of the question, folded and without half-spaces.
        """
        for length in range(min(self._longest, len(words)), 0, -1):
            for start in range(len(words) - length, max(len(words) - length - MAX_TRAILING, 0) - 1, -1):
                if found := self._written.get(tuple(words[start : start + length])):
                    return range(start, start + length), found
        return range(0), ()


class WrittenWords:
    """Widens the words of questions by what articles have instead, always as substitutes."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._attributes, self._verbs = Attributes(analyzer), EverydayVerbs(analyzer)

    def widened(self, words: Sequence[MatchedWord], knows: Callable[[str], bool]) -> list[MatchedWord]:
        """The words of a question with what articles have instead.

        Args:
            words: in order.
            knows: whether the collection has a term.
        """
        found = [self._with_units(word, knows) for word in words]
        spelt = [word.bare for word in found]
        places, written = self._verbs.at_the_end(spelt)
        for place in places:
            found[place] = _also(found[place], filter(knows, written))
        for number, digits in runs(spelt):
            for place in number:
                found[place] = _also(found[place], [digits])
        return [_also(word, filter(knows, words_of(word.bare))) if word.bare.isdigit() else word for word in found]

    def _with_units(self, word: MatchedWord, knows: Callable[[str], bool]) -> MatchedWord:
        groups = tuple(
            with_substitutes(group, filter(knows, self._attributes.of(group.terms))) for group in word.groups
        )
        return word if groups == word.groups else word._replace(groups=groups)


def _also(word: MatchedWord, terms: Iterable[str]) -> MatchedWord:
    """`word`, in each of whose groups some terms are substitutes too."""
    more = list(terms)
    return word._replace(groups=tuple(with_substitutes(group, more) for group in word.groups)) if more else word
