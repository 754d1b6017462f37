"""What is there for politeness alone is found wherever it stands, and nothing of what is asked is."""

from __future__ import annotations

import pytest

from retrieval.query.courtesy import courtesy
from retrieval.text import bare

QUESTION = "نخستین پل شهر کجاست"
AROUND = (
    "سلام {}",
    "با سلام و احترام {}",
    "سلام وقتتون بخیر، {} ممنون",
    "ببخشید {}",
    "ببخشید یه سوال داشتم {}",
    "سلام خسته نباشید مزاحم شدم {} با تشکر فراوان",
    "{} ممنون میشم راهنمایی کنید",
    "میشه لطفا بگید {}",
    "بی زحمت {} مرسی از راهنماییتون",
    "من می‌خواستم بدونم {} پیشاپیش سپاسگزارم",
    "سلام و عرض ادب {} سپاس فراوان",
    "بچه‌ها کسی می‌دونه {}",
    "دوستان کسی اطلاع داره که {}؟",
)
ASKED = (
    "بچه‌ها چند ساله‌اند",
    "بهترین دوست شاعر که بود",
    "چه کسی از مردم تشکر کرد",
    "فیلم خوب بد زشت را که ساخت",
    "خبرنگار چه سؤالی پرسید",
    "سلام نامهٔ کیست",
    "در حال حاضر شهردار کیست",
)


@pytest.mark.parametrize("around", AROUND)
def test_a_question_is_left_of_what_is_around_it(around: str) -> None:
    words = [bare(word) for word in around.format(QUESTION).replace("،", "").replace("؟", "").split()]
    polite = courtesy(words)
    assert [word for place, word in enumerate(words) if place not in polite] == list(map(bare, QUESTION.split()))


@pytest.mark.parametrize("question", ASKED)
def test_words_that_are_asked_about_stay(question: str) -> None:
    words = list(map(bare, question.split()))
    left = [word for place, word in enumerate(words) if place not in courtesy(words)]
    assert left in (words, words[1:]) if words[0] == "سلام" else left == words


def test_courtesies_alone_are_all_that_is_asked() -> None:
    assert courtesy([bare(word) for word in "سلام خسته نباشید ممنون".split()]) == frozenset()
