"""Title, date, outlet, author and address of the article of a page, each by the order in which pages are to be trusted.

A page has each of them several times: the moment of download and today's date look like the day of publication, the
outlet's name stands at either end of a title, and an archive's address before the page's own.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from retrieval.corpus.pages.survey import MAX_ELEMENTS, Survey, line_of, lines_of
from retrieval.corpus.readers.dates import day_in, day_of
from retrieval.text.orthography import bare

MAX_BEGINNING = 1_000_000
"""Code points of a page, scripts included, in which a line with the date is sought."""
MAX_OUTLET = 100
"""Code points of an outlet's name at an end of a title."""

_ARCHIVE = re.compile(r"https?://(?:web\.archive\.org/web/\d+\w*/|archive\.\w+/\d+/)(?=http)")
_PARTS = re.compile(r"\s+[|\-–—:»«•·]\s+|\s*[|»«]\s*|(?<=\w)\s*[-–—](?=پایگاه|خبرگزاری|روزنامه)")
_QUOTED = re.compile("«[^«»]*»")
"""Finds words between quotation marks, which part nothing."""
_OUTLET = re.compile(
    r"(?:خبرگزاری|پایگاه (?:خبری|اطلاع|مجلات)|روزنامه|هفته\u200c?نامه|ماهنامه|فصلنامه|مجله|نشریه|وب[\u200c ]?سایت"
    r"|سایت (?:خبری|رسمی)|شبکه خبر|صفحه (?:اصلی|نخست))(?![\w\u200c])"
    r"|[a-z0-9_.-]+\.(?:ir|com|org|net|news|press)$"
    r"|[a-z0-9_ .'-]*\b(?:news|agency|online|magazine|press)\b[a-z0-9_ .'-]*$",
    re.IGNORECASE,
)
"""How the name of an outlet begins, or is a whole in Latin letters."""
_ISSUE = re.compile(
    r"^.*?(?P<outlet>(?:روزنامه|هفته\u200c?نامه|ماهنامه|مجله|نشریه) [^:|(]{2,40}?)\s*\(?\d+/\d+/\d+\)?\s*:\s*"
)
_LABELLED = re.compile(
    r"(?:(?:تاریخ|زمان)\s*(?:انتشار|درج|خبر|مخابره|ارسال|تصویب)|منتشر شده در|مصوب|تاریخ\s*:)\s*:?\s*(.{6,60})"
)
_WORD_BEFORE, _WORD_BEHIND = re.compile(r"\w $"), re.compile(r" \w")
_IN_ADDRESS = re.compile(r"/(\d{4}/\d{1,2}/\d{1,2})(?:/|$)")
_HOME = re.compile(r"/?(?:fa|home|index\.\w+|default\.\w+)?/?")


def title_of(page: Survey, outlet: str) -> str:
    """The title without the outlet's name."""
    headings = list(lines_of(page.headings))
    candidates = (
        *page.meta("citation_title"),
        *(str(said) for said in page.said("headline")),
        *page.meta("og:title", "headline", "dc.title", "twitter:title"),
        *(heading for heading in headings if _goes_on(page.title, heading)),
        page.title,
        *headings,
    )
    known = {bare(heading) for heading in headings}
    for candidate in candidates:
        if title := _without_outlet(" ".join(candidate.split()), outlet, known):
            return title
    return ""


def _goes_on(title: str, heading: str) -> bool:
    """Whether a page's title is a heading, such as a law's name, with words before or behind it and no mark between."""
    before, _, behind = title.partition(heading)
    goes_on = (not before or _WORD_BEFORE.search(before)) and (not behind or _WORD_BEHIND.match(behind))
    return bool(goes_on and (before or behind)) and before != title and not _OUTLET.match(heading)


def _without_outlet(title: str, outlet: str, headings: Iterable[str]) -> str:
    """A title without the outlet's name at its ends; "" where it is nothing else.

    Args:
        title: on one line.
        outlet: its name, if it is known.
        headings: those of the page, bare: what is one of them is no outlet.
    """
    title = _ISSUE.sub("", title)
    if bare(title) in headings and bare(title) != bare(outlet):
        return title
    marks = list(_PARTS.finditer(_QUOTED.sub(lambda quoted: "x" * len(quoted[0]), title)))
    starts = [0, *(match.end() for match in marks)]
    ends = [*(match.start() for match in marks), len(title)]
    parts = [title[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    if named := next((part for part in parts if bare(part) in headings and not _is_outlet(part, outlet)), ""):
        return named
    first, last = 0, len(parts) - 1
    while first < last and _is_outlet(parts[first], outlet):
        first += 1
    while first < last and _is_outlet(parts[last], outlet):
        last -= 1
    rest = title[starts[first] : ends[last]].strip()
    return "" if bare(rest) == bare(outlet) else rest


def _is_outlet(part: str, outlet: str) -> bool:
    """Whether a part of a title names the outlet, and not what the article is about."""
    if len(part) > MAX_OUTLET:
        return False
    name = bare(part)
    return not name or (len(name) > 2 and name in bare(outlet)) or _OUTLET.match(part) is not None


def date_of(page: Survey, title: str) -> datetime.date | None:
    """The day of publication, never that of a change, of the download or of the page's header."""
    stated = (
        *page.said("datePublished"),
        *page.meta("article:published_time", "og:article:published_time", "datepublished", "nastooh:publishdate"),
        *page.meta(
            "citation_date", "citation_publication_date", "dc.date", "dc.date.issued", "dcterms.date", "pubdate"
        ),
        *page.meta("publish-date", "publish_date", "publishdate", "dc.date.created", "dcterms.created"),
        *(_stated(element) for element in page.dates[:MAX_ELEMENTS]),
    )
    for value in stated:
        if day := day_of(value):
            return day
    labelled = (match[1] for match in islice(_LABELLED.finditer(_beginning(page)), MAX_ELEMENTS))
    times = (_stated(element) for element in page.times[:MAX_ELEMENTS])
    lines = (*labelled, *times, title, page.title, *_address_dates(page))
    return next((day for line in lines if (day := day_in(line))), None)


def _beginning(page: Survey) -> str:
    """The words with which a page begins, on one line."""
    pieces: list[str] = []
    length = 0
    for piece in page.root.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > MAX_BEGINNING:
            break
    return " ".join(" ".join(pieces).split())


def _stated(element: HtmlElement) -> str:
    """What an element says of the date, to programs or to readers."""
    return element.get("content") or element.get("datetime") or line_of(element)


def _address_dates(page: Survey) -> Iterator[str]:
    return (match[1] for address in _addresses(page) for match in _IN_ADDRESS.finditer(address))


def source_of(page: Survey) -> str:
    """The outlet's name."""
    names = (
        *page.meta("og:site_name", "citation_journal_title"),
        *(name for said in page.said("publisher") for name in _names(said)),
        *page.meta("dc.publisher", "publisher", "application-name"),
        *(match["outlet"] for match in _ISSUE.finditer(page.title)),
    )
    return next((name for name in names if name), "")


def author_of(page: Survey, source: str) -> str:
    """The authors, without an outlet that calls itself one."""
    stated = (
        [name for said in page.said("author") for name in _names(said)],
        list(page.meta("citation_author")),
        list(page.meta("article:author", "dc.creator", "author")),
    )
    known = {bare(source), *map(bare, page.meta("dc.publisher", "publisher"))}
    for names in stated:
        people = [name for name in names if bare(name) not in known and not _OUTLET.match(name) and "://" not in name]
        if people:
            return "، ".join(dict.fromkeys(people))
    return ""


def _names(said: object) -> Iterator[str]:
    """The names in a value of JSON-LD: a text, an object, or a list of them."""
    for one in said if isinstance(said, list) else [said]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip():
            yield " ".join(name.split())


def url_of(page: Survey, saved_from: str) -> str:
    """The address that the page itself names, else where it was saved from."""
    return next(_addresses(page), "") or _of_web(saved_from)


def _addresses(page: Survey) -> Iterator[str]:
    stated = (page.canonical, *page.meta("og:url", "citation_html_url", "citation_abstract_html_url", "dc.identifier"))
    return filter(None, map(_of_web, stated))


def _of_web(address: str) -> str:
    """An address of the web without that of an archive before it; "" for any other."""
    address = _ARCHIVE.sub("", address.strip())
    try:
        return address if urlsplit(address).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def is_home(page: Survey) -> bool:
    """Whether the page says that it is a site's first one."""
    address = next(_addresses(page), "")
    return bool(address) and not urlsplit(address).query and _HOME.fullmatch(urlsplit(address).path) is not None


def is_article(page: Survey) -> bool:
    """Whether the page says that it is an article."""
    types = (*page.meta("og:type"), *page.meta("nastooh:pagetype"))
    return (
        bool(page.articles)
        or "citation_title" in page.metas
        or any(kind.lower().startswith(("article", "news")) for kind in types)
    )
