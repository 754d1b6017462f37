"""What an office document or a PDF says of itself, as far as it can be trusted → the fields of an article.

Programs fill these fields in: with the account of a computer, the name of a template, the first line of another
document. What a Persian author has written there has Persian letters, so a title or an author without any is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain

from lxml import etree

from retrieval.corpus.composing import Composition
from retrieval.corpus.office.archive import local_name
from retrieval.corpus.office.lines import LETTER
from retrieval.corpus.readers.datelines import MAX_HEAD, stated_day
from retrieval.corpus.readers.letterheads import fields_at_head, line_of

INVOCATIONS = (
    "بسمه تعالی", "باسمه تعالی", "به نام خدا", "بسم الله الرحمن الرحیم", "به نام خداوند جان و خرد", "هو الحق",
    "هوالعلیم", "به نام خداوند بخشنده مهربان",
)  # fmt: skip
"""What stands above many documents, and is the title of none."""

_OF_TEMPLATES = frozenset(("2013-12-23T23:15:00Z",))
"""The days of templates, which programs (python-docx) leave in what they make of them."""
_PERSIAN = re.compile(LETTER)


def said(root: etree._Element | None) -> dict[str, str]:
    """What the elements of a document's properties say, by their names; the first of a name counts."""
    found: dict[str, str] = {}
    for element in root.iter(etree.Element) if root is not None else ():
        words = " ".join((element.text or "").split())
        if words:
            found.setdefault(local_name(element), words)
    return found


def fields_of(
    properties: Mapping[str, str],
    own: Mapping[str, str],
    found: Composition,
    *dates: str,
    head: Iterable[str] = (),
) -> dict[str, object]:
    """The fields of an article.

    Args:
        properties: what the document says of itself, by the names of the Dublin Core.
        own: its visible title, author and date, as far as it has paragraphs with these styles.
        found: its text, of which the title is taken out.
        dates: the properties that may hold its day, the first to be preferred, if its head states none.
        head: other lines that may state its day than those that its text begins with.
    """
    for invocation in INVOCATIONS:
        found.drop_title(invocation)
    title = own.get("title") or in_persian(properties.get("title", ""))
    if title:
        found.drop_title(title)
    else:
        title = fields_at_head(found.text, found.blocks).get("title") or found.take_title()
    author = own.get("author") or in_persian(properties.get("creator", "") or properties.get("initial-creator", ""))
    made = next((day for name in dates if (day := properties.get(name, "")) and day not in _OF_TEMPLATES), "")
    lines = (line_of(found.text, block) for block in found.blocks[:MAX_HEAD])
    stated = stated_day(chain(filter(None, [own.get("date")]), head, lines))
    return {"title": title, "author": author, "date": stated or made}


def in_persian(words: str) -> str:
    """Words that have a Persian letter; "" for others."""
    return words if _PERSIAN.search(words) else ""
