"""How sure several quotations are together, and how sure an answer must be."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import MAX_QUOTATIONS, Article, Caution, Form, Hit, Passage, Sentence, answer_probability
from retrieval.types import Span

ARTICLE = Article("a", "", "سیب سرخ است.")


class Shown(NamedTuple):
    sentence: Sentence
    beside: tuple[Sentence | None, Sentence | None] = None, None
    quotation: tuple[int, int] = 0, 12
    terms: tuple[frozenset[str], frozenset[str]] = frozenset(), frozenset()
    form: Form = Form.SENTENCE
    context: tuple[Span, ...] = ()
    context_terms: frozenset[str] = frozenset()
    listed: tuple[Span, ...] = ()
    copies: tuple[Article, ...] = ()


HIT = Hit(0, 1.0, 1.0, 0.5, Shown(Sentence(Passage(ARTICLE, 0, 12), 0, 12)))


def hits(*confidences: float) -> list[Hit]:
    return [replace(HIT, confidence=confidence) for confidence in confidences]


def test_unsure_quotations_are_surer_together() -> None:
    assert answer_probability([]) == 0
    assert answer_probability(hits(0.4)) == pytest.approx(0.4)
    assert answer_probability(hits(0.4, 0.5)) == pytest.approx(0.7)
    assert answer_probability(hits(0.4, 0.5, 0.5, 0.9)) == pytest.approx(0.85), f"only {MAX_QUOTATIONS} are shown"
    assert answer_probability(hits(1.0, 0.0)) == 1


@given(st.lists(st.floats(0, 1), max_size=6))
def test_it_is_a_probability_at_least_that_of_the_best(confidences: list[float]) -> None:
    together = answer_probability(hits(*confidences))
    assert max(confidences[:MAX_QUOTATIONS], default=0.0) - 1e-12 <= together <= 1


def test_the_more_careful_the_surer() -> None:
    assert 0 < Caution.EAGER.value < Caution.BALANCED.value < Caution.CAREFUL.value < 1
