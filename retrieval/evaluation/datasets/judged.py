"""Judged questions: what was asked, and which spans of which articles answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from retrieval.errors import CorpusError
from retrieval.types import Article, Sentence

NAME_A_FILE = "name a file of judged questions"
"""The remedy where one cannot be read."""

MAX_CLAIM_LENGTH = 300
"""Code points of a first claim, at most, for A@1: what a reader takes in at a glance."""


class Span(NamedTuple):
    """The span `text[start:end]` of an article's text, in code points.

    Args:
        article: the article's id.
        start, end: where the span begins and ends.
    """

    article: str
    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether `other` lies inside."""
        return self.article == other.article and self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Judged:
    """A question and what is known to answer it.

    Args:
        id: unique in its collection.
        question: as it was asked.
        source: the name of the judged file, under which its figures are reported.
        passages: the gold passages; for a question without an answer the one that it was asked about, if any.
        answers: the gold answers; empty for a question without an answer, and where only passages were judged.
        answerable: whether the collection answers it.
        after: the question asked before it, or "".
    """

    id: str
    question: str
    source: str
    passages: tuple[Span, ...] = ()
    answers: tuple[Span, ...] = ()
    answerable: bool = True
    after: str = ""

    @property
    def article(self) -> str:
        """The id of the article that was asked about, or "". Cross-validation keeps its questions together."""
        return self.passages[0].article if self.passages else ""


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles and judged questions on them.

    Args:
        articles: what is searched.
        questions: in the order of their files.
        problems: questions that were left out, and why.
    """

    articles: tuple[Article, ...]
    questions: tuple[Judged, ...]
    problems: tuple[CorpusError, ...] = ()

    @property
    def texts(self) -> dict[str, str]:
        """Article id → text."""
        return {article.id: article.text for article in self.articles}


def is_gold_sentence(sentence: Sentence, judged: Judged) -> bool:
    """Whether the sentence holds the start of a gold answer."""
    return any(
        answer.article == sentence.article.id and sentence.start <= answer.start < sentence.end
        for answer in judged.answers
    )


def quotes_answer(quotation: Span, judged: Judged, texts: Mapping[str, str]) -> bool:
    """Whether a quotation is right for A@1: it is short enough, inside a gold passage, and contains a gold answer.

    Args:
        quotation: the first claim's span.
        judged: the question.
        texts: article id → text.
    """
    if quotation.end - quotation.start > MAX_CLAIM_LENGTH:
        return False
    quote = texts[quotation.article][quotation.start : quotation.end]
    return any(
        texts[answer.article][answer.start : answer.end] in quote
        for passage in judged.passages
        if passage.covers(quotation)
        for answer in judged.answers
        if passage.covers(answer)
    )
