"""The values that travel from a corpus file to an answer. All are immutable; offsets count code points."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import NamedTuple

HEADING_LENGTH = 60
"""Code points of an untitled article's opening words that stand in for its title."""


Span = tuple[int, int]
"""Where something begins and ends in a text, in code points."""


class Kind(Enum):
    """What a block of an article is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    HEAD_ROW = "head row"
    ROW = "row"
    PAIR = "pair"
    CODE = "code"
    CAPTION = "caption"
    NOTE = "note"
    FURNITURE = "furniture"


class Form(IntEnum):
    """What a sentence of a passage is, as the index keeps it: three bits."""

    SENTENCE = 0
    ITEM = 1
    ROW = 2
    PAIR = 3
    LEAD_IN = 4


class Block(NamedTuple):
    """A piece of an article that is read as one: the span `article.text[start:end]`.

    Args:
        kind: what it is. `HEAD_ROW` names a table's columns, `PAIR` is a line «label: value», `NOTE` a footnote,
            `FURNITURE` what a page or an agency adds: it is neither indexed nor quoted.
        start, end: its span, without white space at its ends.
        level: of a heading, 1 for the highest; of an item, 0 for one that is no part of another.
    """

    kind: Kind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """One article.

    Args:
        id: unique in its corpus: the path below the corpus folder, or the `id` of a JSONL line.
        title: may be empty.
        text: the body as it was read; every span of the project is a span of this string.
        date: the day of publication.
        source: the outlet.
        author: the reporter.
        url: where the article can be read.
        indexed: when the index took it in; not a part of what makes two articles equal.
        blocks: its text's blocks, in order, as its reader found them; () where the lines of the text tell them. Those
            of a stored article are not kept.
    """

    id: str
    title: str
    text: str = field(repr=False)
    date: datetime.date | None = None
    source: str = ""
    author: str = ""
    url: str = ""
    indexed: datetime.datetime | None = field(default=None, compare=False)
    blocks: tuple[Block, ...] = field(default=(), compare=False, repr=False)

    @property
    def heading(self) -> str:
        """The title, or the opening words of an article that has none."""
        if self.title:
            return self.title
        words = self.text.split(maxsplit=20)
        opening = words[:20]
        while len(opening) > 1 and len(" ".join(opening)) > HEADING_LENGTH:
            opening.pop()
        shown = " ".join(opening)[:HEADING_LENGTH]
        end = "" if shown == " ".join(words) else "…"
        return f"{shown.rstrip('.،؛:')}{end}" if opening else self.id

    @property
    def is_from_pdf(self) -> bool:
        """Whether it was read from a PDF, whose letters may differ from those that it shows; its id is the file."""
        return self.id.lower().endswith(".pdf")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: the span `article.text[start:end]`."""

    article: Article
    start: int
    end: int

    @property
    def text(self) -> str:
        """The passage's own characters."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: the span `article.text[start:end]`, inside its passage."""

    passage: Passage
    start: int
    end: int

    @property
    def article(self) -> Article:
        """The article that the sentence stands in."""
        return self.passage.article

    @property
    def text(self) -> str:
        """The sentence's own characters."""
        return self.article.text[self.start : self.end]


class Line(NamedTuple):
    """A sentence of an article, or an item, row or pair.

    Args:
        number: the sentence's in the index.
        span: where it stands in the article's text.
        form: what it is.
        context: the spans of what names its passage: headings, a lead-in, a table's head row.
        passage: the number of its passage, which is that of the passage's first sentence.
    """

    number: int
    span: Span
    form: Form
    context: tuple[Span, ...]
    passage: int
