"""A topic → the articles that speak of it, each judged as a whole: its title and all of its passages together."""

from __future__ import annotations

import numpy as np

from retrieval.engines.base import K1, B
from retrieval.index.reader import IndexReader
from retrieval.query.question import Question
from retrieval.ranking.evidence import Evidence
from retrieval.ranking.hits import ArticleHit
from retrieval.types import Form

PASSAGES_OF_A_TOPIC = 128
"""Passages that are read for a topic. An article is judged by those of its passages that are among them."""


def rank_articles(question: Question, index: IndexReader, k: int, having: Form | None = None) -> list[ArticleHit]:
    """The `k` best articles, best first, ties in the order of their numbers; [] where no term of the question occurs.

    The score is BM25 over the passages of an article taken as one document, with its title once for each passage as
    the index counts it.

    Args:
        question: what names the topic.
        index: of what.
        k: how many articles at the most.
        having: where no article that has passages of the topic has sentences of this form, none is read; None where
            that does not matter.
    """
    _, passages = index.nominate(question.query, (0, PASSAGES_OF_A_TOPIC))
    found = [candidate.document for candidate in passages]
    if not found or k <= 0 or (having is not None and not index.has_form(found, having)):
        return []
    evidence = Evidence(question, index, sorted(found))
    # Passages and articles are numbered in the same order.
    articles, firsts = np.unique(evidence.block.articles, return_index=True)
    of_passages, passage_lengths = evidence.passage_counts()
    counts, lengths = np.add.reduceat(of_passages, firsts), np.add.reduceat(passage_lengths, firsts)
    mean = index.totals.passage_terms / max(index.totals.articles, 1) or 1.0
    norm = K1 * (1 - B + B * lengths / mean)
    impacts = (K1 + 1) * counts / (counts + norm[:, None]) * evidence.codes.idf_in_passages
    held = evidence.codes.groups.best(np.minimum(counts, 1.0))
    scores = evidence.codes.groups.best(impacts) @ np.array([group.weight for group in question.query])
    covered = evidence.coverage(held)
    best = np.lexsort((articles, -scores))[:k]
    lost = index.expect(articles[best].tolist())
    return [
        ArticleHit(index.article(number), float(scores[row]), float(covered[row]))
        for row, number in zip(best.tolist(), articles[best].tolist(), strict=True)
        if number not in lost
    ]
