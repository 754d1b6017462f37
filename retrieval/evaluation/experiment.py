"""The main path: a collection is measured; then with half of it held out, and spelt otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random

from retrieval.evaluation.datasets.judged import Collection, Judged
from retrieval.evaluation.measuring import calibration, metrics
from retrieval.evaluation.measuring.groups import Group, by_source, by_type, differences, group
from retrieval.evaluation.measuring.metrics import Measured
from retrieval.evaluation.measuring.runs import Finding, Progress, retriever_over, run
from retrieval.evaluation.measuring.statistics import Difference
from retrieval.evaluation.perturbing.perturbations import CORPUS, PERTURBATIONS, perturb
from retrieval.indexing.spec import Announce
from retrieval.retriever import DEFAULT_ENGINE, Retriever
from retrieval.types import Sentence

DROP_MEASURES = ("S@1", "A@1", "P@1")
"""The measures whose drop a perturbation reports."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is evaluated, and how.

    Args:
        engine: the engine's name.
        seed: of the random numbers; the same seed gives the same figures.
        limit: how many questions of each file, drawn at random; None for all.
        jobs: how many processes at the most.
        threshold: the confidence from which on the product answers.
        absent: whether to measure questions whose articles are held out too.
        perturbations: names of `PERTURBATIONS`.
        synonyms: the corpus's own synonyms.
    """

    engine: str = DEFAULT_ENGINE
    seed: int = 1
    limit: int | None = None
    jobs: int = 1
    threshold: float = calibration.DEFAULT_THRESHOLD
    absent: bool = False
    perturbations: tuple[str, ...] = ()
    synonyms: Path | None = None


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was found for a collection's questions, and how right it is.

    Args:
        collection: the questions, and the articles that they were asked of.
        retriever: the product over these articles.
        sentences: the articles' sentences, as the product cuts them.
        findings: what was found, in the order of the questions.
        measured: each question's measures.
    """

    collection: Collection
    retriever: Retriever
    sentences: Sequence[Sentence]
    findings: Sequence[Finding]
    measured: Measured


@dataclass(frozen=True, slots=True)
class Perturbed:
    """What a perturbation costs the questions of one file.

    Args:
        perturbation: its name.
        source: the file, or `all`.
        drops: measure → how much lower it is than without.
    """

    perturbation: str
    source: str
    drops: Mapping[str, Difference]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that was measured.

    Args:
        plan: how it was measured.
        collection, sentences, findings, measured: see `Measurement`.
        groups: the figures of each file.
        types: the figures of each file and kind of answer sought.
        absent: the figures of each file's answerable questions where half of the articles are held out.
        perturbed: what each perturbation costs.
    """

    plan: Plan
    collection: Collection
    sentences: Sequence[Sentence]
    findings: Sequence[Finding]
    measured: Measured
    groups: Sequence[Group]
    types: Sequence[Group]
    absent: Sequence[Group] = ()
    perturbed: Sequence[Perturbed] = ()


Show = Callable[[str], Progress]
"""From a few words on what is being done to its progress bar."""


def evaluate(
    collection: Collection,
    plan: Plan,
    *,
    show: Show = lambda _: lambda found, _: found,
    announce: Announce = lambda _: None,
) -> Evaluation:
    """Measure a collection.

    Args:
        collection: articles and judged questions.
        plan: what to measure.
        show: makes progress bars.
        announce: told of waits, in one line each.

    Raises:
        CorpusError, EngineError, LexiconError: see `Retriever.over`.
    """
    clean = measure(limited(collection, plan), plan, show("asking"), announce=announce)
    figures = partial(group, measured=clean.measured, seed=plan.seed, threshold=plan.threshold)
    sources = by_source(clean.findings)
    return Evaluation(
        plan,
        clean.collection,
        clean.sentences,
        clean.findings,
        clean.measured,
        groups=[figures(name, some) for name, some in sources.items()],
        types=[
            figures(f"{name}: {seeks}", some)
            for name, found in sources.items()
            for seeks, some in by_type(found).items()
        ],
        absent=_absent(clean.collection, plan, show("half of the articles held out")) if plan.absent else (),
        perturbed=[
            perturbed
            for name in plan.perturbations
            for perturbed in _perturbed(name, clean, plan, show(PERTURBATIONS[name].about))
        ],
    )


def measure(
    collection: Collection,
    plan: Plan,
    progress: Progress,
    *,
    beside: Measurement | None = None,
    announce: Announce = lambda _: None,
) -> Measurement:
    """Ask a collection's questions and judge what is found.

    Args:
        collection: the questions, and the articles that they are asked of.
        plan: how to measure.
        progress: shows how far it is.
        beside: an earlier measurement of the same articles. Its index is used, and its questions are not asked again.
        announce: told of waits, in one line each.

    Raises:
        CorpusError, EngineError, LexiconError: see `Retriever.over`.
    """
    if beside:
        retriever, sentences = beside.retriever, beside.sentences
    else:
        retriever = retriever_over(collection.articles, plan.engine, synonyms=plan.synonyms, announce=announce)
        sentences = tuple(retriever.index.sentences())
    known = {finding.judged: finding for finding in beside.findings} if beside else {}
    asked = [judged for judged in collection.questions if judged not in known]
    known |= {finding.judged: finding for finding in run(retriever, asked, jobs=plan.jobs, progress=progress)}
    findings = [known[judged] for judged in collection.questions]
    measured = metrics.measure(findings, sentences, collection.texts)
    return Measurement(collection, retriever, sentences, findings, measured)


def limited(collection: Collection, plan: Plan) -> Collection:
    """The collection with at most `plan.limit` questions of each file, in their order, all articles kept."""
    if plan.limit is None:
        return collection
    kept: set[str] = set()
    for source in dict.fromkeys(judged.source for judged in collection.questions):
        ids = [judged.id for judged in collection.questions if judged.source == source]
        kept.update(Random(f"{plan.seed}/{source}").sample(ids, min(plan.limit, len(ids))))  # noqa: S311  # no secret
    return replace(collection, questions=tuple(judged for judged in collection.questions if judged.id in kept))


def hold_out(collection: Collection, seed: int) -> Collection:
    """A half of the articles, drawn at random, and all answerable questions; those on the other half have no answer.

    Args:
        collection: articles and questions.
        seed: decides which half.
    """
    asked = [judged for judged in collection.questions if judged.answerable]
    order = sorted(article.id for article in collection.articles)
    held_out = set(Random(f"{seed}/held out").sample(order, len(order) // 2))  # noqa: S311  # no secret
    return replace(
        collection,
        articles=tuple(article for article in collection.articles if article.id not in held_out),
        questions=tuple(_without(judged, held_out) for judged in asked),
    )


def _without(judged: Judged, held_out: set[str]) -> Judged:
    passages = tuple(span for span in judged.passages if span.article not in held_out)
    answers = tuple(span for span in judged.answers if span.article not in held_out)
    return replace(judged, passages=passages, answers=answers, answerable=bool(passages))


def _absent(collection: Collection, plan: Plan, progress: Progress) -> list[Group]:
    half = hold_out(collection, plan.seed)
    if not half.articles:
        return []
    found = measure(half, plan, progress)
    return [
        group(name, some, found.measured, seed=plan.seed, threshold=plan.threshold, without=0.5)
        for name, some in by_source(found.findings).items()
    ]


def _perturbed(name: str, clean: Measurement, plan: Plan, progress: Progress) -> list[Perturbed]:
    """The drops of one perturbation, of each file; questions without an answer are not asked."""
    answerable = tuple(judged for judged in clean.collection.questions if judged.answerable)
    changed = perturb(replace(clean.collection, questions=answerable), name, plan.seed)
    # On the question's side the articles are the same, and a question that stays as it was is not asked again.
    found = measure(changed, plan, progress, beside=None if PERTURBATIONS[name].side == CORPUS else clean)
    return [
        Perturbed(name, source, differences(clean.measured, found.measured, some, DROP_MEASURES, plan.seed))
        for source, some in by_source(found.findings).items()
    ]
