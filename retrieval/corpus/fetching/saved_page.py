"""What a server or a feed gave → an HTML file of the corpus, and the article that its reader finds in it.

What no reader looks at is taken out: a page is mostly scripts. What a page does not tell, and the feed that lists it
does, is written into its head.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from lxml import etree
from lxml.html import HtmlElement, tostring

from retrieval.corpus.fetching.web import Reply
from retrieval.corpus.html import parsed
from retrieval.corpus.pages.decoding import decoded
from retrieval.corpus.readers.feeds import without_tail
from retrieval.corpus.readers.html import parse
from retrieval.corpus.readers.record import FaultError, RawRecord, as_fault
from retrieval.system import replace_file
from retrieval.text.safe import for_message
from retrieval.types import Article

FOLDER = "fetched"
"""The folder within the corpus that fetched articles are written into."""
MAX_NAME = 40
"""Letters of an address that are taken into the name of a file."""

_KINDS = frozenset(("", "text/html", "application/xhtml+xml", "text/plain", "application/octet-stream"))
"""The kinds of content that may be a page; "" is one that is not told."""
_UNREAD = ("style", "svg", "iframe", "noscript", "template", "object", "canvas", "video", "audio", "script", "link")
_SAFE = "%/:?#[]@!$&'()*+,;=~"
"""What stays as it is in an address, beside letters and digits."""
_REMEDY = "list the page of an article"
_NOT_NAMED = re.compile(r"[^\w.-]+")
_TOLD = {"title": "og:title", "date": "article:published_time", "source": "og:site_name", "author": "author"}
"""The field of an article → the `<meta>` that tells it."""


class SavedPage(NamedTuple):
    """A page as it is stored.

    Args:
        name: of the file, its path within the corpus.
        content: of the file.
        article: what is read in it.
    """

    name: str
    content: bytes
    article: Article


def name_of(url: str) -> str:
    """The path within the corpus of the file for an address: host, the end of its path, and a digest of all of it."""
    parts = urlsplit(url)
    last = PurePosixPath(unquote(parts.path)).stem
    words = _NOT_NAMED.sub("-", last).strip("-.")[:MAX_NAME]
    digest = blake2b(url.encode(), digest_size=6).hexdigest()
    host = _NOT_NAMED.sub("-", parts.hostname or "").strip("-.")
    return f"{FOLDER}/{host}/{'-'.join(filter(None, (words, digest)))}.html"


def of_reply(name: str, reply: Reply, told: Mapping[str, str]) -> SavedPage:
    """The page that a server gave.

    Args:
        name: of its file.
        reply: the server's.
        told: the fields of the article that a feed tells.

    Raises:
        FaultError: it is no page, or has no article.
    """
    if reply.kind not in _KINDS:
        raise FaultError(f"it is no web page ({reply.kind})", _REMEDY)
    with as_fault(_REMEDY):
        root = parsed(decoded(reply.content, reply.charset).text)
    page = _saved(name, root, reply.url)
    missing = {key: value for key, value in told.items() if not getattr(page.article, key, None)}
    return _saved(name, _with_told(root, missing), reply.url) if missing.keys() & _TOLD.keys() else page


def of_item(name: str, item: Mapping[str, str]) -> SavedPage:
    """A page of what a feed itself tells of an article.

    Args:
        name: of its file.
        item: its fields; `text` is HTML, which may be empty.

    Raises:
        FaultError: it has no text.
    """
    with as_fault(_REMEDY):
        root = parsed(without_tail(item.get("text", "")))
    if root.body is None:
        raise FaultError("it has no text", _REMEDY)
    root.body.set("itemprop", "articleBody")
    return _saved(name, _with_told(root, item), item["url"])


def told_before(corpus: Path, name: str) -> dict[str, str]:
    """What the file of a page tells of its article; nothing where there is none.

    Some of it a feed may have told, in another round than the one in which the page itself is asked for.

    Args:
        corpus: the folder.
        name: of the file, its path within the corpus.
    """
    try:
        there = parse(RawRecord(name, 1, (corpus / name).read_bytes()))
    except (OSError, FaultError):
        return {}
    return {field: str(value) for field in _TOLD if (value := getattr(there, field))}


def write(corpus: Path, page: SavedPage, *, replaces_longer: bool = True) -> bool:
    """Write a page into the corpus folder, whole or not at all, if its article is another one than is there.

    Args:
        corpus: the folder.
        page: what to write.
        replaces_longer: whether it may take the place of an article with a longer text.

    Returns:
        Whether it was written.

    Raises:
        OSError: it cannot be written.
    """
    file = corpus / page.name
    try:
        there = parse(RawRecord(page.name, 1, file.read_bytes()))
    except (FileNotFoundError, FaultError):
        there = None
    if there and (there == page.article or (not replaces_longer and len(there.text) > len(page.article.text))):
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_file(file, page.content)
    return True


def _strip(root: HtmlElement) -> None:
    """Take out what no reader looks at."""
    canonical = ""
    for element in list(root.iter(*_UNREAD)):
        if element.tag == "link" and (element.get("rel") or "").lower() == "canonical":
            canonical = element.get("href") or ""
        if "ld+json" not in (element.get("type") or "") and element.getparent() is not None:
            element.drop_tree()
    if canonical:  # lxml writes the letters of a link in another way, and those of a `<meta>` as they are
        _head(root).insert(0, _meta("og:url", canonical))
    for element in root.iter("img", "source"):
        for key in ("src", "srcset"):
            if (element.get(key) or "").lstrip().startswith("data:"):
                del element.attrib[key]


def _with_told(root: HtmlElement, fields: Mapping[str, str]) -> HtmlElement:
    """A page with fields in its head; those that it has already are trusted before them."""
    _head(root).extend(_meta(meta, fields[key]) for key, meta in _TOLD.items() if fields.get(key))
    return root


def _head(root: HtmlElement) -> HtmlElement:
    head = root.find("head")
    if head is None:
        head = etree.Element("head")
        root.insert(0, head)
    return head


def _meta(name: str, content: str) -> etree._Element:
    return etree.Element("meta", {"property": name, "content": " ".join(for_message(content).split())})


def _saved(name: str, root: HtmlElement, url: str) -> SavedPage:
    """Elements as a file, with the comment by which browsers tell where a page was saved from.

    Raises:
        FaultError: they hold no article.
    """
    _strip(root)
    address = quote(url, safe=_SAFE).replace("--", "-%2D")  # two hyphens would end the comment
    page = (
        f"<!DOCTYPE html>\n<!-- saved from url=({len(address):04}){address} -->\n{tostring(root, encoding='unicode')}\n"
    )
    content = page.encode("utf-8", "replace")
    return SavedPage(name, content, parse(RawRecord(name, 1, content)))
