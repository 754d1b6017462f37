"""Hits → an answer: verbatim claims with numbered citations, or «not found». Pure: values in, values out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.dialogue.clauses import CONJUNCTIONS, Clause, clauses, terms_of, words_of
from bot.dialogue.listing import items
from retrieval import MOST_SHOWN, Analyzer, Article, Caution, Hit, Question, found

MAX_SUGGESTIONS = 3

SURE = 0.5
"""A first claim less sure than this is given with further ones: likelier than not, the answer is among them."""

ADDS = 0.1
"""The share of a question's weight that a further claim must cover beyond the claims before it."""

LEAST = 0.05
"""The confidence of a claim that is worth a reader's glance."""


class Status(Enum):
    """How a question ended."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    GREETING = "greeting"
    CLARIFY = "clarify"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a claim stands.

    Args:
        number: what `[n]` shows, from 1.
        article: the source.
        start, end: the quotation's span in `article.text`; both 0 where the claim is from the article's front matter.
    """

    number: int
    article: Article
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The source's own characters; empty where the claim is from the front matter."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Claim:
    """A quotation that answers.

    Args:
        citation: its source.
        items: what it lists in answer, each a verbatim piece of it; or, from the front matter, the detail asked for.
    """

    citation: Citation
    items: tuple[str, ...] = ()

    @property
    def quote(self) -> str:
        """See `Citation.quote`."""
        return self.citation.quote


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot has to say to a question.

    Args:
        question: as it was asked.
        status: how it ended.
        claims: the quotations, best first; none unless answered.
        confidence: 0 to 1, the probability that the claims hold the answer.
        message: a fixed sentence, for every status but answered.
        suggestions: headings of articles to ask about instead.
    """

    question: str
    status: Status
    claims: tuple[Claim, ...] = ()
    confidence: float = 0.0
    message: str = ""
    suggestions: tuple[str, ...] = ()


def compose(question: Question, hits: list[Hit], analyzer: Analyzer, caution: Caution) -> tuple[Claim, ...]:
    """The claims that answer `question`, the best first; () where it is too unsure that the hits do.

    Args:
        question: as `Retriever.read` returned it.
        hits: as `Retriever.search` returned them for it.
        analyzer: text → terms.
        caution: how sure an answer must be.
    """
    if found(hits) < caution.value:
        return ()
    claims: list[Claim] = []
    quoted: list[Hit] = []
    sure = 0.0

    def adds(hit: Hit) -> bool:
        covered = frozenset[str]().union(*(other.terms[1] for other in quoted))
        return question.coverage(covered | hit.terms[0]) - question.coverage(covered) >= ADDS

    for hit in hits[:MOST_SHOWN]:
        if claims and not (hit.confidence >= LEAST and (sure < SURE or adds(hit)) and _is_new(hit, claims)):
            continue
        claims.append(_claim(len(claims) + 1, question, hit, analyzer))
        sure = 1 - (1 - sure) * (1 - hit.confidence)
        quoted.append(hit)
        if claims[0].items:
            break
    return tuple(claims)


def _is_new(hit: Hit, claims: list[Claim]) -> bool:
    """Whether no claim quotes any of a hit's sentence yet."""
    return all(
        claim.citation.article.id != hit.article.id
        or hit.sentence.end <= claim.citation.start
        or claim.citation.end <= hit.sentence.start
        for claim in claims
    )


def _claim(number: int, question: Question, hit: Hit, analyzer: Analyzer) -> Claim:
    """The part of a sentence that answers, with the items it lists."""
    text, sentence = hit.article.text, hit.sentence
    if question.enumerates or question.selects:
        parts = clauses(words_of(text, sentence.start, sentence.end, analyzer))
        best = max(parts, key=lambda part: question.coverage(terms_of(part)), default=())
        listed = items(best, question)
        if listed:
            span = Citation(number, hit.article, _opening(best), best[-1].end)
            return Claim(span, tuple(text[start:end] for start, end in listed))
    return Claim(Citation(number, hit.article, *hit.quotation))


def _opening(clause: Clause) -> int:
    """Where a clause begins without the conjunction that joins it to the one before."""
    return next((word.start for word in clause if word.bare not in CONJUNCTIONS), clause[0].start)
