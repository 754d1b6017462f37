"""Judged questions → the weights of ranking and confidence, by cross-validation over articles.

Ranking: a softmax over a question's candidates, fitted so that the gold sentences get the most probability (ListNet's
top-one loss: Cao et al., «Learning to rank: from pairwise approach to listwise approach», 2007), with an L2 penalty.
Confidence: logistic regression on the first hit of answerable questions, of questions with no answer, and of answerable
questions once their article is taken away; the label is whether the quotation answers.

Every question is asked of the whole collection and of one of a few articles, so that no weight leans on a
collection's size.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from retrieval import ranking
from retrieval.confidence import DOUBTS, FEATURES, standings
from retrieval.evaluation.answering import auroc
from retrieval.evaluation.judged import Collection, Judged, Span, is_gold_sentence, quotes_answer
from retrieval.evaluation.runs import Progress, retriever_over
from retrieval.evidence import Evidence
from retrieval.features import matrix
from retrieval.questions import Question
from retrieval.quotation import quotation
from retrieval.retriever import Retriever
from retrieval.units import Floats, Integers
from retrieval.weights import Weights

FOLDS = 5
RANKING_PENALTY, CONFIDENCE_PENALTY = 50.0, 10.0
"""L2 penalties on standardised features, chosen by cross-validation; a factor of 3 either way changes little."""

FEW, FEW_WEIGHT = 8, 0.5
"""Articles of the small collection that a question is asked of too, and what it counts then."""


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


@dataclass(frozen=True, slots=True)
class Trained:
    """Weights, and what cross-validation says of them.

    Args:
        weights: fitted on all questions.
        figures: by source, the measures of questions to the whole collection by weights that have not seen the article
            asked about: S@1, S@5, A@1, and the AUROC of answerable against unanswerable and absent ones.
    """

    weights: Weights
    figures: dict[str, dict[str, float]]


def train(collection: Collection, engine: str, show: Progress) -> Trained:
    """Fit the weights.

    Args:
        collection: judged questions and their articles.
        engine: the engine that finds candidates.
        show: passes the questions on while they are asked, given how many there are.
    """
    whole = retriever_over(collection.articles, engine)
    counts = {
        source: sum(judged.source == source for judged in collection.questions) for source in _sources(collection)
    }
    largest = max(counts.values())
    # The root of the imbalance: a small file is heard without its few questions deciding everything.
    weight = {source: (largest / count) ** 0.5 for source, count in counts.items()}
    few = _small_collections(collection, engine)
    present: list[Asked] = []
    absent: list[Asked] = []
    for judged in show(collection.questions, len(collection.questions)):
        for retriever, share in ((whole, 1.0), (few[judged.article], FEW_WEIGHT)):
            present += _asked(retriever, judged, share * weight[judged.source])
            if judged.answers:
                absent += _asked(retriever, judged, share * weight[judged.source], without=judged.article)
    everything = present + absent
    answerable = [asked for asked in present if asked.judged.answers]
    by_fold = [fit_ranking([asked for asked in answerable if _fold(asked) != number]) for number in range(FOLDS)]
    judgements = [
        _judge(asked, asked.features @ by_fold[_fold(asked)], asked.retriever is whole) for asked in everything
    ]
    confidence_by_fold = [
        _fit_confidence([found for found in judgements if _fold(found.asked) != number]) for number in range(FOLDS)
    ]
    sure = [float(found.standing @ confidence_by_fold[_fold(found.asked)][0]) for found in judgements]
    figures = {
        source: _figures(judgements[: len(present)], judgements[len(present) :], sure, source) for source in counts
    }
    return Trained(Weights(fit_ranking(answerable), *_fit_confidence(judgements)), figures)


@dataclass(frozen=True, slots=True)
class _Judgement:
    """How a question fared by weights that have not seen its article.

    Args:
        asked: the question.
        rank: the place of the first gold sentence, from 0; the number of candidates where there is none.
        right: whether the first quotation answers.
        standing: the first hit's features of confidence.
        in_whole: whether the whole collection was asked.
    """

    asked: Asked
    rank: int
    right: bool
    standing: Floats
    in_whole: bool


def _judge(asked: Asked, scores: Floats, in_whole: bool) -> _Judgement:
    order = np.argsort(-scores, kind="stable")
    gold = np.flatnonzero(asked.gold[order])
    standing = standings(asked.passages, asked.missed, asked.question.asked, asked.features, scores)[order[0]]
    return _Judgement(asked, int(gold[0]) if len(gold) else len(order), answers(asked, scores), standing, in_whole)


def _figures(
    present: Sequence[_Judgement], absent: Sequence[_Judgement], sure: Sequence[float], source: str
) -> dict[str, float]:
    """The measures of one source's questions to the whole collection."""
    here, there = sure[: len(present)], sure[len(present) :]
    asked = [
        (found, value)
        for found, value in zip(present, here, strict=True)
        if found.in_whole and found.asked.judged.source == source
    ]
    answerable = [(found, value) for found, value in asked if found.asked.judged.answers]
    others = [value for found, value in asked if not found.asked.judged.answers]
    gone = [
        value
        for found, value in zip(absent, there, strict=True)
        if found.in_whole and found.asked.judged.source == source
    ]
    count = max(len(answerable), 1)
    figures = {
        "S@1": sum(found.rank == 0 for found, _ in answerable) / count,
        "S@5": sum(found.rank < 5 for found, _ in answerable) / count,
        "A@1": sum(found.right for found, _ in answerable) / count,
    }
    values = np.array([value for _, value in answerable])
    for name, against in (("AUROC, unanswerable", others), ("AUROC, article absent", gone)):
        if against:
            figures[name] = auroc(values, np.array(against))
    return {name: round(value, 4) for name, value in figures.items()}


def _sources(collection: Collection) -> list[str]:
    return list(dict.fromkeys(judged.source for judged in collection.questions))


def _small_collections(collection: Collection, engine: str) -> dict[str, Retriever]:
    """By article, a retriever over the few articles it is among, in the order of the collection."""
    few: dict[str, Retriever] = {}
    for start in range(0, len(collection.articles), FEW):
        articles = collection.articles[start : start + FEW]
        few |= dict.fromkeys((article.id for article in articles), retriever_over(articles, engine))
    return few


def _asked(retriever: Retriever, judged: Judged, weight: float, without: str = "") -> Iterator[Asked]:
    """Ask a question, as if the article `without` were not there; nothing where no term of it occurs."""
    question = retriever.read(judged.question)
    index = retriever.index
    passages = ranking.candidates(question, index)
    if without:
        gone = [place for place, article in enumerate(index.articles) if article.id == without]
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


def _fold(asked: Asked) -> int:
    """Which fold an article's questions belong to."""
    return hashlib.blake2b(asked.judged.article.encode(), digest_size=4).digest()[0] % FOLDS


def fit_ranking(questions: Sequence[Asked]) -> Floats:
    """The weights of the ranking features that give the gold sentences the most probability."""
    usable = [asked for asked in questions if asked.gold.any()]
    features = np.vstack([asked.features for asked in usable])
    gold = np.concatenate([asked.gold for asked in usable]).astype(np.float64)
    sizes = [len(asked.numbers) for asked in usable]
    starts, owner = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(usable)), sizes)
    importance = np.array([asked.weight for asked in usable])
    spread = features.std(axis=0)
    scaled = features / np.where(spread > 1e-6, spread, np.inf)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = scaled @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        share = odds / np.add.reduceat(odds, starts)[owner]
        right = np.add.reduceat(share * gold, starts)
        slope = scaled.T @ ((share - share * gold / right[owner]) * importance[owner])
        value = -(importance * np.log(right)).sum() + RANKING_PENALTY * (weights @ weights) / 2
        return float(value), slope + RANKING_PENALTY * weights

    found = minimize(loss, np.zeros(features.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 120})
    weights: Floats = found.x / np.where(spread > 1e-6, spread, np.inf)
    return weights


def _fit_confidence(judgements: Sequence[_Judgement]) -> tuple[Floats, float]:
    """The weights and the bias of the confidence."""
    features = np.array([found.standing for found in judgements])
    right = np.array([found.right for found in judgements], dtype=np.float64)
    counts = np.array([found.asked.weight for found in judgements])
    middle, spread = features.mean(axis=0), features.std(axis=0)
    spread = np.where(spread > 1e-6, spread, np.inf)
    scaled = np.hstack([(features - middle) / spread, np.ones((len(features), 1))])

    def loss(weights: Floats) -> tuple[float, Floats]:
        logits = scaled @ weights
        penalised = np.append(weights[:-1], 0.0)
        value = (counts * (np.logaddexp(0, logits) - right * logits)).sum() + CONFIDENCE_PENALTY * (
            penalised**2
        ).sum() / 2
        slope = scaled.T @ (counts * (1 / (1 + np.exp(-logits)) - right))
        return float(value), slope + CONFIDENCE_PENALTY * penalised

    # More evidence never makes it less sure; correlated features would otherwise trade signs.
    bounds = [(None, 0.0) if name in DOUBTS else (0.0, None) for name in FEATURES]
    found = minimize(
        loss,
        np.zeros(scaled.shape[1]),
        jac=True,
        method="L-BFGS-B",
        bounds=[*bounds, (None, None)],
        options={"maxiter": 300},
    )
    weights: Floats = found.x[:-1] / spread
    return weights, float(found.x[-1] - weights @ middle)


def answers(asked: Asked, scores: Floats) -> bool:
    """Whether the quotation of the best candidate answers the question."""
    index, best = asked.retriever.index, int(scores.argmax())
    number = int(asked.numbers[best])
    sentence = index.sentences[number]
    if sentence.article.id != asked.judged.article:
        return False
    known = dict(zip(asked.numbers.tolist(), scores.tolist(), strict=True))
    span = quotation(
        sentence, ranking.neighbours(index, number, known), known[number], asked.question, asked.retriever.analyzer
    )
    return quotes_answer(Span(sentence.article.id, *span), asked.judged, {sentence.article.id: sentence.article.text})
