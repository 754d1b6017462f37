"""Synonyms: other words for those of a question, from the package's table of everyday Persian and the corpus's own.

Both are tables (`retrieval.text.word_tables`) of sets of words and phrases that stand for one another. They are applied
to questions alone, so no index depends on them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from retrieval.corpus.encoding import read_text
from retrieval.corpus.folder import SYNONYMS
from retrieval.errors import CorpusError
from retrieval.query.compiled_tables import compiled
from retrieval.text.analyzer import Analyzer
from retrieval.text.word_tables import rows

REMEMBERED_PHRASES = 4096
"""Phrases of questions whose synonyms are kept."""

Phrase = tuple[str, ...]
"""A word or phrase as its terms."""

Weigh = Callable[[str], float]
"""How telling a term is, such as its idf."""


def telling(words: Iterable[Phrase], weigh: Weigh) -> tuple[str, ...]:
    """The most telling term of each of some words: of «کیلووات‌ساعت» not «ساعت»."""
    # Most words have one term, which need not be weighed.
    return tuple(dict.fromkeys(max(terms, key=weigh) if len(terms) > 1 else terms[0] for terms in words if terms))


class PhraseSets:
    """Sets of phrases that stand for one another.

    Args:
        sets: the phrases of each set, a phrase as its terms.

    Attributes:
        all: the sets.
        by_phrase: the sets that a phrase is in.
        longest: for each term that opens a phrase, how many terms the longest of these has.
    """

    def __init__(self, sets: Iterable[Iterable[Iterable[str]]]) -> None:
        self.all = [list(map(tuple, phrases)) for phrases in sets]
        self.by_phrase: dict[Phrase, list[Sequence[Phrase]]] = {}
        for phrases in self.all:
            for phrase in phrases:
                self.by_phrase.setdefault(phrase, []).append(phrases)
        self.longest: dict[str, int] = {}
        for first, *others in self.by_phrase:
            self.longest[first] = max(self.longest.get(first, 0), 1 + len(others))


class Synonyms:
    """Looks up the synonyms of words and phrases.

    Args:
        sets: the phrases of each set stand for one another.
        weigh: how telling a term is. Where a phrase is the synonym of another, its most telling term is.
    """

    def __init__(self, sets: PhraseSets, weigh: Weigh = len) -> None:
        self._weigh = weigh
        self._sets, self._longest = sets.by_phrase, sets.longest
        self.others = lru_cache(REMEMBERED_PHRASES)(self._of_words)

    def _of_words(self, terms: tuple[str, ...]) -> tuple[str, ...]:
        """The synonyms of some terms, each taken as a word."""
        return tuple(dict.fromkeys(other for term in terms for other in self._of_phrase((term,))))

    def words(self) -> frozenset[str]:
        """The single words that have synonyms, as terms."""
        return frozenset(phrase[0] for phrase in self._sets if len(phrase) == 1)

    def _of_phrase(self, phrase: Phrase) -> tuple[str, ...]:
        """The most telling term of each synonym of a phrase."""
        others = (other for phrases in self._sets.get(phrase, ()) for other in phrases if other != phrase)
        return telling(others, self._weigh)

    def substitutes(self, words: Sequence[Sequence[Sequence[str]]]) -> list[list[tuple[str, ...]]]:
        """The synonyms of each group of each word: of the group itself, and of the phrases that it is part of.

        Args:
            words: for each word of a text its groups of terms. The first two terms of a group are looked up as words,
                the first as a part of phrases.

        Returns:
            The synonyms in the same shape.
        """
        found = [[self.others(terms[:2]) for terms in word] for word in words]
        places = [(number, part) for number, word in enumerate(words) for part in range(len(word))]
        firsts = tuple(words[number][part][0] for number, part in places)
        longest = [self._longest.get(first, 0) for first in firsts]
        for length in range(2, max(longest, default=0) + 1):
            for start in range(len(places) - length + 1):
                phrase = firsts[start : start + length]
                if longest[start] >= length and phrase in self._sets:
                    for number, part in places[start : start + length]:
                        found[number][part] += self._of_phrase(phrase)
        return found


def load(analyzer: Analyzer, weigh: Weigh, own: Path | None = None, folder: Path | None = None) -> Synonyms:
    """The everyday synonyms and those of a corpus.

    Args:
        analyzer: text → terms.
        weigh: how telling a term is.
        own: the file of the corpus's own synonyms, which need not exist.
        folder: where compiled tables are kept, see `compiled_tables`.

    Raises:
        CorpusError: that file cannot be read, or a line of it makes no set.
    """
    everyday = compiled(SYNONYMS, analyzer, compile_sets, PhraseSets, folder)
    of_corpus = _own(own, analyzer) if own else []
    return Synonyms(PhraseSets(everyday.all + of_corpus) if of_corpus else everyday, weigh)


def compile_sets(text: str, analyzer: Analyzer) -> list[list[Phrase]]:
    """The sets of a table of synonyms, each phrase as its terms."""
    return [_phrases(members, analyzer) for _, members in rows(text)]


def of_sets(sets: Iterable[Iterable[str]], analyzer: Analyzer) -> Synonyms:
    """The synonyms of sets of words and phrases."""
    return Synonyms(PhraseSets(_phrases(members, analyzer) for members in sets))


def _own(file: Path, analyzer: Analyzer) -> list[list[Phrase]]:
    if not file.exists():
        return []
    text = read_text(file, "check its permissions")
    sets = []
    for line, members in rows(text):
        phrases = _phrases(members, analyzer)
        if len(members) < 2:
            raise CorpusError(file, f"«{members[0]}» stands alone", "write a set a line, separated by commas", line)
        if len(phrases) < len(members):
            unread = next(member for member in members if not analyzer.terms(member))
            raise CorpusError(file, f"«{unread}» has no word to search for", "leave it out", line)
        sets.append(phrases)
    return sets


def _phrases(members: Iterable[str], analyzer: Analyzer) -> list[Phrase]:
    """The members as phrases; those without any term are left out."""
    return [terms for member in members if (terms := _phrase(member, analyzer))]


def _phrase(member: str, analyzer: Analyzer) -> Phrase:
    """The terms of a member; of one word in which two were found («کلینیک»: کلی، نیک) only its own spelling."""
    words = list(analyzer.tokens(member))
    if len(words) == 1 and words[0].terms[-1:] == (words[0].bare,):
        return words[0].terms[-1:]
    return tuple(unit.term for word in words if word.terms for unit in word.ordered)
