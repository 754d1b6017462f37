"""The keys and columns of dumps, as programs and people name them → the fields of an article."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from retrieval.text.orthography import bare
from retrieval.text.word_tables import read, rows, sections

MAX_KEY = 60
"""Code points of a key that names a field."""
KEYS_KEPT = 10_000
"""Keys whose fields are kept in memory."""

_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MARK = re.compile(r"[\s_\-.:/@$()\[\]]+")


def values_by_field(row: Mapping[str, object]) -> dict[str, list[object]]:
    """The values of a row by the fields that their keys name, those of the surest key first.

    Args:
        row: values by their keys, as a program or a person has named them.

    Returns:
        `text`, `lead`, `message`, `title`, `date`, `source`, `author`, `url` and `id`, those that the row has.
    """
    found: dict[str, list[tuple[int, object]]] = {}
    for key, value in row.items():
        if named := field_of(key):
            field, rank = named
            found.setdefault(field, []).append((rank, value))
    return {field: [value for _, value in sorted(ranked, key=_rank)] for field, ranked in found.items()}


def _rank(ranked: tuple[int, object]) -> int:
    return ranked[0]


@lru_cache(KEYS_KEPT)
def field_of(key: str) -> tuple[str, int] | None:
    """The field that a key names and the rank of that name, 0 for the surest; None where it names no field."""
    if len(key) > MAX_KEY:
        return None
    names, additions = _names()
    words = _words(key)
    own = names.get("".join(words))
    if own:
        return own
    while len(words) > 1 and words[-1] in additions:
        words.pop()
    while len(words) > 1 and words[0] in additions:
        words.pop(0)
    reduced = names.get("".join(words))
    return (reduced[0], reduced[1] + len(names)) if reduced else None


def _words(key: str) -> list[str]:
    return [word for part in _MARK.split(_CAMEL.sub(" ", key)) if (word := bare(part.lower()))]


@cache
def _names() -> tuple[dict[str, tuple[str, int]], frozenset[str]]:
    """The field and rank of each name, its words without what parts them; and the words that add nothing."""
    table = sections(read(__file__, "keys.txt"))
    additions = table.pop("additions")
    names: dict[str, tuple[str, int]] = {}
    for field, lines in table.items():
        for rank, (_, members) in enumerate(rows(lines)):
            for name in members:
                names.setdefault("".join(_words(name)), (field, rank))
    return names, frozenset(word for _, members in rows(additions) for name in members for word in _words(name))
