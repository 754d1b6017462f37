"""What a chat application shows, as texts with marks: answers, pages of further ones, passages, lists of articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from bot.dialogue.answer import Answer, Citation, Claim, cited
from bot.rendering import answer_text
from bot.rendering.answer_text import Layout, claims_text, copies_of, origin
from bot.rendering.cited_claims import claims_in_chat, source_name
from bot.rendering.markup import Mark, Rich, joined, marked, rich
from bot.rendering.messages import MAX_MESSAGE_UNITS, utf16_length
from bot.rendering.passages import fold, in_passage, passage_of
from bot.wording import texts
from bot.wording.dates import persian_digits
from retrieval import Article, Hit
from retrieval.text import for_message

MAX_FRAGMENT_LETTERS = 60
"""Code points of a quotation's opening that a link looks for in the page."""

MAX_COPIED_UNITS = 256
"""UTF-16 code units that a button can copy: https://core.telegram.org/bots/api#copytextbutton."""

_SLACK_UNITS = 100
"""Code units that are left for what parts the texts of a message, and for marks that turn its lines."""


class Reply(NamedTuple):
    """The reply to a question.

    Args:
        text: items, quotations, and the articles cited, each linked to the place of its quotation. Behind them stand
            the passages of the quotations, which are shown on demand, if there is room for them in the message.
        leaves_out: whether these passages are longer than the text shows.
        copied: what of it is worth to be copied: its first quotation with its source; "" where that is too long.
    """

    text: Rich
    leaves_out: bool
    copied: str


def reply(answer: Answer) -> Reply:
    """The reply to a question."""
    claims = answer.claims or ([answer.nearest] if answer.nearest else [])
    said, folded = answer_text.answer_text(answer, _LINKED), fold(claims)
    has_room = utf16_length(said.text) + utf16_length(folded.text.text) < MAX_MESSAGE_UNITS - _SLACK_UNITS
    text = joined("\n\n", [said, folded.text]) if folded.text and has_room else said
    return Reply(text, bool(folded.text) and not (has_room and folded.is_whole), _copied(answer))


def snippet(hit: Hit, number: int = 1) -> Rich:
    """A quotation with its source, as an inline result."""
    return claims_text([Claim(cited(hit, number))], _LINKED)


def further(hits: Sequence[Hit], first: int) -> Rich:
    """A page of further answers, numbered from `first` on. Of a long one the beginning may be shown alone."""
    numbered = (snippet(hit, number) for number, hit in enumerate(hits, start=first))
    snippets = (one.marked_as({Mark.QUOTATION: Mark.LONG_QUOTATION}) for one in numbered)
    return rich(marked(texts.FURTHER, Mark.BOLD), "\n", joined("\n\n", snippets))


def context(citation: Citation) -> Rich:
    """The passage that a citation is from, with the cited part of it marked."""
    passage = in_passage([citation], passage_of(citation))
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


def _copied(answer: Answer) -> str:
    citation = next((claim.citation for claim in answer.claims if claim.quote), None)
    if citation is None:
        return ""
    quoted, article = f"«{citation.quote}»", citation.article
    heading = " ".join(article.heading.split())
    named = f"{heading}{origin(replace(article, indexed=None))}"
    forms = (f"{quoted}\n{named}\n{article.url}".strip(), f"{quoted}\n{named}", f"{quoted}\n{heading}")
    return next((form for form in map(for_message, forms) if utf16_length(form) <= MAX_COPIED_UNITS), "")


def _source(citations: Sequence[Citation]) -> Rich:
    numbers = "، ".join(str(citation.number) for citation in citations)
    named = _named(citations[0].article, citations[0].quote, copies_of(citations))
    return marked(rich(texts.SOURCE.format(number=numbers), named), Mark.SOURCE, source_name(citations))


def _named(article: Article, quotation: str = "", copies: Iterable[Article] = ()) -> Rich:
    """An article's heading, linked where it has a web address, and its origin, on one line."""
    heading, address = " ".join(article.heading.split()), link(article.url, quotation)
    known = origin(article, copies).split()
    title = marked(heading, Mark.LINK, address) if address else marked(heading, Mark.ITALIC)
    return rich(title, *(f" {word}" for word in known))


_LINKED = Layout(claims_in_chat, _source)
