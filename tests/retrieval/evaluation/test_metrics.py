"""Each measure against values worked out by hand, on the product's own sentences."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.corpus.articles import read_corpus
from retrieval.evaluation.datasets import squad
from retrieval.evaluation.datasets.judged import Judged, Span
from retrieval.evaluation.measuring import calibration, metrics, statistics
from retrieval.evaluation.measuring.calibration import (
    Trial,
    auroc,
    precision_of_answered,
    precision_of_not_found,
    threshold_for,
)
from retrieval.evaluation.measuring.runs import Finding, FoundSentence
from retrieval.text.passages import passages, sentences
from retrieval.types import Sentence
from tests.retrieval.evaluation.judged_files import write_corpus, write_squad


@pytest.fixture
def cut(tmp_path: Path) -> list[Sentence]:
    """Nine sentences in four passages: 2 and 2 of `school house.txt`, 2 and 3 of `village.txt`."""
    articles = read_corpus(write_corpus(tmp_path / "corpus")).articles
    found = [one for article in articles for passage in passages(article) for one in sentences(passage)]
    assert len(found) == 9
    return found


def span(sentence: Sentence) -> Span:
    return Span(sentence.article.id, sentence.start, sentence.end)


def found(judged: Judged, ranked: list[Sentence], quotation: Span | None = None, confidence: float = 0.5) -> Finding:
    hits = tuple(
        FoundSentence(span(one), Span(one.article.id, one.passage.start, one.passage.end), float(-rank), {})
        for rank, one in enumerate(ranked)
    )
    return Finding(judged, "anything", hits, quotation or (span(ranked[0]) if ranked else None), confidence)


def question(cut: list[Sentence], *golds: int) -> Judged:
    places = [cut[gold] for gold in golds]
    around = dict.fromkeys(Span(one.article.id, one.passage.start, one.passage.end) for one in places)
    return Judged("q1", "چه؟", "file", tuple(around), tuple(map(span, places)))


def one(finding: Finding, cut: list[Sentence]) -> dict[str, float]:
    texts = {sentence.article.id: sentence.article.text for sentence in cut}
    return {name: values["q1"] for name, values in metrics.measure([finding], cut, texts).items()}


def test_measures_of_a_question_with_two_gold_sentences(cut: list[Sentence]) -> None:
    # Golds 0 and 8, found at ranks 3 and 7; their passages hold 0, 1 and 6, 7, 8.
    ranked = [cut[place] for place in (4, 1, 0, 2, 3, 5, 8)]
    values = one(found(question(cut, 0, 8), ranked), cut)

    gain = 1 / math.log2(4) + 1 / math.log2(8)
    passage_gain = 1 / math.log2(3) + 1 / math.log2(5)
    best = 1 + 1 / math.log2(3)
    assert values == pytest.approx(
        {
            "A@1": 0,
            "S@1": 0,
            "S@5": 1,
            "MRR@10": 1 / 3,
            "nDCG@10": gain / best,
            "R@5": 1 / 2,
            "R@10": 1,
            # Passages in the order of their best sentence: 4-5, 0-1, 2-3, 6-8.
            "P@1": 0,
            "passage S@5": 1,
            "passage MRR@10": 1 / 2,
            "passage nDCG@10": passage_gain / best,
            "passage R@10": 1,
        }
    )


def test_the_neighbour_of_the_gold_sentence_counts_for_its_passage_alone(cut: list[Sentence]) -> None:
    values = one(found(question(cut, 5), [cut[4]]), cut)
    assert (values["P@1"], values["S@1"], values["S@5"], values["A@1"]) == (1, 0, 0, 0)
    both = Span("village.txt", cut[4].start, cut[5].end)
    assert one(found(question(cut, 5), [cut[4]], both), cut)["A@1"] == 1


def test_nothing_found_is_worth_nothing(cut: list[Sentence]) -> None:
    assert set(one(found(question(cut, 5), []), cut).values()) == {0}


def test_what_was_not_judged_is_not_measured(cut: list[Sentence]) -> None:
    passage = question(cut, 5).passages
    by_passage = found(Judged("q1", "چه؟", "file", passage), [cut[4]])
    unanswerable = found(Judged("q2", "چه؟", "file", passage, answerable=False), [cut[4]])
    values = metrics.measure([by_passage, unanswerable], cut, {})
    assert {name for name, of in values.items() if of} == set(metrics.PASSAGE_MEASURES)
    assert values["P@1"] == {"q1": 1.0}


@given(st.lists(st.floats(-1e6, 1e6), max_size=30))
def test_equal_scores_keep_their_order_in_32_bits(scores: list[float]) -> None:
    ranked = sorted(scores, reverse=True)
    falling = list(metrics.strictly_falling([(str(n), score) for n, score in enumerate(ranked)]).values())
    assert all(np.float32(one) > np.float32(two) for one, two in pairwise(falling))
    assert falling == pytest.approx(ranked, rel=1e-4, abs=1e-3)


def test_auroc_counts_pairs_and_ties_half() -> None:
    # 0.9 beats all three, 0.5 beats one and ties one: 3 + 1.5 of 6.
    assert auroc(np.array([0.9, 0.5]), np.array([0.1, 0.5, 0.7])) == pytest.approx(4.5 / 6)


def test_precisions() -> None:
    answerable, right = np.array([0.9, 0.8, 0.7, 0.2]), np.array([1.0, 0.0, 1.0, 1.0])
    unanswerable = np.array([0.75, 0.1])
    # At 0.7 three of four and one of two are answered, two of the three rightly.
    assert precision_of_answered(answerable, right, unanswerable, 0.7, without=2 / 6) == pytest.approx(2 / 4)
    assert precision_of_answered(answerable, right, unanswerable, 0.7, without=0.5) == pytest.approx(0.5 / 1.25)
    assert precision_of_not_found(answerable, unanswerable, 0.7, without=2 / 6) == pytest.approx(1 / 2)
    assert precision_of_not_found(answerable, unanswerable, 0.7, without=0.5) == pytest.approx(0.5 / 0.75)
    assert precision_of_answered(answerable, right, unanswerable, 1.1, without=0.5) == 1
    assert threshold_for(answerable, 0.75) == 0.7
    assert threshold_for(answerable, 0.76) == 0.2


def test_answerable_against_unanswerable() -> None:
    trials = [Trial(0.9, True, True, True), Trial(0.8, True, True, False), Trial(0.7, True, False, False)]
    trials += [Trial(0.65, True, True, True), Trial(0.3, True, True, True)]
    trials += [Trial(0.68, False, False, False), Trial(0.2, False, False, False)]
    figures = {name: figure.value for name, figure in calibration.measure(trials, seed=1, threshold=0.6).items()}
    assert figures == pytest.approx(
        {
            "AUROC": 8 / 10,
            "answered, of the answerable": 4 / 5,
            "answered, of the unanswerable": 1 / 2,
            "precision of «not found»": 1 / 2,
            "precision of «answered» by passage": 3 / 5,
            "precision of «answered» by answer": 2 / 5,
            "precision of «answered» by passage at 80% answered": 3 / 5,
            "precision of «answered» by answer at 80% answered": 2 / 5,
        }
    )
    assert calibration.measure([trial for trial in trials if trial.answerable], seed=1) == {}
    assert calibration.reliability(trials)[-1] == (0.9, 1.0, 1)
    assert calibration.reliability(trials)[2] == pytest.approx(((0.65 + 0.68) / 2, 0.5, 2))
    assert calibration.tradeoff(trials) == [
        (1 / 7, 1), (2 / 7, 1 / 2), (3 / 7, 1 / 3), (4 / 7, 1 / 4), (5 / 7, 2 / 5), (6 / 7, 3 / 6), (1, 3 / 7)
    ]  # fmt: skip
    assert calibration.tradeoff([Trial(0.5, True, True, True), Trial(0.5, True, False, False)]) == [(1, 0.5)]


def test_intervals_have_the_width_that_theory_gives() -> None:
    values = np.array([1.0] * 800 + [0.0] * 200)
    value, low, high = statistics.mean(values, seed=3)
    assert value == 0.8
    assert (high - low) / 2 == pytest.approx(1.96 * math.sqrt(0.8 * 0.2 / 1000), rel=0.15)
    assert statistics.mean(values, seed=3) == (value, low, high) != statistics.mean(values, seed=4)
    assert statistics.mean([0.5], seed=1) == (0.5, 0.5, 0.5)


def test_differences_are_tested_by_flipping_signs() -> None:
    # 8 questions won and none lost: two of the 256 ways to flip them are as extreme.
    won = statistics.difference([1.0] * 8 + [0.5] * 12, [0.0] * 8 + [0.5] * 12, seed=1)
    assert won.value == pytest.approx(0.4)
    assert won.p == pytest.approx(2 / 256, abs=0.003)
    assert 0 < won.low < won.value < won.high
    even = statistics.difference([1.0, 0.0] * 10, [0.0, 1.0] * 10, seed=1)
    assert (even.value, even.p) == (0, 1)
    assert (even.won, even.tied, even.lost) == (10, 0, 10)
    assert (won.won, won.tied, won.lost) == (8, 12, 0)
    assert statistics.difference([0.3, 0.4], [0.3, 0.4], seed=1) == (0, 0, 0, 1, 0, 2, 0)
    assert statistics.difference([1.0], [0.0], seed=1).p == 1


def test_squad_qrels_name_the_gold_sentences_of_the_collection(tmp_path: Path) -> None:
    read = squad.read(write_squad(tmp_path / "village.json"))
    cut = [one for article in read.articles for passage in passages(article) for one in sentences(passage)]
    qrels = metrics.sentence_qrels(read.questions, cut)
    assert list(qrels) == [judged.id for judged in read.questions if judged.answerable]
    assert list(qrels[read.questions[1].id]) == [f"village/0[{cut[1].start}:{cut[1].end}]"]
    assert [len(documents) for documents in metrics.passage_qrels(read.questions, cut).values()] == [1] * 6
