"""Candidates → ranked hits: the sentences of the likeliest passages, ordered by a weighed sum of features."""

from __future__ import annotations

import numpy as np

from retrieval.evidence import Evidence
from retrieval.features import ALL_NAMES, matrix
from retrieval.index import Index
from retrieval.questions import Question
from retrieval.quotation import quotation
from retrieval.terms import Analyzer
from retrieval.types import Hit
from retrieval.units import Floats, Integers
from retrieval.weights import Weights

SENTENCES, PASSAGES, CLOSE = 40, 20, 24
"""How many sentences and passages make their passages candidates; how many sentences of these are looked at closely."""

PASSAGE_WEIGHT = 1.2
"""A passage's score joins its sentences' scores in choosing those: few sentences repeat the topic."""


def rank(question: Question, index: Index, weights: Weights, analyzer: Analyzer, k: int) -> list[Hit]:
    """The `k` best hits, best first, ties in the order of the corpus; [] where no term of the question occurs."""
    evidence = gather(question, index)
    if evidence is None or k <= 0:
        return []
    rows = closest(evidence, max(k, CLOSE))
    features = matrix(evidence, rows)
    scores = features @ weights.ranking
    known = dict(zip(evidence.numbers[rows].tolist(), scores.tolist(), strict=True))
    return [
        _hit(evidence, int(rows[place]), features[place] * weights.ranking, known, analyzer)
        for place in np.lexsort((rows, -scores))[:k]
    ]


def gather(question: Question, index: Index) -> Evidence | None:
    """The evidence of the candidate passages; None where no term of the question occurs."""
    sentences = [found.document for found in index.sentence_engine.search(question.query, SENTENCES)]
    passages = [found.document for found in index.passage_engine.search(question.query, PASSAGES)]
    chosen = np.unique(np.concatenate([index.passage_numbers[sentences], np.array(passages, dtype=np.int64)]))
    return Evidence(question, index, chosen.astype(np.int64)) if len(chosen) else None


def closest(evidence: Evidence, most: int) -> Integers:
    """The rows worth a closer look: the best `most` by the sum of both levels' BM25 scores, in order of rows."""
    scores = evidence.sentence_scores + PASSAGE_WEIGHT * evidence.passage_scores[evidence.rows_passage]
    return np.sort(np.argsort(-scores, kind="stable")[:most])


def _hit(evidence: Evidence, row: int, shares: Floats, scores: dict[int, float], analyzer: Analyzer) -> Hit:
    """A hit with what a reader is shown of it.

    Args:
        evidence: where it stands.
        row: which sentence it is.
        shares: what each feature adds to its score.
        scores: the scores of it and others, by sentence number.
        analyzer: text → terms.
    """
    index, number = evidence.index, int(evidence.numbers[row])
    first, following = index.passage_bounds(number)
    beside = [other for other in (number - 1, number + 1) if first <= other < following]
    sentence = index.sentences[number]
    neighbours = [(index.sentences[other], scores[other]) for other in beside if other in scores]
    coverage = float(evidence.coverage(evidence.in_passage[evidence.rows_passage[row]]))
    return Hit(
        sentence,
        scores[number],
        coverage,
        quotation=quotation(sentence, neighbours, scores[number], evidence.question, analyzer),
        confidence=coverage,
        shares={name: share for name, share in zip(ALL_NAMES, shares.tolist(), strict=True) if share},
        before=index.sentences[number - 1] if number > first else None,
        after=index.sentences[number + 1] if number + 1 < following else None,
    )
