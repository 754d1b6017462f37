"""Sentences are exact spans that lose nothing, and end where a Persian reader says they end."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Article
from retrieval.corpus.articles import read_corpus
from retrieval.text.passages import passages, sentences
from tests.conftest import CORPUS, EVAL, SEED, needs_shared

TEXT = st.text(st.one_of(st.sampled_from(".!?؟…،؛:«»\"'()[] \n\r\t\u2028\u200c۱۲3ابپتو"), st.characters()))


def cut(text: str) -> list[str]:
    article = Article("a", "", text)
    return [sentence.text for passage in passages(article) for sentence in sentences(passage)]


@given(TEXT)
def test_spans_are_exact_ordered_and_lose_only_white_space(text: str) -> None:
    article = Article("a", "", text)
    end = 0
    for passage in passages(article):
        assert passage.start >= end
        for sentence in sentences(passage):
            assert passage.start <= sentence.start < sentence.end <= passage.end
            assert article.text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
            assert not text[end : sentence.start].strip()
            end = sentence.end
    assert not text[end:].strip()


@given(TEXT)
def test_no_sentence_crosses_a_line_end(text: str) -> None:
    assert all(len(sentence.splitlines()) == 1 for sentence in cut(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("او آمد. من رفتم.", ["او آمد.", "من رفتم."]),
        ("چه شد؟ هیچ! بگو…", ["چه شد؟", "هیچ!", "بگو…"]),
        ("آمد.رفت", ["آمد.", "رفت"]),
        ("نرخ ۳.۱۴ و 2.5 است. بله.", ["نرخ ۳.۱۴ و 2.5 است.", "بله."]),
        ("۱. خوشه فرش\n۲. خوشه سنگ", ["۱. خوشه فرش", "۲. خوشه سنگ"]),
        ("در سال ۱۳۴۰ ه.ش. آغاز شد.", ["در سال ۱۳۴۰ ه.ش. آغاز شد."]),
        ("پ. م. نوشت. او خواند.", ["پ. م. نوشت.", "او خواند."]),
        ("سیب، گلابی و... خرید. رفت.", ["سیب، گلابی و... خرید.", "رفت."]),
        ("نشانی www.example.org/a.b است. بله.", ["نشانی www.example.org/a.b است.", "بله."]),
        ("کتاب «چه باید کرد؟» را خواند. رفت.", ["کتاب «چه باید کرد؟» را خواند.", "رفت."]),
        ("«من آمدم.» او رفت.", ["«من آمدم.»", "او رفت."]),
        ("Dr. Smith came. He left.", ["Dr. Smith came.", "He left."]),
        ("قیمت ۲۰۰۰. او خرید.", ["قیمت ۲۰۰۰.", "او خرید."]),
        ("  \n\n ", []),
    ],
)
def test_sentence_ends(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_long_quotation_may_hold_several_sentences() -> None:
    spoken = "این نخستین جملهٔ گفتار بلندی است که باید جدا شود. این هم دومین جمله است که به همان اندازه بلند است و " * 2
    assert len(cut(f"گفت: «{spoken}».")) > 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("یک.\nدو.", ["یک.", "دو."]),
        ("یک.\nدو.\n\nسه.", ["یک.\nدو.", "سه."]),
        ("یک.\r\n \r\nدو.", ["یک.", "دو."]),
        ("\n\nیک\n\n\n", ["یک"]),
        ("یک.\r\nدو.\r\n\r\nسه.\r\n", ["یک.\r\nدو.", "سه."]),
        ("یک.\r\nدو.\r\n", ["یک.", "دو."]),
        ("\n یک.\n دو. \n  ", ["یک.", "دو."]),
    ],
)
def test_a_passage_is_a_line_or_a_block_between_blank_lines(text: str, expected: list[str]) -> None:
    assert [passage.text for passage in passages(Article("a", "", text))] == expected


def test_spans_are_exact_in_the_digests() -> None:
    _assert_exact(read_corpus(CORPUS).articles)


@needs_shared
def test_spans_are_exact_in_the_dispatch_and_in_every_judged_paragraph() -> None:
    squad = json.loads((EVAL / "pquad_validation.json").read_text(encoding="utf-8"))["data"]
    paragraphs = [paragraph["context"] for entry in squad for paragraph in entry["paragraphs"]]
    assert len(paragraphs) == 1103
    _assert_exact((*read_corpus(SEED).articles, *(Article(str(n), "", text) for n, text in enumerate(paragraphs))))


def _assert_exact(articles: tuple[Article, ...]) -> None:
    for article in articles:
        found = [sentence for passage in passages(article) for sentence in sentences(passage)]
        assert all(article.text[sentence.start : sentence.end] == sentence.text for sentence in found)
        assert "".join("".join(sentence.text for sentence in found).split()) == "".join(article.text.split())
