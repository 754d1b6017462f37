"""Candidates → ranked hits: a sentence's own evidence, its passage's, the order of its words, what it offers."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nsmallest
from itertools import pairwise

from retrieval.answer_types import offers
from retrieval.index import Index
from retrieval.questions import Question
from retrieval.terms import Analyzer
from retrieval.types import Hit

Pairs = frozenset[tuple[str, str]]

SENTENCES, PASSAGES, CLOSE = 500, 50, 50
"""How many sentences and passages become candidates, and how many of the best of them are looked at word by word."""

PASSAGE_WEIGHT = 1.2
"""A passage's score, its article's title included, joins its sentences' scores: few sentences repeat the topic."""

ORDER_WEIGHT = 0.15
"""Of the idf of two terms that follow each other in question and sentence alike."""

OFFER_WEIGHT = 0.3
"""Of the question's idf, for a sentence that offers the kind of answer sought."""


def rank(question: Question, index: Index, analyzer: Analyzer, k: int) -> list[Hit]:
    """The `k` best hits, best first, ties in the order of the corpus; [] where no term of the question occurs.

    The weights were chosen on the judged questions (`make evaluate`).
    """
    best = nsmallest(max(k, CLOSE), _candidates(question, index), key=lambda found: (-found[1], found[0]))
    pairs = question.pairs
    closer = [
        (score + _closeness(question, pairs, index, index.sentences[number].text, analyzer), number)
        for number, score in best
    ]
    closer.sort(key=lambda found: (-found[0], found[1]))
    return [_hit(question, index, number, score, analyzer) for score, number in closer[: max(k, 0)]]


def _candidates(question: Question, index: Index) -> Iterator[tuple[int, float]]:
    """Sentence numbers with the sum of both levels' BM25 scores."""
    numbers = {candidate.document for candidate in index.sentence_engine.search(question.query, SENTENCES)}
    passages = dict(index.passage_engine.search(question.query, PASSAGES))
    for passage in passages:
        numbers.update(range(index.passage_starts[passage], index.passage_starts[passage + 1]))
    ordered = sorted(numbers)
    own = index.sentence_engine.scores(question.query, ordered)
    around = index.passage_engine.scores(question.query, [index.passage_numbers[number] for number in ordered])
    return (
        (number, score + PASSAGE_WEIGHT * passage) for number, score, passage in zip(ordered, own, around, strict=True)
    )


def _closeness(question: Question, pairs: Pairs, index: Index, text: str, analyzer: Analyzer) -> float:
    """What a sentence's order of words and its fitness as an answer add to its score."""
    idf = index.sentence_engine.idf
    shared = pairs.intersection(pairwise(analyzer.terms(text)))
    order = ORDER_WEIGHT * sum(idf(first) + idf(second) for first, second in shared)
    return order + OFFER_WEIGHT * sum(question.weights) * offers(question.seeks, text, question.words, analyzer)


def _hit(question: Question, index: Index, number: int, score: float, analyzer: Analyzer) -> Hit:
    sentence = index.sentences[number]
    first, following = index.passage_bounds(number)
    coverage = question.coverage(analyzer.terms(sentence.article.title) + analyzer.terms(sentence.passage.text))
    return Hit(
        sentence,
        score,
        coverage,
        quotation=(sentence.start, sentence.end),
        confidence=coverage,
        shares={"evidence": score},
        before=index.sentences[number - 1] if number > first else None,
        after=index.sentences[number + 1] if number + 1 < following else None,
    )
