"""Words of a question that the collection lacks: what speech joins to them comes off, and typing errors are undone."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from retrieval.engines.base import Group
from retrieval.index.reader import IndexReader
from retrieval.query.clitics import without_clitics
from retrieval.query.corrected_word import FULL_COST, with_corrections
from retrieval.query.corrections import MAX_ERRORS, Corrector
from retrieval.query.matched_word import MatchedWord
from retrieval.query.parted_words import is_one, pairs
from retrieval.query.slips import LOST_COST, NEIGHBOUR_COST
from retrieval.text.analyzer import Analyzer, Token
from retrieval.text.endings import known_terms
from retrieval.text.function_words import SPOKEN_WORDS, STOP_WORDS
from retrieval.text.traits import Trait, traits

MIN_DOUBTED_LETTERS = 4
"""Letters of the shortest word of the language that may be a slip for another one: «یاد» is not meant to be «باد»."""

DEGREES = ("پر", "کم", "خوش", "بد")
"""How much of what a noun names there is, or how good it is: «پرامتیاز», «خوش‌قیمت»."""

MIN_STEM_OF_DEGREE = 4
"""Letters of the shortest noun behind one of these; «پرنده» is not full of «نده»."""

REMEMBERED_CORRECTIONS = 4096
"""Words whose corrections are kept: people err alike."""


class LackedWords:
    """Finds what was meant by words that a collection lacks.

    Args:
        analyzer: text → terms, as for the articles.
        index: the collection.
        tables: words that stand in a table, such as those that have synonyms.
        has_instead: whether the collection has something that stands for a term which it lacks.
        match: from a token to the word that it is.
        max_errors: how many typing errors a word may have, see `Corrector`.
    """

    def __init__(
        self,
        analyzer: Analyzer,
        index: IndexReader,
        tables: frozenset[str],
        has_instead: Callable[[str], bool],
        match: Callable[[Token], MatchedWord],
        *,
        max_errors: int = MAX_ERRORS,
    ) -> None:
        self._analyzer, self._index, self._knows = analyzer, index, index.knows
        self._tables, self._has_instead, self._match = tables, has_instead, match
        self._corrector = Corrector(index, analyzer.lexicon, tables, has_instead, max_errors)
        self._corrections = lru_cache(REMEMBERED_CORRECTIONS)(self._corrector.corrections)

    def pairs(self, word: MatchedWord) -> Iterator[tuple[str, str]]:
        """The pairs of units that `mended` may ask the collection for, where it lacks a word."""
        if all(any(map(self._knows, group.terms)) for group in word.groups) and not any(pairs([word], self._index)):
            return
        for _, stem in self._stems(word):
            yield from pairs([stem], self._index)
        yield from self._corrector.pairs(word.bare)

    def mended(self, word: MatchedWord, behind: Sequence[MatchedWord]) -> MatchedWord:
        """A word that the collection lacks, with what it may have been meant to be.

        Args:
            word: as it was typed.
            behind: the words behind which it stands; behind a name it may be one too, which no other name replaces.
        """
        lacking = [group for group in word.groups if not any(map(self._knows, group.terms))]
        if any(term in self._tables or self._has_instead(term) for group in lacking for term in group.terms):
            return word  # what stands in a table is no slip
        plain = self._without_clitics(word) or self._without_degree(word)
        found = [] if plain else self._corrections(word.bare)
        spoken = plain or self._of_the_language(word)
        if plain or not found or (spoken is not word and found[0].cost > FULL_COST):
            return spoken
        best = found[0]
        doubted = self._is_known(word.bare)
        if not best.terms and not doubted:
            return self._match(next(self._analyzer.tokens(best.spelling))._replace(terms=()))
        dearest = (0.0 if len(word.bare) < MIN_DOUBTED_LETTERS else LOST_COST) if doubted else math.inf
        found = [one for one in found if one.terms and one.cost <= dearest]
        if len(word.groups) == 1 and all(len(one.terms) == 1 for one in found[:1]):
            single = [one for one in found if len(one.terms) == 1]
            plain_cost = NEIGHBOUR_COST if any(map(self._is_name, behind)) else FULL_COST
            corrected = with_corrections(word, single, 0.0 if doubted else plain_cost)
            return corrected._replace(meant=()) if doubted else corrected
        # A compound by mistake, or one that was meant.
        if not found or found[0].cost > FULL_COST or (doubted and " " not in found[0].spelling):
            return word
        apart = tuple(Group(tuple(dict.fromkeys((term, word.bare)))) for term in found[0].terms)
        return word.searched_by(apart)._replace(meant=(found[0].spelling,))

    def _is_name(self, word: MatchedWord) -> bool:
        """Whether a word is a given name or a form of address, or one that no dictionary has."""
        offered = traits(word.bare, known=self._is_known(word.bare), grammar=False)
        return bool(word.groups) and bool(offered & (Trait.PERSON | Trait.NAME))

    def _without_clitics(self, word: MatchedWord) -> MatchedWord | None:
        """The word without what everyday speech joins to it; None where the collection has nothing of what is left.

        Of several stems, as of «شمارشو», it is one that is a word without an ending, and of these the commonest.
        """
        stems = list(self._stems(word))
        found = [one for one in stems if one[1].groups and self._is_meant(one[1])]
        if found:
            return max(found, key=lambda one: (self._is_word(one[0]), self._document_frequency(one[1])))[1]
        idle = (one for stem, one in stems if not one.groups and (stem in SPOKEN_WORDS or stem in STOP_WORDS))
        return next(idle, None)

    def _without_degree(self, word: MatchedWord) -> MatchedWord | None:
        """The noun of an adjective that says how much of it there is: «امتیاز» of «پرامتیازترین»; None for others."""
        for term in word.terms[:1]:
            for degree in DEGREES:
                noun = term.removeprefix(degree)
                is_noun = noun != term and len(noun) >= MIN_STEM_OF_DEGREE and noun in self._analyzer.lexicon
                if is_noun and self._knows(noun):
                    return word.searched_by((Group((noun,)),))
        return None

    def _is_meant(self, word: MatchedWord) -> bool:
        return is_one(word, self._index) and all(any(map(self._means, group.terms)) for group in word.groups)

    def _is_word(self, stem: str) -> bool:
        return stem in self._analyzer.lexicon or self._analyzer.lexicon.spoken(stem) is not None or self._knows(stem)

    def _document_frequency(self, word: MatchedWord) -> int:
        count = self._index.sentence_engine.document_frequency
        return max(count(term) for group in word.groups for term in group.terms)

    def _of_the_language(self, word: MatchedWord) -> MatchedWord:
        """A word that is not in the collection, without what is joined to it if that leaves one of the language.

        That the collection lacks «دروغ» of «دروغه» says less than that it lacks a name.
        """
        return next((plain for stem, plain in self._stems(word) if self._is_known(stem)), word)

    def _stems(self, word: MatchedWord) -> Iterator[tuple[str, MatchedWord]]:
        """What may be left of a word without clitics, with the word that it is; «تهیه» is no «تهی است»."""
        is_known, share = self._is_known(word.bare), self._analyzer.lexicon.share
        for stem in without_clitics(word.bare, is_known=is_known):
            if not is_known or share(stem) > share(word.bare):
                yield stem, self._match(next(self._analyzer.tokens(stem)))

    def _means(self, term: str) -> bool:
        return self._knows(term) or self._has_instead(term)

    def _is_known(self, word: str) -> bool:
        """Whether a dictionary or a table has a word."""
        return word in self._tables or known_terms(word, self._analyzer.lexicon.terms) is not None
