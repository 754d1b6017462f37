"""Text → index terms: one pure function for documents and questions.

The way of a word to its terms, in order:

    text ─ tokens ─→ «می‌رسند»          runs of letters and marks, a spaced «می» taken along
         ─ fold ───→ letters, digits, hamza seats and case folded; marks and invisible characters dropped
         ─ parts ──→ cut at half-spaces
         ─ look up → the lexicon's answer for the joined spelling: a verb's lemma, a compound's parts, a canonical form
         ─ stem ───→ else endings come off while the rest is a known word
         ─ split ──→ else two known words written as one are found again

so that «خوشه‌های», «خوشه های» and «خوشههای» give the same terms. A word that only its half-space reveals as a
compound gives its parts and its joined spelling; so does a joined spelling in which two known words are found.

And from there to its units, which keep the order of the text:

    no term ─────────→ a stop word       one unit, marked as grammar; no unit if it is an ending that stands alone
    one or more ─────→ «سیاست‌گذاری»      a unit for each term, in order
    and the joined ──→ «شنگرف‌پویان»      the parts in order, the joined spelling beside them
    two readings ────→ «خوشهای»          the first in order, the second beside it

The traits of a word (`retrieval.text.traits`) are those of its first unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from retrieval.text.endings import has_two_readings, word_terms
from retrieval.text.function_words import SPOKEN_WORDS
from retrieval.text.lexicon import Lexicon
from retrieval.text.orthography import HALF_SPACE, bare, fold
from retrieval.text.traits import Trait, traits

MAX_TOKEN_LENGTH = 60
"""Code points of a token that are looked at; longer runs are noise, and must not cost time."""

_LETTERS = r"[^\W\d_\u0640]"
_JOINERS = r"\u00ad\u00ac\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0300-\u036f"
TOKEN = re.compile(
    rf"(?:ن?م[یيى][ \u00a0\u2009\u202f]+(?={_LETTERS}))?{_LETTERS}+(?:[{_JOINERS}]+{_LETTERS}*)*|\d+(?:[٬,]\d{{3}})*"
)

VERB_PREFIXES = tuple(negation + prefix for negation in ("", "ن") for prefix in ("می", "مي", "مى"))
"""The prefixes that a blank may part from their verb."""

_ENDINGS_ALONE = frozenset(
    "ها های هایی هایم هایت هایش هایمان هایتان هایشان تر ترین ام ات اش ای اید ایم اند ان مان تان شان ی یی ست".split()
)

_COMPARATIVE = re.compile(r"(.{3,}?)(?:تره|ترند|ترست|تری|تر)")

_GRAMMAR = Trait.GRAMMAR.value


class Unit(NamedTuple):
    """A term or a stop word at its place in a text.

    Args:
        term: the term, or the folded stop word.
        traits: bits of `Trait`; `Trait.GRAMMAR` marks a stop word.
    """

    term: str
    traits: int


class Token(NamedTuple):
    """A word of a text.

    Args:
        start, end: its span.
        terms: what it gives; none for a stop word.
        bare: its folded spelling without half-spaces.
        ordered: its units in the order of the text; see `TextUnits`.
    """

    start: int
    end: int
    terms: tuple[str, ...]
    bare: str
    ordered: tuple[Unit, ...]


class TextUnits(NamedTuple):
    """The units of a text.

    Args:
        ordered: in the order of the text; endings that stand alone are left out.
        joined: terms that share the place of a unit of `ordered`: the joined spelling of a compound whose parts are
            there («شنگرف», «پویان»: «شنگرفپویان»), the second reading of a word that has two.
    """

    ordered: list[Unit]
    joined: list[Unit]

    @property
    def terms(self) -> list[str]:
        """The index terms: all units but stop words."""
        return [unit.term for units in self for unit in units if not unit.traits & _GRAMMAR]


class _WordUnits(NamedTuple):
    """What a word gives: its bare spelling, its terms, and its units as `TextUnits` has them."""

    bare: str
    terms: tuple[str, ...]
    ordered: tuple[Unit, ...]
    joined: tuple[Unit, ...]


class Analyzer:
    """The steps above over one lexicon; the words met last are remembered.

    Args:
        lexicon: the word tables.
        memory: how many distinct words to remember. Text repeats its words, so most cost one look-up in a dictionary.
    """

    def __init__(self, lexicon: Lexicon, memory: int = 1 << 17) -> None:
        self.lexicon = lexicon
        self._analyse = lru_cache(maxsize=memory)(self._analyse_word)

    def terms(self, text: str) -> list[str]:
        """The terms of `text` in order, repeated as often as they occur."""
        analyse = self._analyse
        return [term for word in TOKEN.findall(text) for term in analyse(word).terms]

    def is_verb(self, word: str) -> bool:
        """Whether a word, folded and without half-spaces, can end a clause, as it is written or spoken."""
        is_finite = self.lexicon.is_finite_verb
        if is_finite(word):
            return True
        written = bare(SPOKEN_WORDS[word]) if word in SPOKEN_WORDS else ""
        return any(map(is_finite, filter(None, (written, *(self.lexicon.spoken(word) or ())[:1]))))

    def is_comparative(self, word: str) -> bool:
        """Whether a word, folded and without half-spaces, is a known one with «تر» («ارزونتره», but not «کیلومتر»)."""
        compared = _COMPARATIVE.fullmatch(word)
        if compared is None:
            return False
        adjective, noun = compared[1], compared[1].removesuffix("ی")  # «قدیمی» is of «قدیم»
        return adjective in self.lexicon or noun in self.lexicon or bool(self.lexicon.spoken(adjective))

    def tokens(self, text: str) -> Iterator[Token]:
        """The words of `text` with their spans and terms, stop words included."""
        for match in TOKEN.finditer(text):
            word = self._analyse(match[0])
            yield Token(match.start(), match.end(), word.terms, word.bare, word.ordered)

    def units(self, text: str) -> TextUnits:
        """The units of the words of `text`, which the ranking compares."""
        found = TextUnits([], [])
        for word in map(self._analyse, TOKEN.findall(text)):
            found.ordered.extend(word.ordered)
            found.joined.extend(word.joined)
        return found

    def _analyse_word(self, word: str) -> _WordUnits:
        folded = fold(word[:MAX_TOKEN_LENGTH]).replace(" ", "")  # a spaced «می» belongs to its verb
        parts = [part for part in folded.split(HALF_SPACE) if part]
        joined = "".join(parts)
        written = self.lexicon.terms(joined)
        terms = self._terms(parts, joined, written)
        word_traits = traits(joined, known=written is not None, grammar=not terms)
        if not terms:
            is_unit = joined and joined not in _ENDINGS_ALONE  # a «ء» that stands alone folds to nothing
            return _WordUnits(joined, (), (Unit(joined, word_traits),) if is_unit else (), ())
        last_is_beside = len(terms) > 1 and (terms[-1] == joined or has_two_readings(joined, terms))
        in_order = len(terms) - last_is_beside
        units = [Unit(term, word_traits if place == 0 else 0) for place, term in enumerate(terms)]
        return _WordUnits(joined, terms, tuple(units[:in_order]), tuple(units[in_order:]))

    def _terms(self, parts: list[str], joined: str, written: tuple[str, ...] | None) -> tuple[str, ...]:
        """The terms of a word, by its parts, their joined spelling, and what the lexicon has for that."""
        if written is not None:
            return written
        whole = word_terms(joined, self.lexicon.terms) if joined else ()
        if len(parts) < 2:
            return whole
        apart = tuple(
            term for part in parts if part not in _ENDINGS_ALONE for term in word_terms(part, self.lexicon.terms)
        )
        if set(apart) & set(whole):
            whole = whole[-1:] if whole[-1] == joined else ()
        return apart + whole
