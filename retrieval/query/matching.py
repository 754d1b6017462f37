"""The words of a question → the terms by which each may be found in the articles.

A word's own terms count fully. So do the written form of a spoken one, the other spelling of a compound, and the
correction of a plain typing error. Synonyms and less certain corrections are substitutes, which count less. Only a word
that the collection lacks is corrected (`lacked_words`).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path

from retrieval.engines.base import Group
from retrieval.index.reader import IndexReader
from retrieval.query.corrections import MAX_ERRORS
from retrieval.query.everyday_verbs import EverydayVerbs, light_verb
from retrieval.query.frequency import information
from retrieval.query.idioms import Idioms, IdiomTable
from retrieval.query.lacked_words import LackedWords
from retrieval.query.latin import Latin, Translation
from retrieval.query.matched_word import MatchedWord, with_substitutes, with_terms
from retrieval.query.parted_words import is_one, joined, pairs, without_phrases
from retrieval.query.question_words import APPOINTING, ASKED_ATTRIBUTES, FRAMING_NOUNS, KIND_NOUNS
from retrieval.query.spoken_words import alternatives, written_form
from retrieval.query.synonyms import Synonyms, of_sets
from retrieval.query.written_words import WrittenWords
from retrieval.text.analyzer import Analyzer, Token, Unit
from retrieval.text.endings import has_two_readings
from retrieval.text.lexicon import RARE_SHARE
from retrieval.text.word_tables import read, word_set

REMEMBERED_WORDS = 4096
"""Words whose terms and whose information are kept: people ask alike."""

_PLACES = word_set(read(__file__, "places.txt"))
"""The names of places that are written as often as other words."""

Widen = Callable[[MatchedWord, Sequence[Sequence[str]]], MatchedWord]
"""From a word, and for each of its groups the terms of the collection that may stand for it, to the word with these."""


class Matcher:
    """Matches words of questions with the words of one collection.

    Args:
        analyzer: text → terms, as for the articles.
        index: the collection.
        synonyms: what may stand for what.
        folder: where compiled tables are kept, see `compiled_tables`.
        max_errors: how many typing errors a word may have, see `Corrector`.
    """

    def __init__(
        self,
        analyzer: Analyzer,
        index: IndexReader,
        synonyms: Synonyms,
        folder: Path | None = None,
        max_errors: int = MAX_ERRORS,
    ) -> None:
        self._analyzer, self._index, self._synonyms = analyzer, index, synonyms
        self._knows, self._statistics = index.knows, index.sentence_engine
        self._matched = lru_cache(REMEMBERED_WORDS)(self._match)
        self.is_verb = analyzer.is_verb
        self.information = lru_cache(REMEMBERED_WORDS)(self._information)
        self._written = WrittenWords(analyzer, index.sentence_engine.idf)
        self._verbs = EverydayVerbs(analyzer, index.sentence_engine.idf, folder)
        self._attributes = self._written.attributes.nouns()
        self._idioms = IdiomTable(analyzer)
        tables = synonyms.words() | self._attributes | KIND_NOUNS | FRAMING_NOUNS
        self._lacked = LackedWords(analyzer, index, tables, self._has_instead, self._word, max_errors=max_errors)
        self._latin = Latin(index, analyzer.lexicon, lambda word: bool(synonyms.others((word,))))

    def persian(self, text: str) -> Translation:
        """A question with its Latin words in Persian."""
        return self._latin.persian(text)

    @cached_property
    def appointing(self) -> tuple[str, ...]:
        """The terms of the collection that tell who took a post."""
        return tuple(filter(self._knows, dict.fromkeys(self._analyzer.terms(APPOINTING))))

    def is_measured(self, word: MatchedWord) -> bool:
        """Whether a word names an attribute that a number and a unit tell: «قیمت», «طول»."""
        return any(not self._attributes.isdisjoint(group.terms) for group in word.groups)

    def idioms(self, words: Iterable[MatchedWord]) -> Idioms:
        """The idioms for the deeds among the words of a question, and those that tell something else."""
        deeds = (group for word in words if word.is_deed for group in word.groups)
        return self._idioms.of(term for group in deeds for term in (*group.terms, *group.substitutes))

    def units_asked(self, question_word: str) -> tuple[str, ...]:
        """The terms of the collection that tell the attribute which a question word asks for by itself."""
        attribute = ASKED_ATTRIBUTES.get(question_word)
        terms = self._analyzer.terms(attribute) if attribute else []
        return tuple(filter(self._knows, self._written.attributes.of(terms)))

    def _information(self, terms: tuple[str, ...]) -> float:
        """See `frequency.information`."""
        return information(terms, self._statistics, self._share)

    def _share(self, term: str) -> float:
        """The share of sentences of the language that have a term.

        A place tells as much as the rarest word, and so does an attribute that no article names or measures.
        """
        is_untold = term in self._attributes and not self._means(term)
        return RARE_SHARE if term in _PLACES or is_untold else self._analyzer.lexicon.share(term)

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
        words = list(map(self._word, tokens))
        self._index.expect_pairs(chain(pairs(words, self._index), *map(self._lacked.pairs, words)))
        words = joined(without_phrases(words, self._index), self._index)
        words = [
            word if not word.groups or self._has(word) else self._lacked.mended(word, words[max(place - 2, 0) : place])
            for place, word in enumerate(words)
        ]
        if sets:
            words = self._widened(words, of_sets(sets, self._analyzer), MatchedWord.with_readings)
        words = self._verbs.read(self._widened(words, self._synonyms, self._with_synonyms), self._knows)
        return self._written.widened(self._verbs.with_relations(words, self._knows), self._knows, today)

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
        return self._matched(token.bare, token.terms, token.ordered)

    def _match(self, word: str, terms: tuple[str, ...], ordered: tuple[Unit, ...]) -> MatchedWord:
        """See `Token`."""
        if has_two_readings(word, terms) and any(map(self._knows, terms)):
            # «خوشهای» is «خوشه‌ای» or «خوش‌های»: what the collection speaks of more.
            terms = (max(terms, key=self._statistics.document_frequency),)
        elif light_verb(word) and not any(map(self._knows, terms)):
            terms = ()  # «کنه» is a tick where the articles speak of ticks
        groups = tuple(map(Group, alternatives(terms, word, self._analyzer.lexicon)))
        places = tuple(group.terms for group in groups)
        if not groups:
            places = tuple((unit.term,) for unit in ordered)
        return MatchedWord(written_form(word), terms, groups, places)

    def _has(self, word: MatchedWord) -> bool:
        """Whether the collection has a word that is no stop word.

        Two known words that only happen to make up a third, unknown one are not had unless they stand side by side.
        """
        return all(any(map(self._knows, group.terms)) for group in word.groups) and is_one(word, self._index)

    def _has_instead(self, term: str) -> bool:
        """Whether the collection has something for a term that it may lack, or the term need not be there."""
        others = (*self._synonyms.others((term,)), *self._written.others((term,)))
        return term in KIND_NOUNS or term in FRAMING_NOUNS or any(map(self._knows, others))

    def _means(self, term: str) -> bool:
        return self._knows(term) or self._has_instead(term)
