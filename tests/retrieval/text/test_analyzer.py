"""A word and its spellings give the same terms, different words different ones, and no text is too strange."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Analyzer
from retrieval.text.orthography import HALF_SPACE, bare, fold

PERSIAN = st.text("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی آئأؤةيك\u200c\u0640\u064b\u0654۰۱۲٣4 .،؟", max_size=60)


@pytest.mark.parametrize(
    "spellings",
    [
        ("خوشه‌های", "خوشههای", "خوشه های", "خوشه‌ها", "خوشه"),
        ("توسعه‌یافتگی", "توسعهیافتگی", "توسعه یافتگی", "توسعه‌یافته", "توسعهیافته"),
        ("شرکت‌های", "شرکتهای", "شرکت های", "شرکت", "شركت"),
        ("سیاست‌گذاری", "سیاستگذاری", "سیاست گذاری"),
        ("رسیده‌اند", "رسیدهاند", "رسیده اند", "رسیدن", "می‌رسند", "میرسند", "می رسند", "نرسیده"),
        ("می‌سازد", "میسازد", "می سازد", "ساخت", "ساخته‌اند"),
        ("مرحلهٔ", "مرحلۀ", "مرحله‌ی", "مرحله ی", "مرحله‌ای", "مرحله"),
        ("مسئله", "مساله", "مسأله"),
        ("هیئت", "هیأت", "هیات"),
        ("مسئول", "مسوول", "مسؤول"),
        ("آمریکا", "امریکا"),
        ("به‌عنوان", "بهعنوان", "به عنوان"),
        ("نی‌ریز", "نیریز", "نی ریز"),
        ("بین‌المللی", "بینالمللی"),
        ("۱٬۰۰۰", "1,000", "١٠٠٠", "۱۰۰۰"),
        ("کِتاب", "كتاب", "کتـــاب", "کتاب\u200f", "\ufeffکتاب", "کت\u00adاب", "کتاب‌هایشان", "کتابهایم"),
        ("بزرگ‌تر", "بزرگتر", "بزرگترین", "بزرگ‌ترین"),
        ("اجراست", "اجرا"),
        ("فعالان", "فعال"),
        ("سازندگان", "سازنده"),
        ("اقدامات", "اقدام"),
        ("پدرش", "پدر"),
        ("COVID", "covid"),
    ],
    ids=lambda spellings: spellings[0],
)
def test_spellings_of_one_word_meet(analyzer: Analyzer, spellings: tuple[str, ...]) -> None:
    assert len({tuple(analyzer.terms(spelling)) for spelling in spellings}) == 1
    assert analyzer.terms(spellings[0])


@pytest.mark.parametrize("unknown", ["شنگرف‌پویان", "مسقطی‌سازان", "لوفت‌وافه"])
def test_a_compound_no_dictionary_has_meets_its_joined_spelling(analyzer: Analyzer, unknown: str) -> None:
    assert set(analyzer.terms(unknown)) & set(analyzer.terms(unknown.replace(HALF_SPACE, "")))


@pytest.mark.parametrize("word", ["استان", "فرش", "ملی", "شهر", "تهران", "باران", "درمان", "زبان", "مردم", "بها"])
def test_stemming_leaves_short_and_known_words_their_identity(analyzer: Analyzer, word: str) -> None:
    assert analyzer.terms(word) == [fold(word)]


@pytest.mark.parametrize(
    ("one", "other"), [("رود", "رفت"), ("مردم", "مرد"), ("باران", "بار"), ("استان", "است"), ("کشور", "کشید")]
)
def test_different_words_stay_apart(analyzer: Analyzer, one: str, other: str) -> None:
    assert analyzer.terms(one) != analyzer.terms(other)


def test_a_spaced_prefix_makes_a_verb_of_what_is_a_noun_alone(analyzer: Analyzer) -> None:
    assert analyzer.terms("می رود") == analyzer.terms("می‌رود") != analyzer.terms("رود")


def test_function_words_give_no_terms(analyzer: Analyzer) -> None:
    assert analyzer.terms("و در به از که این را با است برای کدام چیست خواهند شد شده‌اند می‌باشد") == []


@given(text=st.text() | PERSIAN)
def test_any_text_gives_folded_terms_and_spans_that_hold_them(analyzer: Analyzer, text: str) -> None:
    tokens = list(analyzer.tokens(text))
    assert [term for token in tokens for term in token.terms] == analyzer.terms(text)
    assert all(term and term == bare(term) for term in analyzer.terms(text))
    assert all(0 <= one.start < one.end <= two.start for one, two in pairwise(tokens))


@given(text=PERSIAN)
def test_arabic_letters_and_digits_change_nothing(analyzer: Analyzer, text: str) -> None:
    arabic = text.translate(str.maketrans("یک۰۱۲", "يك٠١٢"))
    assert analyzer.terms(arabic) == analyzer.terms(text)


@given(text=st.text() | PERSIAN)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("text", ["\ud800", "\0", "a" * 200_000, "ب\u200c" * 50_000, "👍" * 1000, ""])
def test_hostile_text_is_no_trouble(analyzer: Analyzer, text: str) -> None:
    assert all(len(term) <= 60 for term in analyzer.terms(text))
