"""How HTML of others is parsed: whole pages, pieces of them, and texts with tags in them."""

from __future__ import annotations

import re
from functools import cache

from lxml import etree, html
from lxml.html import HtmlElement

from retrieval.corpus.xml import MAX_TREE, tree_size

MAX_TAGS = 500_000
"""Tags of a page: an element takes 350 bytes of memory."""
MAX_ATTRIBUTES = 1000
"""Attributes of an element: the parser compares each with all before it."""

_ATTRIBUTE = r"""[\s/]*+[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_MANY_ATTRIBUTES = re.compile(rf"<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{{MAX_ATTRIBUTES + 1}}}")
_TAG_OR_LINE_END = re.compile(r"<[^<>]*>|\r?\n")


def with_line_ends(text: str) -> str:
    """HTML that was written as plain text is: the end of a line outside of its tags is that of a line shown."""
    return _TAG_OR_LINE_END.sub(lambda found: found[0] if found[0][0] == "<" else "<br>", text)


def parsed(text: str) -> HtmlElement:
    """The elements of a page or of a piece of one.

    Raises:
        ValueError: there are none, or more of them inside one another than the parser holds (2,048); they or the
            attributes of one are too many.
    """
    if text.count("<") > MAX_TAGS:
        raise ValueError(f"it has more than {MAX_TAGS:,} tags")
    if _MANY_ATTRIBUTES.search(text):
        raise ValueError(f"one of its elements has more than {MAX_ATTRIBUTES:,} attributes")
    content, parser = text.encode(), _parser()
    if tree_size(content) > MAX_TREE:
        raise ValueError("it has too many elements and attributes")
    try:
        root = html.document_fromstring(content, parser=parser)
    except (etree.LxmlError, AssertionError) as error:
        raise ValueError(f"it is not HTML ({error})") from error
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise ValueError("too many of its elements stand inside one another")
    return root


@cache
def _parser() -> html.HTMLParser:
    """A parser of decoded text: whatever encoding a page declares is that of its bytes."""
    return html.HTMLParser(encoding="utf-8", remove_pis=True, remove_comments=True, huge_tree=True)
