"""A judged question → its candidates with their features, once, so that weights are fitted to them many times."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval import ranking
from retrieval.evaluation.judged import Judged, Span, is_gold_sentence, quotes_answer
from retrieval.evaluation.runs import read
from retrieval.evidence import Evidence
from retrieval.features import matrix
from retrieval.questions import Question
from retrieval.quotation import quotation
from retrieval.retriever import Retriever
from retrieval.units import Floats, Integers


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked of a collection.

    Args:
        judged: the question.
        question: as it was read.
        retriever: over the collection.
        numbers: the candidates' sentence numbers.
        passages, missed: see `standings`.
        features: a row each.
        gold: which of them hold an answer.
        weight: how much it counts.
    """

    judged: Judged
    question: Question
    retriever: Retriever
    numbers: Integers
    passages: Integers
    missed: Floats
    features: Floats
    gold: NDArray[np.bool_]
    weight: float


def ask(retriever: Retriever, judged: Judged, weight: float = 1.0, without: Collection[str] = ()) -> Iterator[Asked]:
    """Ask a question, as if the articles `without` were not there; nothing where no term of it occurs."""
    question = read(retriever, judged)
    index = retriever.index
    passages = ranking.candidates(question, index)
    if without:
        gone = [place for place, article in enumerate(index.articles) if article.id in without]
        passages = passages[~np.isin(index.passage_articles[passages], gone)]
    if not len(passages):
        return
    evidence = Evidence(question, index, passages)
    rows = ranking.closest(evidence, ranking.CLOSE)
    numbers = evidence.numbers[rows]
    yield Asked(
        judged,
        question,
        retriever,
        numbers,
        evidence.rows_passage[rows],
        evidence.most_missed[rows],
        matrix(evidence, rows),
        np.array([is_gold_sentence(index.sentences[number], judged) for number in numbers.tolist()]),
        weight,
    )


def answers(asked: Asked, scores: Floats, *, alone: bool = False) -> bool:
    """Whether the quotation of the best candidate answers the question.

    Args:
        asked: the question.
        scores: its candidates'.
        alone: whether the sentence is quoted without its neighbours.
    """
    index, best = asked.retriever.index, int(scores.argmax())
    number = int(asked.numbers[best])
    sentence = index.sentences[number]
    if not any(passage.article == sentence.article.id for passage in asked.judged.passages):
        return False
    known = dict(zip(asked.numbers.tolist(), scores.tolist(), strict=True))
    beside = [] if alone else ranking.neighbours(index, number, known)
    span = quotation(sentence, beside, known[number], asked.question, asked.retriever.analyzer)
    return quotes_answer(Span(sentence.article.id, *span), asked.judged, {sentence.article.id: sentence.article.text})
