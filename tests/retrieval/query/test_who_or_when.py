"""«کی» is told apart by what stands around it."""

from __future__ import annotations

import pytest

from retrieval.query.question_words import Seeks, kind
from retrieval.query.who_or_when import Asks, told_apart, who_or_when
from retrieval.text.orthography import bare

WHO, WHEN, EITHER = Asks.WHO, Asks.WHEN, Asks.WHO | Asks.WHEN


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("با کی ازدواج کرد", WHO),
        ("این ماشین مال کیست", WHO),
        ("این خبر مال کیست", WHEN),
        ("کتاب را کی ترجمه کرد", WHO),
        ("کی رو اخراج کردن", WHO),
        ("کی گفت باران می‌آید", WHO),
        ("کی ساخته", WHO),
        ("کی می‌تواند ثبت نام کند", WHO),
        ("کی مدیرعامله", WHO),
        ("شهردار کی بود", WHO),
        ("مدیر موزه کیست", WHO),
        ("داور مسابقه کیست", WHO),
        ("مسابقه بعدی کیست", WHEN),
        ("الان بازی کیست", WHEN),
        ("زلزله کی بود", WHEN),
        ("از کی شروع شد", WHEN),
        ("از کی جایزه گرفت", WHO),
        ("تا کی مهلت داریم", WHEN),
        ("پل کی افتتاح شد", WHEN),
        ("کی باز است", WHEN),
        ("حافظ کی مرد", WHEN),
        ("کی برنده شد", EITHER),
        ("ادیسون کی برق را اختراع کرد", EITHER),
        ("پل چند متر است", None),
        ("", None),
    ],
)
def test_who_and_when_are_told_apart(question: str, asked: Asks | None) -> None:
    assert who_or_when([bare(word) for word in question.split()]) == asked


@pytest.mark.parametrize(
    ("question", "sought", "may_be_who"),
    [
        ("با کی رفت", Seeks.PERSON, False),
        ("بازی بعدی کیست", Seeks.TIME, False),
        ("کی قهرمان شد", Seeks.TIME, True),
        ("چرا رفت", Seeks.REASON, False),
    ],
)
def test_the_kind_of_answer_follows(question: str, sought: Seeks, may_be_who: bool) -> None:
    words, either = told_apart([bare(word) for word in question.split()])
    assert (kind(words), either) == (sought, may_be_who)
