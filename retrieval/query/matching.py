"""The words of a question → the terms by which each may be found in the articles.

A word's own terms count fully. So do the written form of a spoken one, the other spelling of a compound, and the
correction of a plain typing error. Synonyms and less certain corrections are substitutes, which count less. Only a word
that the collection lacks is corrected.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from retrieval.engines.base import Group
from retrieval.index.reader import IndexReader
from retrieval.query.corrections import Correction, Corrector
from retrieval.query.latin import Latin, Translation
from retrieval.query.matched_word import MatchedWord, with_substitutes, with_terms
from retrieval.query.question_words import ONLY_ASKING
from retrieval.query.slips import ADDED_COST
from retrieval.query.synonyms import Synonyms, of_sets
from retrieval.query.written_words import WrittenWords
from retrieval.text.analyzer import Analyzer, Token
from retrieval.text.endings import has_two_readings, known_terms
from retrieval.text.function_words import SPOKEN_WORDS
from retrieval.text.lexicon import Lexicon
from retrieval.text.orthography import HALF_SPACE, bare

FULL_COST = ADDED_COST
"""The cost up to which a correction counts fully, as the word itself would."""

LETTERS_PER_ERROR = 6
"""In a long word a correction that counts fully may cost as much as one `ADDED_COST` for this many letters."""

FULL_MARGIN = 0.3
"""How much higher than the best correction's the rank of another may be if it is to count fully."""

SUBSTITUTE_MARGIN = 0.8
"""How much higher than the best correction's the rank of another may be if it is to be a substitute."""

MIN_STEM = 3
"""Letters of a word to which the «ه» of «است» may be joined."""

REMEMBERED_WORDS = 4096
"""Words whose corrections are kept: people ask about the same things, and err alike."""

_WRITTEN_FORMS = {
    spoken: bare(written) for spoken, written in SPOKEN_WORDS.items() if written and HALF_SPACE not in written
}


Widen = Callable[[MatchedWord, Sequence[Sequence[str]]], MatchedWord]
"""From a word, and for each of its groups the terms of the collection that may stand for it, to the word with these."""


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
        self._corrections = lru_cache(REMEMBERED_WORDS)(Corrector(index, analyzer.lexicon).corrections)
        self._written = WrittenWords(analyzer)
        self._latin = Latin(index, analyzer.lexicon, lambda word: bool(synonyms.others((word,))))

    def persian(self, text: str) -> Translation:
        """A question with its Latin words in Persian."""
        return self._latin.persian(text)

    def is_finite_verb(self, word: str) -> bool:
        """Whether a word, folded and without half-spaces, can end a clause."""
        return self._analyzer.lexicon.is_finite_verb(word)

    def tokens(self, text: str) -> tuple[Token, ...]:
        """The tokens of a question in Persian."""
        return tuple(self._analyzer.tokens(text))

    def words(
        self, tokens: Iterable[Token], sets: Sequence[tuple[str, ...]], today: datetime.date
    ) -> list[MatchedWord]:
        """The words of a question, in order.

        Args:
            tokens: the question's.
            sets: readings that may stand for one another, see `Translation`.
            today: what «امروز» means.
        """
        words = self._joined(_without_phrases([self._word(token) for token in tokens]))
        words = [word if self._has(word) else self._corrected(word) for word in words]
        if sets:
            words = self._widened(words, of_sets(sets, self._analyzer), MatchedWord.with_readings)
        return self._written.widened(self._widened(words, self._synonyms, self._with_synonyms), self._knows, today)

    def _widened(self, words: Sequence[MatchedWord], synonyms: Synonyms, widen: Widen) -> list[MatchedWord]:
        """The words, each widened by what `synonyms` have for it, or for a phrase that it is part of."""
        found = synonyms.substitutes([[group.terms for group in word.groups] for word in words])
        return [
            widen(word, [list(filter(self._knows, terms)) for terms in offered]) if any(offered) else word
            for word, offered in zip(words, found, strict=True)
        ]

    def _with_synonyms(self, word: MatchedWord, offered: Sequence[Sequence[str]]) -> MatchedWord:
        """`word` with substitutes; they count fully for a group of which the collection has no term at all."""
        groups = zip(word.groups, offered, strict=True)
        return word._replace(
            groups=tuple(
                with_substitutes(group, terms) if self.has_any(group) else with_terms(group, terms)
                for group, terms in groups
            )
        )

    def has_any(self, group: Group) -> bool:
        """Whether the collection has one of a group's terms."""
        return any(map(self._knows, (*group.terms, *group.substitutes)))

    def _word(self, token: Token) -> MatchedWord:
        word, terms = token.bare, token.terms
        if has_two_readings(word, terms) and any(map(self._knows, terms)):
            # «خوشهای» is «خوشه‌ای» or «خوش‌های»: what the collection speaks of more.
            terms = (max(terms, key=self._statistics.document_frequency),)
        groups = tuple(map(Group, _alternatives(terms, word, self._analyzer.lexicon)))
        places = tuple(group.terms for group in groups)
        if not groups:
            places = tuple((unit.term,) for unit in token.ordered)
        return MatchedWord(_WRITTEN_FORMS.get(word, word), terms, groups, places)

    def _has(self, word: MatchedWord) -> bool:
        """Whether the collection has the word, or the word is a stop word.

        Two known words that only happen to make up a third, unknown one are not had unless they stand side by side.
        """
        if not all(any(map(self._knows, group.terms)) for group in word.groups):
            return False
        by_chance = len(word.groups) > 1 and word.terms[-1] == word.bare and not self._knows(word.bare)
        return not by_chance or all(
            self._index.side_by_side(one.terms[0], other.terms[0]) for one, other in pairwise(word.groups)
        )

    def _joined(self, words: Sequence[MatchedWord]) -> list[MatchedWord]:
        """The words, with neighbours that the collection writes as one word made one: «مدیر عامل» for «مدیرعامل».

        Where the collection writes them apart as well, both stay, and the joined spelling stands for either.
        """
        found: list[MatchedWord] = []
        for word in words:
            joined = found[-1].bare + word.bare if found else ""
            if not (self._knows(joined) and found[-1].groups and word.groups):
                found.append(word)
            elif self._index.side_by_side(found[-1].groups[-1].terms[0], word.groups[0].terms[0]):
                found[-1:] = [found[-1].also(joined), word.also(joined)]
            else:
                apart = tuple(group.terms[0] for group in found[-1].groups + word.groups)
                found[-1] = word._replace(bare=joined).searched_by((Group((joined,), substitutes=apart),))
        return found

    def _without_copula(self, word: MatchedWord) -> MatchedWord | None:
        """«بازه» is «باز» with the «است» of everyday speech, where the collection has only that."""
        stem = word.bare.removesuffix("ه")
        if len(stem) < MIN_STEM or stem == word.bare:
            return None
        plain = self._word(next(self._analyzer.tokens(stem)))
        return plain if plain.groups and all(any(map(self._knows, group.terms)) for group in plain.groups) else None

    def _corrected(self, word: MatchedWord) -> MatchedWord:
        """A word that the collection lacks, with what it may have been meant to be."""
        lacking = [group for group in word.groups if not any(map(self._knows, group.terms))]
        if any(self._knows(other) for group in lacking for other in self._synonyms.others(group.terms)):
            return word
        plain, found = self._without_copula(word), self._corrections(word.bare)
        if plain or not found:
            return plain or word
        best = found[0]
        doubted = known_terms(word.bare, self._analyzer.lexicon.terms) is not None
        if not best.terms and not doubted:
            return self._word(next(self._analyzer.tokens(best.spelling))._replace(terms=()))
        found = [one for one in found if one.terms]
        if len(word.groups) == 1 and all(len(one.terms) == 1 for one in found[:1]):
            return _with_corrections(word, [one for one in found if len(one.terms) == 1], doubted=doubted)
        # A compound by mistake, or one that was meant.
        if not found or found[0].cost > FULL_COST or (doubted and " " not in found[0].spelling):
            return word
        return word.searched_by(tuple(Group(tuple(dict.fromkeys((term, word.bare)))) for term in found[0].terms))


def _without_phrases(words: Sequence[MatchedWord]) -> list[MatchedWord]:
    """The words; those of phrases that only ask («… چند سال طول کشید؟») are searched by nothing."""
    found = list(words)
    for place, (one, other) in enumerate(pairwise(words)):
        if (one.bare, other.bare) in ONLY_ASKING:
            found[place : place + 2] = [word._replace(terms=(), groups=()) for word in (one, other)]
    return found


def _with_corrections(word: MatchedWord, found: Sequence[Correction], *, doubted: bool) -> MatchedWord:
    """A word of one group with corrections of one term: the surest count fully, others are substitutes.

    Args:
        word: as it was typed.
        found: its corrections, best first.
        doubted: whether it may be no error at all, since dictionaries have it; then no correction counts fully.
    """
    if not found:
        return word
    (group,) = word.groups
    full_cost = max(FULL_COST, ADDED_COST * len(word.bare) / LETTERS_PER_ERROR)
    full_rank, substitute_rank = found[0].rank + FULL_MARGIN, found[0].rank + SUBSTITUTE_MARGIN
    full = [one.terms[0] for one in found if not doubted and one.cost <= full_cost and one.rank <= full_rank]
    substitutes = [one.terms[0] for one in found if one.rank <= substitute_rank]
    return word.searched_by((with_substitutes(with_terms(Group(group.terms), full), substitutes),))


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
