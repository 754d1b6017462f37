"""A judged question → its candidates with their features. Made once; weights are fitted to them many times."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.engines import Candidate
from retrieval.evaluation.datasets.judged import Judged, Span, is_gold_sentence, quotes_answer
from retrieval.evaluation.measuring.runs import question_of
from retrieval.index.reader import IndexReader
from retrieval.query.question import Question
from retrieval.ranking.candidates import CLOSELY_COMPARED, closest, nominated, worthwhile
from retrieval.ranking.evidence import Evidence
from retrieval.ranking.features import matrix
from retrieval.ranking.quotation import quotation
from retrieval.ranking.sentence_view import SentenceView
from retrieval.retriever import Retriever
from retrieval.system.arrays import Floats, Integers
from retrieval.types import Sentence


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked of a collection.

    Args:
        judged: the question.
        question: as the product reads it.
        retriever: the product over the collection.
        sentences: the candidates.
        rows: for each candidate its row in the evidence; neighbours in a passage have neighbouring rows.
        passages: for each candidate its passage.
        features: candidates × `FEATURES`.
        gold: for each candidate whether it holds an answer.
        weight: how much the question counts.
    """

    judged: Judged
    question: Question
    retriever: Retriever
    sentences: tuple[Sentence, ...]
    rows: Integers
    passages: Integers
    features: Floats
    gold: NDArray[np.bool_]
    weight: float


def candidates_of(
    retriever: Retriever, judged: Judged, weight: float = 1.0, without: Collection[str] = ()
) -> Iterator[Asked]:
    """Ask a question of a collection; yields nothing if none of its terms occurs.

    Args:
        retriever: the product over the collection.
        judged: the question.
        weight: how much it counts.
        without: the ids of articles that are passed over, as if they were not there.
    """
    question = question_of(retriever, judged)
    index = retriever.index
    levels = nominated(question, index)
    if without:
        levels = [_outside(level, index, without) for level in levels]
    found = worthwhile(levels)
    if not found:
        return
    evidence = Evidence(question, index, found)
    rows = closest(evidence, CLOSELY_COMPARED)
    sentences = tuple(map(evidence.sentence, rows.tolist()))
    yield Asked(
        judged,
        question,
        retriever,
        sentences,
        rows,
        evidence.passages.of[rows],
        matrix(SentenceView(evidence, rows)),
        np.array([is_gold_sentence(sentence, judged) for sentence in sentences]),
        weight,
    )


def _outside(level: Sequence[Candidate], index: IndexReader, articles: Collection[str]) -> list[Candidate]:
    """The candidates of a level that are in none of some articles."""
    documents = sorted(found.document for found in level)
    if not documents:
        return []
    block = index.block(documents)
    places = np.searchsorted(block.passages, documents, side="right") - 1
    owners = dict(zip(documents, block.articles[places].tolist(), strict=True))
    return [found for found in level if index.article(owners[found.document]).id not in articles]


def answers(asked: Asked, scores: Floats, *, alone: bool = False) -> bool:
    """Whether the quotation of the best candidate answers the question.

    Args:
        asked: the question.
        scores: the score of each of its candidates.
        alone: whether the sentence is quoted without its neighbours.
    """
    best = int(scores.argmax())
    sentence = asked.sentences[best]
    if not any(passage.article == sentence.article.id for passage in asked.judged.passages):
        return False
    is_beside = (abs(asked.rows - asked.rows[best]) == 1) & (asked.passages == asked.passages[best])
    beside = [(asked.sentences[place], float(scores[place])) for place in np.flatnonzero(is_beside) if not alone]
    span = quotation(sentence, beside, float(scores[best]), asked.question, asked.retriever.analyzer)
    return quotes_answer(Span(sentence.article.id, *span), asked.judged, {sentence.article.id: sentence.article.text})
