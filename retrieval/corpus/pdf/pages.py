"""The lines of pages → the blocks of an article.

A page says where its lines stand and how large their letters are, and nothing else. So lines that reach the edge of
their column are joined with the next, larger or bold ones are headings, those with wide gaps are rows; what stands at
one place of several pages, and numbers at their edges, belong to the paper and not to the text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from retrieval.corpus.composing import BOLD_LEVEL, Composition
from retrieval.corpus.pdf.process import Line
from retrieval.corpus.pdf.rows import with_columns, with_texts_apart
from retrieval.corpus.pdf.worker.glyphs import is_right_to_left
from retrieval.text.headings import MAX_HEADING, ends_statement
from retrieval.text.item_marks import BULLETS
from retrieval.types import Kind

EDGE = 0.1
"""The share of a page's height at its head and its foot where running titles and numbers stand."""
MIN_REPEATED = 3
"""Pages that have the same line at the same place, where it is a running title; all pages of a shorter file."""
NUMBERED = "#"
"""What all running titles with the number of the page are compared by."""
SAME_PLACE = 4
"""Points by which such lines may differ in height."""
MIN_PIECE, MIN_PIECES = 8, 5
"""Letters of a line that is more than a piece of one, and pieces of a letterhead."""
LARGER, SMALLER = 1.12, 0.88
"""How many times the size of the text the letters of a heading and of a footnote have."""
MAX_RAGGED = 0.12
"""The share of a column's width that a line which goes on below may leave empty."""
MAX_LEADING = 2.2
"""How many times the height of its letters the next line of a paragraph stands below."""
MAX_OTHER_SIZE = 0.15
"""The share by which the letters of two lines of one paragraph may differ in height."""
MIN_WITHIN = 40
"""Letters of a line at a page's foot that ends inside a sentence."""
INDENT = 0.5
"""How many times the height of its letters the first line of a paragraph is set in."""
MIN_COLUMN, COLUMNED = 6, 0.7
"""Lines of each of two columns, and the share of a page's lines that stand in one of them."""
MAX_LEVEL = 5
"""The lowest level of headings by their size."""

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"[\s\-–—|/()\[\]]*(?:صفح(?:ه|هٔ|ۀ)|ص|page)?[\s.:]*\d{1,4}(?:\s*(?:از|/|of)\s*\d{1,4})?[\s\-–—|/()\[\]]*",
    re.IGNORECASE,
)
_END = re.compile(r"[.!؟?…:؛][»\"”’')\]]*\s*\Z")
"""Finds where a line ends as a sentence or a clause."""
_LEADERS = re.compile(r"(?:\s?[.…·]){5,}\s*[\w\s]{1,5}$")
"""Finds the dots that lead to a page number in a table of contents."""
_BULLET = re.compile(rf"[{BULLETS}]\s|[•●▪■►✓\uf0a7\uf0b7\uf0d8\uf0fc]")
_MARKED = re.compile(
    rf"{_BULLET.pattern}|[(\[]?(?:\d{{1,3}}|الف|[ا-ی])\s?[.)\]\-–]|(?:ماده|بند|تبصره|فصل|اصل)(?:\s*[\d(:\-–]|\s+\S{{1,6}}\s*[:\-–])"
)
"""How an item, or a clause of a law, begins."""


class Span(NamedTuple):
    """The left and the right edge of a column, in points."""

    left: float
    right: float


def composed(pages: Sequence[Sequence[Line]]) -> Composition:
    """The text and the blocks of a file's pages."""
    kept = list(without_paper(pages))
    body = body_size(kept)
    texts, notes = [], []
    for page in kept:
        end = len(page)
        while end and page[end - 1].size < SMALLER * body:
            end -= 1
        texts.append(with_columns(with_texts_apart(page[:end])))
        notes.append(page[end:])
    found = Composition()
    sizes = sorted({round(line.size) for page in texts for line in page if line.size > LARGER * body}, reverse=True)
    bold = sum(len(line.text) for page in texts for line in page if line.bold)
    has_bold = 2 * bold < sum(len(line.text) for page in texts for line in page)
    for piece in _pieces(texts):
        _add(piece, found, body, sizes, has_bold=has_bold)
    for piece in _pieces(notes):
        found.add(Kind.ITEM, " ".join(line.text for line in piece))
    return found


def without_paper(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """The lines of pages without running titles and page numbers."""
    seen: dict[str, Counter[int]] = defaultdict(Counter)
    for page in pages:
        for key, place in {(_key(line), round(line.bottom / SAME_PLACE)) for line in page}:
            seen[key][place] += 1
    least = max(2, min(MIN_REPEATED, len(pages)))
    for page in pages:
        heads = _letterhead(page)
        yield [
            line
            for line in page
            if line not in heads and not _LEADERS.search(line.text) and not _is_paper(line, seen[_key(line)], least)
        ]


def _letterhead(page: Sequence[Line]) -> list[Line]:
    """The lines at the head or the foot of a page where most are pieces of words, as a drawn letterhead has them."""
    for zone in ([line for line in page if line.place < EDGE], [line for line in page if line.place > 1 - EDGE]):
        pieces = sum(len(line.text) < MIN_PIECE for line in zone)
        if pieces >= MIN_PIECES and 2 * pieces > len(zone):
            return zone
    return []


def _is_paper(line: Line, places: Counter[int], least: int) -> bool:
    place = round(line.bottom / SAME_PLACE)
    is_at_edge = not EDGE < line.place < 1 - EDGE
    if is_at_edge and _NUMBER.fullmatch(line.text):
        return True
    return sum(places[near] for near in (place - 1, place, place + 1)) >= least


def _key(line: Line) -> str:
    """What a running title is compared by: its numbers change from page to page, and its words with the chapter."""
    if EDGE < line.place < 1 - EDGE:
        return line.text
    return NUMBERED if any(map(_NUMBER.fullmatch, line.cells)) else _DIGITS.sub("0", line.text)


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The height of the letters that most of a text has, in points."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(2 * line.size) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _pieces(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """Lines, those that belong together in one piece: paragraphs, headings of several lines, rows."""
    piece: list[Line] = []
    for page in pages:
        columns = columns_of(page) if page else []
        for place, line in enumerate(page):
            if piece and not (_goes_on(piece[-1], line, columns) if place else _goes_over(piece[-1], line)):
                yield piece
                piece = []
            piece.append(line)
    if piece:
        yield piece


def columns_of(page: Sequence[Line]) -> list[Span]:
    """The left and right edges of a page's columns, the whole width last; a page of one column has just that."""
    page = [line for line in page if not _is_row(line)] or list(page)  # a table may be wider than the text
    left, right = sorted(line.left for line in page), sorted((line.right for line in page), reverse=True)
    few = len(page) // 20
    whole = Span(left[few], right[few])
    middle = (whole.left + whole.right) / 2
    sides = [line for line in page if line.right < middle], [line for line in page if line.left > middle]
    if min(map(len, sides)) < MIN_COLUMN or sum(map(len, sides)) < COLUMNED * len(page):
        return [whole]
    return [*(Span(min(line.left for line in side), max(line.right for line in side)) for side in sides), whole]


def _goes_on(line: Line, below: Line, columns: Sequence[Span]) -> bool:
    """Whether a paragraph goes on from a line to the next one of its page."""
    if not _are_alike(line, below) or not 0 < line.bottom - below.bottom <= MAX_LEADING * line.size:
        return False
    column = next((one for one in columns if one.left - 1 <= line.left <= line.right <= one.right + 1), columns[-1])
    width = column.right - column.left
    if is_right_to_left(line.text) or is_right_to_left(below.text):
        rest, indent = line.left - column.left, line.right - below.right
    else:
        rest, indent = column.right - line.right, below.left - line.left
    is_full = rest <= MAX_RAGGED * width and 2 * (line.right - line.left) >= width
    is_new = bool(_MARKED.match(below.text)) or INDENT * line.size < indent < MAX_RAGGED * width
    return is_full and not (is_new and _END.search(line.text))


def _goes_over(line: Line, above: Line) -> bool:
    """Whether a paragraph goes on from the last line of a page to the first of the next: it ends inside a sentence."""
    is_within = len(line.text) >= MIN_WITHIN and not _END.search(line.text) and not _MARKED.match(above.text)
    return _are_alike(line, above) and is_within and not line.bold and not above.bold


def _are_alike(line: Line, below: Line) -> bool:
    """Whether two lines may belong to one paragraph."""
    is_other = _BULLET.match(below.text) or _is_row(below) or _is_row(line)
    return not is_other and abs(line.size - below.size) <= MAX_OTHER_SIZE * line.size


def _is_row(line: Line) -> bool:
    return len(line.cells) > 1


def _add(piece: list[Line], found: Composition, body: float, sizes: list[int], *, has_bold: bool) -> None:
    """Add a paragraph, a heading, an item or a row."""
    first = piece[0]
    text = " ".join(line.text for line in piece)
    if _is_row(first):
        found.add_row(first.cells, is_head=first.is_head)
        return
    is_short = len(text) <= MAX_HEADING and not ends_statement(text)
    if is_short and first.size > LARGER * body:
        found.add(Kind.HEADING, text, min(1 + sizes.index(round(first.size)), MAX_LEVEL))
    elif is_short and has_bold and all(line.bold for line in piece):
        found.add(Kind.HEADING, text, BOLD_LEVEL)
    elif bullet := _BULLET.match(text):
        found.add(Kind.ITEM, text[bullet.end() :])
    else:
        found.add(Kind.PARAGRAPH, text)
