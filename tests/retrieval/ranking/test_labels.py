"""An entry of a list whose label is asked for goes before sentences that tell the like of something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval import Form, Retriever

LAMP = """---
title: چراغ مطالعهٔ شبتاب ۴
---
شرکت روشنان چراغ مطالعهٔ شبتاب ۴ را به بازار داد. ویژگی‌های آن:

* توان: ۹ وات
* وزن: ۷۰۰ گرم
* رنگ: سفید و مشکی
* بها: ۸۵۰ هزار تومان

مدل پیشین، شبتاب ۳، توان ۱۲ وات و بهای ۶۰۰ هزار تومان داشت و دیگر ساخته نمی‌شود.
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    folder: Path = tmp_path_factory.mktemp("shop")
    (folder / "lamp.md").write_text(LAMP, encoding="utf-8")
    return Retriever.from_corpus(folder)


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("توان چراغ مطالعه", "توان: ۹ وات"),
        ("بهای چراغ مطالعه چند است", "بها: ۸۵۰ هزار تومان"),
        ("رنگ چراغ شبتاب ۴ چیست؟", "رنگ: سفید و مشکی"),
    ],
)
def test_the_entry_goes_first(shop: Retriever, question: str, entry: str) -> None:
    hit = shop.search(shop.read(question), 1)[0]
    assert (hit.form, hit.sentence.text) == (Form.PAIR, entry)


def test_what_only_a_sentence_tells_is_told_by_it(shop: Retriever) -> None:
    hit = shop.search(shop.read("چه شرکتی چراغ مطالعه شبتاب ۴ را به بازار داد"), 1)[0]
    assert hit.form is not Form.PAIR
    assert "شرکت روشنان" in hit.sentence.text
