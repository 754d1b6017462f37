"""Which elements of HTML begin and end a block; all others are parts of a line."""

from __future__ import annotations

from lxml import etree

BLOCKS = frozenset(
    "p div section article main header footer aside blockquote ul ol li dl dt dd h1 h2 h3 h4 h5 h6 table caption thead"
    " tbody tfoot tr td th pre figure figcaption address hr body html details summary center fieldset form nav".split()
)
_QUOTING = frozenset(("blockquote", "footer", "figure"))


def is_block(element: etree._Element) -> bool:
    """Whether an element begins and ends a block: one of `BLOCKS`, or who is quoted, below the quotation."""
    return element.tag in BLOCKS or (element.tag == "cite" and is_in_quotation(element))


def is_in_quotation(element: etree._Element) -> bool:
    """Whether an element stands beside the paragraphs of a quotation."""
    outer = element.getparent()
    return outer is not None and outer.tag in _QUOTING
