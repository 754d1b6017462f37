"""What a chat application shows, as texts with marks: answers, pages of further ones, passages, lists of articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlsplit

from bot import texts
from bot.dates import persian_digits
from bot.dialogue.answer import Answer, Citation, Claim
from bot.rendering import answer_text
from bot.rendering.answer_text import Layout, claims_text, copies_of, origin
from bot.rendering.markup import Mark, Rich, joined, marked, rich
from retrieval import Article, Hit

MAX_FRAGMENT_LETTERS = 60
"""Code points of a quotation's opening that a link looks for in the page."""


def reply(answer: Answer) -> Rich:
    """The reply to a question: items, quotations, and the articles cited, each linked to the place of its quotation."""
    return answer_text.answer_text(answer, _LINKED)


def snippet(hit: Hit, number: int = 1) -> Rich:
    """A quotation with its source, as an inline result or a further answer."""
    return claims_text([Claim(Citation(number, hit.article, *hit.quotation, copies=hit.copies))], _LINKED)


def further(hits: Sequence[Hit], first: int) -> Rich:
    """A page of further answers, numbered from `first` on."""
    snippets = (snippet(hit, number) for number, hit in enumerate(hits, start=first))
    return rich(marked(texts.FURTHER, Mark.BOLD), "\n", joined("\n\n", snippets))


def context(citation: Citation, start: int, end: int) -> Rich:
    """The passage `article.text[start:end]` with the cited part of it marked."""
    text = citation.article.text
    cited = marked(text[citation.start : citation.end], Mark.BOLD)
    passage = rich(text[start : citation.start], cited, text[citation.end : end])
    return joined("\n\n", [marked(passage, Mark.QUOTATION), _source([citation])])


def listing(articles: Sequence[Article], first: int) -> Rich:
    """A page of articles with their origins, numbered from `first` on."""
    numbered = enumerate(articles, start=first)
    return joined("\n", (rich(f"{persian_digits(number)}. ", _named(article)) for number, article in numbered))


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
    while len(words) > 1 and len(" ".join(words)) > MAX_FRAGMENT_LETTERS:
        words.pop()
    text = quote(" ".join(words)[:MAX_FRAGMENT_LETTERS], safe="", errors="replace").replace("-", "%2D")
    return f"{url}{'' if parts.fragment else '#'}:~:text={text}" if text else url


def _source(citations: Sequence[Citation]) -> Rich:
    numbers = "، ".join(str(citation.number) for citation in citations)
    return rich(
        texts.SOURCE.format(number=numbers), _named(citations[0].article, citations[0].quote, copies_of(citations))
    )


def _named(article: Article, quotation: str = "", copies: Iterable[Article] = ()) -> Rich:
    """An article's heading, linked where it has a web address, and its origin, on one line."""
    heading, address = " ".join(article.heading.split()), link(article.url, quotation)
    known = " ".join(origin(article, copies).split())
    title = marked(heading, Mark.LINK, address) if address else marked(heading, Mark.ITALIC)
    return rich(title, f" — {known}" if known else "")


_LINKED = Layout("\n", _source)
