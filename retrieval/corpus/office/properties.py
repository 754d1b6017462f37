"""What an office document says of itself, as far as it can be trusted → the fields of an article.

Programs fill these fields in: with the account of a computer, the name of a template, the first line of another
document. What a Persian author has written there has Persian letters, so a title or an author without any is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from retrieval.corpus.composing import Composition
from retrieval.corpus.office.archive import local_name

_PERSIAN = re.compile("[\u0621-\u064a\u0671-\u06d3]")


def said(root: etree._Element | None) -> dict[str, str]:
    """What the elements of a document's properties say, by their names; the first of a name counts."""
    found: dict[str, str] = {}
    for element in root.iter(etree.Element) if root is not None else ():
        words = " ".join((element.text or "").split())
        if words:
            found.setdefault(local_name(element), words)
    return found


def fields_of(properties: Mapping[str, str], title: str, found: Composition, *dates: str) -> dict[str, str]:
    """The fields of an article.

    Args:
        properties: what the document says of itself, by the names of the Dublin Core.
        title: its visible title, "" where it has none of that style.
        found: its text, of which the title is taken out.
        dates: the properties that may hold its day, the first to be preferred.
    """
    title = title or in_persian(properties.get("title", ""))
    if title:
        found.drop_title(title)
    else:
        title = found.take_title()
    author = in_persian(properties.get("creator", "") or properties.get("initial-creator", ""))
    return {
        "title": title,
        "author": author,
        "date": next((properties[name] for name in dates if properties.get(name)), ""),
    }


def in_persian(words: str) -> str:
    """Words that have a Persian letter; "" for others."""
    return words if _PERSIAN.search(words) else ""
