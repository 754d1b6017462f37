"""RSS and Atom feeds saved as files (`.xml`, `.rss`, `.atom`), and WordPress exports, which are RSS with more fields.

Most feeds tell the beginning of an article alone: the text is what they tell.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import cast

from lxml import etree

from retrieval.corpus.html import parsed
from retrieval.corpus.markup import composed
from retrieval.corpus.office.archive import local_name
from retrieval.corpus.readers import wordpress
from retrieval.corpus.readers.fields import MAX_TEXT, check_length, to_article
from retrieval.corpus.readers.record import FaultError, RawRecord, as_fault
from retrieval.corpus.xml import SAFE
from retrieval.types import Article

MAX_WITHOUT_TEXT = 100_000
"""Items that a feed may begin with and that have no text; with more of them the rest of it is not read."""
MAX_ITEMS = 20_000
"""Items of a feed that are read; an export of WordPress may have any number."""
MAX_ITEM = 40_000_000
"""Bytes of an item: the longest article takes no more, and the parser several times as many."""

_ROOTS = frozenset(("rss", "RDF", "feed"))
_CHANNELS = frozenset(("channel", "feed"))
_ITEMS = frozenset(("item", "entry"))
_NAMES = ("{*}item", "{*}entry", "{*}title", "{*}author")
_TEXTS = ("encoded", "content", "description", "summary")
"""The fields that may hold a text, the whole one first."""
_DATES = ("pubDate", "date", "published", "issued", "updated", "modified")
_OTHERS = ("{http://search.yahoo.com/mrss/}", "{http://www.itunes.com/")
"""Namespaces of what is told of pictures and sound."""
_EMAIL = re.compile(r"\S+@\S+")
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"(?:\A|>)[^<>]*?\w")
"""Finds a word outside of tags."""
_TAIL = re.compile(r"<p>\s*The post (?:(?!</p>).)*? appeared first on (?:(?!</p>).)*</p>\s*\Z", re.DOTALL)
"""What WordPress adds to the text of an item."""
_TAGLINE = re.compile(r"\s*[|؛]\s*|\s+[-–—]\s+|،\s+")
"""What stands between an outlet's name and what it says of itself."""


def records(name: str, content: bytes) -> Iterator[RawRecord]:
    """See `Reader.records`: a record's content is the fields of an item, in JSON; items without a text are none."""
    found = 0
    for number, (line, fields) in enumerate(items(content)):
        if not found and number > MAX_WITHOUT_TEXT:
            break
        if _WORD.search(fields.get("text", "")):
            found += 1
            told = {field: value[: MAX_TEXT + 1] for field, value in fields.items()}  # a longer one is refused
            yield RawRecord(name, line, json.dumps(told, ensure_ascii=False).encode())
    if not found:
        raise FaultError("none of its items has a text", "give a feed with texts, or the pages that it links")


def items(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """The line and the fields of each item of a feed, also of those without a text.

    Raises:
        FaultError: it is no feed, or has too many items.
    """
    feed = _Feed()
    for number, item in enumerate(feed.items(content)):
        is_exported = wordpress.is_exported(item)
        if number >= MAX_ITEMS and not is_exported:
            raise FaultError(f"it has more than {MAX_ITEMS:,} items; the others are not read", "split it")
        fields = wordpress.fields_of(item, feed.authors) if is_exported else _fields_of(item)
        yield cast(int | None, item.sourceline) or 1, {**fields, "source": feed.outlet}


def parse(record: RawRecord) -> Article:
    """See `Reader.parse`."""
    fields: dict[str, str] = json.loads(record.content)
    check_length(fields["text"], record.line)
    with as_fault("write the item anew", record.line):
        found = composed(parsed(without_tail(fields["text"])))
    return to_article(f"{record.name}#{fields['id'] or record.line}", found.text, fields, record.line, found.blocks)


def without_tail(text: str) -> str:
    """The text of an item without the line that WordPress adds."""
    return _TAIL.sub("", text)


class _Feed:
    """A feed while it is read: an item at a time, so that a large one takes no memory.

    Attributes:
        outlet: its name, without what it says of itself.
        authors: their names by what a WordPress export calls them in its items.
    """

    def __init__(self) -> None:
        self.outlet = ""
        self.authors: dict[str, str] = {}

    def items(self, content: bytes) -> Iterator[etree._Element]:
        """The items of a file, each emptied when the next is asked for.

        Raises:
            FaultError: it is no feed.
        """
        content = content.lstrip() if content[:1].isspace() else content
        if _has_long_item(content):
            raise FaultError(f"it has an item longer than {MAX_ITEM // 1_000_000} MB", "split it")
        first = next((element for _, element in _parsed(content, ("start",))), None)
        if first is None or local_name(first) not in _ROOTS:
            raise FaultError("it is neither a feed nor a WordPress export", "give a file of RSS or Atom")
        for _, element in _parsed(content, ("end",), _NAMES):
            yield from self._ended(element, local_name(element))

    def _ended(self, element: etree._Element, tag: str) -> Iterator[etree._Element]:
        """An element has been read: an item is given and forgotten, the outlet's and the authors' names are kept."""
        parent = element.getparent()
        if tag in _ITEMS:
            yield element
            _forget(element)
        elif tag == "title" and not self.outlet and parent is not None and local_name(parent) in _CHANNELS:
            self.outlet = _TAGLINE.split(line_of(element.text or ""))[0]
        elif tag == "author" and parent is not None and local_name(parent) in _CHANNELS:
            self.authors |= wordpress.author_of(element)
            _forget(element)


def _has_long_item(content: bytes) -> bool:
    """Whether an item is longer than `MAX_ITEM`; as many bytes at once are looked at."""
    at = 0
    while len(content) - at > MAX_ITEM:
        end = max(content.rfind(ending, at, at + MAX_ITEM) for ending in (b"item>", b"entry>"))
        if end < 0:
            return True
        at = end + 1
    return False


def _forget(element: etree._Element) -> None:
    """Give back the memory of an element and of what stands before it."""
    parent = element.getparent()
    element.clear()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _parsed(
    content: bytes, events: tuple[str, ...], names: tuple[str, ...] | None = None
) -> Iterator[tuple[str, etree._Element]]:
    """The elements of some names, or all, while a file is parsed: damage is passed over, no entity is followed.

    Raises:
        FaultError: it is not XML.
    """
    try:
        yield from etree.iterparse(
            BytesIO(content), events, tag=names, recover=True, huge_tree=True, remove_comments=True, remove_pis=True,
            encoding="utf-8" if _is_utf8(content) else None, **SAFE,
        )  # fmt: skip
    except etree.XMLSyntaxError as error:
        raise FaultError(f"it is not XML ({error.msg})", "give a file of RSS or Atom") from error


def _is_utf8(content: bytes) -> bool:
    """Whether a file is UTF-8, whatever it declares: no Persian text in another encoding looks like it by chance."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def line_of(text: str) -> str:
    """A field on one line, without the HTML that some feeds write in it."""
    return " ".join(_TAG.sub("", html.unescape(text)).split())


def _fields_of(item: etree._Element) -> dict[str, str]:
    """The fields of an item of a feed."""
    said: dict[str, str] = {}
    for child in item.iterchildren(etree.Element):
        if not child.tag.startswith(_OTHERS) and (content := _content(child)):
            said.setdefault(local_name(child), content)
    guid = said.get("guid") or said.get("id", "")
    url = said.get("link") or (guid if guid.startswith("http") else "")
    return {
        "id": (guid or url).strip(),
        "title": line_of(said.get("title", "")),
        "text": max((said.get(name, "") for name in _TEXTS), key=lambda text: len(_TAG.sub("", text))),
        "date": next((said[name] for name in _DATES if said.get(name, "").strip()), ""),
        "author": " ".join(_EMAIL.sub("", line_of(said.get("creator") or said.get("author", ""))).strip("() ").split()),
        "url": url.strip(),
    }


def _content(element: etree._Element) -> str:
    """What a field says: its text, its XHTML, the name in it or the address that it leads to."""
    if local_name(element) == "link":
        if element.get("rel", "alternate") != "alternate":
            return ""
        return element.get("href") or element.text or ""
    inner = list(element.iterchildren(etree.Element))
    if not inner:
        return wordpress.text_of(element)
    name = next((child.text for child in inner if local_name(child) == "name"), None)
    return name or "".join(etree.tostring(child, encoding="unicode") for child in inner)
