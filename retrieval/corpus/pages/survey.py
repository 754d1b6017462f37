"""One walk over the elements of a page, which finds all that tells of its article."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from retrieval.corpus.pages.containers import BODIES, DATES, LEADS, marks_of

MAX_META = 2000
"""Code points of the content of a `<meta>` that are looked at."""
MAX_LINE = 400
"""Code points of a title, a lead or a date."""
MAX_ELEMENTS = 50
"""Elements that are looked at for one of them."""

_ARTICLES = frozenset(
    "Article NewsArticle ReportageNewsArticle BlogPosting AnalysisNewsArticle OpinionNewsArticle TechArticle"
    " ScholarlyArticle Report SocialMediaPosting LiveBlogPosting AdvertiserContentArticle".split()
)

_Fields = dict[str, object]


@dataclass(slots=True)
class Survey:
    """What a page has.

    Args:
        root: its elements.
        metas: the contents of `<meta>` elements, by property or name in small letters.
        articles: what JSON-LD says of articles.
        bodies: by rank, the elements that may hold an article's text.
        leads, headings: elements with an article's lead, and `<h1>`s.
        dates, times: elements with the date of publication, and `<time>`s that may have it.
        title: the `<title>`.
        canonical: the address in `<link rel="canonical">`.
    """

    root: HtmlElement
    metas: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    articles: list[_Fields] = field(default_factory=list)
    bodies: dict[int, list[HtmlElement]] = field(default_factory=lambda: defaultdict(list))
    leads: list[HtmlElement] = field(default_factory=list)
    headings: list[HtmlElement] = field(default_factory=list)
    dates: list[HtmlElement] = field(default_factory=list)
    times: list[HtmlElement] = field(default_factory=list)
    title: str = ""
    canonical: str = ""

    def meta(self, *names: str) -> Iterator[str]:
        """The contents of `<meta>` elements by the first name, then by the next, and so on; none is blank."""
        for name in names:
            yield from self.metas.get(name, ())

    def said(self, key: str) -> Iterator[object]:
        """What JSON-LD says of the article under a key."""
        for article in self.articles:
            if value := article.get(key):
                yield value


def survey(root: HtmlElement) -> Survey:
    """What a page has."""
    found = Survey(root)
    for element in root.iter():
        tag = element.tag
        if tag == "meta":
            _add_meta(found, element)
        elif tag == "link":
            if (element.get("rel") or "").lower() == "canonical":
                found.canonical = (element.get("href") or "").strip()
        elif tag == "script":
            if "ld+json" in (element.get("type") or ""):
                found.articles += _articles(element.text or "")
        elif tag == "title":
            found.title = found.title or line_of(element)
        else:
            _add(found, element)
    return found


def _add_meta(found: Survey, element: HtmlElement) -> None:
    content = " ".join((element.get("content") or "")[:MAX_META].split())
    if content:
        for key in ("property", "name", "itemprop"):
            if name := element.get(key):
                found.metas[name.strip().lower()].append(content)


def _add(found: Survey, element: HtmlElement) -> None:
    if element.tag == "h1":
        found.headings.append(element)
    elif element.tag == "time" and len(found.times) < MAX_ELEMENTS and _is_in_article(element):
        found.times.append(element)
    for mark in marks_of(element):
        if mark in BODIES:
            found.bodies[BODIES[mark]].append(element)
        elif mark in LEADS:
            found.leads.append(element)
        elif mark in DATES:
            found.dates.append(element)


def _is_in_article(element: HtmlElement) -> bool:
    """Whether a time is that of an article: outside of one it is today's."""
    return next(element.iterancestors("article", "main"), None) is not None


def lines_of(elements: list[HtmlElement]) -> Iterator[str]:
    """The words of the first elements, each on one line, that have some and not too many."""
    return filter(None, map(line_of, elements[:MAX_ELEMENTS]))


def line_of(element: HtmlElement) -> str:
    """The words of an element on one line; "" where they are too many for a line."""
    line = " ".join(element.text_content().split())
    return line if len(line) <= MAX_LINE else ""


def _articles(text: str) -> list[_Fields]:
    """The articles that a script of JSON-LD tells of: its own objects, and those of its graph."""
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return []
    rows = data if isinstance(data, list) else [data]
    rows += [inner for row in rows if isinstance(row, dict) and isinstance(inner := row.get("@graph"), list)]
    flat = [one for row in rows for one in (row if isinstance(row, list) else [row])]
    return [one for one in flat if isinstance(one, dict) and not _ARTICLES.isdisjoint(_types(one))]


def _types(row: _Fields) -> list[str]:
    types = row.get("@type")
    return [str(one) for one in types] if isinstance(types, list) else [str(types)]
