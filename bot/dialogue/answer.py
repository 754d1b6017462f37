"""Hits → claims: verbatim quotations with numbered citations, or none where the hits are too unsure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from bot.dialogue.clauses import CONJUNCTIONS, Clause, clauses, terms_of, words_of
from bot.dialogue.listing import items
from retrieval import MAX_QUOTATIONS, Analyzer, Article, Form, Hit, Question, Span

MAX_SUGGESTIONS = 3
"""Headings of articles that are offered where there is no answer."""

SUFFICIENT_CONFIDENCE = 0.65
"""Claims are added until one of them holds the answer with this probability."""

MIN_ADDED_COVERAGE = 0.1
"""From then on, a claim must cover this share of the question's weight beyond the claims before it."""

MIN_CLAIM_CONFIDENCE = 0.05
"""A further claim that is less sure than this is not worth reading."""


class Status(Enum):
    """How a question ended."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    GREETING = "greeting"
    CLARIFY = "clarify"


class Verdict(Enum):
    """What a quotation says to a question that asks for yes or no."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a claim stands.

    Args:
        number: the number that `[n]` shows, from 1 on.
        article: the article that is quoted.
        start, end: the quotation's span in `article.text`; both 0 where the claim is from the article's front matter.
        context: the spans of what the quotation is read in: headings, a lead-in, a table's head.
        copies: the other articles of the same story that say it too, the newest first.
        found: where the sentence begins that was found, which may be quoted behind a neighbour; None for the start.
    """

    number: int
    article: Article
    start: int
    end: int
    context: tuple[tuple[int, int], ...] = ()
    copies: tuple[Article, ...] = ()
    found: int | None = None

    @property
    def place(self) -> int:
        """Where in the article's text the answer stands: what the next question may go on with."""
        return self.start if self.found is None else max(self.start, self.found)

    @property
    def quote(self) -> str:
        """The quotation, in the article's own characters; "" where the claim is from the front matter."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Claim:
    """A quotation that answers.

    Args:
        citation: where the quotation stands.
        items: the things that the quotation lists, each verbatim; from the front matter, the detail asked for.
        about: the side of a comparison that it tells of, in the words of the question; "" elsewhere.
    """

    citation: Citation
    items: tuple[str, ...] = ()
    about: str = ""

    @property
    def quote(self) -> str:
        """See `Citation.quote`."""
        return self.citation.quote

    @property
    def context(self) -> tuple[str, ...]:
        """What the quotation is read in, in the source's own characters."""
        return tuple(self.citation.article.text[start:end] for start, end in self.citation.context)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a message.

    Args:
        question: the message as it was typed, but printable.
        status: how it ended.
        claims: the quotations, best first; none unless the question is answered.
        confidence: 0 to 1, the probability that the claims hold the answer.
        message: a fixed sentence where there is no claim, or before the offers; else "".
        suggestions: headings of articles to ask about instead.
        missing: of a message that asks several things, the questions that were not answered.
        verdict: yes or no, where the quotation says so plainly.
        nearest: where nothing sure was found, the quotation that is likeliest to answer, if it is likely enough.
        meant: how the message was read, where it was taken to be mistyped or is in Latin letters; else "".
        offers: questions that may have been meant instead.
        in_part: whether a part of the articles could not be searched.
    """

    question: str
    status: Status
    claims: tuple[Claim, ...] = ()
    confidence: float = 0.0
    message: str = ""
    suggestions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    nearest: Claim | None = None
    verdict: Verdict | None = None
    meant: str = ""
    offers: tuple[str, ...] = ()
    in_part: bool = False

    @property
    def shown(self) -> Claim | None:
        """The first quotation that a reader sees: that of the answer, or the likeliest where it is not sure."""
        return self.claims[0] if self.claims else self.nearest


def compose(question: Question, hits: list[Hit], analyzer: Analyzer) -> tuple[Claim, ...]:
    """The claims that answer a question, best first.

    A further claim is taken where the claims before it are not sure enough, or where it covers more of the question. A
    list is answered by one claim.

    Args:
        question: the question, completed.
        hits: those of `Retriever.search` for it, best first.
        analyzer: text → terms.
    """
    claims: list[Claim] = []
    quoted: list[Hit] = []
    sure = 0.0

    def adds(hit: Hit) -> bool:
        covered = frozenset[str]().union(*(other.terms[1] for other in quoted))
        return question.coverage(covered | hit.terms[0]) - question.coverage(covered) >= MIN_ADDED_COVERAGE

    for hit in hits[:MAX_QUOTATIONS]:
        worthwhile = hit.confidence >= MIN_CLAIM_CONFIDENCE and (sure < SUFFICIENT_CONFIDENCE or adds(hit))
        if claims and not (worthwhile and _is_new(hit, claims)):
            continue
        claims.append(_claim(len(claims) + 1, question, hit, analyzer))
        sure = 1 - (1 - sure) * (1 - hit.confidence)
        quoted.append(hit)
        if claims[0].items:
            break
    return tuple(claims)


UNSURE = 0.12
"""The least confidence at which the likeliest quotation is shown for an answer that is not sure."""


def nearest(question: Question, hits: list[Hit], analyzer: Analyzer) -> Claim | None:
    """The quotation to show where no answer is sure; None where there is none."""
    return _claim(1, question, hits[0], analyzer) if hits else None


def renumbered(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Claims of several answers as those of one: numbered from 1, none of them twice."""
    different = {(claim.citation.article.id, claim.quote, claim.items): claim for claim in claims}.values()
    return tuple(
        replace(claim, citation=replace(claim.citation, number=number))
        for number, claim in enumerate(different, start=1)
    )


def _is_new(hit: Hit, claims: list[Claim]) -> bool:
    """Whether no claim quotes a part of the hit's sentence yet."""
    return all(
        claim.citation.article.id != hit.article.id
        or hit.sentence.end <= claim.citation.start
        or claim.citation.end <= hit.sentence.start
        for claim in claims
    )


def _claim(number: int, question: Question, hit: Hit, analyzer: Analyzer) -> Claim:
    """The claim of a hit: the clause that lists items where the question asks for some, else the hit's quotation."""
    text, sentence = hit.article.text, hit.sentence
    spans = hit.listed
    if spans and (hit.form is Form.LEAD_IN or (hit.form in (Form.ITEM, Form.PAIR) and _asks_for_all(question, hit))):
        start = sentence.start if hit.form is Form.LEAD_IN else spans[0][0]
        return Claim(cited(hit, number, (start, spans[-1][1])), tuple(text[start:end] for start, end in spans))
    if question.enumerates or question.selects:
        parts = clauses(words_of(text, sentence.start, sentence.end, analyzer))
        best = max(parts, key=lambda part: question.coverage(terms_of(part)), default=())
        listed = items(best, question)
        if listed:
            span = _opening(best), best[-1].end
            return Claim(cited(hit, number, span), tuple(text[start:end] for start, end in listed))
    return Claim(cited(hit, number))


def cited(hit: Hit, number: int = 1, span: Span | None = None) -> Citation:
    """The citation of a hit's quotation, or of another span of its article, with what stands above it."""
    start, end = span or hit.quotation
    context = tuple(above for above in hit.context if above[1] <= start)
    return Citation(number, hit.article, start, end, context, hit.copies, hit.sentence.start)


def _asks_for_all(question: Question, hit: Hit) -> bool:
    """Whether what names a list is asked for, and nothing that one of its items has alone."""
    named = hit.context_terms
    return question.coverage(named) >= question.coverage(named | hit.terms[0])


def _opening(clause: Clause) -> int:
    """The start of a clause without the conjunction that joins it to the clause before."""
    return next((word.start for word in clause if word.bare not in CONJUNCTIONS), clause[0].start)
