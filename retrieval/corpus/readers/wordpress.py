"""Exports of WordPress (WXR): what stands in an item besides the fields of a feed, and how its text is written."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from lxml import etree

from retrieval.corpus.html import with_line_ends

NAMESPACE = "{http://wordpress.org/export/"
KINDS = frozenset(("post", "page"))
"""The kinds of items that are articles; others are pictures, menus and parts of a theme."""
PUBLISHED = "publish"

_MEDIA = re.compile(
    r"\[(caption|gallery|video|audio|playlist|embed)\b[^\]]*\](?:(?:(?!\[\1\b).){0,2000}?\[/\1\])?", re.DOTALL
)
_SHORTCODE = re.compile(r"\[/?[a-z][\w-]*(?:\s[^\[\]]*)?/?\]")
_BLOCKS = ("<p>", "<p ", "<!-- wp:")


def is_exported(item: etree._Element) -> bool:
    """Whether an item is one of an export, and not of a feed."""
    return any(child.tag.startswith(NAMESPACE) for child in item.iterchildren(etree.Element))


def fields_of(item: etree._Element, authors: Mapping[str, str]) -> dict[str, str]:
    """The fields of a post or page; none of another item.

    Args:
        item: as it was exported.
        authors: their names by what the item calls them.
    """
    said = _said(item)
    if said.get("wp:post_type") not in KINDS:
        return {}
    author = said.get("creator", "")
    is_open = said.get("wp:status") == PUBLISHED and not said.get("wp:post_password")
    return {
        "id": said.get("wp:post_id") or said.get("guid", ""),
        "title": said.get("title", ""),
        "text": html_of(said.get("content:encoded", "")),
        "date": said.get("wp:post_date") or said.get("pubDate", ""),
        "author": authors.get(author, author),
        "url": said.get("link", ""),
        "status": PUBLISHED if is_open else said.get("wp:status", "").replace(PUBLISHED, "private"),
    }


def author_of(element: etree._Element) -> dict[str, str]:
    """What an author is called in items → the name."""
    said = _said(element)
    login, name = said.get("wp:author_login"), said.get("wp:author_display_name")
    return {login: name} if login and name else {}


def html_of(text: str) -> str:
    """The HTML of a post's text: captions and codes are left out; where no element parts lines, their ends do."""
    text = _SHORTCODE.sub("", _MEDIA.sub("", text)) if "[" in text else text
    return text if any(block in text for block in _BLOCKS) else with_line_ends(text)


def _said(element: etree._Element) -> dict[str, str]:
    """What the elements in one say, by their names."""
    return {_name(child): text_of(child).strip() for child in element.iterchildren(etree.Element)}


def text_of(element: etree._Element) -> str:
    """The text of an element; entities that the file does not define, such as `&nbsp;`, are read as those of HTML."""
    if not len(element):
        return element.text or ""
    references = (html.unescape(child.text or "") + (child.tail or "") for child in element.iterchildren(etree.Entity))
    return (element.text or "") + "".join(references)


def _name(element: etree._Element) -> str:
    """The name of an element's tag with the prefix that it has in exports."""
    namespace, _, name = element.tag.rpartition("}")
    if namespace.startswith(NAMESPACE[:-1]):
        return f"{'excerpt' if namespace.endswith('excerpt/') else 'wp'}:{name}"
    return f"content:{name}" if name == "encoded" else name
