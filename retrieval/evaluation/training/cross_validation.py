"""Judged questions → the weights of ranking and confidence, by cross-validation over articles.

Ranking learns from the candidates of answerable questions which of them hold an answer. Confidence learns from first
hits whether their quotation answers: those of answerable questions, of questions without an answer, and of answerable
questions once their articles are taken away. `retrieval.evaluation.training.fitting` has both losses.

Every question is asked of the whole collection and of a small one, so that no weight depends on a collection's size.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retrieval.errors import PasokhError
from retrieval.evaluation.datasets.judged import Collection
from retrieval.evaluation.measuring.calibration import auroc
from retrieval.evaluation.measuring.runs import Progress, retriever_over
from retrieval.evaluation.training.candidates import Asked, answers, candidates_of
from retrieval.evaluation.training.fitting import fit_confidence, fit_ranking
from retrieval.ranking.confidence import standings
from retrieval.ranking.weights import Weights
from retrieval.retriever import Retriever
from retrieval.system.arrays import Floats

FOLDS = 5

SMALL_COLLECTION, SMALL_COLLECTION_WEIGHT = 8, 0.5
"""How many articles a small collection has, and what a question to it counts beside one to the whole."""


@dataclass(frozen=True, slots=True)
class Trained:
    """Weights, and what cross-validation says of them.

    Args:
        weights: fitted to all questions.
        figures: source → figure → value, for questions to the whole collection by weights that have not seen the
            article asked about: S@1, S@5, A@1, and the AUROC of answerable questions against others.
    """

    weights: Weights
    figures: dict[str, dict[str, float]]


def train(collection: Collection, engine: str, show: Progress, *, synonyms: Path | None = None) -> Trained:
    """Fit the weights.

    Args:
        collection: judged questions and their articles.
        engine: the engine that finds candidates.
        show: shows how many questions have been asked.
        synonyms: the corpus's own synonyms.

    Raises:
        PasokhError: fewer than two articles have an answer that is found: one to learn from, another to test on.
    """
    whole = retriever_over(collection.articles, engine, synonyms=synonyms)
    few = _small_collections(collection, engine, synonyms)
    weight = source_weights(collection)
    present: list[Asked] = []
    absent: list[Asked] = []
    for judged in show(collection.questions, len(collection.questions)):
        small = few.get(judged.article) or next(iter(few.values()))
        for retriever, share in ((whole, 1.0), (small, SMALL_COLLECTION_WEIGHT)):
            present += candidates_of(retriever, judged, share * weight[judged.source])
            if judged.answers:
                gone = {answer.article for answer in judged.answers}
                absent += candidates_of(retriever, judged, share * weight[judged.source], without=gone)
    answerable = [asked for asked in present if asked.judged.answers]
    folds = by_fold(present)
    rankings = [fit_to(asked for asked in answerable if folds[asked.judged.article] != n) for n in range(FOLDS)]
    judgements = [
        _judge(asked, asked.features @ rankings[folds[asked.judged.article]], asked.retriever is whole)
        for asked in present + absent
    ]
    confidences = [
        _fit_confidence([found for found in judgements if folds[found.asked.judged.article] != number])
        for number in range(FOLDS)
    ]
    sure = [_logit(found.standing, confidences[folds[found.asked.judged.article]]) for found in judgements]
    figures = {
        source: _figures(judgements[: len(present)], judgements[len(present) :], sure, source) for source in weight
    }
    return Trained(Weights(fit_to(answerable), *_fit_confidence(judgements)), figures)


def source_weights(collection: Collection) -> dict[str, float]:
    """What a question of each file counts: the fewer a file has, the more, by the root of the imbalance."""
    sources = [judged.source for judged in collection.questions]
    counts = {source: sources.count(source) for source in dict.fromkeys(sources)}
    largest = max(counts.values())
    return {source: (largest / count) ** 0.5 for source, count in counts.items()}


def by_fold(questions: Sequence[Asked]) -> dict[str, int]:
    """Article → the fold that its questions belong to. Whichever fold is left out, the others have a gold sentence.

    Args:
        questions: those with and without an answer.

    Raises:
        PasokhError: fewer than two articles have a gold sentence among the candidates.
    """
    teach = {asked.judged.article for asked in questions if asked.gold.any()}
    if len(teach) < 2:
        sources = ", ".join(dict.fromkeys(asked.judged.source for asked in questions))
        raise PasokhError(
            f"{sources or 'training'}: fewer than two articles have an answer that is found, too few to cross-validate "
            "by article; judge questions on more articles"
        )
    articles = {asked.judged.article for asked in questions}
    drawn = sorted(articles, key=lambda article: (article not in teach, hashlib.blake2b(article.encode()).digest()))
    return {article: place % FOLDS for place, article in enumerate(drawn)}


def fit_to(questions: Iterable[Asked]) -> Floats:
    """The ranking weights fitted to some questions."""
    chosen = list(questions)
    return fit_ranking(
        [asked.features for asked in chosen], [asked.gold for asked in chosen], [asked.weight for asked in chosen]
    )


def _fit_confidence(judgements: Sequence[_Judgement]) -> tuple[Floats, float]:
    return fit_confidence(
        np.array([found.standing for found in judgements]),
        np.array([found.right for found in judgements]),
        np.array([found.asked.weight for found in judgements]),
    )


def _logit(standing: Floats, confidence: tuple[Floats, float]) -> float:
    weights, bias = confidence
    return float(standing @ weights + bias)


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What becomes of a question by weights that have not seen its article.

    Args:
        asked: the question.
        rank: the rank of the first gold sentence, from 0; the number of candidates if there is none.
        right: whether the first hit's quotation answers.
        standing: the confidence's features of the first hit.
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
    standing = standings(asked.passages, asked.question.asked, asked.features, scores)[order[0]]
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


def _small_collections(collection: Collection, engine: str, synonyms: Path | None) -> dict[str, Retriever]:
    """For each article a retriever over the `SMALL_COLLECTION` of which it is one."""
    few: dict[str, Retriever] = {}
    for start in range(0, len(collection.articles), SMALL_COLLECTION):
        articles = collection.articles[start : start + SMALL_COLLECTION]
        few |= dict.fromkeys((article.id for article in articles), retriever_over(articles, engine, synonyms=synonyms))
    return few
