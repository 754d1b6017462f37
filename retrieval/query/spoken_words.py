"""Spoken words as they are written: «کدوم» is «کدام», «گرونتر» is of «گران»."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.text.endings import has_two_readings, known_terms
from retrieval.text.function_words import SPOKEN_WORDS
from retrieval.text.lexicon import Lexicon
from retrieval.text.orthography import HALF_SPACE, bare

_WRITTEN_FORMS = {
    spoken: bare(written) for spoken, written in SPOKEN_WORDS.items() if written and HALF_SPACE not in written
}
_SPOKEN_VOWELS, _WRITTEN_VOWELS = ("ون", "وم"), ("ان", "ام")
"""What speech makes of a long «ا» before «ن» and «م»: «گلدون», «حموم»."""

_COMPARED = tuple(bare(ending + copula) for ending in ("ترین", "تر") for copula in ("ه", ""))


def written_form(word: str) -> str:
    """A spoken word as it is written, both folded and without half-spaces; another word as it is."""
    return _WRITTEN_FORMS.get(word, word)


def spoken_terms(word: str, lexicon: Lexicon) -> tuple[str, ...] | None:
    """The terms of what a spoken word stands for, also of one that is compared; None where it is no spoken form."""
    found = lexicon.spoken(word)
    if found is not None or word in lexicon:
        return found
    stem = next((word.removesuffix(ending) for ending in _COMPARED if word.endswith(ending)), word)
    found = lexicon.spoken(stem) if stem != word else None
    return _with_written_vowel(word, lexicon) if found is None else found


def _with_written_vowel(word: str, lexicon: Lexicon) -> tuple[str, ...] | None:
    """The terms of a word whose last «ون» or «وم» is spoken for «ان» or «ام»; None where that gives no word.

    At its end they may be a part of «مون» and the like, so that the word itself must be known there.
    """
    for spelling in with_written_vowels(word):
        is_inflected = not spelling.endswith(_WRITTEN_VOWELS) and known_terms(word, lexicon.terms) is None
        if terms := known_terms(spelling, lexicon.terms) if is_inflected else lexicon.terms(spelling):
            return terms
    return None


def with_written_vowels(word: str) -> Iterator[str]:
    """A word with «ان» for its last «ون», and with «ام» for its last «وم»."""
    for spoken, written in zip(_SPOKEN_VOWELS, _WRITTEN_VOWELS, strict=True):
        before, vowel, behind = word.rpartition(spoken)
        if before and vowel:
            yield before + written + behind


def meant(word: str, terms: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """The terms of a word of a question: where it is a spoken form, those of the written one.

    Args:
        word: folded, without half-spaces.
        terms: those that it has as a written word.
        lexicon: the word tables.
    """
    return _meant(word, terms, spoken_terms(word, lexicon), lexicon)


def _meant(word: str, terms: tuple[str, ...], written: tuple[str, ...] | None, lexicon: Lexicon) -> tuple[str, ...]:
    return written if written is not None and (not written or word not in lexicon) else terms


def alternatives(terms: tuple[str, ...], word: str, lexicon: Lexicon) -> Iterator[tuple[str, ...]]:
    """The terms of one word of a question, those that stand for one another together."""
    written = spoken_terms(word, lexicon)
    terms = _meant(word, terms, written, lexicon)
    if len(terms) == 1:
        yield tuple(dict.fromkeys(terms + (written or ())))
    elif has_two_readings(word, terms):
        yield terms
    elif terms and terms[-1] == word:
        # Two words found in one: an article may have them apart or joined.
        yield from ((term, word) for term in terms[:-1])
    else:
        yield from ((term,) for term in terms)
