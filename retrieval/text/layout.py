"""The lines of a plain text → blocks: headings, paragraphs, list items, table rows, label and value, furniture.

    text ─→ lines ─→ chunks between blank lines ─→ runs of lines of one form ─→ blocks

A reader of a format with marks of its own (Markdown, HTML, DOCX) tells its blocks itself. Where there are only lines,
their form tells: a bullet or a number begins an item; lines with the same number of tabs, bars, dotted lines or commas
are the rows of a table; short lines «label: value» below one another are pairs; a short line without a full stop above
a longer block is its heading. Lines that a program has wrapped at some width are one paragraph, even where a blank line
parts each from the next; verse and addresses are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise

from retrieval.text.furniture import is_furniture
from retrieval.text.headings import SENTENCE_END, with_headings
from retrieval.text.item_marks import BULLET, NUMBER
from retrieval.text.led_lines import MAX_ITEM
from retrieval.text.pairs import MAX_LABEL, is_pair
from retrieval.text.sentences import STOP, trimmed
from retrieval.text.wrapping import are_wrapped, longest_of, unwrapped, without_spacing
from retrieval.types import Block, Kind, Span

MAX_FORM = 200
"""Code points of a line whose form is looked at; a longer one is a paragraph, unless a bullet begins it."""
MAX_COLUMN_NAME = 30
"""Code points of the name of a column."""
MAX_HEADED = 1000
"""Rows of a table by which its head is told."""
MAX_CELL = 60
"""Code points of a cell between commas: clauses of prose are longer."""

_RULE = re.compile(r"[\s|:\-–—=_*+~\u0640\u2500-\u257f]{3,}")
_FRAMED = re.compile(r"(?P<marks>([*=~#_\-–—■◆★])\2*)\s*(?P<words>[^\W_](?:(?!\2).)*?)\s*(?P=marks)")
_BARS = re.compile(r"\s*\|\s*")
_DOTS = re.compile(r"\s*(?:\.{4,}|…{2,}|(?:\. ){3,}\.?|_{4,}|·{4,})\s*")
_SURE = (re.compile(r"\t+"), _BARS, _DOTS)
"""Separators that stand in no prose."""
_UNSURE = (re.compile(r",(?!\s)"), re.compile(r";(?!\s)"), re.compile(r"\s*؛\s*"), re.compile(r"[ \t\xa0]{2,}(?!:)"))
_SEPARATORS = (*_SURE, *_UNSURE)
_NO_LINE = frozenset(("", "--"))
"""What parts chunks: a blank line, and the line that mail has above a signature."""
_DIGIT = re.compile(r"\d")


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text, in order; each begins and ends with a character that is no white space."""
    blocks = forms_of(text, may_wrap=True)
    if _is_title(text, blocks):
        blocks[0] = Block(Kind.HEADING, *blocks[0][1:3], 1)
    return tuple(with_headings(text, blocks, 2))


def forms_of(text: str, *, may_wrap: bool) -> list[Block]:
    """The blocks of lines by their form alone, without headings.

    Args:
        text: what holds the lines.
        may_wrap: whether the end of a line may be that of a width, and not of a thought.
    """
    chunks = list(_chunks(text))
    width = None
    if may_wrap:
        chunks = list(without_spacing(text, chunks))
        width = max((longest_of(chunk) for chunk in chunks if are_wrapped(text, chunk)), default=0)
    return [block for chunk in chunks for block in _chunk(text, chunk, width)]


def _chunks(text: str) -> Iterator[list[Span]]:
    """The lines between blank ones, without white space at their ends."""
    chunk: list[Span] = []
    bounds = accumulate(map(len, text.splitlines(keepends=True)), initial=0)
    for start, end in pairwise(bounds):
        line = trimmed(text, start, end)
        if text[slice(*line)] not in _NO_LINE:
            chunk.append(_unframed(text, line))
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _unframed(text: str, line: Span) -> Span:
    """A line without the marks that it begins and ends with alike: «*** خبر ***»."""
    start, end = line
    if text[start] != text[end - 1] or end - start > MAX_FORM:
        return line
    framed = _FRAMED.fullmatch(text, start, end)
    return framed.span("words") if framed else line


def _chunk(text: str, lines: Sequence[Span], width: int | None) -> Iterator[Block]:
    """The blocks of the lines between two blank ones.

    Args:
        text: what holds them.
        lines: at least one.
        width: code points of the longest wrapped line of the text, 0 where none is seen to be; None where lines end
            where thoughts do.
    """
    lines = [line for line in lines if not _RULE.fullmatch(text, *line)]
    if len(lines) == 1:  # as most paragraphs
        yield from _items(text, lines, 0) or [Block(Kind.PARAGRAPH, *lines[0])]
        return
    for run in _runs(text, lines):
        is_table = any(_rows(text, run, first) for first in (0, 1))
        if width is not None and not is_table and are_wrapped(text, run, width):
            yield from (Block(Kind.PARAGRAPH, *span) for span in unwrapped(text, run, width))
            continue
        first = 0
        while first < len(run):
            blocks = next((found for form in _FORMS if (found := form(text, run, first))), None)
            yield from blocks or [Block(Kind.PARAGRAPH, *run[first])]
            first += len(blocks or [0])


def _runs(text: str, lines: Sequence[Span]) -> Iterator[Sequence[Span]]:
    """Lines, parted at those that belong to no other: furniture, and a short one «name:» that opens a turn."""
    first = 0
    for place, (start, end) in enumerate(lines):
        is_first = not place or SENTENCE_END.search(text, *lines[place - 1])
        opens = is_first and end - start <= MAX_LABEL and text[end - 1] == ":"
        if opens or is_furniture(text, start, end):
            yield lines[first:place]
            yield lines[place : place + 1]
            first = place + 1
    yield lines[first:]


def _rows(text: str, lines: Sequence[Span], first: int) -> list[Block]:
    """The rows of a table, the head first where it has one: lines with the same number of separators.

    The last cells of a row may be empty where a separator is sure.
    """
    if len(lines) - first < 2:
        return []
    number = NUMBER.match(text, *lines[first])
    for separator in _SEPARATORS:
        counts = [len(separator.findall(text[start:end].strip("|"))) for start, end in lines[first : first + 2]]
        parts_number = number and not separator.search(text, number.end(), lines[first][1])
        if not counts[0] or counts[0] != counts[1] or parts_number:
            continue
        run: list[list[str]] = []
        length = 0
        for start, end in _from(lines, first):
            cells = separator.split(text[start:end].strip("|"))
            if separator in _SURE:
                fits = 1 < len(cells) <= counts[0] + 1
            else:
                is_prose = max(map(len, cells)) > MAX_CELL or SENTENCE_END.search(text, start, end)
                fits = len(cells) == counts[0] + 1 and not is_prose
            if not fits:
                break
            length += 1
            if length <= MAX_HEADED:
                run.append(cells)
        if length > 1:
            kinds = [Kind.HEAD_ROW if has_head(run) else Kind.ROW] + [Kind.ROW] * (length - 1)
            spans = (_unbarred(text, *line) for line in _from(lines, first))
            return [Block(kind, *span) for kind, span in zip(kinds, spans, strict=False)]
    return []


def _unbarred(text: str, start: int, end: int) -> Span:
    """A row without the bars that it is drawn between."""
    row = trimmed(text, start + (text[start] == "|"), end - (text[end - 1] == "|"))
    return row if row[0] < row[1] else (start, end)


def _from(lines: Sequence[Span], first: int) -> Iterator[Span]:
    """The lines from one on, without a copy of them: a text may have a million."""
    return (lines[place] for place in range(first, len(lines)))


def has_head(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of a table's rows names its columns.

    Its cells are short and without digits, above some with digits, or above two rows of at least three columns.
    """
    first, others = rows[0], rows[1:]
    if any(_DIGIT.search(cell) or "؟" in cell for cell in first):
        return False
    columns = [[row[place] for row in others if place < len(row)] for place in range(len(first))]
    if any(all(map(_DIGIT.search, column)) for column in columns):
        return True
    names = [cell.strip() for cell in first]
    are_names = all(0 < len(name) <= MAX_COLUMN_NAME and name[-1] not in ":." for name in names)
    is_own = all(name not in map(str.strip, column) for name, column in zip(names, columns, strict=True))
    return len(names) > 2 and len(others) > 1 and are_names and is_own


def _items(text: str, lines: Sequence[Span], first: int) -> list[Block]:
    """The items of a list: a bullet is no part of an item, its number is. A single letter with a dot is an initial."""
    found: list[Block] = []
    for start, end in _from(lines, first):
        bullet = BULLET.match(text, start, end)
        if end - start > MAX_FORM or not (bullet or NUMBER.match(text, start, end)):
            break
        found.append(Block(Kind.ITEM, bullet.end() if bullet else start, end))
    is_initial = len(found) == 1 and text[found[0].start].isalpha() and found[0].start == lines[first][0]
    return [] if is_initial else found


def _pairs(text: str, lines: Sequence[Span], first: int) -> list[Block]:
    """Two or more lines «label: value» below one another."""
    found: list[Block] = []
    for start, end in _from(lines, first):
        if not is_pair(text, start, end):
            break
        found.append(Block(Kind.PAIR, start, end))
    return found if len(found) > 1 else []


def _short_lines(text: str, lines: Sequence[Span], first: int) -> list[Block]:
    """Two or more short lines below one another that are no sentences: items without bullets, verse, an address.

    They end where labels with values begin: the line above these is their heading.
    """
    found: list[Block] = []
    for place, (start, end) in enumerate(_from(lines, first), start=first):
        if end - start > MAX_ITEM or STOP.search(text, start, end) or text[end - 1] in ":؟?":
            break
        if _pairs(text, lines[place : place + 2], 0):
            break
        found.append(Block(Kind.ITEM, start, end))
    return found if len(found) > 1 else []


_FORMS: tuple[Callable[[str, Sequence[Span], int], list[Block]], ...] = (_rows, _items, _pairs, _short_lines)


def _is_title(text: str, blocks: Sequence[Block]) -> bool:
    """Whether the first of some short lines names the others."""
    if len(blocks) < 3:
        return False
    first = blocks[0]
    if not blocks[1].kind is Kind.ITEM is first.kind:
        return False
    if _DIGIT.search(text, *first[1:3]):  # it may be one of a list, unless that is a list of numbers
        return not text[first.start].isdigit() and all(text[block.start].isdigit() for block in blocks[1:])
    begin = trimmed(text, 0, first.end)[0]
    return not (BULLET.match(text, begin) or NUMBER.match(text, begin))
