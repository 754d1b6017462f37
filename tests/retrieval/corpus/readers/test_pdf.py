"""PDF files: the text in the order of reading, its lines joined, without what belongs to the paper."""

from __future__ import annotations

import datetime
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import Article
from retrieval.corpus.pdf import process
from retrieval.corpus.pdf.pages import composed
from retrieval.corpus.pdf.worker import main as worker
from retrieval.corpus.pdf.worker.glyphs import Glyph
from retrieval.corpus.pdf.worker.order import with_brackets, words_of
from retrieval.corpus.readers.record import FaultError
from retrieval.corpus.readers.registry import parse, records
from tests.retrieval.corpus.readers.pdf_files import Drawn, paragraph, pdf

FLOOD = (
    "سیل دیروز به شهر گنبد رسید و پل آق‌قلا را شکست و راه‌های روستایی را بست و در سال 1403 نیز چنین سیلی آمده بود"
    " که بسیاری از خانه‌ها را خراب کرد و مردم را به مدرسه‌ها برد. استاندار گلستان گفت که ۱۲ روستا تخلیه شده است."
)
RAIN = "باران از شنبه بند می‌آید و راه‌ها باز می‌شود و مردم به خانه‌های خود بازمی‌گردند تا زندگی را از نو آغاز کنند."


def read(content: bytes) -> Article:
    (record,) = records("a.pdf", content)
    return parse(record)


def blocks(article: Article) -> list[tuple[str, str]]:
    """The blocks of an article: kind, with the level of a heading, and words."""
    return [
        (f"{block.kind.value}{block.level or ''}", article.text[block.start : block.end]) for block in article.blocks
    ]


def test_wrapped_lines_are_a_paragraph_and_larger_ones_a_heading() -> None:
    page = [
        Drawn("گزارش سیل", 800, size=18),
        *paragraph(FLOOD, 760),
        Drawn("هوای فردا", 640, size=14),
        *paragraph(RAIN, 610),
    ]
    article = read(pdf(page, info="/CreationDate (D:20251227103000+03'30')"))
    assert article.title == "گزارش سیل"
    assert article.date == datetime.date(2025, 12, 27)
    assert blocks(article) == [("paragraph", FLOOD), ("heading2", "هوای فردا"), ("paragraph", RAIN)]
    assert article.text.count("\u200c") == (FLOOD + RAIN).count("\u200c")
    assert article.is_from_pdf


ORDERED = (
    "قانون اسلامی تسهیلات مصوب 1396/12/20 و بند (ث) تبصره (13) را دارد",
    "فایل Index.html و doc.js در نسخه 2.5 است",
    "«سیل گلستان» در سال ۱۴۰۳ آمد",
    "ماده 12: سازمان ملی",
    "قانون مصوب ۱۳۹۶/۱۲/۲۰، ماده ۵",
)


@pytest.mark.parametrize("line", ORDERED)
def test_a_line_is_read_in_the_order_of_reading(line: str) -> None:
    assert line in read(pdf([*paragraph(FLOOD, 760), Drawn(line, 600)])).text


def glyphs(*placed: tuple[str, float, float]) -> list[Glyph]:
    """Glyphs of letters with their edges."""
    return [Glyph(letter, left, right, 0, is_drawn=True) for letter, left, right in placed]


def test_the_letters_of_a_ligature_are_turned_only_where_the_page_turns_them() -> None:
    word = glyphs(("س", 30, 40), ("ا", 20, 30), ("ل", 20, 30), ("م", 10, 20))
    assert words_of(word, turns_ligatures=True) == "سلام"
    assert words_of(word, turns_ligatures=False) == "سالم"


def test_latin_words_in_a_persian_line_are_put_in_order_by_their_places() -> None:
    turned = glyphs(
        ("ف", 60, 70), ("ر", 50, 60), (" ", 45, 50), ("j", 30, 35), ("s", 35, 40), (".", 25, 30), ("a", 20, 25)
    )
    assert words_of(turned, turns_ligatures=False) == "فر a.js"


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("بند )ث( تبصره )13(", "بند (ث) تبصره (13)"),
        ("طرح )schema) برای", "طرح (schema) برای"),
        ("کتاب »سیل« را", "کتاب «سیل» را"),
        ("۱) باران", "۱) باران"),
        ("a)b(", "a)b("),
    ],
)
def test_brackets_open_before_they_close(line: str, mended: str) -> None:
    assert with_brackets(line).replace(" ", "") == mended.replace(" ", "")


def test_what_belongs_to_the_paper_is_left_out_and_a_sentence_goes_on_over_pages() -> None:
    lines = paragraph(FLOOD, 760)

    def page(number: int, text: list[Drawn]) -> list[Drawn]:
        head = Drawn(f"گزارش سالانه {number}", 815)
        return [head, *text, Drawn("منبع آن استانداری است.", 60 + 3 * number, size=7), Drawn(str(number), 30, 300)]

    article = read(pdf(page(1, lines[:2]), page(2, lines[2:]), page(3, paragraph(RAIN, 760))))
    assert [text for kind, text in blocks(article) if kind == "paragraph"] == [FLOOD, RAIN]
    assert article.text.endswith("منبع آن استانداری است.")
    assert "سالانه" not in article.text


def test_wide_gaps_make_rows_and_bullets_items() -> None:
    page = [
        *paragraph(FLOOD, 760),
        Drawn("استان", 600),
        Drawn("نفر", 600, 300),
        Drawn("گلستان ", 580, 545),
        Drawn("1,777,014", 580, 300),
        Drawn("● راه گنبد", 540),
        Drawn("● راه کلاله", 520),
    ]
    assert blocks(read(pdf(page)))[1:] == [
        ("head row", "استان | نفر"),
        ("row", "گلستان | 1,777,014"),
        ("item", "راه گنبد"),
        ("item", "راه کلاله"),
    ]


def test_the_cells_of_a_table_stand_in_their_columns_under_their_head() -> None:
    def row(bottom: float, *cells: str) -> list[Drawn]:
        return [Drawn(cell, bottom, right) for cell, right in zip(cells, (540, 420, 300, 180), strict=True) if cell]

    page = [
        *paragraph(FLOOD, 760),
        Drawn("کمیتهٔ امداد", 620, 425),
        Drawn("امام", 606, 415),
        *row(613, "بانک", "", "بهزیستی", "جمع"),
        *row(580, "ملی", "60,000", "14,000", "74,000"),
        *row(560, "سپه", "", "8,000", "8,000"),
        *row(540, "ملت", "5,000", "", "5,000"),
    ]
    assert blocks(read(pdf(page)))[1:] == [
        ("head row", "بانک | کمیتهٔ امداد امام | بهزیستی | جمع"),
        ("row", "ملی | 60,000 | 14,000 | 74,000"),
        ("row", "سپه | | 8,000 | 8,000"),
        ("row", "ملت | 5,000 | | 5,000"),
    ]


def test_two_columns_that_are_drawn_line_by_line_are_read_one_behind_the_other() -> None:
    columns = [(f"{FLOOD} {FLOOD}", 0), (f"{RAIN} {RAIN} {RAIN}", 270)]
    drawn = [
        line._replace(right=line.right - shift) for text, shift in columns for line in paragraph(text, 760, width=50)
    ]
    drawn.sort(key=lambda line: (-line.bottom, -line.right))
    found = blocks(read(pdf([Drawn("گزارش", 800, size=18), *drawn])))
    assert {kind for kind, _ in found} == {"paragraph"}
    assert " ".join(text for _, text in found) == " ".join(text for text, _ in columns)


def test_two_tables_below_one_another_keep_their_own_columns() -> None:
    def rows(top: float, *rights: float) -> list[Drawn]:
        return [Drawn(f"{place}00", top - 14 * place, right) for place in (1, 2) for right in rights]

    page = [*paragraph(FLOOD, 760), *rows(600, 500, 400), *rows(555, 520, 420, 320)]
    assert [text for kind, text in blocks(read(pdf(page))) if kind == "row"] == [
        "100 | 100",
        "200 | 200",
        "100 | 100 | 100",
        "200 | 200 | 200",
    ]


def test_the_date_of_a_letter_counts_before_that_of_the_file() -> None:
    page = [Drawn("1403/01/06", 800, 90), *paragraph(FLOOD, 760)]
    article = read(pdf(page, info="/CreationDate (D:20240514) /Author (Pishgam) /Title (Microsoft Word - a)"))
    assert (article.date, article.author, article.title) == (datetime.date(2024, 3, 25), "", "")


GOOD = pdf([Drawn("گزارش سیل", 800, size=18), *paragraph(FLOOD, 760)])
GARBLED = " ".join(f"{FLOOD} {RAIN}"[::-1] for _ in range(3))


@pytest.mark.parametrize(
    ("content", "reason", "remedy"),
    [
        (pdf([]), "as scans are", "ocrmypdf"),
        (pdf([Drawn("۱", 30)], [Drawn("۲", 30)]), "as scans are", "ocrmypdf"),
        (pdf(paragraph(GARBLED, 760)), "garbled", ".docx"),
        (b"%PDF-1.4 no", "damaged", "print it as PDF"),
        (b"", "damaged", "print it as PDF"),
    ],
)
def test_what_has_no_text_is_refused_with_a_remedy(content: bytes, reason: str, remedy: str) -> None:
    with pytest.raises(FaultError, match=reason) as caught:
        read(content)
    assert remedy in caught.value.remedy


CELLS = st.lists(st.text("سیل abc۱2.()|، ", max_size=30), min_size=1, max_size=4)
POINTS = st.floats(0, 800, width=16)


@st.composite
def lines(draw: st.DrawFn) -> process.Line:
    cells = draw(CELLS)
    starts = [draw(POINTS) for _ in cells]
    edges = [(start, start + draw(POINTS)) for start in starts]
    left, right = min(edge[0] for edge in edges), max(edge[1] for edge in edges)
    place = draw(st.floats(0, 1))
    return process.Line(cells, edges, left, right, place * 800, draw(POINTS), draw(st.booleans()), place)


@given(st.lists(st.lists(lines(), max_size=6), min_size=1, max_size=4))
def test_any_lines_give_blocks_within_their_text(pages: list[list[process.Line]]) -> None:
    found = composed(pages)
    spans = [place for block in found.blocks for place in block[1:3]]
    assert spans == sorted(spans)
    assert not spans or spans[-1] <= len(found.text)


@given(st.lists(st.builds(Glyph, st.sampled_from("سلا a1۲.،() "), POINTS, POINTS, POINTS, st.booleans()), max_size=20))
def test_putting_glyphs_in_order_keeps_every_letter(placed: list[Glyph]) -> None:
    words = words_of(placed, turns_ligatures=True)
    assert sorted(words.replace(" ", "")) == sorted("".join(glyph.letter for glyph in placed).replace(" ", ""))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5000), st.binary(max_size=8)), min_size=1, max_size=4))
def test_a_damaged_file_gives_an_article_or_a_fault(cuts: list[tuple[int, bytes]]) -> None:
    content = bytearray(GOOD)
    for place, wrong in cuts:
        content[place % len(content) : place % len(content) + len(wrong)] = wrong
    with suppress(FaultError):
        read(bytes(content))


def test_a_missing_library_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_run", lambda *_: worker.NO_LIBRARY)
    with pytest.raises(FaultError) as caught:
        read(pdf(paragraph(FLOOD, 760)))
    assert caught.value.remedy == "run `pip install 'pasokh[pdf]'`"


def test_letters_that_stand_nowhere_cost_themselves_alone() -> None:
    assert "سیل" in read(pdf([Drawn("گزارش", 760, size=3e38), *paragraph(FLOOD, 700)])).text
