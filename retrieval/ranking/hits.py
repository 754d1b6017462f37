"""What is found for a question: sentences and articles, each with how well it fits. All are immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from retrieval.types import Article, Form, Sentence, Span


class Excerpt(Protocol):
    """What a reader is shown of a hit, worked out when it is asked for: articles have to be read for it."""

    @property
    def sentence(self) -> Sentence:
        """What was found."""

    @property
    def beside(self) -> tuple[Sentence | None, Sentence | None]:
        """The sentences before and behind it in its passage."""

    @property
    def quotation(self) -> tuple[int, int]:
        """The span of its article's text to quote: the sentence, with a neighbour where it needs one, or a part."""

    @property
    def terms(self) -> tuple[frozenset[str], frozenset[str]]:
        """The question's terms that the sentence has, and those that its passage has."""

    @property
    def form(self) -> Form:
        """What the sentence is."""

    @property
    def context(self) -> tuple[Span, ...]:
        """The spans of what names its passage: headings, a lead-in, a table's head row."""

    @property
    def context_terms(self) -> frozenset[str]:
        """The question's terms in the article's title and in the context."""

    @property
    def listed(self) -> tuple[Span, ...]:
        """The spans of the items that the sentence leads in or stands among; () where it is no part of a list."""

    @property
    def copies(self) -> tuple[Article, ...]:
        """The other articles of the same story that have the sentence too, the newest first."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence found for a question.

    Args:
        number: the sentence's in the index.
        score: the ranking's score; comparable within one question only.
        coverage: the share (0 to 1) of the question's weight that sentence, passage and title cover together.
        confidence: the probability (0 to 1) that the quotation answers the question.
        excerpt: what is shown of it.
        shares: what each feature adds to the score, by the feature's name; only where an explanation was asked for.
    """

    number: int
    score: float
    coverage: float
    confidence: float
    excerpt: Excerpt = field(repr=False, compare=False)
    shares: Mapping[str, float] = field(default_factory=dict)

    @property
    def sentence(self) -> Sentence:
        """What was found."""
        return self.excerpt.sentence

    @property
    def article(self) -> Article:
        """The article that the sentence stands in."""
        return self.sentence.article

    @property
    def before(self) -> Sentence | None:
        """The sentence before it in its passage."""
        return self.excerpt.beside[0]

    @property
    def after(self) -> Sentence | None:
        """The sentence behind it in its passage."""
        return self.excerpt.beside[1]

    @property
    def quotation(self) -> tuple[int, int]:
        """The span of `article.text` to quote."""
        return self.excerpt.quotation

    @property
    def terms(self) -> tuple[frozenset[str], frozenset[str]]:
        """The question's terms that the sentence has, and those that its passage has."""
        return self.excerpt.terms

    @property
    def context(self) -> tuple[Span, ...]:
        """The spans of `article.text` that name what the sentence stands in: headings, a lead-in, a table's head."""
        return self.excerpt.context

    @property
    def listed(self) -> tuple[Span, ...]:
        """The spans of the list that the sentence leads in or belongs to; () where there is none."""
        return self.excerpt.listed

    @property
    def copies(self) -> tuple[Article, ...]:
        """The other articles of the same story that have the sentence too, the newest first."""
        return self.excerpt.copies

    @property
    def form(self) -> Form:
        """What the sentence is."""
        return self.excerpt.form

    @property
    def context_terms(self) -> frozenset[str]:
        """The question's terms in the article's title and in the context."""
        return self.excerpt.context_terms


class ArticleHit(NamedTuple):
    """An article found for a topic.

    Args:
        article: what was found.
        score: comparable within one topic only.
        coverage: the share (0 to 1) of the topic's weight that its title and text cover together.
    """

    article: Article
    score: float
    coverage: float
