"""What a reader knows an article by: its headline and its lead; and its most central sentences, for a summary."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from retrieval import Article, Form, Line

MAX_HEADLINE = 120
"""Code points of a first line that is taken for the headline of an article without a title."""
MIN_LEAD = 25
"""Code points of a sentence that may be a lead."""
MAX_CENTRAL = 3
"""Sentences of a summary beside the lead."""

_ENDS = (".", "!", "؟", "?", "…", "»")


def headline(article: Article, lines: Sequence[Line]) -> str:
    """The title of an article; where it has none, its first line if that is no sentence, else its lead.

    Args:
        article: the article.
        lines: its sentences.
    """
    if article.title:
        return article.title
    first = article.text.strip().split("\n", 1)[0].strip()
    if first and len(first) <= MAX_HEADLINE and not first.endswith(_ENDS):
        return first
    found = lead(article, lines)
    return article.text[slice(*found.span)] if found else article.heading


def lead(article: Article, lines: Sequence[Line]) -> Line | None:
    """The first sentence that says something; None where an article has no line.

    Args:
        article: the article.
        lines: its sentences.
    """
    prose = (line for line in lines if line.form in (Form.SENTENCE, Form.LEAD_IN))
    said = (line for line in prose if is_said(article.text[slice(*line.span)]))
    return next(said, lines[0] if lines else None)


def is_said(text: str) -> bool:
    """Whether a line is a sentence that states something, and neither a headline nor a question."""
    text = text.rstrip()
    return len(text) >= MIN_LEAD and text.endswith(_ENDS) and not text.endswith(("؟", "?"))


def central(terms: Sequence[Sequence[str]], count: int) -> list[int]:
    """The places of the `count` sentences that share most with the others, in the order of the text.

    Each sentence is weighed by the terms that it shares with others, each by how many have it, over the root of its
    length: the degree centrality of Erkan and Radev, «LexRank» (2004), without the graph.

    Args:
        terms: of each sentence.
        count: how many sentences are wanted.
    """
    having = Counter(term for sentence in terms for term in set(sentence))
    weights = [sum(having[term] - 1 for term in set(sentence)) / math.sqrt(max(len(sentence), 1)) for sentence in terms]
    best = sorted(range(len(terms)), key=lambda place: (-weights[place], place))[:count]
    return sorted(best)
