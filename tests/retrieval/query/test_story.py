"""A story before a question is told from the question; a topic before it is not taken for one."""

from __future__ import annotations

import pytest

from retrieval import Analyzer
from retrieval.query.story import story

CASES = {
    "دیروز کارتم را در اتوبوس گم کردم. پولش برمی‌گردد؟": "پولش برمی‌گردد",
    "پسرم به مدرسه می‌رود و دنبال کیف هستم قیمت کوله چند است": "قیمت کوله چند است",
    "پل کهنه. طولش چقدر است؟": "پل کهنه طولش چقدر است",
    "شهردار که بود؟": "شهردار که بود",
    "چگونه نوبت بگیرم": "چگونه نوبت بگیرم",
}


@pytest.mark.parametrize(("text", "asked"), CASES.items())
def test_what_asks_is_left(text: str, asked: str, analyzer: Analyzer) -> None:
    tokens = list(analyzer.tokens(text))
    told = story(text, tokens, analyzer.is_verb)
    left = " ".join(text[token.start : token.end] for place, token in enumerate(tokens) if place not in told)
    assert left == asked
