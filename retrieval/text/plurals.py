"""Plurals that are no stem with «ها» or «ان»: Arabic endings, and broken plurals, of which there is a table."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from retrieval.text.orthography import bare, fold
from retrieval.text.word_tables import entries, read, sections, word_set

_OF_A_SINGULAR, _OF_THEIR_OWN = sections(read(__file__, "plurals.txt")).values()

SINGULARS = {bare(plural): bare(singular) for (singular, *_), plurals in entries(_OF_A_SINGULAR) for plural in plurals}
"""Broken plural → the singular by which it is searched, both folded and without half-spaces."""

BROKEN_PLURALS = SINGULARS.keys() | word_set(_OF_THEIR_OWN)
"""All broken plurals, folded and without half-spaces."""

_AGENT = re.compile(r"م.{3,}|.ا..")
"""What names somebody by what he or she does: «مسافر», «ساکن». Of other words «ین» makes adjectives."""

_MIN_SINGULAR = 3
"""Letters of the shortest singular."""

_MIN_RELATION = 5
"""Letters of the shortest noun in «ی» that has «ون»: «روحانی», not «میلی»."""


def regular_plurals(
    counts: Mapping[str, tuple[int, tuple[str, ...]]], words: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Plurals with Arabic endings whose singular is a word.

    Args:
        counts: word → how often hazm has counted it, and its tags.
        words: the words of the language, folded.

    Yields:
        Plural and singular: «اقدامات» and «اقدام», «ادارات» and «اداره», «مسافرین» and «مسافر».
    """
    for word, (_, tags) in counts.items():
        plural = fold(word)
        for singular in _singulars(plural, is_tagged="PL" in tags):
            if singular in words and len(singular) >= _MIN_SINGULAR:
                yield plural, singular
                break


def _singulars(plural: str, *, is_tagged: bool) -> Iterator[str]:
    """What a word may be the plural of, likeliest first."""
    stem = plural[:-2]
    if plural.endswith("ات") and is_tagged:
        yield stem
        yield stem + "ه"
    elif _AGENT.fullmatch(stem) if plural.endswith("ین") else plural.endswith("یون") and len(stem) >= _MIN_RELATION:
        yield stem
