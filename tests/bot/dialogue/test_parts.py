"""Messages that ask two things are parted where they do, and only there."""

from __future__ import annotations

import pytest

from bot.dialogue.parts import comparison, two_questions
from retrieval import Analyzer

TWO = {
    "مدیر کارخانه کیه و چند کارگر داره؟": ("مدیر کارخانه کیه", "چند کارگر داره؟"),
    "بلیت چند است؟ کودکان هم باید چند بدهند؟": ("بلیت چند است؟", "کودکان هم باید چند بدهند؟"),
    "شاعر کی و کجا زاده شد؟": ("شاعر کی زاده شد؟", "شاعر کجا زاده شد؟"),
    "گروه در چه سالی و در کجا پایه‌گذاری شد؟": ("گروه در چه سالی پایه‌گذاری شد؟", "گروه در کجا پایه‌گذاری شد؟"),
    "چرا و چگونه سد شکست؟": ("چرا سد شکست؟", "چگونه سد شکست؟"),
    "طول و عرض پل": ("طول پل", "عرض پل"),
    "سال ساخت و متراژ عمارت چیه": ("سال ساخت عمارت چیه", "متراژ عمارت چیه"),
    "بلیت استخر چنده؟ بچه ها هم بلیت میخوان؟": ("بلیت استخر چنده؟", "بچه ها هم بلیت میخوان؟"),
    "مدیر و معاون کارخانه کیست؟": None,
    "کیف و کفش ارزان": None,
    "گران‌ترین کالا چیه و چنده": None,
}
COMPARED = {
    "دانشگاه الوند بیشتر دانشجو دارد یا دانشگاه سهند؟": ({"الوند"}, {"سهند"}),
    "کدام پل بلندتر است، نگار یا زنبق؟": ({"نگار"}, {"زنبق"}),
    "قطار نسیم و قطار باران را مقایسه کن": ({"نسیم"}, {"باران"}),
    "بلیت کجا ارزونتره، شیراز یا یزد؟": ({"شیراز"}, {"یزد"}),
    "نگهداری سگ بیشتر خرجش میشه یا گربه؟": ({"سگ"}, {"گربه"}),
    "کدوم پل قدیمی تره، زنبق یا چکاوک": ({"زنبق"}, {"چکاوک"}),
    "شهردار رفت یا نه؟": None,
    "قم تا کاشان چند کیلومتر است یا چند ساعت؟": None,
    "کامپیوتر دانشگاه یا کتابخانه رایگان است؟": None,
    "نان یا شیر ارزان شد؟": None,
}


@pytest.mark.parametrize(("text", "parts"), TWO.items())
def test_two_questions_are_parted(text: str, parts: tuple[str, str] | None, analyzer: Analyzer) -> None:
    assert two_questions(text, list(analyzer.tokens(text)), analyzer) == parts


@pytest.mark.parametrize(("text", "sides"), COMPARED.items())
def test_the_two_sides_of_a_comparison_are_found(
    text: str, sides: tuple[set[str], set[str]] | None, analyzer: Analyzer
) -> None:
    tokens = list(analyzer.tokens(text))
    found = comparison(tokens, analyzer)
    assert (found and tuple({tokens[place].bare for place in side} for side in found[:2])) == sides
