"""In a dialogue the sentences of one article are compared by what they hold and by where the last answer stands."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from retrieval import Retriever
from retrieval.ranking.features import FEATURE_NAMES
from retrieval.ranking.following import (
    FOLLOWING_CONFIDENCE,
    FOLLOWING_FILE,
    compared,
    following_from_json,
    following_to_json,
    shipped_following,
)
from retrieval.ranking.places import PLACES, places

STORED = json.loads(files("retrieval.ranking").joinpath(FOLLOWING_FILE).read_text(encoding="utf-8"))
MILL = (
    "آسیاب لاله در ۱۲۹۰ ساخته شد. گردانندهٔ آن بهرام کاوه بود. او در ۱۳۲۰ از دنیا رفت.\n\n"
    "آسیاب امروز موزه است. بلیت موزه ۳۰ هزار تومان است."
)


@pytest.fixture
def mill(tmp_path: Path) -> Retriever:
    (tmp_path / "mill.txt").write_text(MILL, encoding="utf-8")
    (tmp_path / "bath.txt").write_text("گرمابهٔ نسترن در ۱۳۰۵ ساخته شد. بهای آن ۵۰ هزار تومان است.", encoding="utf-8")
    return Retriever.from_corpus(tmp_path)


def test_the_shipped_weights_are_those_of_the_code() -> None:
    weights = shipped_following()
    assert dict(zip(FEATURE_NAMES, weights.ranking.tolist(), strict=True)) == STORED["ranking"]
    assert dict(zip(PLACES, weights.places.tolist(), strict=True)) == STORED["places"]
    assert dict(zip(FOLLOWING_CONFIDENCE, weights.confidence.tolist(), strict=True)) == STORED["confidence"]


def test_a_file_of_weights_reads_as_it_was_written() -> None:
    text = following_to_json(shipped_following(), STORED["provenance"])
    assert following_to_json(following_from_json(text), STORED["provenance"]) == text


def test_places_are_told_from_the_last_answer(mill: Retriever) -> None:
    first, second, *_ = mill.lines("mill.txt")
    evidence = compared(mill.read("موزه"), mill.index, second.number)
    assert evidence is not None
    told = dict(zip(PLACES, places(evidence, second.number).T, strict=True))
    assert told["quoted last"].tolist() == [0, 1, 0, 0, 0]
    assert told["next"].tolist() == [0, 0, 1, 0, 0]
    assert told["behind"].tolist() == [0, 0, 1, 1, 1]
    assert told["same passage"].tolist() == [1, 1, 1, 0, 0]
    assert np.all(np.diff(told["near behind"][2:]) < 0)
    assert evidence.numbers[0] == first.number


def test_only_the_article_of_the_last_answer_is_searched(mill: Retriever) -> None:
    near = mill.lines("mill.txt")[1].number
    hits = mill.search_beside(mill.read("بهای بلیت چند تومان است؟"), near)
    assert {hit.article.id for hit in hits} == {"mill.txt"}
    assert "۳۰ هزار" in hits[0].sentence.text


def test_what_the_article_has_no_word_of_is_less_sure(mill: Retriever) -> None:
    near = mill.lines("mill.txt")[0].number
    said, unsaid = (
        mill.search_beside(mill.read(text), near)[0].confidence for text in ("گرداننده کی بود؟", "رنگ سقف چیست؟")
    )
    assert unsaid < said


def test_who_holds_a_post_that_the_article_has_no_word_for_is_not_told(mill: Retriever) -> None:
    near = mill.lines("mill.txt")[0].number
    said, unsaid = (
        mill.search_beside(mill.read(text), near)[0].confidence for text in ("گرداننده آسیاب کیست", "وکیل آسیاب کیست")
    )
    assert unsaid < said / 2


def test_a_question_of_which_no_article_has_a_word_leaves_the_last_one(mill: Retriever) -> None:
    near = mill.lines("mill.txt")[0].number
    assert not mill.terms_beside(mill.read("دستمزد خلبان چند است"), near)


def test_the_fewer_words_a_question_has_the_more_its_place_counts(mill: Retriever) -> None:
    first, *_ = mill.lines("mill.txt")
    told = []
    for text in ("موزه", "بلیت موزه آسیاب لاله"):
        evidence = compared(mill.read(text), mill.index, first.number)
        assert evidence is not None
        told.append(dict(zip(PLACES, places(evidence, first.number).T, strict=True)))
    assert told[0]["next, few words"][1] > told[1]["next, few words"][1] == 0


def test_what_was_quoted_before_and_what_few_sentences_have_is_told(mill: Retriever) -> None:
    first, second, third, fourth, ticket = mill.lines("mill.txt")
    evidence = compared(mill.read("بلیت موزه"), mill.index, third.number)
    assert evidence is not None
    told = dict(zip(PLACES, places(evidence, third.number, [first.number, second.number]).T, strict=True))
    assert told["quoted before"].tolist() == [1, 1, 0, 0, 0]
    assert told["held here"].tolist() == [0, 0, 0, pytest.approx(told["held here"][3]), 1]
    assert 0 < told["held here"][3] < 0.5, "«موزه» is in two sentences, «بلیت» in one"
    assert fourth.number + 1 == ticket.number
