"""A name and the office below it are one, where a letter has them; other short lines are not."""

from __future__ import annotations

import pytest

from retrieval.text.layout import blocks_of

LETTER = "شش دستگاه برف‌روب تخصیص یافت.\n\n"

SIGNED = {
    "at the foot": (f"{LETTER}لیلا کاظمی\nمعاون آموزش ابتدایی استان یزد", "لیلا کاظمی\nمعاون آموزش ابتدایی استان یزد"),
    "above copies": (f"{LETTER}لیلا کاظمی\n\nمدیرکل راهداری\n\nرونوشت:\n- بایگانی", "لیلا کاظمی\n\nمدیرکل راهداری"),
    "above furniture": (f"{LETTER}لیلا کاظمی\nمدیرکل راهداری\n\nانتهای پیام", "لیلا کاظمی\nمدیرکل راهداری"),
    "whom it is written to": (
        f"جناب آقای فرهاد کوشا\nرئیس محترم ادارهٔ گرمسار\n\n{LETTER}",
        "جناب آقای فرهاد کوشا\nرئیس محترم ادارهٔ گرمسار",
    ),
}


@pytest.mark.parametrize(("text", "signed"), SIGNED.values(), ids=SIGNED.keys())
def test_a_name_and_its_office_are_one(text: str, signed: str) -> None:
    assert signed in [text[block.start : block.end] for block in blocks_of(text)]


APART = {
    "offices below one another": f"{LETTER}مدیر مالی\nرئیس حراست",
    "no office": f"{LETTER}لیلا کاظمی\nروابط عمومی یزد",
    "in the midst": f"بازدیدکنندگان نمایشگاه\nمدیر موزه\n\n{LETTER}",
    "a sentence": f"{LETTER}لیلا کاظمی\nمدیر آمد.",
    "with a number": f"{LETTER}لیلا کاظمی ۱۲\nمدیر مالی",
}


@pytest.mark.parametrize("text", APART.values(), ids=APART.keys())
def test_other_short_lines_stay_apart(text: str) -> None:
    assert all("\n" not in text[block.start : block.end] for block in blocks_of(text))
