"""Which lines state the day of an article, and which tell of another day."""

from __future__ import annotations

import datetime

import pytest

from retrieval.corpus.readers.datelines import day_among, stated_day
from retrieval.text.layout import blocks_of

STATED = {
    "تاریخ: ۱۴۰۳/۰۲/۱۲": datetime.date(2024, 5, 1),
    "شماره: ۷۱  تاریخ: ۱۴۰۳/۰۲/۱۲  پیوست: ندارد": datetime.date(2024, 5, 1),
    "شنبه ۲۳ بهمن ۱۳۸۹ - ۰۹:۰۵": datetime.date(2011, 2, 12),
    "۱۲ مهر ۱۴۰۴": datetime.date(2025, 10, 4),
    "تاریخ انتشار: پنجشنبه، ۲۲ آبان ۱۴۰۴": datetime.date(2025, 11, 13),
    "به‌روزرسانی: ۶ شهریور ۱۴۰۴": datetime.date(2025, 8, 28),
    "زادروز: ۳ تیر ۱۳۷۶": None,
    "تاریخ تولد: ۳ تیر ۱۳۷۶": None,
    "۱۲ مهر ۱۳۶۴ گشایش یافت. ساخت آن چهار سال به درازا": None,
    "پل در تاریخ ۱۲ مهر ۱۳۶۴ گشایش یافت.": None,
}


@pytest.mark.parametrize(("line", "day"), STATED.items())
def test_a_day_is_stated_alone_or_behind_its_label(line: str, day: datetime.date | None) -> None:
    assert stated_day([line]) == day


TEXTS = {
    "a card": ("شناسنامه\n\nنام: مینا\nزادروز: ۳ تیر ۱۳۷۶\nبه‌روزرسانی: ۶ شهریور ۱۴۰۴\n\nاو می‌دود.", 2025),
    "a card without a day": ("شناسنامه\n\nنام: مینا\nزادروز: ۳ تیر ۱۳۷۶\n\nاو می‌دود.", None),
    "a title": ("گزارش هفتگی هوا؛ پنجشنبه ۲۲ آبان ۱۴۰۴\n\nهفته‌ای بارانی بود و راه‌ها بسته شد.", 2025),
    "a foot": ("پل سروستان باز شد.\n\nماهنامهٔ بهار، ۱۲ خرداد ۱۴۰۴، نوشتهٔ مینا صدری", 2025),
    "wrapped lines": (
        "پل سروستان که دو سوی رود را به هم می‌پیوندد،\n۱۲ مهر ۱۳۶۴ گشایش یافت. ساخت آن چهار سال به\nدرازا کشید.",
        None,
    ),
    "a day that is told": ("پل سروستان\n\nزادروز: ۳ تیر ۱۳۷۶", None),
}


@pytest.mark.parametrize(("text", "year"), TEXTS.values(), ids=TEXTS.keys())
def test_what_an_article_tells_is_not_its_day(text: str, year: int | None) -> None:
    day = day_among(text, blocks_of(text))
    assert (day and day.year) == year
