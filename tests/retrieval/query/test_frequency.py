"""What a word tells depends on the collection where that is large, and on the language where it is small."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Retriever
from retrieval.engines import Searcher
from retrieval.query.frequency import information

TEXTS = ["پل شهر را شهردار گشود.", "پل را باران شست.", "شهردار ۴۰ ساله از پل گذشت."]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    folder = tmp_path_factory.mktemp("town")
    rows = [{"id": str(number), "title": "", "text": text} for number, text in enumerate(TEXTS)]
    (folder / "articles.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return Retriever.from_corpus(folder)


@pytest.fixture(scope="module")
def engine(town: Retriever) -> Searcher:
    return town.index.sentence_engine


def test_a_name_that_no_article_has_tells_more_than_a_common_word_that_none_has(town: Retriever) -> None:
    question = town.read("پل پرستوک زیبا")
    weights = dict(zip([group.terms[0] for group in question.query], question.weights, strict=True))
    assert weights["پرستوک"] > 1.4 * weights["زیبا"]


def test_of_words_as_common_in_the_language_the_rarer_in_the_articles_tells_more(engine: Searcher) -> None:
    told = [information([term], engine, lambda _: 0.001) for term in ("پل", "شهردار", "باران", "خورشید")]
    assert all(one < other for one, other in pairwise(told))


def test_a_city_tells_as_much_as_a_rare_word_though_it_is_written_often(town: Retriever) -> None:
    question = town.read("پل اصفهان پرستوک")
    weights = dict(zip([group.terms[0] for group in question.query], question.weights, strict=True))
    assert weights["اصفهان"] == weights["پرستوک"]


def test_an_attribute_that_no_article_names_or_measures_tells_as_much_as_a_rare_word(town: Retriever) -> None:
    question = town.read("قیمت پرستوک")
    assert question.weights[0] == question.weights[1]
    question = town.read("سن پرستوک")  # «ساله» measures it
    assert question.weights[0] < question.weights[1]


@given(st.lists(st.floats(1e-5, 0.03), min_size=2, max_size=5))
def test_the_commonest_of_the_terms_that_stand_for_one_another_counts(engine: Searcher, shares: list[float]) -> None:
    by_term = {str(number): share for number, share in enumerate(shares)}
    told = information(list(by_term), engine, by_term.__getitem__)
    assert told == information([max(by_term, key=by_term.__getitem__)], engine, by_term.__getitem__)
    assert 3 < told < 12


def test_what_a_question_weighs_in_all_is_its_idf(town: Retriever) -> None:
    question = town.read("باران کدام پل را شست؟")
    idf = sum(map(town.index.sentence_engine.idf, (group.terms[0] for group in question.query)))
    halved = 0.5 * town.index.sentence_engine.idf("پل")  # the noun behind «کدام»
    assert sum(question.weights) == pytest.approx(idf - halved)
