"""The styles of an ODT file: what its paragraphs are, and which letters are bold (OpenDocument 1.3, part 3)."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from retrieval.corpus.office.archive import attribute, child
from retrieval.corpus.office.inheritance import from_the_base

SAYING = frozenset(("title", "author", "date"))
"""Styles of paragraphs that say something of the document; a title is also a heading."""
TABLE_HEADING = "table_20_heading"
ROLES = SAYING | {"caption", TABLE_HEADING}
"""The names of styles, in small letters, that tell what a paragraph is."""


class Style(NamedTuple):
    """A style of paragraphs or words.

    Args:
        role: the one of `ROLES` that it has, or one that it stands on; "" for others.
        is_bold: whether its letters are bold.
    """

    role: str = ""
    is_bold: bool = False


def styles_of(roots: list[etree._Element]) -> dict[str, Style]:
    """The styles of a document by their names, each with what it takes from the one that it stands on."""
    written = {attribute(element, "name"): element for root in roots for element in root.iter("{*}style")}
    parents = {name: attribute(element, "parent-style-name") for name, element in written.items()}
    found: dict[str, Style] = {}
    for name in from_the_base(parents):
        parent = found.get(parents[name]) or Style(_role(parents[name]))
        found[name] = Style(_role(name) or parent.role, parent.is_bold or _is_bold(written[name]))
    return found


def _role(name: str) -> str:
    """What the name of a style tells."""
    return name.lower() if name.lower() in ROLES else ""


def _is_bold(style: etree._Element) -> bool:
    letters = child(style, "text-properties")
    return any(
        value == "bold" and "font-weight" in key for key, value in (letters.items() if letters is not None else ())
    )
