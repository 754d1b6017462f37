"""Text → index terms: one pure function for documents and questions.

The way of a word, in order:

    text ─ tokens ─→ «می‌رسند»          runs of letters and marks, a spaced «می» taken along
         ─ fold ───→ letters, digits, hamza seats and case folded; marks and invisible characters dropped
         ─ parts ──→ cut at half-spaces
         ─ look up → the lexicon's answer for the joined spelling: a verb's lemma, a compound's parts, a canonical form
         ─ stem ───→ else endings come off while the rest is a known word
         ─ split ──→ else two known words written as one are found again

so that «خوشه‌های», «خوشه های» and «خوشههای» give the same terms. A word that only its half-space reveals as a
compound gives its parts and its joined spelling; so does a joined spelling in which two known words are found.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from retrieval.endings import has_two_readings, word_terms
from retrieval.lexicon import Lexicon
from retrieval.orthography import HALF_SPACE, fold
from retrieval.traits import Trait, traits

VERSION = 4
"""Raised whenever the same text may give other terms: stored indexes of another version are rebuilt."""

MAX_TOKEN = 60
"""Code points of a token that are looked at; longer runs are noise, and must not cost time."""

_LETTERS = r"[^\W\d_\u0640]"
_JOINERS = r"\u00ad\u00ac\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0300-\u036f"
_TOKEN = re.compile(
    rf"(?:ن?م[یيى][ \u00a0\u2009\u202f]+(?={_LETTERS}))?{_LETTERS}+(?:[{_JOINERS}]+{_LETTERS}*)*|\d+(?:[٬,]\d{{3}})*"
)

_PREFIXES = frozenset(negation + prefix for negation in ("", "ن") for prefix in ("می", "مي", "مى"))

_AFFIXES = frozenset(
    "ها های هایی هایم هایت هایش هایمان هایتان هایشان تر ترین ام ات اش ای اید ایم اند ان مان تان شان ی یی ست".split()
)


class Token(NamedTuple):
    """A word of a text.

    Args:
        start, end: its span.
        terms: what it gives; none for a stop word.
        bare: its folded spelling without half-spaces.
    """

    start: int
    end: int
    terms: tuple[str, ...]
    bare: str


class Unit(NamedTuple):
    """A term in its place, or a stop word in its place; what the order of words is compared by.

    Args:
        term: the term, or the folded stop word.
        traits: bits of `Trait`; `Trait.GRAMMAR` marks a stop word.
    """

    term: str
    traits: int


class Units(NamedTuple):
    """A text as units.

    Args:
        ordered: in the order of the text; endings that stand alone are left out.
        joined: what has no place of its own beside a unit of `ordered`: the joined spelling of a compound whose parts
            are there («توسعه», «یافت»: «توسعهیافت»), the second reading of a word that has two.
    """

    ordered: list[Unit]
    joined: list[Unit]

    @property
    def terms(self) -> list[str]:
        """The index terms: all units but stop words."""
        return [unit.term for units in self for unit in units if not unit.traits & Trait.GRAMMAR]


class Flat(NamedTuple):
    """A text's units in the shape in which they are stored and indexed.

    Args:
        units: the units, the joined ones behind those in order.
        traits: two bytes for each of them, the lower first.
        ordered: how many are in order.
        terms: the index terms, separated by spaces.
    """

    units: list[str]
    traits: bytes
    ordered: int
    terms: str


class _Word(NamedTuple):
    """What a word gives: its bare spelling, its terms, and its units as `Units` has them."""

    bare: str
    terms: tuple[str, ...]
    ordered: tuple[Unit, ...]
    joined: tuple[Unit, ...]


class _Piece(NamedTuple):
    """What a piece of a text gives, in the shapes of `Flat`.

    Args:
        ordered, joined: its units, separated by spaces.
        ordered_traits, joined_traits: theirs.
        places: how many units are in order.
        terms: its terms, separated by spaces.
        opens: whether it ends in a «می» that belongs to what follows.
    """

    ordered: str
    joined: str
    ordered_traits: bytes
    joined_traits: bytes
    places: int
    terms: str
    opens: bool


def _flat(units: list[Unit]) -> tuple[str, bytes]:
    return " ".join([unit.term for unit in units]), struct.pack(f"<{len(units)}H", *[unit.traits for unit in units])


class Analyzer:
    """The steps above over one lexicon, with a memory of the words met most.

    Args:
        lexicon: the word tables.
        memory: how many distinct words to remember, and half of how many pieces of text; text repeats its words, so
            most cost one dictionary look-up.
    """

    def __init__(self, lexicon: Lexicon, memory: int = 1 << 17) -> None:
        self.lexicon = lexicon
        self._analyse = lru_cache(maxsize=memory)(self._analyse_word)
        self._piece = lru_cache(maxsize=2 * memory)(self._analyse_piece)

    def terms(self, text: str) -> list[str]:
        """The terms of `text` in order, repeated as often as they occur."""
        analyse = self._analyse
        return [term for word in _TOKEN.findall(text) for term in analyse(word).terms]

    def tokens(self, text: str) -> Iterator[Token]:
        """The words of `text` with their spans and terms, stop words included."""
        for match in _TOKEN.finditer(text):
            word = self._analyse(match[0])
            yield Token(match.start(), match.end(), word.terms, word.bare)

    def units(self, text: str) -> Units:
        """The words of `text` as the ranking compares them."""
        found = Units([], [])
        for word in map(self._analyse, _TOKEN.findall(text)):
            found.ordered.extend(word.ordered)
            found.joined.extend(word.joined)
        return found

    def flat(self, text: str) -> Flat:
        """The units of `text` as they are stored.

        What stands between blanks is met again, punctuation and all, so that it is looked up at once. Only a «می» that
        is spaced from its verb reaches over a blank.
        """
        pieces = text.split()
        found = list(map(self._piece, pieces)) if max(map(len, pieces), default=0) <= MAX_TOKEN else []
        if not found or any(piece.opens for piece in found):
            found = list(map(self._piece, _TOKEN.findall(text)))
        if not found:
            return Flat([], b"", 0, "")
        ordered, joined, ordered_traits, joined_traits, places, terms, _ = zip(*found, strict=True)
        units, traits_of_units = " ".join(ordered + joined).split(), b"".join(ordered_traits + joined_traits)
        return Flat(units, traits_of_units, sum(places), " ".join(filter(None, terms)))

    def _analyse_piece(self, piece: str) -> _Piece:
        tokens = _TOKEN.findall(piece)
        words = list(map(self._analyse, tokens))
        ordered, ordered_traits = _flat([unit for word in words for unit in word.ordered])
        joined, joined_traits = _flat([unit for word in words for unit in word.joined])
        terms = " ".join([term for word in words for term in word.terms])
        return _Piece(
            ordered,
            joined,
            ordered_traits,
            joined_traits,
            sum(len(word.ordered) for word in words),
            ordered if terms == ordered else terms,
            bool(tokens) and tokens[-1] in _PREFIXES and piece.endswith(tokens[-1]),
        )

    def _analyse_word(self, word: str) -> _Word:
        # A spaced «می» belongs to its verb.
        folded = fold(word[:MAX_TOKEN]).replace(" ", "")
        parts = [part for part in folded.split(HALF_SPACE) if part]
        joined = "".join(parts)
        known = joined in self.lexicon
        terms = self._terms(parts, joined, known=known)
        marks = traits(joined, known=known, grammar=not terms)
        if not terms:
            return _Word(joined, (), () if joined in _AFFIXES else (Unit(joined, marks),), ())
        beside = len(terms) > 1 and (terms[-1] == joined or has_two_readings(joined, terms))
        apart = len(terms) - beside
        units = [Unit(term, marks if place == 0 else 0) for place, term in enumerate(terms)]
        return _Word(joined, terms, tuple(units[:apart]), tuple(units[apart:]))

    def _terms(self, parts: list[str], joined: str, *, known: bool) -> tuple[str, ...]:
        whole = word_terms(joined, self.lexicon.terms) if joined else ()
        if len(parts) < 2 or known:
            return whole
        apart = tuple(term for part in parts if part not in _AFFIXES for term in word_terms(part, self.lexicon.terms))
        if set(apart) & set(whole):
            whole = whole[-1:] if whole[-1] == joined else ()
        return apart + whole
