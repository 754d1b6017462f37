"""Markdown (`.md`) with front matter, by way of HTML: a file may hold both. The first heading may be the title."""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from retrieval.corpus.html import parsed
from retrieval.corpus.markup import composed
from retrieval.corpus.readers.fields import to_article
from retrieval.corpus.readers.front_matter import split_front_matter
from retrieval.corpus.readers.record import RawRecord, as_fault, text_of, whole
from retrieval.types import Article

_CODE = re.compile(
    r"(?P<listing>^(?P<fence>```|~~~).*?^(?P=fence)|`[^`\n]+`)"
    r"|\{\{[<%][^{}]{0,1000}?[%>]\}\}"  # Hugo, Nikola
    r"|\{%[^{}]{0,1000}?%\}|\{\{[^{}\n]{0,200}\}\}|\{:[^{}\n]{0,200}\}",  # Jekyll
    re.DOTALL | re.MULTILINE,
)

records = whole


def parse(record: RawRecord) -> Article:
    """See `Reader.parse`."""
    fields, body = split_front_matter(record.name, text_of(record.content))
    if not body.strip():
        return to_article(record.name, "", fields)
    with as_fault("write its text anew"):
        page = parsed(_parser().render(_without_codes(body)))
    found = composed(page, wraps=True)
    if not fields.get("title"):
        fields = {**fields, "title": found.take_title()}
    return to_article(record.name, found.text, fields, blocks=found.blocks)


def _without_codes(body: str) -> str:
    """A text without the codes for which a site's program puts something else, but those in its listings of code."""
    return _CODE.sub(lambda match: match["listing"] or "", body) if "{" in body else body


@lru_cache(1)
def _parser() -> MarkdownIt:
    """CommonMark with tables, struck-out text and footnotes; a line's end is kept: it may part labels and values."""
    return MarkdownIt("commonmark", {"breaks": True}).enable(["table", "strikethrough"]).use(footnote_plugin)
