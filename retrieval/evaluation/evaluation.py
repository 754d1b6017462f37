"""The main path: a collection is asked, measured, and asked again spelt otherwise and with half of it held out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from retrieval.evaluation import answering, metrics, statistics
from retrieval.evaluation.answering import Trial
from retrieval.evaluation.judged import Collection, Judged
from retrieval.evaluation.metrics import Measured
from retrieval.evaluation.perturbations import CORPUS, PERTURBATIONS, perturb
from retrieval.evaluation.runs import Finding, Progress, retriever_over, run
from retrieval.evaluation.statistics import Difference, Estimate
from retrieval.retriever import DEFAULT_ENGINE, Retriever

EVERYTHING = "all"
"""The group of all files together."""

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
    threshold: float = answering.ENOUGH
    absent: bool = False
    perturbations: tuple[str, ...] = ()
    synonyms: Path | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of some of the questions.

    Args:
        name: the file, `all`, or the file and the kind of answer sought.
        questions, answerable: how many there are, and how many of them have an answer.
        measures: means over the answerable ones.
        answering: answerable against unanswerable; {} where one kind is missing.
    """

    name: str
    questions: int
    answerable: int
    measures: Mapping[str, Estimate]
    answering: Mapping[str, Estimate]


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
        articles, passages, sentences: how many were searched.
        findings: one a question.
        measured: each question's measures.
        groups: by file.
        types: by file and kind of answer sought.
        absent: the answerable questions of each file, half of them with their articles held out.
        perturbed: what each perturbation costs.
        qrels, run: the gold sentences and those found; `passage_qrels`, `passage_run` the same of passages.
    """

    plan: Plan
    articles: int
    passages: int
    sentences: int
    findings: Sequence[Finding]
    measured: Measured
    groups: Sequence[Group]
    types: Sequence[Group]
    absent: Sequence[Group]
    perturbed: Sequence[Perturbed]


Show = Callable[[str], Progress]
"""From what is being done to how its progress is shown."""


def evaluate(
    collection: Collection,
    plan: Plan,
    *,
    show: Show = lambda _: lambda found, _: found,
    announce: Callable[[str], None] = lambda _: None,
) -> tuple[Evaluation, Retriever]:
    """Measure a collection; also returns the retriever that was asked.

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
    findings = run(retriever, collection.questions, jobs=plan.jobs, progress=show("Asking"))
    measured = metrics.measure(findings, retriever.index.sentences, collection.texts)
    evaluation = Evaluation(
        plan,
        len(retriever.articles),
        len(retriever.index.passage_engine),
        len(retriever.index.sentences),
        findings,
        measured,
        groups=[_group(name, some, measured, plan) for name, some in by_source(findings).items()],
        types=[
            _group(f"{name}: {seeks}", some, measured, plan)
            for name, found in by_source(findings).items()
            for seeks, some in _by_type(found).items()
        ],
        absent=_absent(collection, plan, show("Asking with half of the articles held out")) if plan.absent else [],
        perturbed=[
            perturbed
            for name in plan.perturbations
            for perturbed in _perturbed(name, collection, plan, retriever, measured, show(PERTURBATIONS[name].about))
        ],
    )
    return evaluation, retriever


def limited(collection: Collection, plan: Plan) -> Collection:
    """The collection with at most `plan.limit` questions of each file, in their order, all articles kept."""
    if plan.limit is None:
        return collection
    kept: set[str] = set()
    for source in dict.fromkeys(judged.source for judged in collection.questions):
        ids = [judged.id for judged in collection.questions if judged.source == source]
        kept.update(Random(f"{plan.seed}/{source}").sample(ids, min(plan.limit, len(ids))))  # noqa: S311  # no secret
    return replace(collection, questions=tuple(judged for judged in collection.questions if judged.id in kept))


def by_source(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings of each file, and, where there are several files, of all."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.judged.source, []).append(finding)
    return groups if len(groups) < 2 else groups | {EVERYTHING: [one for some in groups.values() for one in some]}


def _by_type(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    types: dict[str, list[Finding]] = {}
    for finding in findings:
        types.setdefault(finding.seeks, []).append(finding)
    return dict(sorted(types.items()))


def trial(finding: Finding, measured: Measured) -> Trial:
    """A finding as its confidence is judged."""
    key = finding.judged.id
    from_passage = bool(measured["P@1"].get(key, 0.0))
    right = bool(measured[metrics.READ].get(key, from_passage))
    return Trial(finding.confidence, finding.judged.answerable, from_passage, right)


def _group(
    name: str, findings: Sequence[Finding], measured: Measured, plan: Plan, without: float | None = None
) -> Group:
    """The figures of a group; `without` as in `answering.measure`."""
    keys = [finding.judged.id for finding in findings]
    values = {measure: [found[key] for key in keys if key in found] for measure, found in measured.items()}
    trials = [trial(finding, measured) for finding in findings]
    return Group(
        name,
        questions=len(findings),
        answerable=sum(finding.judged.answerable for finding in findings),
        measures={measure: statistics.mean(some, plan.seed) for measure, some in values.items() if some},
        answering=answering.measure(trials, seed=plan.seed, threshold=plan.threshold, without=without),
    )


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
    measured = metrics.measure(findings, retriever.index.sentences, half.texts)
    return [_group(name, some, measured, plan, without=0.5) for name, some in by_source(findings).items()]


def _perturbed(
    name: str, collection: Collection, plan: Plan, retriever: Retriever, clean: Measured, progress: Progress
) -> list[Perturbed]:
    """The drops of one perturbation, of each file; questions without an answer are not asked."""
    asked = replace(collection, questions=tuple(judged for judged in collection.questions if judged.answerable))
    changed = perturb(asked, name, plan.seed)
    if PERTURBATIONS[name].side == CORPUS:
        retriever = retriever_over(changed.articles, plan.engine, synonyms=plan.synonyms)
    findings = run(retriever, changed.questions, jobs=plan.jobs, progress=progress)
    measured = metrics.measure(findings, retriever.index.sentences, changed.texts)
    return [
        Perturbed(name, source, {measure: _drop(measure, some, clean, measured, plan.seed) for measure in DROPS})
        for source, some in by_source(findings).items()
    ]


def _drop(measure: str, findings: Iterable[Finding], clean: Measured, measured: Measured, seed: int) -> Difference:
    keys = [finding.judged.id for finding in findings if finding.judged.id in clean[measure]]
    before, after = [clean[measure][key] for key in keys], [measured[measure][key] for key in keys]
    return statistics.difference(before, after, seed)
