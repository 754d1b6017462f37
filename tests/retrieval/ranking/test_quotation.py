"""What is quoted: never more than a reader sees at a glance, never a cut word, never another passage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Analyzer, Article, Question
from retrieval.engines import Group
from retrieval.ranking.quotation import MAX_QUOTE, PART_GAP, WHOLE_GAP, quotation
from retrieval.text.passages import passages, sentences
from retrieval.types import Sentence

WORDS = "سیب انار باغ و که اما تا درخت، (نهال) «سرخ» ؛ – قاسمی: توسعه‌یافته a,b ۱۲ زیرا".split()
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=90).map(lambda words: f"آن {' '.join(words)} بود.")
TEXT = st.lists(st.lists(SENTENCE, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=2).map("\n\n".join)
ASKED = Question("", tuple(Group((term,)) for term in ("سیب", "انار", "قاسم")), (1.0, 2.0, 3.0))

SHORT = "باغ انار روستا بزرگ است."
LONG = f"میوهٔ باغ را {'هر روز ' * 30}به شهر می‌برند، و کشاورزان {'سال‌ها ' * 20}از آن زندگی می‌کنند."


def cut(text: str) -> list[Sentence]:
    return [sentence for passage in passages(Article("a", "", text)) for sentence in sentences(passage)]


def quoted(analyzer: Analyzer, text: str, place: int, scores: dict[int, float], asked: Question = ASKED) -> str:
    """The quotation of one sentence of a text; `scores` are those of it and of its neighbours."""
    found = cut(text)
    beside = [(found[other], score) for other, score in scores.items() if other != place]
    start, end = quotation(found[place], beside, scores[place], asked, analyzer)
    return text[start:end]


@given(text=TEXT, data=st.data())
def test_a_quotation_is_what_a_reader_is_promised(analyzer: Analyzer, text: str, data: st.DataObject) -> None:
    found = cut(text)
    place = data.draw(st.integers(0, len(found) - 1))
    score = st.floats(-12, 12)
    sentence = found[place]
    beside = [
        (found[other], data.draw(score))
        for other in (place - 1, place + 1)
        if 0 <= other < len(found) and found[other].passage == sentence.passage
    ]

    start, end = quotation(sentence, beside, data.draw(score), ASKED, analyzer)

    assert sentence.passage.start <= start < end <= sentence.passage.end
    assert end - start <= MAX_QUOTE
    assert text[start:end] == text[start:end].strip()
    touched = [other for other in found if other.start < end and start < other.end]
    assert sentence in touched
    assert len(touched) <= 2
    if sentence.end - sentence.start <= MAX_QUOTE:
        assert start <= sentence.start
        assert sentence.end <= end
    else:
        assert touched == [sentence]
    for edge in (start, end):
        assert not text[edge - 1 : edge + 1].isalpha() or edge in (0, len(text)), "no word is cut"


@given(
    word=st.text("ابپ", min_size=MAX_QUOTE, max_size=2 * MAX_QUOTE),
    before=st.sampled_from(["", "سیب ", "سیب، "]),
)
def test_a_word_longer_than_a_quotation_is_cut(analyzer: Analyzer, word: str, before: str) -> None:
    (sentence,) = cut(f"{before}{word}.")
    start, end = quotation(sentence, [], 0.0, ASKED, analyzer)
    assert 0 < end - start <= MAX_QUOTE


def test_a_sentence_alone_is_quoted_whole(analyzer: Analyzer) -> None:
    assert quoted(analyzer, SHORT, 0, {0: 3.0}) == SHORT


@pytest.mark.parametrize(("behind", "whole"), [(0.0, True), (WHOLE_GAP - 0.1, True), (WHOLE_GAP + 0.1, False)])
@pytest.mark.parametrize("place", [0, 1])
def test_a_neighbour_is_quoted_along_within_the_margin(
    analyzer: Analyzer, place: int, behind: float, whole: bool
) -> None:
    text = f"{SHORT} او آن را کاشت."
    found = quoted(analyzer, text, place, {place: 2.0, 1 - place: 2.0 - behind})
    assert found == (text if whole else cut(text)[place].text)


def test_the_likelier_neighbour_is_quoted_along(analyzer: Analyzer) -> None:
    text = f"درخت سبز است. {SHORT} او آن را کاشت."
    assert quoted(analyzer, text, 1, {0: 1.0, 1: 2.0, 2: 1.5}) == f"{SHORT} او آن را کاشت."
    assert quoted(analyzer, text, 1, {0: 1.5, 1: 2.0, 2: 1.0}) == f"درخت سبز است. {SHORT}"


@pytest.mark.parametrize(("behind", "part"), [(PART_GAP - 0.1, True), (PART_GAP + 0.1, False)])
def test_of_a_neighbour_that_is_too_long_the_clauses_that_fit(analyzer: Analyzer, behind: float, part: bool) -> None:
    assert len(SHORT) + len(LONG) > MAX_QUOTE
    found = quoted(analyzer, f"{SHORT} {LONG}", 0, {0: 2.0, 1: 2.0 - behind})
    assert found == (f"{SHORT} {LONG.partition('، ')[0]}،" if part else SHORT)
    before = quoted(analyzer, f"{LONG} {SHORT}", 1, {1: 2.0, 0: 2.0 - behind})
    assert before == (f"{LONG[LONG.index('و کشاورزان') :]} {SHORT}" if part else SHORT)


def test_where_the_likelier_neighbour_does_not_fit_the_other_may(analyzer: Analyzer) -> None:
    endless = f"{'سنگ ' * 100}آمد."
    assert quoted(analyzer, f"{endless} {SHORT} او رفت.", 1, {0: 1.9, 1: 2.0, 2: 1.0}) == f"{SHORT} او رفت."


def test_a_long_sentence_is_quoted_where_the_question_is_met(analyzer: Analyzer) -> None:
    filler = f"{'سنگ از کوه می‌آید ' * 9}، "
    clause = "سیب و انار را قاسمی در باغ کاشت، "
    text = f"{filler}{filler}{clause}{filler}{filler}بود."
    found = quoted(analyzer, text, 0, {0: 1.0})
    assert clause.strip(" ،") in found
    assert len(found) <= MAX_QUOTE
    assert 60 < found.index(clause.strip(" ،")) + len(clause) / 2 < 240, "its words stand in the middle"


def test_a_clause_longer_than_a_quotation_ends_behind_a_word(analyzer: Analyzer) -> None:
    text = f"{'سیب‌های سرخ ' * 60}رسید."
    found = quoted(analyzer, text, 0, {0: 1.0})
    assert text.startswith(found + " ")
    assert MAX_QUOTE - 12 < len(found) <= MAX_QUOTE
