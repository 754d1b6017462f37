"""The words of a question → what each may be called in the articles.

A word's own terms count fully; so do those of a spoken form, of a compound written otherwise, and of a plain typing
error. Synonyms and less certain corrections are substitutes. Only a word that the collection lacks is corrected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from retrieval.engines.base import Group
from retrieval.index.reader import IndexReader
from retrieval.query.corrections import Correction, Corrector
from retrieval.query.latin import Latin, Translation
from retrieval.query.slips import ADDED
from retrieval.query.synonyms import Synonyms, of_sets
from retrieval.text.analyzer import Analyzer, Token
from retrieval.text.endings import has_two_readings, known_terms
from retrieval.text.function_words import QUESTION_PHRASES, SPOKEN_WORDS
from retrieval.text.lexicon import Lexicon
from retrieval.text.orthography import HALF_SPACE, bare

SURE, CLOSE = ADDED, 0.3
"""The cost up to which a correction counts fully, and how much more than the best another may cost to count too."""

LETTERS_AN_ERROR = 6
"""A longer word may cost more: an `ADDED` for as many letters."""

DOUBTED = 0.8
"""How much more than the best a correction may cost to be a substitute."""

REMEMBERED = 4096
"""Words that the collection lacks whose corrections are kept: people ask about the same things and err alike."""

_WRITTEN = {spoken: bare(written) for spoken, written in SPOKEN_WORDS.items() if written and HALF_SPACE not in written}


class Word(NamedTuple):
    """A word of a question.

    Args:
        bare: as it was meant, folded and without half-spaces: «کدام» for «کدوم».
        terms: its own terms; () for a stop word.
        groups: what it is searched by, usually one group; () for a stop word.
        places: the alternatives at each place of the word in the order of the question, stop words included.
    """

    bare: str
    terms: tuple[str, ...]
    groups: tuple[Group, ...]
    places: tuple[tuple[str, ...], ...]


class Matcher:
    """Matches words of questions with the words of one collection.

    Args:
        analyzer: text → terms, as for the articles.
        index: the collection.
        synonyms: what may stand for what.
    """

    def __init__(self, analyzer: Analyzer, index: IndexReader, synonyms: Synonyms) -> None:
        self._analyzer, self._index, self._synonyms = analyzer, index, synonyms
        self._knows, self._statistics = index.knows, index.sentence_engine
        self._corrections = lru_cache(REMEMBERED)(Corrector(index, analyzer.lexicon).corrections)
        self._latin = Latin(index, analyzer.lexicon, lambda word: bool(synonyms.others((word,))))

    def persian(self, text: str) -> Translation:
        """A question with its Latin words in Persian."""
        return self._latin.persian(text)

    def words(self, question: Translation) -> list[Word]:
        """The words of a question, in order."""
        words = self._joined(_without_phrases([self._word(token) for token in self._analyzer.tokens(question.text)]))
        words = [word if self._has(word) else self._corrected(word) for word in words]
        if question.sets:
            words = _with_readings(words, of_sets(question.sets, self._analyzer), self._knows)
        return _with_synonyms(words, self._synonyms, self._knows)

    def _word(self, token: Token) -> Word:
        word, terms = token.bare, token.terms
        if has_two_readings(word, terms) and any(map(self._knows, terms)):
            # «خوشهای» is «خوشه‌ای» or «خوش‌های»: what the collection speaks of more.
            terms = (max(terms, key=self._statistics.document_frequency),)
        groups = tuple(map(Group, _alternatives(terms, word, self._analyzer.lexicon)))
        places = tuple(group.terms for group in groups)
        if not groups:
            places = tuple((unit.term,) for unit in token.ordered)
        return Word(_WRITTEN.get(word, word), terms, groups, places)

    def _has(self, word: Word) -> bool:
        """Whether the collection has the word, or the word is a stop word.

        Two known words that only happen to make up a third, unknown one are not had unless they stand side by side.
        """
        if not all(any(map(self._knows, group.terms)) for group in word.groups):
            return False
        by_chance = len(word.groups) > 1 and word.terms[-1] == word.bare and not self._knows(word.bare)
        return not by_chance or all(
            self._index.side_by_side(one.terms[0], other.terms[0]) for one, other in pairwise(word.groups)
        )

    def _joined(self, words: Sequence[Word]) -> list[Word]:
        """The words, with neighbours that the collection writes as one word made one: «مدیر عامل» for «مدیرعامل».

        Where the collection writes them apart as well, both stay, and the joined spelling stands for either.
        """
        found: list[Word] = []
        for word in words:
            joined = found[-1].bare + word.bare if found else ""
            if not (self._knows(joined) and found[-1].groups and word.groups):
                found.append(word)
            elif self._index.side_by_side(found[-1].groups[-1].terms[0], word.groups[0].terms[0]):
                found[-1:] = [_also(found[-1], joined), _also(word, joined)]
            else:
                apart = tuple(group.terms[0] for group in found[-1].groups + word.groups)
                found[-1] = _spelt(word._replace(bare=joined), (Group((joined,), substitutes=apart),))
        return found

    def _corrected(self, word: Word) -> Word:
        """A word that the collection lacks, with what it may have been meant to be."""
        lacking = [group for group in word.groups if not any(map(self._knows, group.terms))]
        if any(self._knows(other) for group in lacking for other in self._synonyms.others(group.terms)):
            return word
        found = self._corrections(word.bare)
        if not found:
            return word
        best = found[0]
        doubted = known_terms(word.bare, self._analyzer.lexicon.terms) is not None
        if not best.terms and not doubted:
            return self._word(next(self._analyzer.tokens(best.spelling))._replace(terms=()))
        found = [one for one in found if one.terms]
        if len(word.groups) == 1 and all(len(one.terms) == 1 for one in found[:1]):
            return _with_corrections(word, [one for one in found if len(one.terms) == 1], doubted=doubted)
        # A compound by mistake, or one that was meant.
        if not found or found[0].cost > SURE or (doubted and " " not in found[0].spelling):
            return word
        return _spelt(word, tuple(Group(tuple(dict.fromkeys((term, word.bare)))) for term in found[0].terms))


def _with_readings(words: Sequence[Word], readings: Synonyms, knows: Callable[[str], bool]) -> list[Word]:
    """Words with what else they may be read as, of what the collection has; it counts as much."""
    offered = readings.substitutes([[group.terms for group in word.groups] for word in words])
    return [
        word
        if not any(its)
        else _spelt(
            word,
            tuple(
                group._replace(terms=_without((*group.terms, *(term for term in more if knows(term))), ()))
                for group, more in zip(word.groups, its, strict=True)
            ),
        )
        for word, its in zip(words, offered, strict=True)
    ]


def _with_synonyms(words: Sequence[Word], synonyms: Synonyms, knows: Callable[[str], bool]) -> list[Word]:
    """Words with what synonyms offer for them, or for the phrase that they stand in.

    A synonym is a substitute, but counts fully for a word that the collection does not have at all.
    """
    offered = synonyms.substitutes([[group.terms for group in word.groups] for word in words])
    return [
        word
        if not any(its)
        else word._replace(
            groups=tuple(
                _offered(group, [term for term in more if knows(term)], knows)
                for group, more in zip(word.groups, its, strict=True)
            ),
        )
        for word, its in zip(words, offered, strict=True)
    ]


def _offered(group: Group, more: Sequence[str], knows: Callable[[str], bool]) -> Group:
    if more and not any(knows(term) for term in (*group.terms, *group.substitutes)):
        return group._replace(terms=_without((*group.terms, *more), ()))
    return group._replace(substitutes=_without((*group.substitutes, *more), group.terms))


def _without_phrases(words: Sequence[Word]) -> list[Word]:
    """Words without the terms of phrases that only ask («… چند سال طول کشید؟»)."""
    found = list(words)
    for place, (one, other) in enumerate(pairwise(words)):
        if (one.bare, other.bare) in QUESTION_PHRASES:
            found[place : place + 2] = [word._replace(terms=(), groups=()) for word in (one, other)]
    return found


def _also(word: Word, term: str) -> Word:
    """`word` with one more term, at each of its places, that counts fully."""
    return _spelt(word, tuple(group._replace(terms=_without((*group.terms, term), ())) for group in word.groups))


def _spelt(word: Word, groups: tuple[Group, ...]) -> Word:
    """`word` searched by other groups."""
    places = tuple(group.terms for group in groups)
    return word._replace(terms=_without(tuple(chain.from_iterable(places)), ()), groups=groups, places=places)


def _with_corrections(word: Word, found: Sequence[Correction], *, doubted: bool) -> Word:
    """A word of one group with corrections of one term.

    Args:
        word: as it was typed.
        found: its corrections, best first.
        doubted: whether it may be no error at all: dictionaries have it.
    """
    if not found:
        return word
    (group,) = word.groups
    most = max(SURE, ADDED * len(word.bare) / LETTERS_AN_ERROR)
    sure = [one.terms[0] for one in found if not doubted and one.cost <= most and one.rank <= found[0].rank + CLOSE]
    less = [one.terms[0] for one in found if one.rank <= found[0].rank + DOUBTED]
    terms = _without((*group.terms, *sure), ())
    return _spelt(word, (Group(terms, substitutes=_without(tuple(less), terms)),))


def _without(terms: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term for term in terms if term not in others))


def _alternatives(terms: tuple[str, ...], word: str, lexicon: Lexicon) -> Iterator[tuple[str, ...]]:
    """The terms of one word of a question, those that stand for one another together."""
    written = lexicon.spoken(word)
    if written is not None and (not written or word not in lexicon):
        terms = written
    if len(terms) == 1:
        yield tuple(dict.fromkeys(terms + (written or ())))
    elif has_two_readings(word, terms):
        yield terms
    elif terms and terms[-1] == word:
        # Two words found in one: an article may have them apart or joined.
        yield from ((term, word) for term in terms[:-1])
    else:
        yield from ((term,) for term in terms)
