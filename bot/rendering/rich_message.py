"""A text with marks → the HTML of Telegram's rich messages, of Bot API 10.1.

Blocks are paragraphs, quotations, folds, tables and sources; all other marks are inside them. A quotation that can be
expanded is of Bot API 10.3. The tags are those of
https://core.telegram.org/bots/api#rich-message-formatting-options
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape

from bot.rendering.markup import Mark, MarkedSpan, Rich

MAX_COLUMNS = 20
"""Columns of a table; Telegram takes no more."""

_BLANK_LINES = re.compile(r"\n\s*\n")
_MORE = "…"
"""The summary of a fold whose own is in the message before."""


def html(text: Rich) -> str:
    """The text as HTML of a rich message."""
    names = {span.link for span in text.spans if span.mark is Mark.SOURCE}
    return _blocks(_linked(text, names))


def _linked(text: Rich, names: set[str]) -> Rich:
    """The text without citations whose source is in another message."""
    return Rich(text.text, tuple(span for span in text.spans if span.mark is not Mark.CITATION or span.link in names))


def _blocks(text: Rich) -> str:
    written: list[str] = []
    place = 0
    for span in _outermost(text.spans, _BLOCKS):
        written += _paragraphs(text.part(place, span.start))
        written.append(_BLOCKS[span.mark](_inside(text, span), span))
        place = span.end
    return "".join([*written, *_paragraphs(text.part(place, len(text.text)))])


def _paragraphs(text: Rich) -> Iterator[str]:
    bounds = [0, *(edge for blank in _BLANK_LINES.finditer(text.text) for edge in blank.span()), len(text.text)]
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        if paragraph := text.part(start, end).strip():
            yield f"<p>{_line(paragraph)}</p>"


def _line(text: Rich) -> str:
    """Text within a block, its lines apart."""
    tags: list[tuple[int, int, str]] = []
    for number, span in enumerate(text.spans, start=1):
        if tag := _TAGS.get(span.mark):
            address = {Mark.LINK: span.link, Mark.CITATION: f"#{span.link}"}.get(span.mark)
            attribute = f' href="{escape(address)}"' if address else ""
            # Sorted, tags that close come before those that open at the same place, and inner ones close first.
            tags += [(span.start, number, f"<{tag}{attribute}>"), (span.end, -number, f"</{tag}>")]
    written, place = [], 0
    for end, _, tag in sorted(tags):
        written += [_escaped(text.text[place:end]), tag]
        place = end
    return "".join([*written, _escaped(text.text[place:])])


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _quotation(text: Rich, span: MarkedSpan) -> str:
    attribute = " expandable" if span.mark is Mark.LONG_QUOTATION else ""
    return f"<blockquote{attribute}>{_line(text.strip())}</blockquote>"


def _source(text: Rich, span: MarkedSpan) -> str:
    return f'<footer><tg-reference name="{escape(span.link)}">{_line(text.strip())}</tg-reference></footer>'


def _fold(text: Rich, _: MarkedSpan) -> str:
    summary = next((span for span in text.spans if span.mark is Mark.SUMMARY), None)
    start = summary.end if summary else 0
    shown = _line(_inside(text, summary).strip()) if summary else _MORE
    return f"<details><summary>{shown}</summary>{_blocks(text.part(start, len(text.text)))}</details>"


def _table(text: Rich, _: MarkedSpan) -> str:
    rows = "".join(_row(_inside(text, span)) for span in _outermost(text.spans, {Mark.ROW}))
    return f"<table bordered striped>{rows}</table>"


def _row(text: Rich) -> str:
    cells = ((_CELLS[span.mark], _line(_inside(text, span).strip())) for span in _outermost(text.spans, _CELLS))
    written = "".join(f'<{tag} align="right">{cell}</{tag}>' for tag, cell in cells)
    return f"<tr>{written}</tr>"


def _outermost(spans: Iterable[MarkedSpan], marks: Iterable[Mark]) -> Iterator[MarkedSpan]:
    """The spans with one of some marks that lie in no other of them."""
    end = 0
    wanted = set(marks)
    for span in spans:
        if span.mark in wanted and span.start >= end:
            end = span.end
            yield span


def _inside(text: Rich, span: MarkedSpan) -> Rich:
    """What a span marks, without the span itself."""
    others = list(text.spans)
    others.remove(span)
    return Rich(text.text, tuple(others)).part(span.start, span.end)


_TAGS = {Mark.BOLD: "b", Mark.ITALIC: "i", Mark.LINK: "a", Mark.CITED: "mark", Mark.CITATION: "a"}
_CELLS = {Mark.HEADER: "th", Mark.CELL: "td"}
_BLOCKS: dict[Mark, Callable[[Rich, MarkedSpan], str]] = {
    Mark.QUOTATION: _quotation,
    Mark.LONG_QUOTATION: _quotation,
    Mark.SOURCE: _source,
    Mark.FOLD: _fold,
    Mark.TABLE: _table,
}
