"""Telegram's rules for message entities, and for the HTML of rich messages, as they are documented."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any

TYPES = {"bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "text_link"} | (
    QUOTATIONS := {"blockquote", "expandable_blockquote"}
)
PLAIN_TAGS = "b i u s mark code br p footer summary tr ul ol li".split()
CELL = {"colspan", "rowspan", "align", "valign"}
ATTRIBUTES: dict[str, set[str]] = {
    **{tag: set() for tag in PLAIN_TAGS},
    "a": {"href", "name"},
    "blockquote": {"expandable"},
    "details": {"open"},
    "table": {"bordered", "striped"},
    "td": CELL,
    "th": CELL,
    "tg-reference": {"name"},
}
"""Tags of rich messages with their attributes; not all, but those that text is made of."""

BLOCKS = {"p", "footer", "blockquote", "details", "table", "tr", "li"}
CELLS = {"td", "th"}
BREAKING = BLOCKS | {"br", "summary"}
HOLDING = {"details", "table", "blockquote", "ul", "ol"}
"""Tags that hold blocks."""

WITHIN = {"tr": "table", "td": "tr", "th": "tr", "summary": "details", "li": "ul"}
MAX_LETTERS, MAX_BLOCKS, MAX_DEPTH, MAX_COLUMNS = 32_768, 500, 16, 20

_TOKEN = re.compile(r"([^<]+)|<(/?)([^\s<>/]*)([^<>]*)>?")
_ATTRIBUTE = re.compile(r"([\w-]+)(?:=\"([^\"]*)\")?")


class EntityError(ValueError):
    """What follows «Bad Request: can't parse entities:»."""


def units(text: str) -> int:
    """The length of `text` in UTF-16 code units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def marked(text: str, entities: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """The type of each entity of a message, and the words that it marks.

    Raises:
        EntityError: an entity is of no known type, ends outside the text or inside a letter, or is wrongly nested.
    """
    encoded = text.encode("utf-16-le", "surrogatepass")
    found: list[tuple[str, str]] = []
    for number, one in enumerate(entities):
        start, end = one["offset"], one["offset"] + one["length"]
        if one["type"] not in TYPES or not 0 <= start < end <= len(encoded) // 2:
            raise EntityError(f"entity {one} does not fit")
        if (one["type"] == "text_link") != bool(re.match(r"https?://", one.get("url", ""))):
            raise EntityError(f"entity {one} has a wrong address")
        words = encoded[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
        if any(0xD800 <= ord(edge) < 0xE000 for edge in (words[0], words[-1])) and "\ud800" not in text:
            raise EntityError(f"entity {one} cuts a letter")
        for outer in entities[:number]:
            apart = outer["offset"] + outer["length"] <= start
            inside = end <= outer["offset"] + outer["length"] and outer["offset"] <= start
            both_quote = {one["type"], outer["type"]} <= QUOTATIONS or one["type"] == outer["type"]
            if not (apart or inside) or (inside and both_quote):
                raise EntityError(f"entity {one} is wrongly nested in {outer}")
        found.append((one["type"], words))
    return found


class _Reader:
    """A rich message that is read tag by tag."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.text: list[str] = []
        self.names: set[str] = set()
        self.jumps: set[str] = set()
        self.blocks = self.columns = 0

    def starts(self, tag: str, attributes: str) -> None:
        given = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
        if tag not in ATTRIBUTES or not given.keys() <= ATTRIBUTES[tag]:
            raise EntityError(f"tag {tag} with {attributes} is not supported")
        if (tag in WITHIN and self.open[-1:] != [WITHIN[tag]]) or (tag == "a" and "a" in self.open):
            raise EntityError(f"tag {tag} stands inside {self.open}")
        if tag in BLOCKS and not HOLDING.issuperset(self.open):
            raise EntityError(f"block {tag} stands inside {self.open}")
        self.blocks += tag in BLOCKS
        self.columns = 0 if tag == "tr" else self.columns + (tag in CELLS)
        if self.blocks > MAX_BLOCKS or self.columns > MAX_COLUMNS or len(self.open) >= MAX_DEPTH:
            raise EntityError("the message is too large")
        if tag == "tg-reference":
            self.names.add(given["name"])
        if given.get("href", "").startswith("#"):
            self.jumps.add(given["href"][1:])
        if tag in CELLS and self.columns > 1:
            self.text.append(" | ")
        elif tag in BREAKING:
            self.breaks()
        if tag != "br":
            self.open.append(tag)

    def ends(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise EntityError(f"tag {tag} is closed where it is not open")
        if tag in BREAKING:
            self.breaks()

    def breaks(self) -> None:
        if self.text and self.text[-1] != "\n":
            self.text.append("\n")

    def says(self, text: str) -> None:
        if not self.open:
            raise EntityError(f"«{text[:20]}» stands in no block")
        self.text.append(html.unescape(text))


def rich_text(message: str) -> str:
    """What a rich message says, a block or line a line, the cells of a row parted by bars.

    Raises:
        EntityError: a tag or attribute is not supported, a tag stands in a wrong place, a reference is missing, or the
            message is too large.
    """
    reader = _Reader()
    for text, close, tag, attributes in _TOKEN.findall(message):
        if text:
            reader.says(text)
        elif close:
            reader.ends(tag)
        else:
            reader.starts(tag, attributes)
    if reader.open or not reader.jumps <= reader.names:
        raise EntityError(f"still open: {reader.open}; references without a place: {reader.jumps - reader.names}")
    said = "".join(reader.text).strip()
    if len(said) > MAX_LETTERS:
        raise EntityError("the message is too long")
    return said
