"""Figures of groups of questions: by file, and by the kind of answer sought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from retrieval.evaluation.measuring import calibration, metrics, statistics
from retrieval.evaluation.measuring.calibration import Trial
from retrieval.evaluation.measuring.metrics import Measured
from retrieval.evaluation.measuring.runs import Finding
from retrieval.evaluation.measuring.statistics import Difference, Estimate

ALL_FILES = "all"
"""The group of all files together."""


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of some of the questions.

    Args:
        name: the file, `all`, or the file and the kind of answer sought.
        questions: how many there are.
        answerable: how many of these have an answer.
        in_part: how many were asked while a part of the articles could not be searched.
        measures: measure → its mean over the answerable questions.
        answering: see `calibration.measure`.
        trials: the questions with their confidences.
    """

    name: str
    questions: int
    answerable: int
    in_part: int
    measures: Mapping[str, Estimate]
    answering: Mapping[str, Estimate]
    trials: Sequence[Trial] = field(repr=False)


def by_source(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings of each file, and, where there are several files, of all."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.judged.source, []).append(finding)
    return groups if len(groups) < 2 else groups | {ALL_FILES: [one for some in groups.values() for one in some]}


def by_type(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings of each kind of answer sought."""
    types: dict[str, list[Finding]] = {}
    for finding in findings:
        types.setdefault(finding.seeks, []).append(finding)
    return dict(sorted(types.items()))


def trial(finding: Finding, measured: Measured) -> Trial:
    """A finding as a trial of its confidence."""
    key = finding.judged.id
    from_passage = bool(measured["P@1"].get(key, 0.0))
    right = bool(measured[metrics.CLAIM_MEASURE].get(key, from_passage))
    return Trial(finding.confidence, finding.judged.answerable, from_passage, right)


def group(
    name: str,
    findings: Sequence[Finding],
    measured: Measured,
    *,
    seed: int,
    threshold: float,
    without: float | None = None,
) -> Group:
    """The figures of a group.

    Args:
        name: what it is shown under.
        findings: its questions.
        measured: the measures of at least these questions.
        seed: of the intervals.
        threshold: see `calibration.measure`.
        without: see `calibration.measure`.
    """
    keys = [finding.judged.id for finding in findings]
    values = {measure: [found[key] for key in keys if key in found] for measure, found in measured.items()}
    trials = [trial(finding, measured) for finding in findings]
    return Group(
        name,
        questions=len(findings),
        answerable=sum(finding.judged.answerable for finding in findings),
        in_part=sum(finding.in_part for finding in findings),
        measures={measure: statistics.mean(some, seed) for measure, some in values.items() if some},
        answering=calibration.measure(trials, seed=seed, threshold=threshold, without=without),
        trials=trials,
    )


def differences(
    ours: Measured, theirs: Measured, findings: Iterable[Finding], measures: Iterable[str], seed: int
) -> dict[str, Difference]:
    """How much `ours` is above `theirs`, over those of the questions that both have measured.

    Args:
        ours: the measures of one run.
        theirs: the measures of another run.
        findings: the questions.
        measures: the names of the measures to compare.
        seed: of intervals and tests.
    """
    ids = [finding.judged.id for finding in findings]
    pairs = {
        measure: [
            (ours[measure][key], theirs[measure][key]) for key in ids if key in ours[measure] and key in theirs[measure]
        ]
        for measure in measures
        if measure in ours and measure in theirs
    }
    return {
        measure: statistics.difference([one for one, _ in values], [other for _, other in values], seed)
        for measure, values in pairs.items()
        if values
    }
