"""Markdown (`.md`) with front matter, by way of HTML: a file may hold both. The first heading may be the title."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from retrieval.corpus.composing import Composition
from retrieval.corpus.html import parsed
from retrieval.corpus.markup import NOTE, composed
from retrieval.corpus.readers.fields import to_article
from retrieval.corpus.readers.front_matter import split_front_matter
from retrieval.corpus.readers.record import FaultError, RawRecord, as_fault, text_of, whole
from retrieval.types import Article, Block

MAX_SECONDS = 8
"""What the parser may take for a file, by what it takes for each mark in it at the most."""

_MICROSECONDS = {**dict.fromkeys("[*_~", 80), "\n": 120, "|": 80, "<": 20, **dict.fromkeys("`!&\\", 5)}
"""What it takes for a mark that may begin a link, a picture, a footnote, an emphasis, a line, a cell, an element, code
or a letter by its name."""

_CODE = re.compile(
    r"(?P<listing>^(?P<fence>```|~~~).*?^(?P=fence)|`[^`\n]+`)"
    r"|\{\{[<%][^{}]{0,1000}?[%>]\}\}"  # Hugo, Nikola
    r"|\{%[^{}]{0,1000}?%\}|\{\{[^{}\n]{0,200}\}\}|\{:[^{}\n]{0,200}\}",  # Jekyll
    re.DOTALL | re.MULTILINE,
)

_NOTE_SIGNS = re.compile(
    r"^(?P<before>(?:\s*(?:[-*+]|\d+[.)])\s+))\[[ xX]\]\s+"  # a task, done or not
    r"|(?<=> )\[![\w-]{1,30}\][+-]?[ \t]*"  # the kind of a note in a quotation
    r"|(?<!=)==(?P<words>(?! )[^=\n]{1,300}(?<! ))==(?!=)",  # marked words
    re.MULTILINE,
)
"""Finds what Obsidian, GitHub and others write beyond CommonMark."""

records = whole


def parse(record: RawRecord) -> Article:
    """See `Reader.parse`."""
    fields, body = split_front_matter(record.name, text_of(record.content))
    if not body.strip():
        return to_article(record.name, "", fields)
    found = _composed(_without_codes(body))
    if not fields.get("title"):
        fields = {**fields, "title": found.take_title()}
    return to_article(record.name, found.text, fields, blocks=found.blocks)


def read_marks(body: str) -> tuple[str, tuple[Block, ...]]:
    """The text and the blocks of a plain text with some marks of Markdown.

    Raises:
        FaultError: they are too many, or stand too deep inside one another.
    """
    found = _composed(body)
    return found.text, found.blocks


def _composed(body: str) -> Composition:
    if sum(cost * body.count(mark) for mark, cost in _MICROSECONDS.items()) > MAX_SECONDS * 1_000_000:
        raise FaultError("it has too many lines, cells and marks for one Markdown file", "split it")
    with as_fault("write its text anew"):
        root = parsed(_parser().render(_NOTE_SIGNS.sub(_plain, body)))
        _put_notes_in_place(root)
        return composed(root, wraps=True)


def _put_notes_in_place(root: HtmlElement) -> None:
    """Put footnotes, which stand in a section at the end, behind the blocks that call them."""
    notes = {f"#{item.get('id')}": item for item in root.iterfind(".//section[@class='footnotes']//li[@id]")}
    last: dict[HtmlElement, HtmlElement] = {}
    body = root.body  # it is looked for in the whole document
    for call in root.findall(".//a[@href]") if notes else ():
        block = next((one for one in (call, *call.iterancestors()) if one.getparent() is body), None)
        if block is None or block.tag == "section" or (note := notes.pop(call.get("href"), None)) is None:
            continue
        note.tag, note.tail = "aside", None
        note.set("class", NOTE)
        last.get(block, block).addnext(note)
        last[block] = note


def _plain(sign: re.Match[str]) -> str:
    """What stays of a sign that programs for notes know: the words that it marks."""
    return sign["before"] or sign["words"] or ""


def _without_codes(body: str) -> str:
    """A text without the codes for which a site's program puts something else, but those in its listings of code."""
    return _CODE.sub(lambda match: match["listing"] or "", body) if "{" in body else body


@lru_cache(1)
def _parser() -> MarkdownIt:
    """CommonMark with tables, struck-out text, footnotes and terms with what is said of them («: …» below a term).

    A line's end is kept: it may part labels and values.
    """
    parser = MarkdownIt("commonmark", {"breaks": True}).enable(["table", "strikethrough"])
    return parser.use(footnote_plugin).use(deflist_plugin)
