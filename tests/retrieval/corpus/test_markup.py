"""HTML → text and blocks: what each element becomes, and that nothing of the text is lost or moved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.corpus.html import parsed, with_line_ends
from retrieval.corpus.markup import composed
from retrieval.types import Kind

H, P, N, T, R, L, C, F = (
    Kind.HEADING,
    Kind.PARAGRAPH,
    Kind.ITEM,
    Kind.HEAD_ROW,
    Kind.ROW,
    Kind.PAIR,
    Kind.CAPTION,
    Kind.FURNITURE,
)

PAGES = {
    "paragraphs and breaks": (
        "<p>یک&nbsp;دو.<br>سه و چهار.</p><p>پنج</p>",
        [(P, "یک دو."), (P, "سه و چهار."), (P, "پنج")],
    ),
    "half-spaces": ("<p>می&zwnj;رود</p>", [(P, "می\u200cرود")]),
    "headings": ("<h2>نام</h2><p>متن.</p>", [(H, "نام"), (P, "متن.")]),
    "a bold line is a heading": ("<p><b>نام</b></p><p>متن.</p>", [(H, "نام"), (P, "متن.")]),
    "a bold question before its answer": (
        "<p><b>چرا گران شد؟</b> عرضه کم است.</p><p><b>نرخ:</b> ده ریال است.</p><p>پرسید <b>چرا؟</b> و رفت.</p>",
        [(H, "چرا گران شد؟"), (P, "عرضه کم است."), (P, "نرخ: ده ریال است."), (P, "پرسید چرا؟ و رفت.")],
    ),
    "a line that names what is below it": (
        "<p>زهرا امینی:</p><p>آب کم است.</p><p>بها</p><p>این نان هزار ریال است.</p>",
        [(H, "زهرا امینی:"), (P, "آب کم است."), (H, "بها"), (P, "این نان هزار ریال است.")],
    ),
    "a table of one filled column": ("<table><tr><td>نان<td><tr><td>شیر<td></table>", [(P, "نان"), (P, "شیر")]),
    "labels and values that classes tell": (
        "<div><span class=spec-label>حافظه</span><span class=specValue>۱۲ گیگ</span></div>"
        "<p><i class=key>وزن</i><i class=value>۲</i> کیلو <i class=key>طول</i><b class=value>۳</b></p>"
        "<div class=key>رنگ</div> <div class=value>آبی</div><div class=title>نام</div><div>سیل آمد.</div>",
        [(L, "حافظه: ۱۲ گیگ"), (L, "وزن: ۲ کیلو"), (L, "طول: ۳"), (L, "رنگ: آبی"), (H, "نام"), (P, "سیل آمد.")],
    ),
    "who is quoted names nothing below": (
        "<blockquote><p>آب کم است.</p><cite>لیلا امینی</cite></blockquote><p>در <cite>آب و خاک</cite> آمده است که باران"
        " امسال هم کم است و باید کمتر کاشت.</p>",
        [(P, "آب کم است."), (C, "لیلا امینی"), (P, "در آب و خاک آمده است که باران امسال هم کم است و باید کمتر کاشت.")],
    ),
    "the foot of a quotation": (
        "<blockquote><p>آب کم است.</p><footer>مثل یزدی</footer></blockquote><p>پایان.</p>",
        [(P, "آب کم است."), (C, "مثل یزدی"), (P, "پایان.")],
    ),
    "a bullet before a question in bold": ("<p><b>* چرا؟</b> باران کم است.</p>", [(H, "چرا؟"), (P, "باران کم است.")]),
    "a cell over a whole row names the rows below": (
        "<table><tr><th>نان<th>بها<tr><td colspan=2>گندم<tr><td>لواش<td>۱<tr><td colspan=2>جو<tr><td>سنگک<td>۲"
        "<tr><td colspan=2>بهای شب دیگر است.</table>",
        [
            (C, "گندم"),
            (T, "نان | بها"),
            (R, "لواش | ۱"),
            (C, "جو"),
            (T, "نان | بها"),
            (R, "سنگک | ۲"),
            (P, "بهای شب دیگر است."),
        ],
    ),
    "a line that names a table": (
        "<table><tr><th>نان<th>بها<tr><td>لواش<td>۱</table><p>جدول ۱: بهای نان</p><p>بها ثابت است.</p>"
        "<p><b>جدول شمارهٔ ۲- شیر</b></p><table><tr><th>شیر<th>بها<tr><td>کم‌چرب<td>۱</table>",
        [
            (T, "نان | بها"),
            (R, "لواش | ۱"),
            (C, "جدول ۱: بهای نان"),
            (P, "بها ثابت است."),
            (C, "جدول شمارهٔ ۲- شیر"),
            (T, "شیر | بها"),
            (R, "کم‌چرب | ۱"),
        ],
    ),
    "a table whose rows are named in bold": (
        "<table><tr><td><b>داور</b><td>علی شاهی<tr><td><b>تماشاگر</b><td>۲۰۰۰ نفر</table>",
        [(R, "داور | علی شاهی"), (R, "تماشاگر | ۲۰۰۰ نفر")],
    ),
    "lists": ("<ol start=3><li>یک<li><p>دو</p></ol><ul><li>سه</ul>", [(N, "3. یک"), (N, "4. دو"), (N, "سه")]),
    "a table": (
        "<table><tr><th>کالا<th>بها<tr><td><p>نان</p><td>۱<br>ریال</table>",
        [(T, "کالا | بها"), (R, "نان | ۱ ریال")],
    ),
    "rows that a cell spans": (
        "<table><tr><td rowspan=2>فارس<td>۱<tr><td>۲</table>",
        [(R, "فارس | ۱"), (R, "فارس | ۲")],
    ),
    "a head of two rows, and a name above it": (
        "<table><thead><tr><th colspan=2>بهای نان<tr><th>نان<th>ریال<tbody><tr><td>سنگک<td>۵<tr><td>بربری<td>۳</table>",
        [(C, "بهای نان"), (T, "نان | ریال"), (R, "سنگک | ۵"), (R, "بربری | ۳")],
    ),
    "a head of two rows, with cells over some": (
        "<table><thead><tr><th rowspan=2>گروه<th colspan=2>زنان<tr><th>صبح<th>عصر<tbody><tr><td>کودک<td>۷<td>۸</table>",
        [(T, "گروه | زنان صبح | زنان عصر"), (R, "کودک | ۷ | ۸")],
    ),
    "a head of two rows without marks": (
        "<table><tr><td rowspan=2>گروه<td colspan=2>زنان<tr><td>صبح<td>عصر<tr><td>کودک<td>دارد<td>ندارد</table>",
        [(T, "گروه | زنان صبح | زنان عصر"), (R, "کودک | دارد | ندارد")],
    ),
    "a head in bold": (
        "<table><tr><td><b>شهر</b><td><p><strong>پل</strong><tr><td>لار<td>دارد<tr><td><b>گنبد</b><td>ندارد</table>",
        [(T, "شهر | پل"), (R, "لار | دارد"), (R, "گنبد | ندارد")],
    ),
    "a table all in bold, or of marked cells alone": (
        "<table><tr><th>لار<th>دارد<tr><th>گنبد<th>ندارد</table><table><tr><td><b>ا</b><td><b>ب</b></table>",
        [(R, "لار | دارد"), (R, "گنبد | ندارد"), (R, "ا | ب")],
    ),
    "three columns without numbers": (
        "<table><tr><td>نام<td>سمت<td>شهر<tr><td>نگار<td>دبیر<td>لار<tr><td>زهرا<td>رئیس<td>گنبد</table>",
        [(T, "نام | سمت | شهر"), (R, "نگار | دبیر | لار"), (R, "زهرا | رئیس | گنبد")],
    ),
    "a timetable without a head": (
        "<table><tr><td>شنبه<td>حساب<td>علوم<tr><td>یکشنبه<td>حساب<td>ورزش<tr><td>دوشنبه<td>هنر<td>علوم</table>",
        [(R, "شنبه | حساب | علوم"), (R, "یکشنبه | حساب | ورزش"), (R, "دوشنبه | هنر | علوم")],
    ),
    "a cell over two columns": (
        "<table><tr><td colspan=2>آب<td>۱<tr><td>نان<td>گرم<td>۲</table>",
        [(R, "آب | | ۱"), (R, "نان | گرم | ۲")],
    ),
    "a row in a cell": (
        "<table><tr><td>نان<td><b><tr>شیر</b>۱<tr><td>آب<td>۲</table>",
        [(T, "نان |"), (R, "شیر۱"), (R, "آب | ۲")],
    ),
    "a table for the layout": ("<table><tr><td><p>یک.</p><p>دو.</p></table>", [(P, "یک."), (P, "دو.")]),
    "terms": ("<dl><dt>وزن<dd>۲ کیلو</dl>", [(L, "وزن: ۲ کیلو")]),
    "terms without a word on them": (
        "<dl><dt>وزن<dt>رنگ<dd>سیاه<dd>سفید</dl>",
        [(H, "وزن"), (L, "رنگ: سیاه"), (L, "رنگ: سفید")],
    ),
    "a word on no term": ("<dl><dd>سیاه</dl>", [(P, "سیاه")]),
    "empty lines between breaks": ("یک.<br><br>دو.<br>سه.", [(P, "یک."), (P, "دو."), (P, "سه.")]),
    "lists in lists": ("<ul><li>یک<ul><li>دو</ul><li>سه</ul>", [(N, "یک"), (N, "دو"), (N, "سه")]),
    "furniture": (
        "<p>باران.</p><h3>بیشتر بخوانید</h3><ul><li>سیل</ul><p>برف.</p>",
        [(P, "باران."), (F, "بیشتر بخوانید"), (F, "سیل"), (P, "برف.")],
    ),
    "unseen": ("<script>x</script><p>متن<sup class=reference>۱</sup><del>خطا</del></p><!-- نه -->", [(P, "متن")]),
    "a caption": ("<figure><img><figcaption>عکس</figcaption></figure>", [(C, "عکس")]),
}


@pytest.mark.parametrize(("page", "expected"), PAGES.values(), ids=PAGES.keys())
def test_elements_become_blocks(page: str, expected: list[tuple[Kind, str]]) -> None:
    found = composed(parsed(page))
    assert [(block.kind, found.text[block.start : block.end]) for block in found.blocks] == expected


@given(
    st.recursive(
        st.text("اب ۱", max_size=4),
        lambda inner: st.tuples(
            st.sampled_from(["p", "b", "ul", "li", "table", "tr", "td", "h2", "dl", "dt", "dd", "div", "br", "pre"]),
            st.lists(inner, max_size=4),
        ),
        max_leaves=30,
    )
)
def test_all_letters_are_kept_and_spans_hold(tree: object) -> None:
    page = _written(tree)
    found = composed(parsed(f"<div>{page}</div>"))
    letters = sorted(letter for letter in found.text if letter in "اب۱")
    assert all(found.text[block.start : block.end].strip() for block in found.blocks)
    assert letters == sorted(letter for letter in parsed(f"<div>{page}</div>").text_content() if letter in "اب۱")


def _written(tree: object) -> str:
    if isinstance(tree, tuple):
        tag, inner = tree
        return f"<{tag}>{''.join(map(_written, inner))}</{tag}>"
    return str(tree)


def test_an_item_in_another_has_a_level_below() -> None:
    found = composed(parsed("<ol><li>یک<ul><li>دو</ul><li>سه</ol>"))
    assert [(block.level, found.text[block.start : block.end]) for block in found.blocks] == [
        (0, "1. یک"),
        (1, "دو"),
        (0, "2. سه"),
    ]


def test_elements_many_times_inside_one_another_are_read_or_refused() -> None:
    assert composed(parsed("<div>" * 1000 + "متن" + "</div>" * 1000 + "<p>پایان")).text == "متن\n\nپایان"
    with pytest.raises(ValueError, match="inside one another"):
        parsed("<div>" * 100_000 + "متن")


def test_many_elements_take_time_in_proportion() -> None:
    rows = "<tr><td>" + "<p>نان</p>" * 5 + "<td>۱" + "</tr>"
    found = composed(parsed(f"<table>{rows * 5_000}</table>"))
    assert len(found.blocks) == 5_000


def test_the_ends_of_lines_outside_of_tags_are_shown() -> None:
    assert with_line_ends("سیل <b\nid=a>آمد</b>\r\nباران > برف\nتمام") == "سیل <b\nid=a>آمد</b><br>باران > برف<br>تمام"
