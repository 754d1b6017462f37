"""Plain lines → blocks: each form of line, what is joined and what is not, and spans that hold for any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.layout import blocks_of
from retrieval.types import Kind

H, P, N, T, R, L, F = Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM, Kind.HEAD_ROW, Kind.ROW, Kind.PAIR, Kind.FURNITURE

TEXTS = {
    "headings": (
        "راهنمای موزه\n\nبهای بلیت\n\nبلیت بزرگ‌سال ۵۰ هزار تومان است.\n\nنشانی\nخیابان دوم، روبه‌روی بوستان است.",
        [H, H, P, H, P],
    ),
    "labels above their values": ("نوع:\n\nتاریخ:\n\n۱۴۰۴/۱/۲\n\nمرجع:\n\nهیئت وزیران", [H, H, P, H, P]),
    "a question names its answer": ("موزه کی باز است؟\nهر روز از ۹ تا ۱۷.", [H, P]),
    "a sentence is no heading": ("باران بارید.\n\nرودخانه بالا آمد و راه بسته شد.", [P, P]),
    "bullets": ("همراه داشته باشید:\n- شناسنامه\n• عکس\n– فرم", [P, N, N, N]),
    "numbers": ("۱. فرم را پر کنید.\n۲) امضا کنید.\nالف) رسید بگیرید.", [N, N, N]),
    "numbers of several levels": ("۱-\tشنبه\n۱-۱-\tصبح\n۱-۲-\tعصر\n۲-\tدوشنبه", [N, N, N, N]),
    "a row that has a number": ("۱-\tنان\t۱۰۰۰\n۲-\tشیر\t۲۰۰۰", [R, R]),
    "tabs": ("کالا\tبها\nنان\t۱۰۰۰\nشیر\t۲۰۰۰", [T, R, R]),
    "bars": ("| نان | ۱۰۰۰ |\n|---|---|\n| شیر | ۲۰۰۰ |", [R, R]),
    "commas": ("نام,جمعیت\nپارسا,۱۲۰۰\nسمنو,۳۴۰۰", [T, R, R]),
    "clauses are no cells": ("او گفت,خندید و از آن جا رفت.\nما هم رفتیم,خسته و گرسنه بودیم.", [P, P]),
    "pairs": ("نام: مهرگان\nوزن: ۲ کیلوگرم", [L, L]),
    "pairs whose colons stand below one another": ("تلفن   : ۱۲۱\nنشانی  : یزد", [L, L]),
    "pairs, each a paragraph": ("طول: ۳۴۰۰ متر\n\nپیمانکار: الوند\n\nپیشرفت: ۶۵ درصد\n\nکار پیش می‌رود.", [L, L, L, P]),
    "two such paragraphs may be headings": (
        "فصل اول: کلیات\n\nماده ۱: هدف\n\nاین آیین‌نامه برای همهٔ کارکنان است.",
        [H, H, P],
    ),
    "names that come back are no labels": (
        "علی: آب کم است\n\nرضا: باران بارید\n\nلیلا: کافی نبود\n\nعلی: پس چه کنیم",
        [P, P, P, P],
    ),
    "short paragraphs below a line with a colon": (
        "نتایج هفته:\n\nشهداب ۳ - ۱ پیکان\n\nسایپا ۳ - ۰ نیان\n\nهفتهٔ بعد\n\nبازی‌ها جمعه آغاز می‌شود.",
        [P, N, N, H, P],
    ),
    "a drawn rule": ("بازار گل\nـــــــــــــ\nمحلات قطب گل ایران است و سالانه چهل میلیون شاخه می‌فروشد.", [H, P]),
    "one label is no pair": ("احمدی: باران کافی نبود و سدها پر نشدند.", [P]),
    "furniture": ("باران بارید.\n\nانتهای پیام/۴۰۲\n\nکد خبر: ۱۲۳\n#باران #سد", [P, F, F, F]),
    "furniture without a blank line above": (
        "شهرداری گفت کار ساخت بوستان تازه که\nپارسال آغاز شده بود تا پایان تابستان\nبه پایان می‌رسد.\nانتهای پیام",
        [P, F],
    ),
    "furniture behind the last sentence": ("باران بارید و رودخانه بالا آمد. انتهای پیام/۴۰۲۱", [P, F]),
    "the same words in a sentence": ("او گفت که نام را نوشته است در انتهای پیام.", [P]),
    "what furniture names": ("بیشتر بخوانید:\n- باران\n- برف\n\nباران بارید.", [F, F, F, P]),
    "a sentence that begins as furniture does": ("برچسب انرژی یخچال‌ها عوض شد.", [P]),
    "wrapped": ("شهرداری گفت کار ساخت بوستان تازه که\nپارسال آغاز شده بود تا پایان تابستان به\nپایان می‌رسد.", [P]),
    "wrapped paragraphs": (
        "شهرداری گفت کار ساخت بوستان تازه که\nپارسال آغاز شده بود به زودی به پایان\nمی‌رسد.\nشهردار افزود که"
        " هزینهٔ آن نیز بیشتر\nشده است و باید پرداخت شود.",
        [P, P],
    ),
    "wrapped, with a blank line between each two": (
        "شهرداری گفت کار ساخت بوستان تازه که\n\nپارسال آغاز شده بود تا پایان تابستان به\n\nپایان می‌رسد.\n\n\n"
        "شهردار افزود که هزینهٔ آن نیز بیشتر\n\nشده است و باید پرداخت شود.",
        [P, P],
    ),
    "headlines with a blank line between each two": (
        "باران‌های سیل‌آسا در شمال کشور ادامه دارد\n\nکشف گنج در روستای کهن\n\nچرا بهای نان بیشتر شد؟\n\nپایان.",
        [H, H, H, P],
    ),
    "wrapped below a title": (
        "گزارش بوستان\nشهرداری گفت کار ساخت بوستان تازه که\nپارسال آغاز شده بود تا پایان تابستان به\nپایان می‌رسد.",
        [H, P],
    ),
    "two wrapped lines below many": (
        "شهرداری گفت کار ساخت بوستان تازه که\nپارسال آغاز شده بود تا پایان تابستان به\nپایان می‌رسد.\n\n"
        "باغبان بوستان که زاده همین محله بود\nدرگذشت. او را به نیکی یاد می‌کنند.\nآرامگاهش در بوستان است.",
        [P, P],
    ),
    "wrapped, the first line of a paragraph set in": (
        "  شهرداری گفت کار ساخت بوستان تازه که\nپارسال آغاز شده بود اکنون پایان یافت.\n  شهردار افزود که هزینهٔ آن"
        " نیز بیشتر\nشده است و باید پرداخت شود.",
        [P, P],
    ),
    "a title with a semicolon": ("قالی تالار؛ ده زن و دو زمستان\n\nقالی تالار را ده زن در دو زمستان بافتند.", [H, P]),
    "numbered headings": ("۱. ساعت کار\nهر روز باز است.\n\n۲. بهای بلیت\nبلیت رایگان است.", [H, P, H, P]),
    "clauses of rules": (
        "ماده ۱- ورود آزاد است.\nتبصره ۱: کودکان نمی‌آیند.\nماده ۲ (اصلاحی)- ورود رایگان است.",
        [N, N, N],
    ),
    "a lone item is no heading of items": ("- نان\n\n- شیر\n\nهر دو تازه است.", [N, N, P]),
    "framed headings": ("*** جریمه ***\nدیرکرد جریمه دارد.\n\n== نشانی ==\nخیابان دوم است.", [H, P, H, P]),
    "a day above times": ("همایش آب – ۲۵ آبان\n۸:۰۰ پذیرش\n۹:۱۵ میزگرد", [H, N, N]),
    "questions among bullets": (
        "* چند سال است آشپزید؟\n- سی سال.\n\n* بهترین غذا کدام است؟\n- کوفته. دلمه هم خوب است.",
        [H, P, H, P],
    ),
    "a list of questions": ("- کجا بروم؟\n- کی بروم؟\n- همراه چه ببرم؟", [N, N, N]),
    "a quotation is no heading": ("«نوبت بگیرید.» — مهین سروی\n\nمرکز هر روز از ۸ تا ۱۴ باز است.", [P, P]),
    "semicolons": ("مقصد؛ ساعت؛ کرایه\nساری؛ ۷:۳۰؛ ۱۸۵ هزار\nبابل؛ ۹:۰۰؛ ۲۰۰ هزار", [T, R, R]),
    "clauses parted by semicolons": ("باران بارید؛ رود بالا آمد.\nبرف بارید؛ راه بسته شد.", [P, P]),
    "dotted lines below a title": ("بهای کار\nروغن ........ ۸۵۰ تومان\nشمع ......... ۲۰۰ تومان", [H, R, R]),
    "rows whose last cells are empty": ("کالا\tیک\tدو\nنان\t۱۰۰\t۲۰۰\nشیر\t۳۰۰\t\nآب\t۴۰۰\t۵۰۰", [T, R, R, R]),
    "a name above its labels": (
        "درمانگاه شفا\nتلفن: ۱۲\nنشانی: تهران\n\nدرمانگاه مهر\nتلفن: ۱۳\nنشانی: ری",
        [H, L, L, H, L, L],
    ),
    "questions are no labels with values": (
        "سؤال: کجا بروم؟\nپاسخ: به طبقهٔ دوم.\n\nسؤال: بهای آن چند است؟\nپاسخ: صد تومان.",
        [H, P, H, P],
    ),
    "a title above what leads to a list": ("کوفته تبریزی\n\nمواد لازم:\n- لپه\n- برنج", [H, P, N, N]),
    "a letter": ("بسمه تعالی\n\nبا سلام و احترام\nفردا تعطیل است.\nبا تشکر\nمهین سروی\nمدیر باغ", [F, F, P, F, P]),
    "a sentence that begins as a letter does": ("با سلام، فردا تعطیل است.", [P]),
    "the line above a signature in mail": (
        "شهرداری گفت کار ساخت بوستان تازه که\nپارسال آغاز شده بود تا پایان تابستان\nتمام شود.\n-- \nمهین سروی\nمدیر",
        [P, P],
    ),
    "columns of blanks": ("کالا    بها\nنان     ۱۰۰۰\nشیر     ۲۰۰۰", [T, R, R]),
    "two blanks behind a full stop": ("باران بارید.  رودخانه بالا آمد.\nبرف بارید.  راه بسته شد.", [P, P]),
    "verse": ("بنی آدم اعضای یک پیکرند\nکه در آفرینش ز یک گوهرند\nچو عضوی به درد آورد روزگار", [H, N, N]),
    "an address": ("تهران\nخیابان دوم، کوچهٔ سوم\nپلاک ۱۷", [H, N, N]),
    "speakers": ("زهرا امینی:\nآب کم است.\n\nرضا نادری:\nباران می‌آید و کافی است.", [H, P, H, P]),
}


@pytest.mark.parametrize(("text", "kinds"), TEXTS.values(), ids=TEXTS.keys())
def test_the_form_of_lines_tells_their_blocks(text: str, kinds: list[Kind]) -> None:
    assert [block.kind for block in blocks_of(text)] == kinds


def test_what_stands_below_a_name_that_comes_back_is_no_list() -> None:
    assert N not in [block.kind for block in blocks_of("علی:\n\nآب\n\nباران\n\nعلی:\n\nسیل\n\nخاک")]


def test_chapters_are_of_one_level() -> None:
    text = "فصل اول - کلیات\nشهریه ۳ میلیون تومان است.\n\nفصل دوم - انضباط\nتلفن همراه ممنوع است."
    assert [block.level for block in blocks_of(text) if block.kind is H] == [2, 2]


def test_frames_and_bars_are_no_part_of_a_line() -> None:
    text = "*** جریمه ***\n\n| نان | ۱۰ |\n| شیر | ۲۰ |"
    assert [text[block.start : block.end] for block in blocks_of(text)] == ["جریمه", "نان | ۱۰", "شیر | ۲۰"]


def test_a_bullet_is_no_part_of_an_item_and_a_number_is() -> None:
    text = "- نان\n۲. شیر"
    assert [text[block.start : block.end] for block in blocks_of(text)] == ["نان", "۲. شیر"]


@given(st.text(alphabet="اب ت\n\t|,.:؟-۱2#«»\u200c", max_size=200))
def test_blocks_are_in_order_and_hold_all_but_marks(text: str) -> None:
    blocks = blocks_of(text)
    held = "".join(text[block.start : block.end] for block in blocks)
    assert all(one.end <= other.start for one, other in pairwise(blocks))
    assert all(text[block.start : block.end].strip() == text[block.start : block.end] != "" for block in blocks)
    letters = [letter for letter in text if letter.isalpha()]
    assert [letter for letter in held if letter.isalpha()] == letters


INTERVIEW = """گفت‌وگو با باغبان

مهین سروی
از کی باغبانی می‌کنید؟

رحیم کاجی
از بیست‌سالگی. پدرم هم باغبان بود.

مهین سروی
می‌گویند درخت گردو آب زیاد می‌خواهد. درست است؟

رحیم کاجی
نه، هفته‌ای یک بار بس است.
"""


def shapes(text: str) -> list[tuple[str, str]]:
    return [(text[block.start : block.end], block.kind.value) for block in blocks_of(text)]


def test_the_turns_of_one_who_asks_are_headings_of_the_answers() -> None:
    found = {
        line: (kind, block.level) for (line, kind), block in zip(shapes(INTERVIEW), blocks_of(INTERVIEW), strict=True)
    }
    asked, answer = found["می‌گویند درخت گردو آب زیاد می‌خواهد. درست است؟"], found["نه، هفته‌ای یک بار بس است."]
    assert asked[0] == "heading"
    assert answer[0] == "paragraph"
    assert found["رحیم کاجی"][0] == "heading"
    assert found["رحیم کاجی"][1] > asked[1] > found["مهین سروی"][1]


def test_a_speaker_before_a_colon_asks_too() -> None:
    text = "خبرنگار: چند درخت دارید؟\n\nباغبان: صد تا.\n\nخبرنگار: کدامشان پیرتر است؟ گردو؟\n\nباغبان: گردو."
    assert [kind for _, kind in shapes(text)] == ["heading", "paragraph", "heading", "paragraph"]


def test_speakers_of_whom_none_asks_stay_as_they_are() -> None:
    text = "مهین: باغ را آب دادم.\n\nرحیم: گردوها رسیده‌اند.\n\nمهین: فردا می‌چینیم.\n\nرحیم: خبرم کن."
    assert [kind for _, kind in shapes(text)] == ["paragraph"] * 4
