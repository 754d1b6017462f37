"""The main path: a collection is asked, measured, and asked again spelt otherwise and with half of it held out."""

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
from retrieval.retriever import DEFAULT_ENGINE, Retriever
from retrieval.types import Sentence

DROPS = ("S@1", "A@1", "P@1")
"""The measures whose drop a perturbation reports."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is evaluated, and how.

    Args:
        engine: the engine's name.
        seed: decides every choice and interval.
        limit: questions of each file, drawn at random; None for all.
        jobs: processes at the most.
        threshold: from which confidence on the product answers.
        absent: whether to measure questions whose articles are held out.
        perturbations: names of `PERTURBATIONS`.
        synonyms: the corpus's own synonyms.
    """

    engine: str = DEFAULT_ENGINE
    seed: int = 1
    limit: int | None = None
    jobs: int = 1
    threshold: float = calibration.ENOUGH
    absent: bool = False
    perturbations: tuple[str, ...] = ()
    synonyms: Path | None = None


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
        plan: how.
        collection: what was asked.
        sentences: the collection's, as the product cuts them.
        findings: one a question.
        measured: each question's measures.
        groups: by file.
        types: by file and kind of answer sought.
        absent: the answerable questions of each file, half of them with their articles held out.
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
"""From what is being done to how its progress is shown."""


def evaluate(
    collection: Collection,
    plan: Plan,
    *,
    show: Show = lambda _: lambda found, _: found,
    announce: Callable[[str], None] = lambda _: None,
) -> Evaluation:
    """Measure a collection.

    Args:
        collection: articles and judged questions.
        plan: what to measure.
        show: shows progress.
        announce: told of waits.

    Raises:
        CorpusError, EngineError, LexiconError: see `Retriever.from_corpus`.
    """
    collection = limited(collection, plan)
    retriever = retriever_over(collection.articles, plan.engine, synonyms=plan.synonyms, announce=announce)
    findings = run(retriever, collection.questions, jobs=plan.jobs, progress=show("asking"))
    measured = metrics.measure(findings, tuple(retriever.index.sentences()), collection.texts)
    figures = partial(group, measured=measured, seed=plan.seed, threshold=plan.threshold)
    sources = by_source(findings)
    clean = Evaluation(
        plan,
        collection,
        tuple(retriever.index.sentences()),
        findings,
        measured,
        groups=[figures(name, some) for name, some in sources.items()],
        types=[
            figures(f"{name}: {seeks}", some)
            for name, found in sources.items()
            for seeks, some in by_type(found).items()
        ],
    )
    return replace(
        clean,
        absent=_absent(collection, plan, show("half of the articles held out")) if plan.absent else (),
        perturbed=[
            perturbed
            for name in plan.perturbations
            for perturbed in _perturbed(name, clean, retriever, show(PERTURBATIONS[name].about))
        ],
    )


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
    """Half of the articles, drawn at random, with the answerable questions of all; those of the others have no answer.

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
    retriever = retriever_over(half.articles, plan.engine, synonyms=plan.synonyms)
    findings = run(retriever, half.questions, jobs=plan.jobs, progress=progress)
    measured = metrics.measure(findings, tuple(retriever.index.sentences()), half.texts)
    return [
        group(name, some, measured, seed=plan.seed, threshold=plan.threshold, without=0.5)
        for name, some in by_source(findings).items()
    ]


def _perturbed(name: str, clean: Evaluation, retriever: Retriever, progress: Progress) -> list[Perturbed]:
    """The drops of one perturbation, of each file; questions without an answer are not asked."""
    plan, answerable = clean.plan, tuple(judged for judged in clean.collection.questions if judged.answerable)
    changed = perturb(replace(clean.collection, questions=answerable), name, plan.seed)
    known = {finding.judged: finding for finding in clean.findings}
    if PERTURBATIONS[name].side == CORPUS:
        retriever, known = retriever_over(changed.articles, plan.engine, synonyms=plan.synonyms), {}
    # A question that the perturbation leaves as it was is not asked again.
    asked = [judged for judged in changed.questions if judged not in known]
    known |= {finding.judged: finding for finding in run(retriever, asked, jobs=plan.jobs, progress=progress)}
    findings = [known[judged] for judged in changed.questions]
    measured = metrics.measure(findings, tuple(retriever.index.sentences()), changed.texts)
    return [
        Perturbed(name, source, differences(clean.measured, measured, some, DROPS, plan.seed))
        for source, some in by_source(findings).items()
    ]
