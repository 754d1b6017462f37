"""Books (`.epub`): a chapter is an article, whose outlet is the book."""

from __future__ import annotations

import json
from collections.abc import Iterator

from lxml.html import HtmlElement

from retrieval.corpus.markup import NOTE, composed
from retrieval.corpus.office.archive import Archive, page_of
from retrieval.corpus.office.book import book_of
from retrieval.corpus.readers.fields import to_article
from retrieval.corpus.readers.record import FaultError, RawRecord
from retrieval.types import Article

_TYPE = "{http://www.idpf.org/2007/ops}type"
_NOTES = frozenset(("footnote", "endnote", "rearnote", "note"))


def records(name: str, content: bytes) -> Iterator[RawRecord]:
    """See `Reader.records`: a record's content is the pages of a chapter and its fields, in JSON."""
    archive = Archive(content, "Calibre")
    book = book_of(archive)
    found = 0
    for number, chapter in enumerate(book.chapters, start=1):
        pages = [archive.text(page) for file in chapter.files if (page := archive.read(file)) is not None]
        if not any(map(_has_words, pages)):
            continue
        found += 1
        fields = {
            "id": chapter.files[0],
            "title": chapter.title,
            "source": book.title,
            "author": book.author,
            "date": book.date,
            "pages": pages,
        }
        yield RawRecord(name, number, json.dumps(fields, ensure_ascii=False).encode())
    if not found:
        raise FaultError("it has no text, but pictures alone", "give a book with text")


def parse(record: RawRecord) -> Article:
    """See `Reader.parse`."""
    fields = json.loads(record.content)
    pages = [page_of(page) for page in fields.pop("pages")]
    for page in pages:
        _mark_notes(page)
    found = composed(*pages, without=frozenset(calls for page in pages for calls in _calls(page)))
    found.drop_title(fields["source"])
    fields["title"] = found.take_title() or fields["title"]
    return to_article(f"{record.name}#{fields['id']}", found.text, fields, record.line, found.blocks)


def _has_words(text: str) -> bool:
    """Whether a page has more words than headings; one that cannot be parsed counts, so that its fault is told."""
    try:
        page = page_of(text)
    except FaultError:
        return True
    body = page.find("body")
    words = sum(map(_length, page if body is None else [body]))
    return words > sum(_length(heading) for level in range(1, 7) for heading in page.iter(f"h{level}"))


def _length(element: HtmlElement) -> int:
    return sum(map(str.isalnum, element.text_content()))


def _mark_notes(page: HtmlElement) -> None:
    """Give footnotes the class that they are read by."""
    for element in page.iter("aside"):
        if (element.get(_TYPE) or element.get("role", "").removeprefix("doc-")) in _NOTES:
            element.set("class", NOTE)


def _calls(page: HtmlElement) -> Iterator[HtmlElement]:
    """What calls a note in the midst of a text."""
    for link in page.iter("a"):
        outer = link.getparent()
        if link.get(_TYPE) == "noteref" or link.get("role") == "doc-noteref":
            yield link
        elif outer is not None and outer.tag == "sup" and (link.get("href") or "").startswith("#"):
            yield outer
