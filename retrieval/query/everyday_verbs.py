"""Everyday verbs and the words that articles have for them (`data/everyday_verbs.txt`): «کی مرد» is told by «درگذشت».

What somebody has is told by verbs too (`data/relations.txt`): «زنش» by «ازدواج کرد», «قبرش» by «به خاک سپرده شد».

Unlike synonyms they hold in one direction only, and several words are searched as one: of «به دنیا آمد» neither «دنیا»
nor «آمد» says what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from retrieval.engines.base import Group
from retrieval.query.compiled_tables import compiled
from retrieval.query.matched_word import MatchedWord, with_equals, with_instead, with_weaker
from retrieval.query.spoken_words import meant, written_form
from retrieval.query.synonyms import Phrase, Weigh, telling
from retrieval.text.analyzer import Analyzer
from retrieval.text.function_words import QUESTION_WORDS
from retrieval.text.word_tables import entries, read, word_set

MAX_TRAILING = 2
"""Words that may stand behind an everyday verb of one word, which is looked for at the end of a question only."""

REMEMBERED_STOP_WORDS = 1024
"""Stop words of which it is kept whether they are light verbs."""

_OBJECT = word_set("را رو")
_PLURALS = word_set("ها های")
_POSSESSIVE_WORDS = word_set("ش اش شان شون هاش هایش هاشون هاشان هایشان او وی اون آن ایشان آنها آن‌ها اونا")
_POSSESSIVES = ("ش", "شان", "شون")
_POSSESSIVE_ENDING = re.compile("(?:ها|های|ان)?(?:اش|ش|شان|شون)$")
"""What stands for somebody behind a noun, or is joined to it."""

_FIRST_PERSON = "م"
_LIGHT_VERBS = {
    "کرد": re.compile("(?:ن?می|ن|ب)?(?:کرد|کن)(?:م|ی|ه|د|یم|ید|ین|ند|ن|هام|هاست|هاند)?"),
    "شد": re.compile("(?:ن?می|ن|ب)?(?:شد|شو|(?<=می|.ب)ش|(?<=^ب)ش)(?:م|ی|ه|د|یم|ید|ین|ند|ن|هام|هاست|هاند)?"),
    "بود": re.compile("ن?بود(?:م|ی|ه|یم|ید|ین|ند|ن)?"),
}
"""The verbs that carry nothing by themselves, so that the lexicon has no lemma for their forms."""


CompiledVerbs = list[tuple[list[tuple[list[str], bool]], list[list[str]]]]
"""The lines of the table: what each of its phrases is looked up by, and whether it is asked of oneself («چی باید
ببرم»); and the terms of each word that articles have for them."""


def compile_verbs(text: str, analyzer: Analyzer) -> CompiledVerbs:
    """The table of everyday verbs in the terms of an analyzer. Forms of one verb are the same there."""
    return [
        (
            [(_keys(phrase, analyzer), phrase.endswith(_FIRST_PERSON)) for phrase in spoken],
            [analyzer.terms(word) for word in written],
        )
        for spoken, written in entries(text)
    ]


def _keys(phrase: str, analyzer: Analyzer) -> list[str]:
    """What each word of a phrase is looked up by."""
    return [
        _key(written_form(token.bare), meant(token.bare, token.terms, analyzer.lexicon))
        for token in analyzer.tokens(phrase)
        if token.bare not in _OBJECT
    ]


class _VerbTable:
    """The lines of the table, to be looked up.

    Attributes:
        written: what a phrase is looked up by → the terms of each word that articles have for it.
        of_oneself: the phrases that are asked of oneself.
        longest: for each word that opens a phrase, how many words the longest of these has.
    """

    def __init__(self, lines: CompiledVerbs) -> None:
        self.written: dict[Phrase, tuple[Phrase, ...]] = {}
        self.of_oneself: set[Phrase] = set()
        for spoken, written in lines:
            terms = tuple(map(tuple, written))
            for keys, of_oneself in spoken:
                key = tuple(keys)
                self.written[key] = tuple(dict.fromkeys((*self.written.get(key, ()), *terms)))
                if of_oneself:
                    self.of_oneself.add(key)
        self.longest: dict[str, int] = {}
        for first, *others in self.written:
            self.longest[first] = max(self.longest.get(first, 0), 1 + len(others))


class EverydayVerbs:
    """The tables in the terms of an analyzer.

    Args:
        analyzer: text → terms.
        weigh: how telling a term is.
        folder: where compiled tables are kept, see `compiled_tables`.
    """

    def __init__(self, analyzer: Analyzer, weigh: Weigh, folder: Path | None = None) -> None:
        self._weigh = weigh
        table = compiled("everyday_verbs.txt", analyzer, compile_verbs, _VerbTable, folder)
        self._written, self._of_oneself, self._longest = table.written, table.of_oneself, table.longest
        self._relations: dict[str, tuple[Phrase, ...]] = {}
        for nouns, verbs in entries(read(__file__, "relations.txt")):
            told = tuple(tuple(analyzer.terms(word)) for word in verbs)
            self._relations |= {token.bare: told for noun in nouns for token in analyzer.tokens(noun)}

    def read(self, words: Sequence[MatchedWord], knows: Callable[[str], bool]) -> list[MatchedWord]:
        """The words of a question, each everyday verb searched as one.

        Args:
            words: in order.
            knows: whether the collection has a term.
        """
        found = list(words)
        for places, written in self._phrases(words):
            known = tuple(filter(knows, written))
            asks = any(words[place].bare in QUESTION_WORDS for place in places)
            if known and (asks or any(words[place].groups for place in places)):
                _as_one(found, places, known, knows)
        return found

    def with_relations(self, words: Sequence[MatchedWord], knows: Callable[[str], bool]) -> list[MatchedWord]:
        """The words of a question, each relation of somebody with the words that tell of it.

        Somebody is named behind it («بچهٔ بهمن»), or a possessive stands for him («بچه‌هاش», «بچه هاش», «بچهٔ او»).
        """
        found = list(words)
        for place, word in enumerate(words):
            told = self._relations.get(word.bare)
            if told and not _names_somebody(words[place + 1 :]):
                continue
            if not told and word.bare.endswith(_POSSESSIVES):
                told = self._relations.get(_POSSESSIVE_ENDING.sub("", word.bare))
            if told:
                written = filter(knows, telling(told, self._weigh))
                found[place] = with_instead(word, written, knows)._replace(is_deed=True)
        return found

    def _phrases(self, words: Sequence[MatchedWord]) -> Iterator[tuple[Sequence[int], tuple[str, ...]]]:
        """The places of each everyday verb among some words, and the terms that articles have for it.

        Of phrases that overlap the longest counts. One of a single word counts at the end of a question only.
        """
        places = [place for place, word in enumerate(words) if word.bare not in _OBJECT]
        keys = [_key_of(words[place]) for place in places]
        behind = 0
        for first, key in enumerate(keys):
            if first < behind or key not in self._longest:
                continue
            shortest = 1 if first >= len(keys) - 1 - MAX_TRAILING else 2
            for end in range(min(first + self._longest[key], len(keys)), first + shortest - 1, -1):
                phrase = tuple(keys[first:end])
                found = self._written.get(phrase)
                if found is None:
                    continue
                of_oneself = words[places[end - 1]].bare.endswith(_FIRST_PERSON)
                if of_oneself and phrase not in self._of_oneself and not QUESTION_WORDS.isdisjoint(phrase):
                    continue  # «چیکار کنم» asks for no post, as «چیکار میکنه» does
                yield places[first:end], telling(found, self._weigh)
                behind = end
                break


def _names_somebody(behind: Sequence[MatchedWord]) -> bool:
    """Whether what stands behind a noun, but for the ending of its plural, names somebody or stands for him."""
    word = next((word for word in behind if word.bare not in _PLURALS), None)
    return word is not None and (bool(word.groups) or word.bare in _POSSESSIVE_WORDS)


def _key_of(word: MatchedWord) -> str:
    """What a word of a question is looked up by; see `_key`."""
    return word.groups[0].terms[0] if len(word.groups) == 1 else light_verb(word.bare) or word.bare


def _key(word: str, terms: Sequence[str]) -> str:
    """What a word is looked up by: its only term, one past stem for all forms of a light verb, else the word itself."""
    if len(terms) == 1:
        return terms[0]
    return light_verb(word) or word


@lru_cache(REMEMBERED_STOP_WORDS)
def light_verb(word: str) -> str | None:
    """The past stem of the light verb that a word is a form of."""
    return next((stem for stem, forms in _LIGHT_VERBS.items() if forms.fullmatch(word)), None)


def _as_one(words: list[MatchedWord], places: Sequence[int], written: Phrase, knows: Callable[[str], bool]) -> None:
    """Let the words of an everyday verb be searched as one, by its first word with a meaning, or as it is written.

    One with a question word («چکار میکنه», «چی باید ببرم») means nothing of its own words: only as it is written.
    """
    content = [place for place in places if words[place].groups]
    if len(content) < len(places) and any(words[place].bare in QUESTION_WORDS for place in places):
        head = (content or places)[-1]
        words[head] = words[head]._replace(groups=(Group(written),), is_deed=True)
    else:
        head = content[0]
        own = {term for place in content for group in words[place].groups for term in group.terms[:1]}
        has_own = any(knows(term) for group in words[head].groups for term in group.terms[:1])
        equal = own.intersection(written) if has_own else {written[0], *own.intersection(written)}
        # What only stands for a word by itself counts less: «دنیا» of «به دنیا آمد» is not «جهان».
        groups = tuple(Group(group.terms[:1], 1.0, group.terms[1:]) for group in words[head].groups)
        words[head] = with_weaker(with_equals(words[head]._replace(groups=groups), equal), written)
        words[head] = words[head]._replace(is_deed=True)
    for place in content:
        if place != head:
            words[place] = words[place]._replace(terms=(), groups=())
