"""Findings → the measures of each answerable question, through ir-measures (MacAvaney et al., ECIR 2022).

| name | what it is |
|---|---|
| A@1 | the first claim is from a gold passage and contains a gold answer: what a reader sees |
| S@1, S@5 | a gold sentence comes first, or among the first five (success@k) |
| MRR@10 | 1 / the rank of the first gold sentence, 0 beyond the tenth |
| nDCG@10 | the discounted gain of the gold sentences among the first ten, against the best order |
| R@5, R@10 | the share of the gold sentences among the first five or ten |
| P@1 | the first sentence is from a gold passage |
| passage … | the same measures of passages, each ranked by its best sentence |
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import ir_measures
import numpy as np
from ir_measures import RR, R, Success, nDCG

from retrieval.evaluation.datasets.judged import Judged, Span, is_gold_sentence, quotes_answer
from retrieval.evaluation.datasets.trec import Qrels, Run, document_id
from retrieval.evaluation.measuring.runs import Finding
from retrieval.types import Sentence

CLAIM_MEASURE = "A@1"
SENTENCE_MEASURES = {
    "S@1": Success @ 1,
    "S@5": Success @ 5,
    "MRR@10": RR @ 10,
    "nDCG@10": nDCG @ 10,
    "R@5": R @ 5,
    "R@10": R @ 10,
}
PASSAGE_MEASURES = {
    "P@1": Success @ 1,
    "passage S@5": Success @ 5,
    "passage MRR@10": RR @ 10,
    "passage nDCG@10": nDCG @ 10,
    "passage R@10": R @ 10,
}
MEASURE_NAMES = (CLAIM_MEASURE, *SENTENCE_MEASURES, *PASSAGE_MEASURES)

Measured = Mapping[str, Mapping[str, float]]
"""Measure → question id → value. A question has no value if nothing was judged at the measure's level."""


def sentence_qrels(questions: Iterable[Judged], sentences: Iterable[Sentence]) -> Qrels:
    """The gold sentences of each question whose answers are known by their spans."""
    around = _by_article(sentences)
    return {
        judged.id: {
            document_id(_span(sentence)): 1
            for article in {answer.article for answer in judged.answers}
            for sentence in around[article]
            if is_gold_sentence(sentence, judged)
        }
        for judged in questions
        if judged.answers
    }


def passage_qrels(questions: Iterable[Judged], sentences: Iterable[Sentence]) -> Qrels:
    """The passages of the collection that are, or lie in, the gold passages of answerable questions."""
    around = _by_article(sentences)
    return {
        judged.id: {
            document_id(Span(gold.article, sentence.passage.start, sentence.passage.end)): 1
            for gold in judged.passages
            for sentence in around[gold.article]
            if gold.start <= sentence.start < gold.end
        }
        for judged in questions
        if judged.answerable
    }


def _by_article(sentences: Iterable[Sentence]) -> dict[str, list[Sentence]]:
    around: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        around[sentence.article.id].append(sentence)
    return around


def _span(sentence: Sentence) -> Span:
    return Span(sentence.article.id, sentence.start, sentence.end)


def sentence_run(findings: Iterable[Finding]) -> Run:
    """The sentences found, as a run."""
    return {
        finding.judged.id: strictly_falling([(document_id(hit.sentence), hit.score) for hit in finding.hits])
        for finding in findings
    }


def passage_run(findings: Iterable[Finding]) -> Run:
    """The passages found, each ranked by its best sentence, as a run."""
    return {
        finding.judged.id: strictly_falling([(document_id(hit.passage), hit.score) for hit in finding.hits])
        for finding in findings
    }


def strictly_falling(ranked: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Document → score, each lower than the one before. A document that comes again is passed over.

    trec_eval keeps scores as 32-bit floats and orders equal ones by the documents' names. A score that is not below
    the one before is lowered to the next such float, so that the order stays.
    """
    scores: dict[str, float] = {}
    limit = np.float32(np.inf)
    for document, score in ranked:
        if document not in scores:
            limit = min(np.float32(score), np.nextafter(limit, np.float32(-np.inf)))
            scores[document] = float(limit)
    return scores


def rank_measures(qrels: Qrels, run: Run, measures: Mapping[str, ir_measures.Measure]) -> dict[str, dict[str, float]]:
    """Measure → question → value, for every question in `qrels`; 0 if the run lacks it or it has no gold document."""
    names = {measure: name for name, measure in measures.items()}
    values = {name: dict.fromkeys(qrels, 0.0) for name in measures}
    judged = {question: documents for question, documents in qrels.items() if documents}
    if judged:
        asked = {question: run.get(question, {}) for question in judged}
        for metric in ir_measures.iter_calc(list(names), judged, asked):
            values[names[metric.measure]][metric.query_id] = float(metric.value)
    return values


def reading_measure(findings: Iterable[Finding], texts: Mapping[str, str]) -> dict[str, float]:
    """A@1 of each question whose answers are known by their spans."""
    return {
        finding.judged.id: float(
            finding.quotation is not None and quotes_answer(finding.quotation, finding.judged, texts)
        )
        for finding in findings
        if finding.judged.answers
    }


def measure(findings: Sequence[Finding], sentences: Sequence[Sentence], texts: Mapping[str, str]) -> Measured:
    """All measures of all questions.

    Args:
        findings: what was found for each question.
        sentences: the sentences of the collection.
        texts: article id → text.
    """
    questions = [finding.judged for finding in findings]
    return (
        {CLAIM_MEASURE: reading_measure(findings, texts)}
        | rank_measures(sentence_qrels(questions, sentences), sentence_run(findings), SENTENCE_MEASURES)
        | rank_measures(passage_qrels(questions, sentences), passage_run(findings), PASSAGE_MEASURES)
    )
