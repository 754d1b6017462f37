"""What passages hold of a question, against the engines' own scores and by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import Analyzer, Article, Retriever
from retrieval.engines import Group
from retrieval.evaluation.measuring.runs import retriever_over
from retrieval.query.question import Question
from retrieval.ranking.candidates import candidates
from retrieval.ranking.confidence import standings
from retrieval.ranking.evidence import Evidence
from retrieval.ranking.features import FEATURE_NAMES, matrix
from retrieval.ranking.question_codes import NO_COLUMN, encode
from retrieval.ranking.sentence_view import SentenceView
from retrieval.ranking.weights import shipped
from tests.indexes import passage_numbers

pytestmark = pytest.mark.usefixtures("analyzer")  # the word tables are compiled before the first example's deadline

VILLAGE = (
    Article("a", "باغ انار", "باغ انار روستا چهارصد درخت دارد. برداشت انار در آبان آغاز می‌شود. میوه به شهر می‌رود."),
    Article("b", "پل چوبی", "پل چوبی رودخانه در سال ۱۳۲۰ ساخته شد.\n\nسیل بهاری آن را ویران کرد. چوب پل را آب برد."),
    Article("c", "", "نانوایی سنگکی هر روز باز است. نانوا حیدر قاسمی است."),
)

WORD = st.sampled_from(
    "سیب انار باغ باغ‌های درخت درختان سرخ کتاب‌خانه کتابخانه توسعه‌یافته توسعهیافته او این در که و را چه کدام چند "
    "کیست چرا نام سال ۱۳۲۰ قاسمی خوشهای می‌روند رفت شد بود آن‌ها ها است ؟ ، « » ( ۱۲ abc اااا".split()
)
TEXT = st.lists(WORD, max_size=14).map(" ".join)
ARTICLES = st.lists(
    st.tuples(TEXT, st.lists(st.lists(TEXT, max_size=3).map(". ".join), max_size=3).map("\n\n".join)),
    min_size=1,
    max_size=3,
).map(lambda rows: [Article(str(number), title, f"{text}\n\nسیب.") for number, (title, text) in enumerate(rows)])


@pytest.fixture(scope="module")
def village() -> Retriever:
    return retriever_over(VILLAGE, "rank-bm25")


def evidence_of(retriever: Retriever, question: Question | str) -> Evidence:
    """The evidence of all passages."""
    asked = retriever.read(question) if isinstance(question, str) else question
    return Evidence(asked, retriever.index, passage_numbers(retriever.index))


def engine_scores(retriever: Retriever, question: Question) -> tuple[list[float], list[float]]:
    """Every sentence's and passage's score, as the engines give it; 0 where it is no candidate."""
    index = retriever.index
    of_sentences, of_passages = (
        [dict(engine.search(question.query, len(engine))).get(number, 0.0) for number in numbers]
        for engine, numbers in (
            (index.sentence_engine, range(index.totals.sentences)),
            (index.passage_engine, passage_numbers(index)),
        )
    )
    return of_sentences, of_passages


def check(retriever: Retriever, question: Question) -> None:
    """Scores are the engines', coverages are shares, and features and what follows from them are finite."""
    evidence = evidence_of(retriever, question)
    of_sentences, of_passages = engine_scores(retriever, question)
    assert evidence.scores.sentences == pytest.approx(of_sentences, rel=1e-6, abs=1e-9)
    assert evidence.scores.passages == pytest.approx(of_passages, rel=1e-6, abs=1e-9)
    for present in (evidence.held.sentences, evidence.held.titles, evidence.held.passages):
        assert ((present >= 0) & (present <= 1)).all()
        covered = evidence.coverage(present)
        assert ((covered >= 0) & (covered <= 1 + 1e-9)).all()
    assert evidence.held_by_stems.shape == evidence.held.sentences.shape
    rows = np.arange(len(evidence.numbers))
    features = matrix(SentenceView(evidence, rows))
    assert features.shape == (len(rows), len(FEATURE_NAMES))
    assert np.isfinite(features).all()
    standing = standings(evidence.passages.of, len(question.query), features, features @ shipped().ranking)
    assert np.isfinite(standing).all()


@pytest.mark.parametrize(
    "question",
    ["باغ انار چند درخت دارد؟", "پل چوبی در چه سالی ساخته شد؟", "نانوا کیست؟", "انار انار باغ انار", "آب چه شد"],
)
def test_scores_are_the_engines_own(village: Retriever, question: str) -> None:
    check(village, village.read(question))


def test_groups_with_weights_and_substitutes_score_as_in_the_engine(village: Retriever) -> None:
    query = (
        Group(("انار",), 0.3, ("میو",)),
        Group(("پل", "باغ")),
        Group(("ندارد",)),
        Group(("چوب",), substitutes=("پل",)),
    )
    check(village, Question("", query, (1.0, 2.0, 3.0, 0.5)))


def test_coverage_is_the_share_of_the_weight(village: Retriever) -> None:
    query = (Group(("انار",)), Group(("پل",)), Group(("هیچجا",)))
    evidence = evidence_of(village, Question("", query, (1.0, 2.0, 5.0)))
    by_text = dict(
        zip(
            (evidence.sentence(row).text.split()[0] for row in range(len(evidence.numbers))),
            evidence.coverage(evidence.held.sentences).tolist(),
            strict=True,
        )
    )
    assert by_text["باغ"] == pytest.approx(1 / 8)
    assert by_text["پل"] == by_text["چوب"] == pytest.approx(2 / 8)
    assert by_text["سیل"] == by_text["نانوا"] == 0
    assert evidence.coverage(evidence.held.titles).tolist() == pytest.approx([1 / 8, 2 / 8, 2 / 8, 0])
    assert evidence.coverage(evidence.held.passages).tolist() == pytest.approx([1 / 8, 2 / 8, 2 / 8, 0])


def test_a_substitute_covers_half_and_the_better_term_of_a_group_counts(village: Retriever) -> None:
    query = (Group(("پل",), substitutes=("باغ",)), Group(("چوب",)))
    evidence = evidence_of(village, Question("", query, (1.0, 1.0)))
    covered = evidence.coverage(evidence.held.titles).tolist()
    assert covered[0] == pytest.approx(0.25)
    assert covered[1] >= 0.5


def test_relatives_are_found_by_their_stems(village: Retriever) -> None:
    query = (Group(("بهارستان",)), Group(("بهار",)))
    evidence = evidence_of(village, Question("", query, (1.0, 1.0)))
    flood = next(row for row in range(len(evidence.numbers)) if "سیل" in evidence.sentence(row).text)
    assert evidence.held_by_stems[flood].tolist() == [0, 1]
    assert evidence.held_by_stems.sum() == 1


def test_passages_are_read_as_they_stand_whichever_are_chosen(village: Retriever) -> None:
    question = village.read("چوب پل را چه برد؟")
    whole, numbers = evidence_of(village, question), passage_numbers(village.index)
    for chosen in ([0], [2], [1, 3], [0, 2, 3]):
        some = Evidence(question, village.index, [numbers[place] for place in chosen])
        rows = np.flatnonzero(np.isin(whole.passages.of, chosen))
        assert some.numbers.tolist() == whole.numbers[rows].tolist()
        assert some.scores.sentences == pytest.approx(whole.scores.sentences[rows])
        assert some.scores.passages == pytest.approx(whole.scores.passages[chosen])
        assert matrix(SentenceView(some, np.arange(len(rows)))) == pytest.approx(matrix(SentenceView(whole, rows)))


def test_codes_leave_out_what_the_collection_lacks(village: Retriever) -> None:
    query = (Group(("هیچ", "ناکجا")), Group(("انار", "انارستان")))
    order = (("ناکجا",), ("انار", "انارستان"), ("در",))
    codes = encode(Question("", query, (1.0, 1.0), order), village.index)
    assert codes.terms == ("انار",)
    assert codes.groups.columns.tolist() == [NO_COLUMN, 0]
    assert codes.order == ((), (0,), (1,))
    assert codes.width == 2
    assert codes.column == {"انار": 0, "در": 1}


@pytest.mark.parametrize(
    "question", ["", "؟", "که و در از را", "کیست؟ چرا؟", "زبگورا فنتاکیل", "نام چیست", "a" * 3000, "\u200c\u0640"]
)
def test_odd_questions_are_read_and_searched_without_a_fault(village: Retriever, question: str) -> None:
    asked = village.read(question)
    assert all(math.isfinite(hit.score) for hit in village.search(asked))
    if asked.query:
        check(village, asked)


def test_where_no_term_is_known_nothing_is_covered(village: Retriever) -> None:
    unknown = Question("", (Group(("ناکجا",)), Group(())), (1.0, 0.0), (("ناکجا",), ("هیچ",)), slot=1)
    check(village, unknown)
    evidence = evidence_of(village, unknown)
    assert not evidence.held.sentences.any()
    assert not evidence.scores.sentences.any()
    assert not candidates(unknown, village.index)
    check(village, replace(unknown, weights=(0.0, 0.0)))


@settings(max_examples=40)
@given(articles=ARTICLES, questions=st.lists(TEXT, min_size=1, max_size=4), previous=TEXT)
def test_any_question_to_any_articles_has_finite_evidence(
    articles: Sequence[Article], questions: list[str], previous: str
) -> None:
    retriever = retriever_over(articles, "rank-bm25")
    for text in questions:
        for question in (retriever.read(text), retriever.read(text).following(retriever.read(previous))):
            if question.query:
                check(retriever, question)
            for hit in retriever.search(question, 5, explain=True):
                assert 0 <= hit.confidence <= 1
                assert 0 <= hit.coverage <= 1 + 1e-9
                assert sum(hit.shares.values()) == pytest.approx(hit.score)
                start, end = hit.quotation
                assert hit.sentence.passage.start <= start < end <= hit.sentence.passage.end


def test_a_text_of_stop_words_alone_has_no_length_to_divide_by(analyzer: Analyzer) -> None:
    assert not analyzer.terms("که و در از را")
    retriever = retriever_over([Article("0", "که", "که و در از را.\n\nو."), Article("1", "", "این است.")], "rank-bm25")
    assert retriever.search("سیب کجاست؟") == []
    check(retriever, Question("", (Group(("سیب",)),), (1.0,), (("که",),)))
