"""An answer → a text with marks: its claims, then the articles that they cite; or its message, and what to ask about.

Front ends differ in how they part two claims and name an article. A `Layout` says that; all else stands here once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.dialogue.answer import Answer, Citation, Claim, Verdict
from bot.rendering.markup import Mark, Rich, joined, marked, rich
from bot.wording import texts
from bot.wording.dates import jalali, moment, persian_digits
from retrieval import Article


@dataclass(frozen=True, slots=True)
class Layout:
    """How a front end lays an answer out.

    Args:
        claims: from claims to what they say.
        source: from citations of one article to the line, or lines, that name it.
    """

    claims: Callable[[Sequence[Claim]], Rich]
    source: Callable[[Sequence[Citation]], Rich | str]


_VERDICTS = {Verdict.YES: texts.YES, Verdict.NO: texts.NO}


def answer_text(answer: Answer, layout: Layout) -> Rich:
    """The reply to a question, with how it was read and what else may have been meant."""
    before = [texts.MEANT.format(meant=answer.meant)] if answer.meant else []
    numbered = [f"{persian_digits(number)}. {offer}" for number, offer in enumerate(answer.offers, start=1)]
    introduced = [answer.message or texts.OR_THIS] if answer.claims else [texts.OR_THIS] if answer.nearest else []
    behind = ["\n".join([*introduced, *numbered])] if numbered else []
    in_part = [texts.IN_PART] if answer.in_part else []
    return joined("\n\n", [*before, _told(answer, layout), *behind, *in_part])


def _told(answer: Answer, layout: Layout) -> Rich:
    """What is told to the question as it was read."""
    if answer.claims:
        unanswered = [texts.MISSING.format(question=question) for question in answer.missing]
        said = [] if answer.verdict is None else [_VERDICTS[answer.verdict]]
        return joined("\n\n", [*said, claims_text(answer.claims, layout), *unanswered])
    if answer.nearest:
        return joined("\n\n", [answer.message, claims_text([answer.nearest], layout)])
    introduced = texts.SUGGESTIONS if answer.suggestions and answer.message != texts.WHICH_ARTICLE else ""
    listed = [f"• {heading}" for heading in answer.suggestions]
    return Rich("\n".join(filter(None, [answer.message, introduced, *listed])))


def claims_text(claims: Sequence[Claim], layout: Layout) -> Rich:
    """Claims, and behind them each article that they cite, in the order of the first citations."""
    sources = map(layout.source, by_article(claims).values())
    return joined("\n\n", [layout.claims(claims), joined("\n", sources)])


def by_article(claims: Iterable[Claim]) -> dict[str, list[Citation]]:
    """The citations of each article, by its id, in the order of the first ones."""
    found: dict[str, list[Citation]] = {}
    for claim in claims:
        found.setdefault(claim.citation.article.id, []).append(claim.citation)
    return found


def origin(article: Article, copies: Iterable[Article] = ()) -> str:
    """Outlet, reporter, Jalali date, whether it is a PDF, who else has it, when the index took it in: what is known.

    It begins with what parts it from the heading before it.

    Args:
        article: what is cited.
        copies: the other articles that have what is cited.
    """
    date = jalali(article.date) if article.date else ""
    form = texts.FROM_PDF if article.is_from_pdf else ""
    known = "، ".join(filter(None, (article.source, article.author, date, form, _others(article, copies))))
    fresh = texts.INDEXED.format(time=moment(article.indexed)) if article.indexed else ""
    return f"{known and f' — {known}'}{fresh and f' {fresh}'}"


def copies_of(citations: Iterable[Citation]) -> tuple[Article, ...]:
    """The articles that have what one of some citations quotes, each once."""
    return tuple({copy.id: copy for citation in citations for copy in citation.copies}.values())


def _others(article: Article, copies: Iterable[Article]) -> str:
    """How many other outlets have an article's story, or copies where no outlet is named; "" where none has."""
    sources = [copy.source for copy in copies]
    if outlets := set(sources) - {article.source, ""}:
        return texts.OTHER_OUTLETS.format(count=persian_digits(len(outlets)))
    unnamed = sources.count("")
    return texts.OTHER_COPIES.format(count=persian_digits(unnamed)) if unnamed else ""


def claim_text(claim: Claim, number: Rich) -> Rich:
    """A claim: its quotation, below the items that are listed in it.

    Args:
        claim: what is said.
        number: the number of its citation, as it is shown.
    """
    if not claim.quote:
        return rich("، ".join(claim.items), " ", number)
    quoted = marked(quotation(claim.quote, number), Mark.QUOTATION)
    text = claim.citation.article.text
    if claim.items and all(item in text and item not in claim.quote for item in claim.items):
        further = joined("\n\n", (quotation(item, number) for item in claim.items))  # sentences of a summary
        return rich(quoted, "\n\n", marked(further, Mark.QUOTATION))
    return rich(marked("".join(f"• {item}\n" for item in claim.items), Mark.BOLD), quoted)


def quotation(words: str, number: Rich) -> Rich:
    """Words of an article, between quotation marks, and the number of their citation."""
    return rich(f"«{words}» ", number)
