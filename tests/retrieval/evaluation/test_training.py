"""`retrieval train` as an engineer starts it, and what the fits learn."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import DEFAULT_ENGINE
from retrieval.__main__ import main
from retrieval.evaluation.datasets import reading
from retrieval.evaluation.measuring.runs import retriever_over
from retrieval.evaluation.training import cross_validation
from retrieval.evaluation.training.candidates import answers, candidates_of
from retrieval.evaluation.training.fitting import fit_confidence, fit_ranking
from retrieval.ranking.confidence import CONFIDENCE_NAMES, probability
from retrieval.ranking.features import FEATURE_NAMES
from retrieval.ranking.weights import from_json
from tests.conftest import Run
from tests.retrieval.evaluation.judged_files import (
    BAKER,
    BRIDGE,
    VILLAGE,
    paragraph,
    write_corpus,
    write_rows,
    write_squad,
)

pytestmark = pytest.mark.usefixtures("analyzer")


@pytest.fixture
def village(tmp_path: Path) -> Path:
    return write_squad(tmp_path / "village.json")


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[[Path, Path], str]:
    """The one line that `retrieval train FILE --out OUT` says where it fails."""

    def told(file: Path, out: Path) -> str:
        assert main(["train", str(file), "--out", str(out)]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.count("\n") == 1
        return said.err

    return told


def test_the_whole_way_from_judged_questions_to_weights(run: Run, village: Path, tmp_path: Path) -> None:
    outs = [tmp_path / f"weights-{number}.json" for number in (1, 2)]
    for out in outs:
        done = run("retrieval", "train", str(village), "--out", str(out))
        assert (done.returncode, done.stderr) == (0, "")
    first, second = (out.read_text(encoding="utf-8") for out in outs)
    assert first == second, "same questions, same weights"

    weights, provenance = from_json(first), json.loads(first)["provenance"]
    assert weights.ranking.shape == (len(FEATURE_NAMES),)
    assert np.isfinite(weights.ranking).all()
    assert weights.ranking.any()
    assert provenance["from"] == ["village.json"]
    assert provenance["questions"] == 7
    figures = json.loads(done.stdout)["village"]
    assert provenance["cross-validated by article"] == {"village": figures}
    assert figures["S@1"] >= 4 / 6
    assert figures["S@5"] == 1
    assert 0 <= figures["AUROC, unanswerable"] <= 1


def test_rows_without_an_answer_and_follow_ups_are_learnt_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    rows = write_rows(
        tmp_path / "rows.jsonl",
        {"question": "نانوا کیست؟", "status": "answered", "must": ["حیدر قاسمی"]},
        {"question": "و چند سال است که کار می‌کند؟", "status": "answered", "must": ["سی سال"], "after": "نانوا کیست؟"},
        {"question": "پل چوبی کی ساخته شد؟", "status": "answered", "must": ["۱۳۲۰"]},
        {"question": "قیمت رودخانه چند است؟", "status": "not_found"},
    )
    out = tmp_path / "weights.json"
    assert main(["train", str(rows), "--corpus", str(corpus), "--out", str(out)]) == 0
    assert json.loads(capsys.readouterr().out)["rows"]["S@5"] == 1
    assert from_json(out.read_text(encoding="utf-8")).ranking.any()


def test_a_follow_up_is_completed_and_an_absent_article_is_not_looked_at(village: Path) -> None:
    collection = reading.read([village])
    retriever = retriever_over(collection.articles, DEFAULT_ENGINE)
    (asked,) = candidates_of(retriever, collection.questions[0])
    (article,) = {answer.article for answer in asked.judged.answers}
    assert asked.gold.sum() == 1
    assert asked.features.shape == (len(asked.rows), len(FEATURE_NAMES)) == (len(asked.sentences), len(FEATURE_NAMES))
    others = list(candidates_of(retriever, collection.questions[0], without={article}))
    assert not any(other.gold.any() for other in others)
    assert not any(sentence.article.id == article for other in others for sentence in other.sentences)


@pytest.mark.parametrize("gold_first", [True, False])
def test_a_question_is_answered_where_its_best_quotation_holds_the_answer(village: Path, gold_first: bool) -> None:
    collection = reading.read([village])
    retriever = retriever_over(collection.articles, DEFAULT_ENGINE)
    (asked,) = candidates_of(retriever, collection.questions[0])
    far = np.where(asked.gold == gold_first, 20.0, -20.0)
    assert answers(asked, far) is gold_first


def test_articles_are_drawn_into_folds_of_which_each_leaves_something_to_learn(village: Path) -> None:
    collection = reading.read([village])
    retriever = retriever_over(collection.articles, DEFAULT_ENGINE)
    asked = [one for judged in collection.questions for one in candidates_of(retriever, judged)]
    folds = cross_validation.by_fold(asked)
    assert folds == cross_validation.by_fold(asked[::-1])
    assert sorted(folds.values()) == [0, 1, 2]


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        (
            [{"title": "", "paragraphs": [paragraph(BAKER, ("نانوا کیست؟", ""))]}],
            "village.json: no question has an answer",
        ),
        ([VILLAGE[0]], "village: fewer than two articles have an answer that is found"),
        (
            [
                {"title": "", "paragraphs": [paragraph(BAKER, ("زبگورا؟", "حیدر قاسمی"))]},
                {"title": "", "paragraphs": [paragraph(BRIDGE, ("زبگورا؟", "۱۳۲۰"))]},
            ],
            "fewer than two articles have an answer that is found",
        ),
        ([], "it has no questions"),
    ],
)
def test_what_cannot_be_learnt_from_is_told_in_one_line(
    told: Callable[[Path, Path], str], tmp_path: Path, entries: object, reason: str
) -> None:
    assert reason in told(write_squad(tmp_path / "village.json", entries), tmp_path / "out.json")
    assert not (tmp_path / "out.json").exists()


def test_a_place_that_cannot_be_written_is_told_in_one_line(
    told: Callable[[Path, Path], str], village: Path, tmp_path: Path
) -> None:
    for place in (tmp_path / "no" / "weights.json", tmp_path):
        assert f"{place}: it cannot be written" in told(village, place)


@settings(max_examples=20)
@given(seed=st.integers(0, 10_000))
def test_ranking_recovers_the_order_that_made_the_gold(seed: int) -> None:
    random = np.random.default_rng(seed)
    truth = np.array([3.0, -2.0, 0.0, 1.0])
    features = [random.normal(size=(8, 4)) for _ in range(600)]
    gold = [np.arange(8) == (its @ truth).argmax() for its in features]
    found = fit_ranking(features, gold, [1.0] * 600)
    assert found[0] > found[3] > abs(found[2])
    assert found[1] < -found[3]
    fresh = [random.normal(size=(8, 4)) for _ in range(200)]
    agreed = np.mean([(its @ truth).argmax() == (its @ found).argmax() for its in fresh])
    assert agreed > 0.9


def test_ranking_ignores_what_never_varies_and_questions_that_teach_nothing() -> None:
    random = np.random.default_rng(1)
    features = [np.column_stack([random.normal(size=5), np.full(5, 7.0)]) for _ in range(100)]
    gold = [np.arange(5) == its[:, 0].argmax() for its in features]
    some = fit_ranking(features, gold, [1.0] * 100)
    more = fit_ranking([*features, np.ones((3, 2))], [*gold, np.zeros(3, dtype=bool)], [1.0] * 101)
    assert some[0] > 0
    assert some[1] == 0
    assert np.array_equal(some, more)


def test_a_question_that_counts_more_decides() -> None:
    features = [np.array([[1.0], [0.0]])] * 2
    gold = [np.array([True, False]), np.array([False, True])]
    assert fit_ranking(features, gold, [9.0, 1.0])[0] > 0 > fit_ranking(features, gold, [1.0, 9.0])[0]


def test_confidence_is_calibrated_and_keeps_its_signs() -> None:
    random = np.random.default_rng(3)
    standing = random.normal(size=(6000, len(CONFIDENCE_NAMES)))
    # The second feature speaks against the answer, which its sign forbids to learn.
    likely = 1 / (1 + np.exp(-(2 * standing[:, 0] - 2 * standing[:, 1] - 1)))
    right = random.random(6000) < likely
    weights, bias = fit_confidence(standing, right, np.ones(6000))
    assert weights[0] > 1
    assert weights[1] == pytest.approx(0, abs=1e-9)
    assert min(weights) >= 0
    sure = probability(standing, weights, bias)
    for low in (0.0, 0.25, 0.5, 0.75):
        chosen = (sure >= low) & (sure < low + 0.25)
        assert sure[chosen].mean() == pytest.approx(right[chosen].mean(), abs=0.06)


@pytest.mark.parametrize("right", [True, False])
def test_confidence_of_questions_that_all_end_alike_is_finite(right: bool) -> None:
    standing = np.random.default_rng(4).normal(size=(30, len(CONFIDENCE_NAMES)))
    weights, bias = fit_confidence(standing, np.full(30, right), np.ones(30))
    sure = probability(standing, weights, bias)
    assert np.isfinite(weights).all()
    assert ((sure > 0.9) if right else (sure < 0.1)).all()
