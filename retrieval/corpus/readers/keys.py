"""The keys and columns of dumps, as programs and people name them → the fields of an article."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from retrieval.text.orthography import bare
from retrieval.text.word_tables import read, rows, sections, word_set

MAX_KEY = 60
"""Code points of a key that names a field."""
MAX_KEYS = 10_000
"""Keys of a row; an object with more of them is no article."""
KEYS_KEPT = 10_000
"""Keys whose fields are kept in memory."""

_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MARK = re.compile(r"[\s_\-.:/@$()\[\]]+")


def values_by_field(row: Mapping[str, object]) -> dict[str, list[object]]:
    """The values of a row by the fields that their keys name, those of the surest key first.

    Args:
        row: values by their keys, as a program or a person has named them.

    Returns:
        `text`, `lead`, `message`, `title`, `date`, `source`, `author`, `url` and `id`, those that the row has; none
        where it has more than `MAX_KEYS`.
    """
    if len(row) > MAX_KEYS:
        return {}
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
    names, additions, _ = _names()
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


def is_column(name: str) -> bool:
    """Whether a name is that of a column: one of the fields, or one that begins or ends as columns of data do."""
    words = _words(name) if len(name) <= MAX_KEY else []
    return bool(words) and (field_of(name) is not None or not {words[0], words[-1]}.isdisjoint(_names().columns))


class _Names(NamedTuple):
    """The table of names.

    Args:
        fields: the field and rank of each name, its words without what parts them.
        additions: words that add nothing.
        columns: words that begin or end the names of columns of data.
    """

    fields: dict[str, tuple[str, int]]
    additions: frozenset[str]
    columns: frozenset[str]


@cache
def _names() -> _Names:
    table = sections(read(__file__, "keys.txt"))
    additions, columns = table.pop("additions"), table.pop("columns")
    fields: dict[str, tuple[str, int]] = {}
    for field, lines in table.items():
        for rank, (_, members) in enumerate(rows(lines)):
            for name in members:
                fields.setdefault("".join(_words(name)), (field, rank))
    return _Names(fields, word_set(additions), word_set(columns))
