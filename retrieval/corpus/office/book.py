"""What an EPUB book says of itself: its fields, and its chapters in order (EPUB 2.0.1 and 3.3)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote, urldefrag

from lxml import etree

from retrieval.corpus.office.archive import Archive, attribute, child, local_name

_CONTAINER = "META-INF/container.xml"
_PAGES = frozenset(("application/xhtml+xml", "text/html", "application/x-dtbook+xml"))
_NCX = "application/x-dtbncx+xml"


class Chapter(NamedTuple):
    """A chapter of a book.

    Args:
        title: as the table of contents calls it; "" where it does not.
        files: the names of its pages.
    """

    title: str
    files: tuple[str, ...]


class Book(NamedTuple):
    """A book.

    Args:
        title, author, date: its own.
        chapters: in order.
    """

    title: str
    author: str
    date: str
    chapters: tuple[Chapter, ...]


class _File(NamedTuple):
    """A file that a book names: its name in the archive, what it is, and what it is for."""

    name: str
    kind: str
    uses: str


def book_of(archive: Archive) -> Book:
    """The book in an archive.

    Raises:
        FaultError: there is none.
    """
    container = archive.xml(_CONTAINER)
    rootfile = next(container.iter("{*}rootfile"), None) if container is not None else None
    place = attribute(rootfile, "full-path") if rootfile is not None else ""
    package = archive.xml(place)
    if package is None:
        raise archive.damaged("it has no book in it")
    files = _manifest(package, place)
    metadata = child(package, "metadata")
    said = [(local_name(one), one) for one in (metadata if metadata is not None else ())]
    dates = sorted((one for name, one in said if name == "date"), key=lambda one: attribute(one, "event") != "")
    return Book(
        next((_line(one) for name, one in said if name == "title" and _line(one)), ""),
        "، ".join(dict.fromkeys(_line(one) for name, one in said if name == "creator" and _line(one))),
        next((_line(date) for date in dates), ""),
        tuple(_chapters(_read(package, files), _contents(archive, files))),
    )


def _line(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _manifest(package: etree._Element, place: str) -> dict[str, _File]:
    """The files of a book by their ids."""
    items = child(package, "manifest")
    return {
        attribute(item, "id"): _File(
            _named(place, attribute(item, "href"))[0], attribute(item, "media-type"), attribute(item, "properties")
        )
        for item in (items if items is not None else ())
    }


def _named(place: str, href: str) -> tuple[str, str]:
    """The name in the archive of a file that another one refers to, and the place in it."""
    path, fragment = urldefrag(href)
    return posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(path))), fragment


def _read(package: etree._Element, files: dict[str, _File]) -> Iterator[str]:
    """The names of the pages in the order of reading, without tables of contents and what stands beside the text."""
    spine = child(package, "spine")
    seen = set()
    for reference in spine if spine is not None else ():
        file = files.get(attribute(reference, "idref"))
        if file and file.kind in _PAGES and file.name not in seen:
            seen.add(file.name)
            if attribute(reference, "linear") != "no" and "nav" not in file.uses.split():
                yield file.name


def _contents(archive: Archive, files: dict[str, _File]) -> dict[str, str]:
    """The titles that the table of contents gives to files."""
    titles: dict[str, str] = {}
    for file in files.values():
        if file.kind == _NCX and (root := archive.xml(file.name)) is not None:
            entries = (
                (attribute(target, "src"), _line(label))
                for point in root.iter("{*}navPoint")
                if (target := child(point, "content")) is not None and (label := child(point, "navLabel")) is not None
            )
        elif "nav" in file.uses.split() and (content := archive.read(file.name)) is not None:
            entries = ((attribute(link, "href"), _line(link)) for link in archive.page(content).iter("a"))
        else:
            continue
        for href, title in entries:
            titles.setdefault(_named(file.name, href)[0], title)
    return titles


def _chapters(pages: Iterator[str], titles: dict[str, str]) -> Iterator[Chapter]:
    """Pages as chapters: one that the table of contents does not name goes on with the chapter before it."""
    open_chapter = Chapter("", ())
    for page in pages:
        if page in titles or not open_chapter.title:
            if open_chapter.files:
                yield open_chapter
            open_chapter = Chapter(titles.get(page, ""), (page,))
        else:
            open_chapter = open_chapter._replace(files=(*open_chapter.files, page))
    if open_chapter.files:
        yield open_chapter
