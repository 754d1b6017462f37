"""An evaluation → one HTML page that loads nothing: tables, plots, and failures to look through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from retrieval.evaluation.datasets.judged import Span
from retrieval.evaluation.datasets.trec import document_id, parse_id
from retrieval.evaluation.experiment import Evaluation
from retrieval.evaluation.measuring.groups import Group, trial
from retrieval.evaluation.measuring.metrics import sentence_qrels
from retrieval.evaluation.measuring.runs import Finding
from retrieval.evaluation.perturbing.perturbations import PERTURBATIONS
from retrieval.evaluation.results import plots
from retrieval.evaluation.results.records import Compared

MAX_FAILURES = 500
"""Failures that the page holds, drawn at random if there are more, so that it stays light."""

FAILURE_KINDS = {
    "neighbour": "another sentence of the right passage came first",
    "elsewhere": "another passage came first",
    "nothing": "nothing was found",
    "quotation": "the right sentence came first, but its quotation lacks the answer",
    "withheld": "right, but not given: the confidence is below the threshold",
    "unfounded": "answered although there is no answer",
}
"""What can go wrong: kind → how the page tells it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that went wrong, ready to be shown.

    Args:
        kind: one of `FAILURE_KINDS`.
        question, source, seeks, confidence: see `Finding`.
        first: the sentence that came first, if any: its id, and its text before, in and behind the quotation.
        golds: the gold sentences: the id of each, and its text before, in and behind an answer.
        rank: the rank of the first gold sentence among those found; None if none was.
        shares: feature, what it added to the first sentence's score, and to that of the gold one if it was found.
    """

    kind: str
    question: str
    source: str
    seeks: str
    confidence: float
    first: tuple[str, tuple[str, str, str]] | None
    golds: Sequence[tuple[str, tuple[str, str, str]]]
    rank: int | None
    shares: Sequence[tuple[str, float, float | None]]


def to_html(evaluation: Evaluation, compared: Sequence[Compared] = ()) -> str:
    """The report."""
    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found = failures(evaluation)
    shown = sorted(
        Random(evaluation.plan.seed).sample(range(len(found)), min(len(found), MAX_FAILURES))  # noqa: S311  # no secret
    )
    # matplotlib escapes the names that stand in its SVG.
    drawn = {
        "what the confidence is worth": plots.reliability_plot(evaluation.groups),
        "precision against the share answered": plots.tradeoff_plot([*evaluation.groups, *_held_out(evaluation)]),
    } | {
        f"by kind of answer: {group.name}": plots.bars(types)
        for group in evaluation.groups
        if (types := [some for some in evaluation.types if some.name.startswith(f"{group.name}: ")])
    }
    return environment.get_template("report.html").render(
        evaluation=evaluation,
        compared=compared,
        perturbations=PERTURBATIONS,
        plots={name: Markup(svg) for name, svg in drawn.items()},  # noqa: S704
        kinds=FAILURE_KINDS,
        failed=len(found),
        failures=[found[number] for number in shown],
    )


def _held_out(evaluation: Evaluation) -> list[Group]:
    return [replace(group, name=f"{group.name}, half held out") for group in evaluation.absent]


def failures(evaluation: Evaluation) -> list[Failure]:
    """The questions that went wrong, in their order."""
    qrels = sentence_qrels((finding.judged for finding in evaluation.findings), evaluation.sentences)
    texts = evaluation.collection.texts
    return [
        _failure(kind, finding, [span for key in qrels.get(finding.judged.id, {}) if (span := parse_id(key))], texts)
        for finding in evaluation.findings
        if (kind := _kind(finding, evaluation))
    ]


def _kind(finding: Finding, evaluation: Evaluation) -> str | None:
    """What went wrong, if anything."""
    judged = trial(finding, evaluation.measured)
    answered = finding.confidence >= evaluation.plan.threshold
    if not judged.answerable:
        return "unfounded" if answered and finding.hits else None
    if not finding.hits:
        return "nothing"
    if judged.right:
        return None if answered else "withheld"
    if not judged.from_passage:
        return "elsewhere"
    return "quotation" if evaluation.measured["S@1"].get(finding.judged.id) else "neighbour"


def _failure(kind: str, finding: Finding, golds: Sequence[Span], texts: Mapping[str, str]) -> Failure:
    ids = {document_id(gold) for gold in golds}
    ranked = [document_id(hit.sentence) for hit in finding.hits]
    rank = next((place for place, document in enumerate(ranked, start=1) if document in ids), None)
    first = finding.hits[0] if finding.hits else None
    gold = finding.hits[rank - 1].shares if rank else None
    names = dict.fromkeys([*(first.shares if first else ()), *(gold or ())])
    shares = [
        (name, first.shares.get(name, 0.0) if first else 0.0, gold.get(name, 0.0) if gold is not None else None)
        for name in names
    ]
    return Failure(
        kind,
        finding.judged.question,
        finding.judged.source,
        finding.seeks,
        finding.confidence,
        (document_id(first.sentence), _marked(first.sentence, finding.quotation, texts)) if first else None,
        [(document_id(span), _marked(span, _answer_in(span, finding), texts)) for span in golds],
        rank,
        sorted(shares, key=lambda row: -abs(row[1] - (row[2] or 0.0))),
    )


def _answer_in(sentence: Span, finding: Finding) -> Span | None:
    """The first answer that begins in a sentence."""
    return next(
        (
            answer
            for answer in finding.judged.answers
            if answer.article == sentence.article and sentence.start <= answer.start < sentence.end
        ),
        None,
    )


def _marked(sentence: Span, marked: Span | None, texts: Mapping[str, str]) -> tuple[str, str, str]:
    """The text of a sentence in three parts: before, in and behind the `marked` span, by which it may be widened."""
    text = texts[sentence.article]
    if marked is None or marked.article != sentence.article:
        return text[sentence.start : sentence.end], "", ""
    start, end = min(sentence.start, marked.start), max(sentence.end, marked.end)
    return text[start : marked.start], text[marked.start : marked.end], text[marked.end : end]
