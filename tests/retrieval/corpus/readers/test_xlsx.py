"""Workbooks: cells as they are shown, sheets as tables or articles; what is hostile is refused by name."""

from __future__ import annotations

import io
import resource
import time
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Article
from retrieval.corpus.office.cell_formats import shown
from retrieval.corpus.readers.record import FaultError
from retrieval.corpus.readers.registry import parse, records
from retrieval.types import Kind

TEXT = "سیل به گنبد رسید، و پل‌ها را شکست."
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FORMATS = ("General", "yyyy-mm-dd", "0%", '#,##0 "ریال"', "[$-fa-IR,16]yyyy/mm/dd")


def cell(place: str, value: object) -> str:
    """A cell: a text, or a number with the place of its format in `FORMATS`."""
    if isinstance(value, tuple):
        return f'<c r="{place}" s="{value[1]}"><v>{value[0]}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def sheet(*rows: Mapping[str, object], merged: tuple[str, ...] = ()) -> str:
    """A sheet: the cells of each row by their columns; a row without cells is left out, as programs do."""
    written = (
        f'<row r="{number}">{"".join(cell(f"{column}{number}", value) for column, value in row.items())}</row>'
        for number, row in enumerate(rows, start=1)
        if row
    )
    ranges = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    return (
        f"<worksheet {NAMESPACE}><sheetData>{''.join(written)}</sheetData><mergeCells>{ranges}</mergeCells></worksheet>"
    )


def _state(is_hidden: bool) -> str:
    return "hidden" if is_hidden else "visible"


def workbook(more: Mapping[str, str | bytes] | None = None, hidden: str = "", **sheets: str) -> bytes:
    """A workbook of sheets by their names, and other files in it."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="r{number}" state="{_state(name == hidden)}"/>'
        for number, name in enumerate(names)
    )
    related = "".join(
        f'<Relationship Id="r{number}" Type="{RELATION}/worksheet" Target="worksheets/{number}.xml"/>'
        for number in range(len(names))
    )
    formats = "".join(
        f"<numFmt numFmtId='{200 + number}' formatCode={quoteattr(code)}/>" for number, code in enumerate(FORMATS)
    )
    styles = "".join(f'<xf numFmtId="{200 + number}"/>' for number in range(len(FORMATS)))
    styled = f"<numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs>"
    root = f'<Relationship Id="a" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/>'
    files: dict[str, str | bytes] = {
        "_rels/.rels": f"<Relationships>{root}</Relationships>",
        "xl/workbook.xml": f'<workbook {NAMESPACE} xmlns:r="{RELATION}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{related}</Relationships>",
        "xl/styles.xml": f"<styleSheet {NAMESPACE}>{styled}</styleSheet>",
        **{f"xl/worksheets/{number}.xml": sheets[name] for number, name in enumerate(names)},
        **(more or {}),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def read(content: bytes, name: str = "شعب.xlsx") -> list[Article]:
    return [parse(record) for record in records(name, content)]


def blocks(content: bytes) -> list[tuple[Kind, str]]:
    (article,) = read(content)
    return [(kind, article.text[start:end]) for kind, start, end, _ in article.blocks]


def test_a_sheet_with_texts_has_an_article_a_row() -> None:
    head = {"A": "newsNumber", "B": "title", "C": "body", "D": "date", "E": "source"}
    row = {"A": (7, 0), "B": "سیل", "C": f"{TEXT}_x000D_\n{TEXT}", "D": (45934, 1), "E": "بهار"}
    first, second = read(workbook(Sheet1=sheet(head, row, {"A": (7, 0), "B": "عکس‌ها", "D": (45934, 4)})))
    assert (first.id, first.title, str(first.date), first.source) == ("شعب.xlsx#7", "سیل", "2025-10-04", "بهار")
    assert first.text == f"{TEXT}\n{TEXT}"
    assert (second.id, second.text, str(second.date)) == ("شعب.xlsx#7-2", "عکس‌ها", "2025-10-04")


def test_a_table_shows_its_numbers_and_days_as_the_sheet_does() -> None:
    head = {"A": "کالا", "B": "قیمت", "C": "رشد", "D": "از"}
    content = workbook(Sheet1=sheet(head, {"A": "نان", "B": (1250000, 3), "C": (0.25, 2), "D": (45934, 4)}))
    assert blocks(content) == [
        (Kind.HEAD_ROW, "کالا | قیمت | رشد | از"), (Kind.ROW, "نان | 1,250,000 ریال | 25% | 1404-07-12"),
    ]  # fmt: skip


def test_merged_cells_stand_in_each_row_and_name_their_columns() -> None:
    content = workbook(
        Sheet1=sheet(
            {"A": "ساعت کار شعب"},
            {"A": "استان", "B": "شعبه", "C": "ساعت"},
            {"C": "صبح", "D": "عصر"},
            {"A": "تهران", "B": "ونک", "C": "8", "D": "14"},
            {"B": "تجریش", "C": "9", "D": "15"},
            {"A": "فارس", "B": "زند", "C": "8", "D": "16"},
            merged=("A1:D1", "A2:A3", "B2:B3", "C2:D2", "A4:A5"),
        )
    )
    (article,) = read(content)
    assert article.title == "ساعت کار شعب"
    assert [text for _, text in blocks(content)] == [
        "استان | شعبه | ساعت صبح | ساعت عصر", "تهران | ونک | 8 | 14", "تهران | تجریش | 9 | 15", "فارس | زند | 8 | 16",
    ]  # fmt: skip


def test_each_sheet_that_is_shown_is_read() -> None:
    table = sheet({"A": "نام", "B": "تلفن"}, {"A": "نیکو", "B": (17, 0)})
    first, second = read(workbook(hidden="پنهان", Sheet1=table, تهران=table, پنهان=table, خالی=sheet()))
    assert [(one.id, one.title) for one in (first, second)] == [
        ("شعب.xlsx#Sheet1", "شعب"), ("شعب.xlsx#تهران", "شعب – تهران"),
    ]  # fmt: skip


def test_rows_that_are_left_out_part_tables() -> None:
    table = ({"A": "نام", "B": "تلفن"}, {"A": "نیکو", "B": (17, 0)})
    kinds = [
        kind
        for kind, _ in blocks(
            workbook(Sheet1=sheet(*table, {}, {}, {"A": "شهر", "B": "کد"}, {"A": "گنبد", "B": (9, 0)}))
        )
    ]
    assert kinds == [Kind.HEAD_ROW, Kind.ROW] * 2


def test_shared_texts_are_found_without_what_helps_to_pronounce_them() -> None:
    strings = f"<sst {NAMESPACE}><si><r><t>سیل </t></r><r><t>آمد</t></r><rPh><t>x</t></rPh></si></sst>"
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>9</v></c><c r="C1" t="e"><v>#REF!</v></c></row>'
    content = workbook({"xl/sharedStrings.xml": strings}, Sheet1=f"<worksheet {NAMESPACE}>{cells}</worksheet>")
    assert blocks(content) == [(Kind.ITEM, "سیل آمد")]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("0.255", "0%", "26%"), ("0.255", "0.0%", "25.5%"), ("1250000", "#,##0", "1,250,000"),
        ("-3", "#,##0;(#,##0)", "(3)"),
        ("12", "0000000000", "0000000012"), ("2188776655", "000-00000000", "021-88776655"), ("7.0", "", "7"),
        ("0.30000000000000004", "General", "0.3"), ("5", 'General "تومان"', "5 تومان"), ("0", '0;-0;"–"', "–"),
        ("1234.5", "#,##0.##", "1,234.5"), ("0.375", "h:mm", "09:00"), ("1.5", "[h]:mm", "36:00"), ("3", ";;;", ""),
        ("45934", "[$-160429]yyyy/mm/dd", "1404-07-12"), ("45934.5", "dd/mm/yyyy hh:mm", "2025-10-04 12:00"),
        ("1", "yyyy-mm-dd", ""), ("1e999999999", "0", ""), ("1e300", "0.0", "1e300"), ("nan", "0", ""), ("x", "", ""),
        ("12345678901234567890", "", "12345678901234567890"), ("3e5", "0.00E+00", "300000"), ("0.5", "# ?/?", "0.5"),
        ("45934", "0" * 300, "45934"), ("-1", "yyyy", ""), ("1e14", "yyyy", ""),
    ],
)  # fmt: skip
def test_a_number_is_shown_by_its_format(value: str, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_days_may_count_from_1904() -> None:
    assert shown("44472", "yyyy-mm-dd", is_1904=True) == "2025-10-04"


@given(
    st.text("0123456789.eE+-nai", max_size=12),
    st.text('0#?,.%;yYmMdDhHsS[]$-429faIR"\\@E+/ ریال', max_size=16),
    st.booleans(),
)
def test_any_number_in_any_format_is_some_text(value: str, code: str, is_1904: bool) -> None:
    assert isinstance(shown(value, code, is_1904=is_1904), str)


LAUGHS = (
    '<!DOCTYPE a [<!ENTITY l0 "خنده">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
)
HOSTILE: dict[str, Callable[[], bytes]] = {
    "no archive": lambda: b"PK\x03\x04" + b"x" * 100,
    "an old workbook": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100,
    "an archive without a workbook": lambda: workbook({"xl/workbook.xml": "<html/>"}),
    "a bomb": lambda: workbook(
        {"xl/sharedStrings.xml": f"<sst {NAMESPACE}><si><t>" + "0" * 500_000_000}, a=sheet({"A": "x"})
    ),
    "a text in many cells": lambda: workbook(
        {"xl/sharedStrings.xml": f"<sst {NAMESPACE}><si><t>{'سیل ' * 100_000}</t></si></sst>"},
        a=f"<worksheet {NAMESPACE}>" + '<row><c t="s"><v>0</v></c></row>' * 100_000 + "</worksheet>",
    ),
    "a million elements": lambda: workbook(a=f"<worksheet {NAMESPACE}>" + "<a>" * 1_000_000),
    "billion laughs": lambda: workbook(a=LAUGHS + f"<worksheet {NAMESPACE}><row><c><v>&l11;</v></c></row></worksheet>"),
    "an empty workbook": workbook,
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_hostile_is_refused_by_name(kind: str) -> None:
    content = HOSTILE[kind]()
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    with pytest.raises(FaultError) as caught:
        read(content, "a.xlsx")
    assert caught.value.remedy
    assert time.process_time() - began < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_places_far_away_take_nothing() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c><c r="A1048576"><v>2</v></c></row>'
    merged = '<mergeCell ref="A1:XFD1048576"/>' * 5_000
    content = workbook(a=f"<worksheet {NAMESPACE}>{far}<mergeCells>{merged}</mergeCells></worksheet>")
    began = time.process_time()
    assert [article.text for article in read(content, "a.xlsx")] == ["2"]
    assert time.process_time() - began < 5


WHOLE = workbook(
    a=sheet({"A": "نام", "B": "متن"}, {"A": "نیکو", "B": TEXT}, {"A": "بهار", "B": (45934, 1)}, merged=("A2:A3",))
)


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=4))
def test_any_damage_is_a_fault_or_articles(changes: list[tuple[int, int]]) -> None:
    content = bytearray(WHOLE)
    for place, byte in changes:
        content[place] = byte
    with suppress(FaultError):
        for record in records("a.xlsx", bytes(content)):
            with suppress(FaultError):
                assert parse(record).text.strip()


@given(st.text("<>/=\"crvtsi0159A: aبn'&;#", max_size=80))
def test_any_sheet_is_a_fault_or_articles(content: str) -> None:
    for part in (content, f"<worksheet {NAMESPACE}><row>{content}</row></worksheet>"):
        with suppress(FaultError):
            assert all(article.text.strip() for article in read(workbook(a=part), "a.xlsx"))
