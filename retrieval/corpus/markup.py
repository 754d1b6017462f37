"""HTML elements → an article's text and blocks: what Markdown, pages, office files and feeds have in common.

    elements ─ the words of each, by what its tag makes of them ─→ pieces ─ Composition ─→ text, blocks

An element either begins and ends a block (a paragraph, an item, a cell), or is a part of a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from typing import NamedTuple

from lxml import etree

from retrieval.corpus.composing import BOLD_LEVEL, Composition
from retrieval.corpus.elements import BLOCKS, is_block, is_in_quotation
from retrieval.corpus.labels import is_label, is_value
from retrieval.corpus.lists import MAX_NUMBER, ItemList, TermList
from retrieval.corpus.tables import Table, is_data, span_of
from retrieval.corpus.visibility import is_unseen
from retrieval.text.headings import MAX_HEADING, ends_statement
from retrieval.text.item_marks import BULLET
from retrieval.types import Kind

_TABLE_PARTS = frozenset(("td", "th", "tr"))
_BOLD = frozenset(("b", "strong"))
NOTE = "footnote"
"""The class of an `<aside>` that is a footnote."""
_EMPTY_LINES = re.compile(r"\n\s*\n")


def composed(*roots: etree._Element, without: Container[etree._Element] = (), wraps: bool = False) -> Composition:
    """The text and blocks of elements.

    Args:
        roots: what holds them, in order.
        without: elements that are no part of them.
        wraps: see `Composition`.
    """
    walk = _Walk(wraps)
    for root in roots:
        _go_through(root, walk, without)
    walk.end()
    return walk.found


def _go_through(root: etree._Element, walk: _Walk, without: Container[etree._Element]) -> None:
    """Tell a walk of the elements in one."""
    hidden: etree._Element | None = None
    elements = etree.iterwalk(root, events=("start", "end"))
    for event, element in elements:
        if event == "start":
            if element in without or is_unseen(element):
                if is_block(element):
                    walk.flush()
                hidden = element
                elements.skip_subtree()
            else:
                walk.open(element)
                walk.say(element.text)
            continue
        if element is hidden:
            hidden = None
        else:
            walk.close(element)
        if element is not root:
            walk.say(element.tail)
    walk.flush()


class _Frame(NamedTuple):
    """What becomes of the words in an open element.

    Args:
        take: what adds them to the article.
        items, terms, table: the innermost ones that it stands in.
        is_head: whether it stands in the head of a table.
        is_code: whether its lines are kept as they are.
    """

    take: Callable[[str], None]
    items: ItemList
    terms: TermList
    table: Table | None = None
    is_head: bool = False
    is_code: bool = False


class _Walk:
    """A walk through elements: the open blocks, and the words since the last of them began or ended."""

    def __init__(self, wraps: bool) -> None:
        self.found = Composition(wraps)
        self._frames = [_Frame(self._paragraph, ItemList(self.found), TermList(self.found))]
        self._words: list[str] = []
        self._bold_depth = 0
        self._has_bold = self._has_plain = self._is_pair = False

    def open(self, element: etree._Element) -> None:
        """An element begins."""
        tag, outer = element.tag, self._frames[-1]
        if self._is_pair and is_label(element):  # of the next pair
            self.flush()
        if tag in BLOCKS or is_block(element):
            if not is_value(element):
                self.flush()
            is_line = outer.table and outer.take == self._cell and tag not in _TABLE_PARTS
            opened = None if is_line else _OPENINGS.get(tag)
            self._frames.append(opened(self, element, outer) if opened else outer)
        elif tag == "br":
            self._words.append("\n")
        elif tag in _BOLD:
            self._bold_depth += 1

    def close(self, element: etree._Element) -> None:
        """An element has ended."""
        tag = element.tag
        has_value = is_label(element) and self._end_label()
        if tag in BLOCKS or is_block(element):
            if not has_value:
                self.flush()
            frame, outer = self._frames.pop(), self._frames[-1]
            if frame.terms is not outer.terms:
                frame.terms.close()
            if frame.table and frame.table is not outer.table:
                frame.table.add_to(self.found)
        elif tag in _BOLD:
            self._bold_depth -= 1
            if self._asks():
                self.flush()

    def say(self, words: str | None) -> None:
        """Words of the block that is open."""
        if words:
            self._words.append(words if self._frames[-1].is_code else words.replace("\n", " "))
            if not words.isspace():
                self._has_bold |= self._bold_depth > 0
                self._has_plain |= self._bold_depth == 0

    def _end_label(self) -> bool:
        """A label has ended, and its value follows; whether it has words."""
        if label := self._last_words():
            self._words.append(" " if label.endswith(":") else ": ")
            self._is_pair = True
        return bool(label)

    def _last_words(self) -> str:
        """The last words since a block began or ended; the others may be many."""
        return next((words for words in reversed(self._words) if not words.isspace()), "").rstrip()

    def flush(self) -> None:
        """The words since a block began or ended are what the open block takes."""
        if not self._words:
            return
        if text := "".join(self._words).strip():
            self._frames[-1].take(text)
        self._words.clear()
        self._has_bold = self._has_plain = self._is_pair = False

    def _asks(self) -> bool:
        """Whether the words of a paragraph so far are bold and a question: the heading of the answer behind it."""
        is_bold = self._has_bold and not self._has_plain and self._frames[-1].take == self._paragraph
        return is_bold and self._last_words().endswith(("؟", "?"))

    def end(self) -> None:
        """There are no more elements."""
        self.flush()
        self._frames[0].terms.close()

    def _paragraph(self, text: str) -> None:
        if self._is_pair:
            self.found.add(Kind.PAIR, text)
            return
        is_bold = self._has_bold and not self._has_plain and len(text) <= MAX_HEADING
        for lines in _EMPTY_LINES.split(text) if "\n" in text else (text,):
            if is_bold and "\n" not in lines and not ends_statement(lines):
                bullet = BULLET.match(lines)
                self.found.add(Kind.HEADING, lines[bullet.end() :] if bullet else lines, BOLD_LEVEL)
            else:
                self.found.add(Kind.PARAGRAPH, lines)

    def _cell(self, text: str) -> None:
        if table := self._frames[-1].table:
            table.add(text, is_bold=self._has_bold and not self._has_plain)

    def _open_heading(self, element: etree._Element, outer: _Frame) -> _Frame:
        level = int(element.tag[1])
        return outer._replace(take=lambda text: self.found.add(Kind.HEADING, text, level))

    def _open_code(self, _: etree._Element, outer: _Frame) -> _Frame:
        return outer._replace(take=lambda text: self.found.add(Kind.CODE, text), is_code=True)

    def _open_caption(self, _: etree._Element, outer: _Frame) -> _Frame:
        return outer._replace(take=lambda text: self.found.add(Kind.CAPTION, text))

    def _open_quoted(self, element: etree._Element, outer: _Frame) -> _Frame:
        return self._open_caption(element, outer) if is_in_quotation(element) else outer

    def _open_note(self, element: etree._Element, outer: _Frame) -> _Frame:
        is_note = (element.get("class") or "") == NOTE
        return outer._replace(take=lambda text: self.found.add(Kind.NOTE, text)) if is_note else outer

    def _open_list(self, element: etree._Element, outer: _Frame) -> _Frame:
        level = outer.items.level + 1 if outer.take == outer.items.add else 0
        number = span_of(element, "start", MAX_NUMBER) if element.tag == "ol" else None
        return outer._replace(items=ItemList(self.found, level, number))

    def _open_item(self, _: etree._Element, outer: _Frame) -> _Frame:
        outer.items.open_item()
        return outer._replace(take=outer.items.add)

    def _open_terms(self, _: etree._Element, outer: _Frame) -> _Frame:
        return outer._replace(terms=TermList(self.found))

    def _open_table(self, element: etree._Element, outer: _Frame) -> _Frame:
        return outer._replace(table=Table() if is_data(element) else None, is_head=False)

    def _open_row(self, _: etree._Element, outer: _Frame) -> _Frame:
        if not outer.table:
            return outer
        outer.table.open_row()
        return outer._replace(take=self._cell)

    def _open_cell(self, element: etree._Element, outer: _Frame) -> _Frame:
        if not outer.table:
            return outer
        outer.table.open_cell(element, is_head=outer.is_head or element.tag == "th")
        return outer if outer.take == self._cell else outer._replace(take=self._cell)


_OPENINGS: dict[str, Callable[[_Walk, etree._Element, _Frame], _Frame]] = {
    **{f"h{level}": _Walk._open_heading for level in range(1, 7)},
    **dict.fromkeys(("caption", "figcaption"), _Walk._open_caption),
    **dict.fromkeys(("cite", "footer"), _Walk._open_quoted),
    **dict.fromkeys(("ul", "ol"), _Walk._open_list),
    **dict.fromkeys(("td", "th"), _Walk._open_cell),
    "aside": _Walk._open_note,
    "pre": _Walk._open_code,
    "li": _Walk._open_item,
    "dl": _Walk._open_terms,
    "dt": lambda _walk, _element, outer: outer._replace(take=outer.terms.add_term),
    "dd": lambda _walk, _element, outer: outer._replace(take=outer.terms.add),
    "table": _Walk._open_table,
    "thead": lambda _walk, _element, outer: outer._replace(is_head=True),
    "tr": _Walk._open_row,
}
"""What a tag makes of the words that stand in its elements; those of other blocks go where the words around them go."""
