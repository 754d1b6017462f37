"""English words of a question → Persian ones, by a small glossary.

The glossary (`data/english.txt`) has an entry a line: English words and phrases, a colon, Persian ones, the likeliest
first. `/adj`, `/v` or `/-` before the colon marks adjectives, verbs and words of grammar; others are nouns, and may be
in the plural. An entry without Persian is a word that a Persian question leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from retrieval.text.word_tables import entries, read

NOUN, ADJECTIVE, VERB, OTHER = "n", "adj", "v", "-"
MAX_PHRASE_WORDS = 3
"""Words of the longest phrase of the glossary."""

PLURAL = "\u200cها"
"""The ending of a Persian noun whose English one is in the plural."""


class Entry(NamedTuple):
    """What an English word or phrase is in Persian.

    Args:
        kind: `NOUN`, `ADJECTIVE`, `VERB`, or `OTHER` for words of grammar.
        persian: its Persian renderings, the likeliest first; () for a word that a Persian question leaves out.
    """

    kind: str
    persian: tuple[str, ...]


@cache
def glossary() -> dict[str, Entry]:
    """English word or phrase → its entry."""
    found: dict[str, Entry] = {}
    for english, persian in entries(read(__file__, "english.txt")):
        last, _, kind = english.pop().partition(" /")
        found |= dict.fromkeys([*english, last], Entry(kind or NOUN, tuple(persian)))
    return found


def look_up(words: Sequence[str]) -> tuple[int, Entry] | None:
    """The longest phrase at the beginning of `words` that the glossary has, in some form.

    Args:
        words: in lower case.

    Returns:
        The number of its words, and its entry; the Persian is in the plural where the English noun is. None where the
        glossary has no such phrase.
    """
    for length in range(min(MAX_PHRASE_WORDS, len(words)), 0, -1):
        typed = " ".join(words[:length])
        for phrase in _bases(typed):
            if phrase in glossary():
                kind, persian = glossary()[phrase]
                plural = kind == NOUN and phrase != typed and typed.endswith("s") and typed[-2] not in "'’"
                return length, Entry(kind, tuple(word + PLURAL for word in persian) if plural else persian)
    return None


def _bases(word: str) -> Iterator[str]:
    """`word`, then the words whose plural, past tense, participle or possessive it may be."""
    yield word
    if word.endswith(("'s", "’s")):
        yield word[:-2]
    for ending, others in (
        *(("ies", ("y",)), ("es", ("", "e", "is")), ("s", ("",))),
        *(("ied", ("y",)), ("ed", ("", "e")), ("ing", ("", "e"))),
    ):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            yield from (stem + other for other in others)
            if ending in ("ed", "ing") and stem[-1] == stem[-2]:
                yield stem[:-1]
