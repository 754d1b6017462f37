"""A text with marks → message entities of Telegram: what is marked, in UTF-16 code units of the text.

https://core.telegram.org/bots/api#messageentity
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from bot.rendering.markup import Mark, MarkedSpan, Rich
from bot.rendering.messages import utf16_length

Entity = dict[str, object]
"""A message entity as JSON: its type, offset and length, and the address of a link."""

_QUOTATIONS = {"blockquote", "expandable_blockquote"}
_TYPES = {
    Mark.BOLD: "bold",
    Mark.ITALIC: "italic",
    Mark.LINK: "text_link",
    Mark.CITED: "bold",
    Mark.QUOTATION: "blockquote",
    Mark.LONG_QUOTATION: "expandable_blockquote",
    Mark.FOLD: "expandable_blockquote",
    Mark.SUMMARY: "bold",
    Mark.TABLE: "blockquote",
    Mark.HEADER: "bold",
}
"""The marks that entities can show."""


def entities(text: Rich) -> list[Entity]:
    """The entities of a text, sorted by their offsets, an outer one before those inside it."""
    places = _places(text.text)
    return [_entity(span, kind, places) for span, kind in _shown(text.spans)]


def _places(text: str) -> Sequence[int]:
    """The place of each code point of a text, and of its end, in UTF-16 code units."""
    if utf16_length(text) == len(text):
        return range(len(text) + 1)
    # Letters beyond U+FFFF take two code units.
    return list(accumulate((1 + (letter > "\uffff") for letter in text), initial=0))


def _entity(span: MarkedSpan, kind: str, places: Sequence[int]) -> Entity:
    start, end = places[span.start], places[span.end]
    address = {"url": span.link} if span.mark is Mark.LINK else {}
    return {"type": kind, "offset": start, "length": end - start, **address}


def _shown(spans: Sequence[MarkedSpan]) -> Iterator[tuple[MarkedSpan, str]]:
    """The spans with the types of their entities. Telegram takes no quotation in a quotation, and no type in itself."""
    ends: dict[str, int] = {}
    for span in spans:
        kind = _TYPES.get(span.mark)
        if kind is None:
            continue
        group = "quotation" if kind in _QUOTATIONS else kind
        if span.start >= ends.get(group, 0):
            ends[group] = span.end
            yield span, kind
