"""A sentence → its words → its clauses, so that an answer can quote the clause that answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from retrieval import Analyzer
from retrieval.text import word_set

CONJUNCTIONS = word_set("و که اما ولی تا زیرا چون ولیکن هرچند درحالی‌که")
_ELLIPTIC_VERBS = word_set("شده بوده کرده داده یافته گردیده")
"""Participles that close a clause. Their auxiliary comes later or not at all: «برگزار شده، … و … اعزام شده‌اند»."""

_JOINING_MARKS = frozenset("،,؛:")


class ClauseWord(NamedTuple):
    """A word of a sentence, with the gap behind it.

    Args:
        start, end: its span in the article's text.
        bare: its folded spelling without half-spaces.
        terms: its index terms; () for a stop word.
        gap: the characters between the word and the next one, or the end of the sentence.
        finite: whether the word is a finite verb.
    """

    start: int
    end: int
    bare: str
    terms: tuple[str, ...]
    gap: str
    finite: bool


Clause = tuple[ClauseWord, ...]
"""Words that follow one another."""


def words_of(text: str, start: int, end: int, analyzer: Analyzer) -> Clause:
    """The words of `text[start:end]`, with spans in `text`."""
    piece = text[start:end]
    tokens = list(analyzer.tokens(piece))
    stops = [*(token.start for token in tokens[1:]), len(piece)][: len(tokens)]
    return tuple(
        ClauseWord(
            start + token.start,
            start + token.end,
            token.bare,
            token.terms,
            piece[token.end : stop],
            analyzer.lexicon.is_finite_verb(token.bare),
        )
        for token, stop in zip(tokens, stops, strict=True)
    )


def clauses(words: Clause) -> list[Clause]:
    """The words cut into clauses: after each finite verb that a conjunction or a punctuation mark follows.

    Persian puts the verb last. A conjunction after a verb therefore joins clauses, and one after a noun joins nouns.
    """
    cuts = [place + 1 for place in range(len(words) - 1) if _closes(words, place)]
    return [words[start:end] for start, end in zip([0, *cuts], [*cuts, len(words)], strict=True) if start < end]


def _closes(words: Clause, place: int) -> bool:
    """Whether a clause ends with the word at `place`, which is not the last one."""
    word, following = words[place], words[place + 1]
    joined = not _JOINING_MARKS.isdisjoint(word.gap) or following.bare in CONJUNCTIONS
    return "؛" in word.gap or (joined and (word.finite or word.bare in _ELLIPTIC_VERBS))


def terms_of(words: Clause) -> Iterator[str]:
    """All terms of `words`."""
    return (term for word in words for term in word.terms)
