"""Pieces of an article as a reader meets them → its text and its blocks, whose spans hold by construction."""

from __future__ import annotations

from dataclasses import dataclass, field

from retrieval.corpus.readers.fields import check_size
from retrieval.text.headings import with_headings
from retrieval.text.layout import MAX_FORM, forms_of
from retrieval.text.orthography import HALF_SPACE, bare
from retrieval.text.safe import printable
from retrieval.types import Block, Kind

BOLD_LEVEL = 6
"""The level of a heading that is marked as none: a line, or words all of which are bold."""
CELL = " | "
"""What stands between the cells of a table's row in an article's text."""

_APART = (Kind.PARAGRAPH, Kind.CODE, Kind.CAPTION, Kind.NOTE, Kind.FURNITURE)
_LINES = (Kind.PARAGRAPH, Kind.CODE)
_TABLE = (Kind.HEAD_ROW, Kind.ROW)


@dataclass(slots=True)
class Composition:
    """An article's text while it is written, block by block.

    A blank line parts paragraphs; a heading joins what it names, the items and rows of one list or table one another.

    Args:
        wraps: whether a line in a paragraph may end where a program broke it. Then the lines are one paragraph, unless
            they are labels with values, rows or items.
    """

    wraps: bool = False
    _parts: list[str] = field(default_factory=list)
    _blocks: list[Block] = field(default_factory=list)
    _told: tuple[Block, ...] | None = None
    _length: int = 0
    _lines: int = 0

    def add(self, kind: Kind, text: str, level: int = 0, *, joined: bool = False) -> None:
        """Add a block; one without text is none.

        Args:
            kind: what it is.
            text: its characters; white space at the ends of its lines is left out, and so are line ends but those of a
                paragraph or of code.
            level: see `Block`.
            joined: whether no blank line parts it from the block before, as two lines of one paragraph.

        Raises:
            FaultError: the text grows too long.
        """
        self._lines += text.count("\n")
        check_size(self._length + len(text), self._lines)
        if not (text := text if _is_tidy(text) else _tidied(text, "\n" if kind in _LINES else " ")):
            return
        if self._blocks:
            before = self._blocks[-1].kind
            close = joined or before is Kind.HEADING or (kind not in _APART and _same(before, kind))
            self._lines += 1 if close else 2
            self._write("\n" if close else "\n\n")
        if kind is Kind.PARAGRAPH:
            at = self._length
            self._blocks += [Block(form, at + start, at + end, depth) for form, start, end, depth in self._forms(text)]
        else:
            self._blocks.append(Block(kind, self._length, self._length + len(text), level))
        self._write(text)

    def _forms(self, text: str) -> list[Block]:
        """The blocks of a paragraph's lines."""
        whole = [Block(Kind.PARAGRAPH, 0, len(text))]
        if len(text) > MAX_FORM and "\n" not in text:  # as most paragraphs are
            return whole
        blocks = forms_of(text, may_wrap=self.wraps)
        return whole if self.wraps and all(block.kind is Kind.PARAGRAPH for block in blocks) else blocks

    def add_row(self, cells: list[str], *, is_head: bool = False) -> None:
        """Add a row of a table; its cells are each on one line, and empty ones keep their place."""
        shown = [" ".join(cell.split()) for cell in cells]
        if any(shown):
            self.add(Kind.HEAD_ROW if is_head else Kind.ROW, CELL.join(shown).replace("  ", " ").strip())

    def take_title(self) -> str:
        """The heading that opens the text, taken out of it; "" where there is none."""
        return self._take_first() if self._blocks and self._blocks[0].kind is Kind.HEADING else ""

    def drop_title(self, title: str) -> None:
        """Take out the block that opens the text if it has the title's words."""
        if self._blocks and _letters(self.text[: self._blocks[0].end]) == _letters(title):
            self._take_first()

    def _take_first(self) -> str:
        """The words of the first block, taken out."""
        text, first = self.text, self._blocks.pop(0)
        shift = self._blocks[0].start if self._blocks else len(text)
        self._parts, self._length, self._told = [text[shift:]], len(text) - shift, None
        self._blocks = [block._replace(start=block.start - shift, end=block.end - shift) for block in self._blocks]
        return text[first.start : first.end]

    @property
    def text(self) -> str:
        """What was added so far."""
        return "".join(self._parts)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of `text`."""
        if self._told is None:
            self._told = tuple(with_headings(self.text, self._blocks, BOLD_LEVEL))
        return self._told

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._told = None
        self._length += len(text)


def _letters(text: str) -> str:
    """What is compared of titles: not their blanks, in whose place a PDF has half-spaces."""
    return bare("".join(text.split()))


def _is_tidy(text: str) -> bool:
    """Whether a text is one line of words, parted by single blanks, that any output can carry, as most are."""
    is_trimmed = text[:1] != " " != text[-1:]
    return is_trimmed and "  " not in text and text.replace(HALF_SPACE, "").isprintable()


def _tidied(text: str, line_end: str) -> str:
    """A text with its white space as single blanks, and something between its lines; empty lines are left out.

    It is `printable`: what were taken out later would move the spans.
    """
    return line_end.join(filter(None, (" ".join(line.split()) for line in printable(text).split("\n"))))


def _same(one: Kind, other: Kind) -> bool:
    """Whether two blocks belong to one list or table."""
    return one is other or (one in _TABLE and other in _TABLE)
