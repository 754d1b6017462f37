"""The elements of a page that are its article: by where known systems put it, else by readability."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import NamedTuple

from lxml.etree import LxmlError
from lxml.html import HtmlElement
from readability import Document
from readability.readability import Unparseable

from retrieval.corpus.html import parsed
from retrieval.corpus.pages.containers import FIRST_GENERAL, is_beside
from retrieval.corpus.pages.metadata import is_article, is_home
from retrieval.corpus.pages.survey import Survey, line_of
from retrieval.corpus.readers.record import FaultError
from retrieval.text.orthography import bare

MIN_BODY, MIN_STATED = 100, 20
"""Code points outside of links that the element with an article's text has; and where the page says that it is one."""
MAX_CANDIDATES = 50
"""Elements with the same mark that are looked at."""
MAX_SEARCHED, MAX_SEARCHED_TAGS = 2_000_000, 100_000
"""Code points and tags of a page in which readability seeks an article: it takes some seconds, or 100 MB, for more."""
MAX_WORK = 5
"""How many times over the words of an article are counted in search of what is no part of it."""
MIN_SHARE = 0.15
"""The share of a page's prose that such an element holds; in one with less, a widget may have its name."""
MIN_FOUND = 1200
"""Code points of what is taken for an article where neither its place nor the page says that it is one."""
MAX_LINKED = 0.6
"""The share of an article's text that may be links."""
FEW_LINKED = 0.3
"""The share of links up to which a whole page may be an article."""
MAX_LINKS = 3
"""Links up to which a list of nothing else may belong to the article."""
MIN_LINE, MAX_AROUND = 20, 1.3
"""Code points of words by which the place of what readability found is known, and how many times its prose that place
may have."""
MIN_LEAD = 30
"""Code points of a lead."""
MAX_DATE_LINE = 80
"""Code points of an element with the date inside an article."""

logging.getLogger("readability.readability").disabled = True  # it logs the trace of what it raises

_WHITE = " \n\t\r\u00a0"
_LISTS = frozenset(("ul", "ol", "table"))
_FRAMES = frozenset(("header", "footer", "aside"))


class NoArticleError(FaultError):
    """A page that holds no article."""

    def __init__(self) -> None:
        reason = "it is a front page, a list of links or a page without an article"
        super().__init__(reason, "save the page of the article itself")


class MainText(NamedTuple):
    """The article of a page.

    Args:
        parts: its elements, in order: lead and body.
        without: elements in them that are no part of it.
    """

    parts: tuple[HtmlElement, ...]
    without: frozenset[HtmlElement]


def main_text(page: Survey, text: str, title: str) -> MainText:
    """The elements of a page that are its article.

    Args:
        page: what it has.
        text: its HTML.
        title: the article's.

    Raises:
        FaultError: it has none.
    """
    whole = _Amount.of(page.root)
    body = _by_place(page, whole)
    if body is None:
        body = _found(page, text, whole)
    amount = _Amount.of(body)
    if amount.linked > MAX_LINKED * (amount.linked + amount.prose):
        raise NoArticleError
    parts = (*_lead(page, body), body)
    dated = (*page.dates[:MAX_CANDIDATES], *page.times)
    dates = {element for element in dated if len(element.text_content()) <= MAX_DATE_LINE}
    titles = {heading for heading in page.headings[:MAX_CANDIDATES] if bare(line_of(heading)) == bare(title)}
    return MainText(parts, frozenset(titles | dates | set(_beside(body, amount))))


class _Amount(NamedTuple):
    """Code points of an element: of words outside of links, and of links."""

    prose: int
    linked: int

    @classmethod
    def of(cls, element: HtmlElement) -> _Amount:
        linked = sum(_length(link) for link in element.iter("a"))
        unseen = sum(_length(script) for script in element.iter("script", "style", "noscript", "option"))
        return cls(_length(element) - linked - unseen, linked)


def _length(element: HtmlElement) -> int:
    """The words of an element without the white space between them."""
    text: str = element.text_content()
    return len(text) - sum(map(text.count, _WHITE))


def _by_place(page: Survey, whole: _Amount) -> HtmlElement | None:
    """The element that is known to hold an article's text; None where there is none.

    Raises:
        NoArticleError: several hold one each.
    """
    are_several = False
    for rank in sorted(page.bodies):
        amounts = [(_Amount.of(element), element) for element in page.bodies[rank][:MAX_CANDIDATES]]
        most, body = max(amounts, key=lambda one: one[0].prose)
        beside = [amount.prose for amount, element in amounts if body not in (element, *element.iterancestors())]
        is_general = rank >= FIRST_GENERAL
        is_one = not beside if is_general else most.prose > sum(beside)
        are_several |= not is_one and not is_general and sum(beside) >= MIN_BODY
        is_sure = rank == 0 or (is_article(page) and not is_general)
        least = MIN_STATED if is_sure else max(MIN_BODY, MIN_SHARE * whole.prose)
        if is_one and most.prose >= least:
            return body
    if are_several and not is_article(page):
        raise NoArticleError
    return None


def _found(page: Survey, text: str, whole: _Amount) -> HtmlElement:
    """The element that readability takes for the article, or a page that is hardly more.

    Raises:
        FaultError: it is none.
    """
    if len(text) > MAX_SEARCHED or text.count("<") > MAX_SEARCHED_TAGS:
        raise NoArticleError
    is_open = whole.linked <= FEW_LINKED * (whole.linked + whole.prose) and not is_home(page)
    try:
        body = parsed(Document(text).summary(html_partial=True))
    except (ValueError, Unparseable, LxmlError) as error:
        raise NoArticleError from error
    amount = _Amount.of(body)
    if is_open and 2 * amount.prose < whole.prose:
        return page.root.body if page.root.body is not None else page.root
    if amount.prose >= (MIN_BODY if is_article(page) or is_open else MIN_FOUND):
        return _around(page.root, body, amount)
    raise NoArticleError


def _around(root: HtmlElement, body: HtmlElement, amount: _Amount) -> HtmlElement:
    """The element of a page that has what readability found, with the headings that it drops; else what it found."""
    found = {line for line in map(_own_words, body.iter()) if len(line) >= MIN_LINE}
    holding = [element for element in root.iter() if _own_words(element) in found]
    if not holding:
        return body
    shared = set(holding[0].iterancestors()).intersection(*(one.iterancestors() for one in holding[1:]))
    whole = next((above for above in holding[0].iterancestors() if above in shared), None)
    if whole is None:
        return body
    inner = _Amount.of(whole)
    is_little_more = inner.prose <= MAX_AROUND * amount.prose and inner.linked <= FEW_LINKED * inner.prose
    return whole if is_little_more else body


def _own_words(element: HtmlElement) -> str:
    """The words that stand in an element itself, up to the first element in it."""
    return " ".join((element.text or "").split()) if isinstance(element.tag, str) else ""


def _lead(page: Survey, body: HtmlElement) -> tuple[HtmlElement, ...]:
    """The lead above an article, where its text does not have it."""
    leads = set(page.leads[:MAX_CANDIDATES])
    if not leads:
        return ()
    said, around = bare(body.text_content()), set(body.iterancestors())
    for element in page.root.iter():
        if element is body:
            break
        if element in leads and element not in around and element.find(".//a") is None:
            line = bare(line_of(element))
            if len(line) >= MIN_LEAD and line not in said:
                return (element,)
    return ()


def _beside(body: HtmlElement, amount: _Amount) -> Iterator[HtmlElement]:
    """Elements in an article that are no part of it: they are named so, frame it, or lead to others."""
    work = MAX_WORK * (amount.prose + amount.linked)
    for element in body.iterdescendants():
        is_list = element.tag in _LISTS
        if not (is_list or element.tag in _FRAMES or is_beside(element)):
            continue
        inner = _Amount.of(element)
        words = inner.prose + inner.linked
        work -= words
        if work < 0:
            return
        if not is_list:
            if 2 * inner.prose <= amount.prose:
                yield element
        elif inner.linked > (1 - MIN_SHARE) * words and len(element.findall(".//a")) > MAX_LINKS:
            yield element
