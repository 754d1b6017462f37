"""Telegram's HTML mode as documented: text with tags → plain text, or what Telegram would say is wrong with it."""

from __future__ import annotations

import html
import re

SIMPLE = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "tg-spoiler", "blockquote"}
TAGS = SIMPLE | {"a", "span", "tg-emoji"}
_TOKEN = re.compile(r"<(?P<close>/?)(?P<tag>[a-zA-Z-]*)(?P<attributes>[^<>]*)>|(?P<stray><)|(?P<text>[^<]+)")
_ENTITY = re.compile(r"&(#\d+|#x[0-9a-fA-F]+|lt|gt|amp|quot);")


class EntityError(ValueError):
    """What follows «Bad Request: can't parse entities:»."""


def units(text: str) -> int:
    """The length of `text` in UTF-16 code units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The plain text of a message in HTML mode and its (tag, attributes) in order.

    Raises:
        EntityError: a tag is unknown, unbalanced or wrongly nested.
    """
    plain: list[str] = []
    open_tags: list[str] = []
    found: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(text):
        if match["text"] is not None:
            plain.append(_ENTITY.sub(lambda entity: html.unescape(entity[0]), match["text"]))
            continue
        tag = (match["tag"] or "").lower()
        if match["stray"] or tag not in TAGS:
            raise EntityError(f'Unsupported start tag "{tag}" at byte offset {match.start()}')
        if match["close"]:
            if not open_tags or open_tags.pop() != tag:
                raise EntityError(f"Unexpected end tag at byte offset {match.start()}")
            continue
        if tag == "blockquote" and "blockquote" in open_tags:
            raise EntityError("Nested blockquotes are not allowed")
        if tag in SIMPLE - {"blockquote", "pre", "code"} and match["attributes"].strip():
            raise EntityError(f'Tag "{tag}" must have no attributes')
        open_tags.append(tag)
        found.append((tag, html.unescape(match["attributes"].strip())))
    if open_tags:
        raise EntityError(f'Can\'t find end tag corresponding to start tag "{open_tags[-1]}"')
    return "".join(plain), found
