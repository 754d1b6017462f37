"""What a question may say for what an article says: the everyday synonyms of the package and the corpus's own.

Both are tables (`retrieval.text.word_tables`) of words and phrases that stand for one another. They act on the
question's side alone, so no index depends on them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from retrieval.corpus.encoding import decode
from retrieval.corpus.folder import SYNONYMS
from retrieval.errors import CorpusError
from retrieval.text.analyzer import Analyzer
from retrieval.text.traits import Trait
from retrieval.text.word_tables import read, rows

REMEMBERED = 4096
"""Phrases of questions for which is kept what may stand for them."""

Phrase = tuple[str, ...]
Weigh = Callable[[str], float]


class Synonyms:
    """Phrases of terms, and what may stand for each.

    Args:
        sets: phrases that stand for one another; a word is a phrase of one term.
        weigh: how telling a term is; of a phrase that stands in for another the most telling term does.
    """

    def __init__(self, sets: Iterable[Sequence[Phrase]], weigh: Weigh = len) -> None:
        self._weigh = weigh
        self._sets: dict[Phrase, list[Sequence[Phrase]]] = {}
        for phrases in sets:
            for phrase in phrases:
                self._sets.setdefault(phrase, []).append(phrases)
        self._longest = max(map(len, self._sets), default=0)
        self._others = lru_cache(REMEMBERED)(self._of_others)

    def others(self, terms: Iterable[str]) -> tuple[str, ...]:
        """What may stand for one of these terms."""
        return tuple(dict.fromkeys(other for term in terms for other in self._others((term,))))

    def _of_others(self, phrase: Phrase) -> tuple[str, ...]:
        """What may stand for a phrase."""
        others = (other for phrases in self._sets.get(phrase, ()) for other in phrases if other != phrase)
        return tuple(dict.fromkeys(max(other, key=self._weigh) for other in others))

    def substitutes(self, words: Sequence[Sequence[Sequence[str]]]) -> list[list[tuple[str, ...]]]:
        """What may stand for each group of each word, alone or in the phrases that it stands in.

        Args:
            words: for each word of a text its groups of terms.
        """
        found = [[self.others(terms[:2]) for terms in word] for word in words]
        places = [(number, part) for number, word in enumerate(words) for part in range(len(word))]
        for length in range(2, self._longest + 1):
            for start in range(len(places) - length + 1):
                spanned = places[start : start + length]
                phrase = tuple(words[number][part][0] for number, part in spanned)
                for number, part in spanned if phrase in self._sets else ():
                    found[number][part] += self._others(phrase)
        return found


def load(analyzer: Analyzer, weigh: Weigh, own: Path | None = None) -> Synonyms:
    """The everyday synonyms and those of a corpus.

    Args:
        analyzer: text → terms.
        weigh: how telling a term is.
        own: the file of the corpus's own, which need not exist.

    Raises:
        CorpusError: the corpus's own cannot be read.
    """
    sets = [_phrases(members, analyzer) for _, members in rows(read(__file__, SYNONYMS))]
    return Synonyms(sets + (_own(own, analyzer) if own else []), weigh)


def of_sets(sets: Iterable[Iterable[str]], analyzer: Analyzer) -> Synonyms:
    """The synonyms of sets of words and phrases."""
    return Synonyms([_phrases(members, analyzer) for members in sets])


def _own(file: Path, analyzer: Analyzer) -> list[list[Phrase]]:
    try:
        text = decode(file.read_bytes())
    except FileNotFoundError:
        return []
    except ValueError as error:
        raise CorpusError(file, str(error), "save it as UTF-8 text") from error
    except OSError as error:
        raise CorpusError(file, f"it cannot be read ({error.strerror})", "check its permissions") from error
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
    """The members as phrases of terms; those that have none are left out."""
    return [terms for member in members if (terms := _phrase(member, analyzer))]


def _phrase(member: str, analyzer: Analyzer) -> Phrase:
    return tuple(unit.term for unit in analyzer.units(member).ordered if not unit.traits & Trait.GRAMMAR)
