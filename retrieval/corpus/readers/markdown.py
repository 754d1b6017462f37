"""Markdown (`.md`) with YAML front matter; the first heading stands in for a missing title."""

from __future__ import annotations

import html
import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from retrieval.corpus.readers.fields import to_article
from retrieval.corpus.readers.front_matter import split_front_matter
from retrieval.corpus.readers.record import RawRecord, text_of, whole
from retrieval.types import Article

_TAG = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)

records = whole


def parse(record: RawRecord) -> Article:
    """See `Reader.parse`."""
    fields, body = split_front_matter(text_of(record.content))
    plain, heading = plain_markdown(body)
    return to_article(record.name, plain, fields if fields.get("title") else {**fields, "title": heading})


def plain_markdown(text: str) -> tuple[str, str]:
    """Markdown without its markup and HTML tags, and its first heading if that opens the text, else "".

    Blocks are set apart by blank lines; a heading joins the block below it, the items of a list one another.
    """
    blocks: list[tuple[str, str]] = []
    title = ""
    containers: list[str] = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.nesting:
            containers.append(token.type) if token.nesting > 0 else containers.pop()
        elif block := _plain_block(token):
            kind = next(
                (part for part in ("heading", "list", "table") if any(part in name for name in containers)),
                "",
            )
            if kind == "heading" and not title and not blocks:
                title = block
            else:
                blocks.append((kind, block))
    following = [*(kind for kind, _ in blocks[1:]), ""]
    plain = "".join(
        block + ("\n" if kind == "heading" or (kind and kind == after) else "\n\n")
        for (kind, block), after in zip(blocks, following, strict=False)
    )
    return plain.rstrip("\n"), title


def _plain_block(token: Token) -> str:
    """A block's text; "" for one without, such as a rule between two blocks."""
    if token.type == "inline":
        return "".join(map(_plain_inline, token.children or ()))
    if token.type == "html_block":
        return html.unescape(_TAG.sub("", _LINE_BREAK.sub("\n", token.content))).strip()
    return token.content.rstrip("\n")


def _plain_inline(token: Token) -> str:
    if token.type == "html_inline":
        return "\n" if _LINE_BREAK.fullmatch(token.content) else ""
    return {"hardbreak": "\n", "softbreak": " "}.get(token.type, token.content)
