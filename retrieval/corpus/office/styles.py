"""The styles of a Word document: which paragraphs are headings, items or bold (ECMA-376, part 1, 17.7)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import NamedTuple

from lxml import etree

from retrieval.corpus.office.archive import attribute, child, local_name

MAX_PARENTS = 20
"""Styles that a style stands on."""

MAX_STYLES = 5_000
"""Styles of a document that are looked at."""

_OFF = frozenset(("0", "false", "off", "none"))


class Style(NamedTuple):
    """What a style says of its paragraphs.

    Args:
        name: as Word calls it in English: «heading 1».
        level: of a heading; 0 where it is none.
        is_bold: whether its letters are.
        number, depth: of the list that its paragraphs are items of; "" where they are none.
    """

    name: str = ""
    level: int = 0
    is_bold: bool = False
    number: str = ""
    depth: int = 0


def styles_of(root: etree._Element | None) -> dict[str, Style]:
    """The paragraph styles of a document by their ids, each with what it takes from the one that it stands on."""
    written = {
        attribute(element, "styleId"): element
        for element in (root if root is not None else ())
        if local_name(element) == "style"
    }
    return {name: _resolved(name, written) for name in islice(written, MAX_STYLES)}


def style_of(properties: etree._Element | None, styles: Mapping[str, Style]) -> Style:
    """What a paragraph's style says, and the paragraph itself."""
    return _with(styles.get(value(child(properties, "pStyle")), Style()), properties)


def _resolved(name: str, written: dict[str, etree._Element]) -> Style:
    chain: list[etree._Element] = []
    while name in written and len(chain) < MAX_PARENTS:
        chain.append(written[name])
        name = value(child(written[name], "basedOn"))
    style = Style()
    for element in reversed(chain):
        title = value(child(element, "name")).lower()
        level = title.removeprefix("heading ")
        if title != level and level in "123456789":
            style = style._replace(level=int(level))
        elif title == "title":
            style = style._replace(level=1)
        style = _with(style._replace(name=title), child(element, "pPr"))
        run = child(element, "rPr")
        if run is not None and (child(run, "b") is not None or child(run, "bCs") is not None):
            style = style._replace(is_bold=is_on(run, "b") or is_on(run, "bCs"))
    return style


def _with(style: Style, properties: etree._Element | None) -> Style:
    """A style with what the properties of a paragraph add."""
    outline = value(child(properties, "outlineLvl"))
    if outline and outline in "0123456789":
        style = style._replace(level=int(outline) + 1 if outline != "9" else 0)
    if (numbered := child(properties, "numPr")) is not None:
        number, depth = value(child(numbered, "numId")), value(child(numbered, "ilvl"))
        style = style._replace(
            number=(number or style.number) if number != "0" else "",
            depth=int(depth) if depth and depth in "012345678" else style.depth,
        )
    return style


def is_on(properties: etree._Element | None, name: str) -> bool:
    """Whether a property that is on or off is on."""
    found = child(properties, name)
    return found is not None and attribute(found, "val").lower() not in _OFF


def value(element: etree._Element | None) -> str:
    """The `val` of a property; "" where there is none."""
    return attribute(element, "val") if element is not None else ""
