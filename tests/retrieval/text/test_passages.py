"""Blocks → passages: what is one, what it is read in, and that all but headings and furniture is in some sentence."""

from __future__ import annotations

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.passages import MAX_ROWS, passage_spans
from retrieval.types import Article, Block, Form, Kind

TEXTS = {
    "headings": (
        "راهنمای موزه\n\nبهای بلیت\n\nبلیت ۵۰ هزار تومان است. کودکان رایگان‌اند.",
        [(["راهنمای موزه", "بهای بلیت"], ["بلیت ۵۰ هزار تومان است.", "کودکان رایگان‌اند."])],
    ),
    "a list": (
        "فرم را پر کنید. همراه داشته باشید:\n- شناسنامه\n- عکس",
        [
            ([], ["فرم را پر کنید.", "همراه داشته باشید:"]),
            (["فرم را پر کنید. همراه داشته باشید:"], ["شناسنامه", "عکس"]),
        ],
    ),
    "what follows a list": (
        "مدارک:\n- شناسنامه\n- عکس\n\nاین کار رایگان است.",
        [([], ["مدارک:"]), (["مدارک:"], ["شناسنامه", "عکس"]), ([], ["این کار رایگان است."])],
    ),
    "a table": ("کالا\tبها\nنان\t۱۰۰۰\nشیر\t۲۰۰۰", [(["کالا\tبها"], ["نان\t۱۰۰۰", "شیر\t۲۰۰۰"])]),
    "speakers": (
        "زهرا امینی:\nآب کم است.\n\nرضا نادری:\nباران کافی است.",
        [(["زهرا امینی:"], ["آب کم است."]), (["رضا نادری:"], ["باران کافی است."])],
    ),
    "steps": (
        "گام اول: فرم را پر کنید.\n\nگام دوم: نوبت بگیرید. زود بیایید.\n\nاین کار رایگان است. آسان است.",
        [
            ([], ["گام اول: فرم را پر کنید.", "گام دوم: نوبت بگیرید. زود بیایید."]),
            ([], ["این کار رایگان است.", "آسان است."]),
        ],
    ),
    "furniture": ("باران بارید.\n\nانتهای پیام", [([], ["باران بارید."])]),
    "a heading of nothing": ("باران بارید.\n\nپایان", [([], ["باران بارید."]), ([], ["پایان"])]),
}


def shown(article: Article) -> list[tuple[list[str], list[str]]]:
    """Passages as their contexts and sentences."""
    text = article.text
    return [
        ([text[start:end] for start, end in passage.context], [text[start:end] for start, end in passage.sentences])
        for passage in passage_spans(article)
    ]


@pytest.mark.parametrize(("text", "passages"), TEXTS.values(), ids=TEXTS.keys())
def test_passages_have_their_context(text: str, passages: list[tuple[list[str], list[str]]]) -> None:
    assert shown(Article("a", "عنوان", text)) == passages


def test_paragraphs_that_are_numbered_as_steps_are_items_in_whatever_format() -> None:
    text = "مرحله ۱- فرم را پر کنید.\n\nمرحله ۲- نوبت بگیرید.\n\nگام بلندی بود."
    ends = [text.index("\n"), text.index("\n\nگام")]
    starts = [0, ends[0] + 2, ends[1] + 2]
    blocks = tuple(Block(Kind.PARAGRAPH, *span) for span in zip(starts, [*ends, len(text)], strict=True))
    forms = [passage.forms for passage in passage_spans(Article("a", "راهنما", text, blocks=blocks))]
    assert forms == [(Form.ITEM, Form.ITEM), (Form.SENTENCE,)]


def test_the_lead_of_a_dispatch_without_a_title_names_what_follows() -> None:
    text = "کارخانهٔ کاشی باز شد. مدیر آن زهرا امینی است. ۳۲۰ کارگر دارد."
    dispatch = Article("a", "", text, datetime.date(2025, 1, 1), "خبرگزاری")
    assert shown(dispatch)[0][0] == ["کارخانهٔ کاشی باز شد."]
    assert shown(Article("a", "عنوان", text))[0][0] == []


def test_the_lead_of_any_untitled_text_names_its_further_passages() -> None:
    text = "کارخانهٔ کاشی باز شد.\n\nمدیر آن زهرا امینی است."
    assert [context for context, _ in shown(Article("a", "", text))] == [[], ["کارخانهٔ کاشی باز شد."]]


def test_a_long_table_has_several_passages_with_one_head() -> None:
    rows = "\n".join(f"کالای {number}\t{number}" for number in range(2 * MAX_ROWS))
    passages = passage_spans(Article("a", "عنوان", f"کالا\tبها\n{rows}"))
    assert [len(passage.sentences) for passage in passages] == [MAX_ROWS, MAX_ROWS]
    assert len({passage.context for passage in passages}) == 1
    assert {form for passage in passages for form in passage.forms} == {Form.ROW}


@given(st.text(alphabet="اب ت\n\t|.:؟-۱#«»", max_size=200))
def test_sentences_are_in_order_and_none_is_empty(text: str) -> None:
    spans = [span for passage in passage_spans(Article("a", "عنوان", text)) for span in passage.sentences]
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)


def test_a_pair_that_names_the_subject_is_the_context_of_the_pairs() -> None:
    text = "شناسنامه\n\nنام: پل سروستان\nطول: ۱۲۰ متر\nسال ساخت: ۱۳۵۰"
    found = passage_spans(Article("a.txt", "", text))
    assert [text[start:end] for start, end in found[-1].context][-1] == "نام: پل سروستان"


def test_a_pair_that_names_nothing_is_no_context() -> None:
    text = "شناسنامه\n\nطول: ۱۲۰ متر\nسال ساخت: ۱۳۵۰"
    found = passage_spans(Article("a.txt", "", text))
    assert [text[start:end] for start, end in found[-1].context] == ["شناسنامه"]


def test_a_table_is_read_in_its_lead_in_and_its_caption() -> None:
    text = "بهای نان به شرح زیر است:\n\nجدول ۱: نان\n\nنان | ۱۰۰۰\nشیر | ۲۰۰۰"
    bounds = [(Kind.PARAGRAPH, "بهای نان به شرح زیر است:"), (Kind.CAPTION, "جدول ۱: نان"), (Kind.ROW, "نان | ۱۰۰۰")]
    blocks = [Block(kind, text.index(words), text.index(words) + len(words)) for kind, words in bounds]
    assert shown(Article("a", "عنوان", text, blocks=tuple(blocks)))[-1] == (
        ["بهای نان به شرح زیر است:", "جدول ۱: نان"],
        ["نان | ۱۰۰۰"],
    )


def test_a_caption_below_a_table_names_it_and_that_of_a_picture_does_not() -> None:
    rows = "نان | ۱۰۰۰\nشیر | ۲۰۰۰"
    for caption, named in (("جدول بهای نان", ["جدول بهای نان"]), ("نانوایی محله", [])):
        text = f"{rows}\n\n{caption}"
        start = len(rows) + 2
        blocks = (Block(Kind.ROW, 0, 10), Block(Kind.ROW, 11, len(rows)), Block(Kind.CAPTION, start, len(text)))
        assert shown(Article("a", "عنوان", text, blocks=blocks))[0] == (named, rows.split("\n"))
