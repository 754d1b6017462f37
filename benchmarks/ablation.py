"""What each part of the ranking contributes: `make ablation`.

Every answerable question of ../shared/eval is asked of the whole collection once. Then the ranking weights are fitted
anew for each group of features that is left out, cross-validated by article as in `retrieval train`. A Markdown table
is printed: the share of questions whose first sentence, or one of whose first five, holds the answer (S@1, S@5), and
whose first quotation does (A@1).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from retrieval import DEFAULT_ENGINE
from retrieval.evaluation.datasets import reading
from retrieval.evaluation.datasets.judged import Collection
from retrieval.evaluation.measuring.runs import retriever_over
from retrieval.evaluation.training.candidates import Asked, answers, candidates_of
from retrieval.evaluation.training.cross_validation import FOLDS, by_fold, fit_to, source_weights
from retrieval.ranking.features import FEATURE_NAMES, FEATURES, FeatureGroup
from retrieval.system.arrays import Floats

JUDGED = Path(__file__).resolve().parents[2] / "shared" / "eval"
FILES = ("pquad_validation.json", "natural_questions.json")

GROUPS = {
    group.value: tuple(feature.full_name for feature in FEATURES if feature.group is group) for group in FeatureGroup
}
"""Every feature of the ranking, by its group."""

MEASURES = ("S@1", "S@5", "A@1")


class Row(NamedTuple):
    """A line of the table.

    Args:
        name: what is different from the whole ranking.
        scores: for each question the scores of its candidates.
        alone: whether sentences are quoted without their neighbours.
    """

    name: str
    scores: Sequence[Floats]
    alone: bool = False


def asked_of(collection: Collection) -> list[Asked]:
    """The answerable questions, asked of the whole collection."""
    retriever = retriever_over(collection.articles, DEFAULT_ENGINE)
    weight = source_weights(collection)
    return [
        asked
        for judged in collection.questions
        if judged.answers
        for asked in candidates_of(retriever, judged, weight[judged.source])
    ]


def cross_validated(questions: Sequence[Asked], names: Sequence[str]) -> list[Floats]:
    """Each question's scores by some features, and by weights that have not seen its article."""
    columns = [FEATURE_NAMES.index(name) for name in names]
    folds = by_fold(questions)
    fewer = [replace(asked, features=asked.features[:, columns]) for asked in questions]
    weights = [fit_to(asked for asked in fewer if folds[asked.judged.article] != fold) for fold in range(FOLDS)]
    return [asked.features @ weights[folds[asked.judged.article]] for asked in fewer]


def across_files(questions: Sequence[Asked]) -> list[Floats]:
    """Each question's scores by weights fitted to the other files alone."""
    sources = {asked.judged.source for asked in questions}
    weights = {source: fit_to(asked for asked in questions if asked.judged.source != source) for source in sources}
    return [asked.features @ weights[asked.judged.source] for asked in questions]


def figures(questions: Sequence[Asked], row: Row, counts: Mapping[str, int]) -> dict[str, list[float]]:
    """For each source a row's `MEASURES`, over all its answerable questions."""
    found = {source: np.zeros(3) for source in counts}
    for asked, scores in zip(questions, row.scores, strict=True):
        gold = asked.gold[np.argsort(-scores, kind="stable")]
        right = answers(asked, scores, alone=row.alone)
        found[asked.judged.source] += np.array([gold[0], gold[:5].any(), right], dtype=np.float64)
    return {source: (total / counts[source]).tolist() for source, total in found.items()}


def without(left_out: Sequence[str]) -> list[str]:
    """The names of all features except some."""
    return [name for name in FEATURE_NAMES if name not in left_out]


def rows(questions: Sequence[Asked]) -> Iterator[Row]:
    """The lines of the table, one after the other as they are fitted."""
    everything = cross_validated(questions, FEATURE_NAMES)
    yield Row("everything", everything)
    yield Row("the same, sentences quoted alone", everything, alone=True)
    yield Row("fitted to the other file alone", across_files(questions))
    for name, group in GROUPS.items():
        yield Row(f"without {name}", cross_validated(questions, without(group)))
    yield Row("BM25 alone", cross_validated(questions, GROUPS[FeatureGroup.BM25]))
    yield Row("BM25 of the sentence alone", cross_validated(questions, ("sentence",)))


def line(cells: Sequence[str]) -> str:
    """A line of Markdown."""
    return f"| {' | '.join(cells)} |"


def main() -> int:
    """Print the table."""
    files = [JUDGED / name for name in FILES]
    missing = next((file for file in files if not file.exists()), None)
    if missing:
        print(f"{missing}: there is no such file; the ablation needs the judged questions", file=sys.stderr)
        return 2
    collection = reading.read(files)
    questions = asked_of(collection)
    counts = Counter(judged.source for judged in collection.questions if judged.answers)
    print(line(["", *(f"{source} {measure}" for source in counts for measure in MEASURES)]))
    print(line(["---", *["---:"] * (len(counts) * len(MEASURES))]))
    candidates = {
        source: sum(asked.gold.any() for asked in questions if asked.judged.source == source) for source in counts
    }
    for row in rows(questions):
        found = figures(questions, row, counts)
        print(
            line([row.name, *(f"{value:.3f}".lstrip("0") for values in found.values() for value in values)]), flush=True
        )
    for source, count in candidates.items():
        print(
            f"\n{source}: {counts[source]} questions, {count / counts[source]:.3f} with an answer among the candidates"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
