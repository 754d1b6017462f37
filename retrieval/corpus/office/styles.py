"""The styles of a Word document: which paragraphs are headings, items or bold (ECMA-376, part 1, 17.7)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from retrieval.corpus.office.archive import attribute, children, local_name
from retrieval.corpus.office.inheritance import from_the_base

_NESTED = re.compile(r"list (?:bullet|number|continue) ([2-5])")
_OFF = frozenset(("0", "false", "off", "none"))


class Style(NamedTuple):
    """What a style says of its paragraphs.

    Args:
        name: as Word calls it in English: «heading 1».
        level: of a heading; 0 where it is none.
        is_bold: whether its letters are.
        number, depth: of the list that its paragraphs are items of; "" where they are none.
        nested: how many lists its items stand in besides, as the name of the style tells: «list bullet 2».
    """

    name: str = ""
    level: int = 0
    is_bold: bool = False
    number: str = ""
    depth: int = 0
    nested: int = 0


_PLAIN = Style()

Properties = Mapping[str, etree._Element]
"""The properties of a paragraph, of letters or of a style by their names; see `children`."""


def styles_of(root: etree._Element | None) -> dict[str, Style]:
    """The paragraph styles of a document by their ids, each with what it takes from the one that it stands on."""
    said = {
        attribute(element, "styleId"): children(element)
        for element in (root if root is not None else ())
        if local_name(element) == "style"
    }
    parents = {name: value(own.get("basedOn")) for name, own in said.items()}
    found: dict[str, Style] = {}
    for name in from_the_base(parents):
        found[name] = _standing_on(found.get(parents[name], _PLAIN), said[name])
    return found


def style_of(properties: Properties, styles: Mapping[str, Style]) -> Style:
    """What a paragraph's style says, and the paragraph itself."""
    return _with(styles.get(value(properties.get("pStyle")), _PLAIN), properties) if properties else _PLAIN


def _standing_on(style: Style, said: Properties) -> Style:
    """A style that stands on another."""
    title = value(said.get("name")).lower()
    level = title.removeprefix("heading ")
    if title != level and level in "123456789":
        style = style._replace(level=int(level))
    elif title == "title":
        style = style._replace(level=1)
    if listed := _NESTED.fullmatch(title):
        style = style._replace(nested=int(listed[1]) - 1)
    style = _with(style._replace(name=title), children(said.get("pPr")))
    letters = children(said.get("rPr"))
    if "b" in letters or "bCs" in letters:
        style = style._replace(is_bold=is_on(letters, "b") or is_on(letters, "bCs"))
    return style


def _with(style: Style, properties: Properties) -> Style:
    """A style with what the properties of a paragraph add."""
    outline = value(properties.get("outlineLvl"))
    if outline and outline in "0123456789":
        style = style._replace(level=int(outline) + 1 if outline != "9" else 0)
    if (numbered := properties.get("numPr")) is not None:
        said = children(numbered)
        number, depth = value(said.get("numId")), value(said.get("ilvl"))
        style = style._replace(
            number=(number or style.number) if number != "0" else "",
            depth=int(depth) if depth and depth in "012345678" else style.depth,
        )
    return style


def is_on(properties: Properties, name: str) -> bool:
    """Whether a property that is on or off is on."""
    found = properties.get(name)
    return found is not None and attribute(found, "val").lower() not in _OFF


def value(element: etree._Element | None) -> str:
    """The `val` of a property; "" where there is none."""
    return attribute(element, "val") if element is not None else ""
