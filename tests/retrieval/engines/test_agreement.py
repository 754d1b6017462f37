"""Engines find nearly the same candidates, and what is answered from them is the same, over the judged questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import pytest

from retrieval import Question, Retriever, Sentence
from retrieval.engines import ENGINES, Searcher
from retrieval.evaluation.datasets import reading
from retrieval.evaluation.datasets.judged import is_gold_sentence
from retrieval.evaluation.measuring import runs
from tests.conftest import EVAL, needs_shared

DEPTH = 10


class Floors(NamedTuple):
    """What is agreed upon at the least, a little below what was measured (shares of the questions).

    Args:
        sentences, passages: the overlap of the first `DEPTH` candidates.
        first: questions whose first hit is the same sentence.
    """

    sentences: float
    passages: float
    first: float


MEASURED = {
    "natural_questions": Floors(0.829, 0.825, 1.0),
    "pquad_validation": Floors(0.836, 0.895, 0.9976),
}
MARGIN = Floors(0.02, 0.02, 0.001)
MOST_DIFFERENT = 0.003
"""By how much the shares of questions whose first hit holds the answer (S@1) may differ."""


@dataclass
class Agreement:
    """Sums over questions; see `Floors`."""

    questions: int = 0
    sentences: float = 0.0
    passages: float = 0.0
    first: int = 0
    answerable: int = 0
    right: tuple[int, int] = (0, 0)


def overlap(engines: tuple[Searcher, Searcher], questions: tuple[Question, Question]) -> float:
    """The share of common documents among the first candidates."""
    one, other = (
        {found.document for found in engine.search(question.query, DEPTH)}
        for engine, question in zip(engines, questions, strict=True)
    )
    return len(one & other) / max(len(one), len(other), 1)


def compare(name: str) -> Agreement:
    """Ask the questions of a collection over each engine."""
    collection = reading.read([EVAL / f"{name}.json"])
    one, other = (runs.retriever_over(collection.articles, engine) for engine in sorted(ENGINES))
    found = Agreement()
    for judged in collection.questions:
        asked = runs.question_of(one, judged), runs.question_of(other, judged)
        found.questions += 1
        found.sentences += overlap((one.index.sentence_engine, other.index.sentence_engine), asked)
        found.passages += overlap((one.index.passage_engine, other.index.passage_engine), asked)
        hits = [first(*pair) for pair in zip((one, other), asked, strict=True)]
        found.first += hits[0] == hits[1]
        if judged.answerable:
            found.answerable += 1
            right = [hit is not None and is_gold_sentence(hit, judged) for hit in hits]
            found.right = (found.right[0] + right[0], found.right[1] + right[1])
    return found


def first(retriever: Retriever, question: Question) -> Sentence | None:
    """The first hit's sentence; None where nothing was found."""
    hits = retriever.search(question, 1)
    return hits[0].sentence if hits else None


def check(name: str, found: Agreement) -> None:
    floors, asked = MEASURED[name], found.questions
    assert found.sentences / asked >= floors.sentences - MARGIN.sentences
    assert found.passages / asked >= floors.passages - MARGIN.passages
    assert found.first / asked >= floors.first - MARGIN.first
    one, other = found.right
    assert abs(one - other) / found.answerable <= MOST_DIFFERENT
    assert min(one, other) > 0


@needs_shared
@pytest.mark.usefixtures("analyzer")
def test_engines_agree_on_the_questions_of_natural_questions() -> None:
    check("natural_questions", compare("natural_questions"))


@needs_shared
@pytest.mark.slow
@pytest.mark.usefixtures("analyzer")
def test_engines_agree_on_the_questions_of_pquad() -> None:
    check("pquad_validation", compare("pquad_validation"))
