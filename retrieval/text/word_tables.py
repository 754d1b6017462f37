"""Tables of words, in text files that anyone can change.

A line holds a set of words and phrases, its members separated by commas; `#` begins a comment, and a name in brackets
a section. Some tables have entries, a colon between their two sides: `کدوم، کدوما: کدام`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from retrieval.text.orthography import bare

_COMMA = re.compile("[،,؛;]")
_SECTION = re.compile(r"^\[(.+)\]$", re.MULTILINE)


def read(module: str, name: str) -> str:
    """The text of a table of the package.

    Args:
        module: `__file__` of a module, beside which the folder `data` holds the table.
        name: the file's.
    """
    return Path(module).with_name("data").joinpath(name).read_text(encoding="utf-8")


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The members of each line that has some, with its 1-based number."""
    for number, line in enumerate(text.splitlines(), start=1):
        members = _members(line.partition("#")[0])
        if members:
            yield number, members


def entries(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """The members before and behind the colon of each line that has some; none are behind where there is no colon."""
    for line in text.splitlines():
        left, _, right = line.partition("#")[0].partition(":")
        if members := _members(left):
            yield members, _members(right)


def sections(text: str) -> dict[str, str]:
    """The lines of each section by its name, in the order of the table; what stands before the first is left out."""
    _, *found = _SECTION.split(text)
    return dict(zip(found[::2], found[1::2], strict=True))


def word_set(text: str) -> frozenset[str]:
    """The words of some lines, folded and without half-spaces; blanks separate them as commas do."""
    return frozenset(bare(word) for _, members in rows(text) for member in members for word in member.split())


def _members(line: str) -> list[str]:
    return [member for part in _COMMA.split(line) if (member := " ".join(part.split()))]
