"""An evaluation → JSON and TREC files. Same numbers, same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from retrieval.evaluation.answering.figures import Told
from retrieval.evaluation.datasets.trec import document_id, qrels_lines, run_lines
from retrieval.evaluation.experiment import Evaluation
from retrieval.evaluation.measuring import calibration, metrics
from retrieval.evaluation.measuring.groups import Group
from retrieval.evaluation.measuring.metrics import Measured
from retrieval.evaluation.measuring.runs import Finding
from retrieval.evaluation.measuring.statistics import Difference, Estimate

VERSION = 1
"""The version of the JSON; raised when older programs would misread it. Files without one are read as this one."""

RUN_TAG = "pasokh"
"""What TREC run files call the system."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How far this run is above an earlier one, over the questions that both were asked.

    Args:
        source: the file of the questions, or `all`.
        differences: measure → difference.
        same_first: the share of the questions that both put the same sentence first for; None where the earlier one
            does not tell.
    """

    source: str
    differences: Mapping[str, Difference]
    same_first: Estimate | None = None


def to_json(evaluation: Evaluation | None, compared: Sequence[Compared] = (), told: Sequence[Told] = ()) -> str:
    """Everything that was measured, as one JSON object.

    An estimate is a list: value, low, high. A difference is a list: value, low, high, p, won, tied, lost
    (see `statistics`).

    Args:
        evaluation: of what was found; None where only chats were measured.
        compared: how far it is above an earlier one.
        told: what became of the questions that were asked in chats.
    """
    content: dict[str, object] = {"version": VERSION}
    if evaluation:
        content |= _content(evaluation, compared)
    content["chats"] = [asdict(group) for group in told]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _content(evaluation: Evaluation, compared: Sequence[Compared]) -> dict[str, object]:
    plan, collection = evaluation.plan, evaluation.collection
    return {
        "plan": {
            "engine": plan.engine,
            "seed": plan.seed,
            "limit": plan.limit,
            "threshold": plan.threshold,
        },
        "collection": {
            "articles": len(collection.articles),
            "sentences": len(evaluation.sentences),
            "questions": len(collection.questions),
        },
        "groups": [_group(group) for group in evaluation.groups],
        "types": [_group(group) for group in evaluation.types],
        "absent": [_group(group) for group in evaluation.absent],
        "perturbed": [
            {"perturbation": found.perturbation, "source": found.source, "drops": found.drops}
            for found in evaluation.perturbed
        ],
        "compared": [
            {"source": found.source, "differences": found.differences, "same_first": found.same_first}
            for found in compared
        ],
        "questions": [_question(finding, evaluation.measured) for finding in evaluation.findings],
    }


def _group(group: Group) -> dict[str, object]:
    return {
        "name": group.name,
        "questions": group.questions,
        "answerable": group.answerable,
        "in_part": group.in_part,
        "measures": group.measures,
        "answering": group.answering,
        "reliability": calibration.reliability(group.trials),
    }


def _question(finding: Finding, measured: Measured) -> dict[str, object]:
    judged = finding.judged
    return {
        "id": judged.id,
        "question": judged.question,
        "source": judged.source,
        "seeks": finding.seeks,
        "answerable": judged.answerable,
        "confidence": finding.confidence,
        "quotation": document_id(finding.quotation) if finding.quotation else None,
        "first": first_of(finding),
        "in_part": finding.in_part,
        "measures": {name: values[judged.id] for name, values in measured.items() if judged.id in values},
    }


def first_of(finding: Finding) -> str | None:
    """The id of the first sentence that was found for a question; None where none was."""
    return document_id(finding.hits[0].sentence) if finding.hits else None


def write_trec(evaluation: Evaluation, folder: Path) -> None:
    """Write `sentences.run`, `sentences.qrels`, `passages.run` and `passages.qrels` into a folder.

    Raises:
        OSError: it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    questions = evaluation.collection.questions
    for level, qrels, run in (
        ("sentences", metrics.sentence_qrels, metrics.sentence_run),
        ("passages", metrics.passage_qrels, metrics.passage_run),
    ):
        lines = {"run": run_lines(run(evaluation.findings), RUN_TAG)}
        lines["qrels"] = qrels_lines(qrels(questions, evaluation.sentences))
        for ending, written in lines.items():
            with (folder / f"{level}.{ending}").open("w", encoding="utf-8") as file:
                file.writelines(written)
