"""An answer → a text with marks, as Telegram shows it: quotations, lists of items, numbered and linked sources."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from urllib.parse import quote, urlsplit

from bot import texts
from bot.dates import persian_digits
from bot.dialogue.answer import Answer, Citation, Claim
from bot.rendering.markup import Piece, Rich, rich
from bot.rendering.plain import origin
from retrieval import Article, Hit

FRAGMENT = 60
"""Code points of a quotation's opening that a link looks for in the page."""


def answer_text(answer: Answer) -> Rich:
    """The reply to a question."""
    if not answer.claims:
        introduced = texts.SUGGESTIONS if answer.suggestions and answer.message != texts.WHICH_ARTICLE else ""
        listed = [f"• {heading}" for heading in answer.suggestions]
        return rich("\n".join(filter(None, [answer.message, introduced, *listed])))
    pieces = [piece for claim in answer.claims for piece in _claim(claim)]
    return rich(*pieces, *_sources([claim.citation for claim in answer.claims]))


def snippet(hit: Hit) -> Rich:
    """A sentence with its source, as an inline result or a further answer."""
    start, end = hit.quotation
    citation = Citation(1, hit.article, start, end)
    return rich(*_claim(Claim(citation)), *_sources([citation]))


def further(hits: Sequence[Hit], first: int) -> Rich:
    """A page of further answers, numbered from `first` on."""
    citations = [Citation(first + place, hit.article, *hit.quotation) for place, hit in enumerate(hits)]
    pieces: list[Piece | str] = [Piece(texts.FURTHER, ("b",)), "\n"]
    for citation in citations:
        pieces += [*_claim(Claim(citation)), *_sources([citation]), "\n\n"]
    return rich(*pieces)


def context(citation: Citation, start: int, end: int) -> Rich:
    """The passage `article.text[start:end]` with the cited part of it marked."""
    text = citation.article.text
    quoted = ("blockquote",)
    return rich(
        Piece(text[start : citation.start], quoted),
        Piece(text[citation.start : citation.end], (*quoted, "b")),
        Piece(text[citation.end : end], quoted),
        "\n",
        *_sources([citation]),
    )


def listing(articles: Sequence[Article], first: int) -> Rich:
    """A page of articles with their dates, numbered from `first` on."""
    lines: list[Piece | str] = []
    for number, article in enumerate(articles, start=first):
        lines += [f"{persian_digits(number)}. ", _title(article, ""), _origin(article), "\n"]
    return rich(*lines)


def link(url: str, quotation: str) -> str:
    """An article's address, opened at the quotation by browsers that know text fragments; "" for no web address.

    The fragment is that of the WICG's «URL Fragment Text Directives»: `#:~:text=` and the words to look for, in which
    `-` has a meaning of its own.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.netloc or any(letter.isspace() for letter in url):
        return ""
    words = quotation.split("\n", maxsplit=1)[0].split()
    while len(words) > 1 and len(" ".join(words)) > FRAGMENT:
        words.pop()
    text = quote(" ".join(words)[:FRAGMENT], safe="", errors="replace").replace("-", "%2D")
    return f"{url}{'' if parts.fragment else '#'}:~:text={text}" if text else url


def _claim(claim: Claim) -> list[Piece | str]:
    number = f"[{claim.citation.number}]"
    if not claim.quote:
        return [f"{'، '.join(claim.items)} {number}\n"]
    items: list[Piece | str] = [Piece(f"• {item}\n", ("b",)) for item in claim.items]
    return [*items, Piece(f"«{claim.quote}» {number}", ("blockquote",)), "\n"]


def _sources(citations: Sequence[Citation]) -> list[Piece | str]:
    """A line for each source, with the numbers of all claims that cite it."""
    lines: list[Piece | str] = []
    by_article = sorted(citations, key=lambda citation: citation.article.id)
    groups = [list(group) for _, group in groupby(by_article, key=lambda citation: citation.article.id)]
    for group in sorted(groups, key=lambda group: group[0].number):
        first = group[0]
        numbers = "، ".join(str(citation.number) for citation in group)
        quotation = first.article.text[first.start : first.end]
        lines += ["\n", texts.SOURCE.format(number=numbers), _title(first.article, quotation), _origin(first.article)]
    return lines


def _title(article: Article, quotation: str) -> Piece:
    address = link(article.url, quotation)
    heading = " ".join(article.heading.split())
    return Piece(heading, ("a",), address) if address else Piece(heading, ("i",))


def _origin(article: Article) -> str:
    return f" — {' '.join(known.split())}" if (known := origin(article)) else ""
