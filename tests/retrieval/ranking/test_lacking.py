"""A word that an article never has makes its hits doubtful, most of all one that names another more closely."""

from __future__ import annotations

import json

import numpy as np
import pytest

from retrieval import Retriever
from retrieval.ranking.candidates import candidates
from retrieval.ranking.evidence import Evidence
from retrieval.ranking.lacking import LACKED, LACKED_ASKED, NO_GROUP, NOTHING_LACKED, asked_for, doubts, preceding

ARTICLES = {
    "bridge": "پل زنبق در سال ۱۳۸۰ ساخته شد. این پل ۳۴۰ متر طول دارد. کارگران آن را در دو سال ساختند.",
    "silver": "معدن زمرد در کوهستان است. زمرد این معدن ارزان است.",
    "lake": "دریاچه سوسن آبی است. عمق دریاچه ۹ متر است. ماهی دارد. پرنده دارد. دریاچه سوسن بزرگ است.",
}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    folder = tmp_path_factory.mktemp("town")
    rows = [{"id": name, "title": "", "text": text} for name, text in ARTICLES.items()]
    (folder / "articles.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return Retriever.from_corpus(folder)


def _doubts(town: Retriever, question: str, article: str) -> list[float]:
    """Of each sentence of an article."""
    read = town.read(question)
    evidence = Evidence(read, town.index, candidates(read, town.index))
    names = [town.index.article(int(number)).id for number in evidence.block.articles]
    rows = [row for row, passage in enumerate(evidence.passages.of.tolist()) if names[passage] == article]
    return doubts(evidence, np.array(rows))


def _doubt(town: Retriever, question: str, article: str) -> float:
    """Of the sentence that is doubted least."""
    return min(_doubts(town, question, article))


def test_where_the_article_has_every_word_there_is_no_doubt(town: Retriever) -> None:
    assert _doubt(town, "طول پل زنبق", "bridge") == pytest.approx(-NOTHING_LACKED)


def test_words_of_other_sentences_of_the_article_are_not_lacked(town: Retriever) -> None:
    assert _doubt(town, "کارگران پل زنبق", "bridge") == pytest.approx(-NOTHING_LACKED)


def test_a_word_that_the_article_lacks_is_doubted_more_right_behind_a_word_that_it_has(town: Retriever) -> None:
    apart, behind = (_doubt(town, question, "bridge") for question in ("زمرد و پل زنبق", "پل زمرد"))
    assert behind > apart > -NOTHING_LACKED


@pytest.mark.parametrize("named", ["پل ۷", "پل یاقوت"])
def test_what_no_article_has_names_what_stands_before_it(town: Retriever, named: str) -> None:
    assert _doubt(town, named, "bridge") > LACKED


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("طول پل زنبق", {"پل": "طول", "زنبق": "پل"}),
        ("پل زنبق کجای شهر است", {"زنبق": "پل"}),
        ("پل و معدن", {}),
    ],
)
def test_what_stands_right_before(town: Retriever, question: str, expected: dict[str, str]) -> None:
    read = town.read(question)
    names = [group.terms[0] for group in read.query]
    before = preceding(read)
    assert {names[n]: names[k] for n, k in enumerate(before) if k != NO_GROUP} == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("مدیر پل زنبق کیست؟", ["مدیر"]),
        ("پل زنبق چند ستون دارد؟", ["پل", "ستون"]),
        ("سلام، یه سوال، ارتفاع پل زنبق چقدر است", ["ارتفاع"]),
        ("پل زنبق کی ساخته شد؟", []),
        ("چه کسی پل زنبق را ساخت؟", []),
    ],
)
def test_what_is_asked_of_a_thing(town: Retriever, question: str, expected: list[str]) -> None:
    read = town.read(question)
    assert [read.query[group].terms[0] for group in asked_for(read)] == expected


def test_an_article_without_a_word_for_what_is_asked_is_doubted_most(town: Retriever) -> None:
    asked, told = (_doubt(town, question, "bridge") for question in ("مدیر پل زنبق کیست؟", "مدیر پل زنبق"))
    assert told < asked <= told + LACKED_ASKED


def test_a_unit_tells_what_it_measures(town: Retriever) -> None:
    assert _doubt(town, "ارتفاع پل زنبق چقدر است", "bridge") < _doubt(town, "وزن پل زنبق چقدر است", "bridge")


def test_a_sentence_that_does_not_tell_what_its_article_tells_elsewhere_is_doubted(town: Retriever) -> None:
    *_, tells, beside, _, last = _doubts(town, "عمق دریاچه سوسن چقدر است", "lake")
    assert tells == beside < last
