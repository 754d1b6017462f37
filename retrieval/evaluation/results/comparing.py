"""An earlier run, as JSON or a TREC run has it, and how far an evaluation is above it: `--compare`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from retrieval.corpus.encoding import read_text
from retrieval.errors import CorpusError
from retrieval.evaluation.datasets.judged import NAME_A_FILE, Collection, Span
from retrieval.evaluation.datasets.trec import Run, document_id, escaped, read_run
from retrieval.evaluation.experiment import Evaluation
from retrieval.evaluation.measuring import metrics, statistics
from retrieval.evaluation.measuring.groups import by_source, differences
from retrieval.evaluation.measuring.metrics import Measured
from retrieval.evaluation.measuring.runs import Finding
from retrieval.evaluation.measuring.statistics import Estimate
from retrieval.evaluation.results import records

_REMEDY = "name what `--json` or `--trec` wrote"


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier run.

    Args:
        path: its file.
        measured: the measures of each question, if it is an evaluation's JSON.
        run: the ranking, if it is a TREC run.
        firsts: the first sentence for each question, None where none was found, if it is an evaluation's JSON.
    """

    path: Path
    measured: Measured = field(default_factory=dict)
    run: Run = field(default_factory=dict)
    firsts: Mapping[str, str | None] = field(default_factory=dict)


def read_earlier(path: Path, collection: Collection) -> Earlier:
    """An earlier evaluation's JSON, or a TREC run over the same sentences or passages.

    Raises:
        CorpusError: the file is neither, or has no question of the collection.
    """
    text = read_text(path, NAME_A_FILE)
    names = {escaped(judged.id): judged.id for judged in collection.questions}
    if text.lstrip().startswith("{"):
        earlier = _of_json(text, path)
        shared = any(names.keys() & map(escaped, values) for values in earlier.measured.values())
    else:
        earlier = Earlier(path, run={names[key]: scores for key, scores in read_run(path).items() if key in names})
        shared = bool(earlier.run)
    if not shared:
        raise CorpusError(path, "it shares no question with this evaluation", "compare runs of the same files")
    return earlier


def compare(evaluation: Evaluation, earlier: Earlier) -> list[records.Compared]:
    """How far the evaluation is above an earlier one, of each file.

    Raises:
        CorpusError: a run has no sentence or passage of the collection.
    """
    measured = earlier.measured or _of_run(earlier, evaluation)
    return [
        records.Compared(source, found, _same_first(some, earlier.firsts, evaluation.plan.seed))
        for source, some in by_source(evaluation.findings).items()
        if (found := differences(evaluation.measured, measured, some, metrics.MEASURE_NAMES, evaluation.plan.seed))
    ]


def _same_first(findings: Sequence[Finding], firsts: Mapping[str, str | None], seed: int) -> Estimate | None:
    asked = [finding for finding in findings if finding.judged.id in firsts]
    alike = [float(records.first_of(finding) == firsts[finding.judged.id]) for finding in asked]
    return statistics.mean(alike, seed) if alike else None


def _of_json(text: str, path: Path) -> Earlier:
    measured: dict[str, dict[str, float]] = {name: {} for name in metrics.MEASURE_NAMES}
    firsts: dict[str, str | None] = {}
    try:
        content = json.loads(text)
        if content.get("version", records.VERSION) != records.VERSION:
            raise CorpusError(path, "another version of this program wrote it", "evaluate that run anew")
        for row in content["questions"]:
            for name, value in row["measures"].items():
                measured[name][str(row["id"])] = float(value)
            if "first" in row:
                firsts[str(row["id"])] = row["first"]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise CorpusError(path, "it is no evaluation", _REMEDY) from None
    return Earlier(path, measured, firsts=firsts)


def _of_run(earlier: Earlier, evaluation: Evaluation) -> Measured:
    """The rank measures of a TREC run. If it ranks passages, only those of passages."""
    passages, sentences = _documents(evaluation)
    # Equal scores in trec_eval's order: by the documents' names, last first.
    ranked = {
        question: [document for document, _ in sorted(scores.items(), key=lambda row: (row[1], row[0]), reverse=True)]
        for question, scores in earlier.run.items()
    }
    known = {document for documents in ranked.values() for document in documents} & (passages | sentences.keys())
    if not known:
        raise CorpusError(earlier.path, "it has no sentence or passage of this collection", _REMEDY)
    questions = [judged for judged in evaluation.collection.questions if judged.id in ranked]
    around = {key: [sentences.get(document, document) for document in documents] for key, documents in ranked.items()}
    qrels = metrics.passage_qrels(questions, evaluation.sentences)
    measured = metrics.rank_measures(qrels, _by_rank(around), metrics.PASSAGE_MEASURES)
    if not known <= passages:
        qrels = metrics.sentence_qrels(questions, evaluation.sentences)
        measured |= metrics.rank_measures(qrels, _by_rank(ranked), metrics.SENTENCE_MEASURES)
    return measured


def _documents(evaluation: Evaluation) -> tuple[set[str], dict[str, str]]:
    """The ids of the passages, and sentence id → passage id."""
    places = [
        (sentence.article.id, (sentence.start, sentence.end), (sentence.passage.start, sentence.passage.end))
        for sentence in evaluation.sentences
    ]
    return (
        {document_id(Span(article, *passage)) for article, _, passage in places},
        {
            document_id(Span(article, *sentence)): document_id(Span(article, *passage))
            for article, sentence, passage in places
        },
    )


def _by_rank(ranked: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    return {
        question: metrics.strictly_falling([(document, 1 / rank) for rank, document in enumerate(documents, start=1)])
        for question, documents in ranked.items()
    }
