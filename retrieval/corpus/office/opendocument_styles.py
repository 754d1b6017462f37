"""The styles of an ODT file: what its paragraphs are, and which letters are bold (OpenDocument 1.3, part 3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from retrieval.corpus.office.archive import attribute, child

SAYING = frozenset(("title", "author", "date"))
"""Styles of paragraphs that say something of the document; a title is also a heading."""
TABLE_HEADING = "table_20_heading"
ROLES = SAYING | {"caption", TABLE_HEADING}
"""The names of styles, in small letters, that tell what a paragraph is."""
MAX_PARENTS = 20
"""Styles that a style stands on."""


class Style(NamedTuple):
    """A style of paragraphs or words.

    Args:
        role: the one of `ROLES` that it has, or one that it stands on; "" for others.
        is_bold: whether its letters are bold.
    """

    role: str = ""
    is_bold: bool = False


def styles_of(roots: list[etree._Element]) -> Iterator[tuple[str, Style]]:
    """The styles of a document by their names, each with what it takes from the one that it stands on."""
    written = {attribute(element, "name"): element for root in roots for element in root.iter("{*}style")}
    for first in written:
        name, style = first, Style()
        for _ in range(MAX_PARENTS):
            if not style.role and name.lower() in ROLES:
                style = style._replace(role=name.lower())
            if name not in written:
                break
            element = written[name]
            letters = child(element, "text-properties")
            weights = [value for key, value in (letters.items() if letters is not None else ()) if "font-weight" in key]
            style = style._replace(is_bold=style.is_bold or "bold" in weights)
            name = attribute(element, "parent-style-name")
        yield first, style
