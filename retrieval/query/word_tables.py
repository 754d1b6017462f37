"""Tables of words in readable files: a set a line, its members separated by commas; `#` begins a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_COMMAS = re.compile("[،,؛;]")


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The sets of a table, each with its 1-based line; members are words or phrases."""
    for number, line in enumerate(text.splitlines(), start=1):
        members = [" ".join(member.split()) for member in _COMMAS.split(line.partition("#")[0])]
        if any(members):
            yield number, [member for member in members if member]


def shipped(name: str) -> str:
    """The text of a table of the package."""
    return Path(__file__).with_name("data").joinpath(name).read_text(encoding="utf-8")
