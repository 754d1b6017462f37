"""Which lines state the day of an article, and which tell of another day."""

from __future__ import annotations

import datetime

import pytest

from retrieval.corpus.readers.datelines import day_among, stated_day
from retrieval.text.layout import blocks_of

STATED = {
    "تاریخ: ۱۴۰۳/۰۲/۱۲": datetime.date(2024, 5, 1),
    "شماره: ۷۱  تاریخ: ۱۴۰۳/۰۲/۱۲  پیوست: ندارد": datetime.date(2024, 5, 1),
    "شنبه ۱۴ اسفند ۱۳۸۹ - ۱۰:۴۰": datetime.date(2011, 3, 5),
    "۱۷ مرداد ۱۴۰۲": datetime.date(2023, 8, 8),
    "تاریخ انتشار: دوشنبه، ۱۱ دی ۱۴۰۲": datetime.date(2024, 1, 1),
    "به‌روزرسانی: ۱۸ خرداد ۱۴۰۳": datetime.date(2024, 6, 7),
    "تاريخ: ۱۲ ارديبهشت ۱۴۰۳": datetime.date(2024, 5, 1),
    "محلات - ایرنا - ۱۲ اسفند ۱۴۰۲": datetime.date(2024, 3, 2),
    "علی کریمی - زاده به ۱۲ اسفند ۱۴۰۲": None,
    "زادروز: ۹ مرداد ۱۳۶۰": None,
    "تاریخ تولد: ۹ مرداد ۱۳۶۰": None,
    "۲۰ دی ۱۳۵۸ به پایان رسید. بافتن آن دو زمستان": None,
    "قالی در تاریخ ۲۰ دی ۱۳۵۸ به پایان رسید.": None,
}


@pytest.mark.parametrize(("line", "day"), STATED.items())
def test_a_day_is_stated_alone_or_behind_its_label(line: str, day: datetime.date | None) -> None:
    assert stated_day([line]) == day


TEXTS = {
    "a card": ("کارت عضو\n\nنام: لیلا\nزادروز: ۹ مرداد ۱۳۶۰\nبه‌روزرسانی: ۱۸ خرداد ۱۴۰۳\n\nاو شطرنج می‌آموزد.", 2024),
    "a card without a day": ("کارت عضو\n\nنام: لیلا\nزادروز: ۹ مرداد ۱۳۶۰\n\nاو شطرنج می‌آموزد.", None),
    "a title": ("صورت‌جلسهٔ انجمن قالی؛ دوشنبه ۱۱ دی ۱۴۰۲\n\nدو طرح تازه پذیرفته شد و نشست پایان یافت.", 2024),
    "a foot": ("کارگاه قالی باز شد.\n\nماهنامهٔ تار و پود، ۲ آذر ۱۴۰۲، از لیلا صدری", 2023),
    "wrapped lines": (
        "قالی بزرگ تالار که ده زن آن را می‌بافتند، در\n۲۰ دی ۱۳۵۸ به پایان رسید. بافتن آن دو زمستان\nزمان برد.",
        None,
    ),
    "a day that is told": ("بافندهٔ قالی\n\nزادروز: ۹ مرداد ۱۳۶۰", None),
}


@pytest.mark.parametrize(("text", "year"), TEXTS.values(), ids=TEXTS.keys())
def test_what_an_article_tells_is_not_its_day(text: str, year: int | None) -> None:
    day = day_among(text, blocks_of(text))
    assert (day and day.year) == year
