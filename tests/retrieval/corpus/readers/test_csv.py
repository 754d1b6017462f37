"""Tables in plain text: articles, a row each, or one table whose rows keep their head; a broken row costs itself."""

from __future__ import annotations

import csv
import io
import resource
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Article
from retrieval.corpus.articles import Corpus, read_source
from retrieval.corpus.readers.csv import MAX_BROKEN, MAX_FIELD, MAX_LINE
from retrieval.corpus.readers.record import FaultError
from retrieval.corpus.readers.registry import parse, records
from retrieval.corpus.readers.sheets import MAX_TABLE
from retrieval.corpus.source import InMemory
from retrieval.types import Kind

TEXT = "سیل به گنبد رسید، و پل‌ها را شکست."
ARTICLES = (
    f'کد خبر,تیتر,متن خبر,خبرگزاری,تاریخ انتشار\n7,سیل,"{TEXT}\nباران آمد.",بهار,1404/07/12\n8,باران,"{TEXT}",بهار,\n'
)


def corpus(content: str | bytes, name: str = "ساعت_کار.csv") -> Corpus:
    return read_source(InMemory(name, content if isinstance(content, bytes) else content.encode()))


def read(content: str | bytes, name: str = "ساعت_کار.csv") -> tuple[Article, ...]:
    found = corpus(content, name)
    assert found.problems == ()
    return found.articles


def blocks(content: str, name: str = "ساعت_کار.csv") -> list[tuple[Kind, str]]:
    (article,) = read(content, name)
    return [(kind, article.text[start:end]) for kind, start, end, _ in article.blocks]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_a_row_with_a_text_is_an_article(mark: str, line_end: str, encoding: str) -> None:
    rows = list(csv.reader(io.StringIO(ARTICLES.replace("ی", "ي"))))
    written = io.StringIO()
    csv.writer(written, delimiter=mark, lineterminator=line_end).writerows(rows)
    first, second = read(written.getvalue().replace("\nباران", f"{line_end}باران").encode(encoding), "a.csv")
    text = TEXT.replace("ی", "ي")
    assert (first.id, first.title, first.source, str(first.date)) == ("a.csv#7", "سيل", "بهار", "2025-10-04")
    assert (first.text, second.text) == (f"{text}\nباران آمد.", text)


def test_a_text_has_html_and_a_lead_as_in_other_dumps() -> None:
    (article,) = read(f'title,lead,body\nسیل,باران سه روز بارید.,"<p>{TEXT}</p>"\n')
    assert article.text == f"باران سه روز بارید.\n\n{TEXT}"


def test_a_column_of_long_texts_needs_no_name() -> None:
    long = (TEXT + " ") * 12
    assert [article.text for article in read(f'"{long}",سیاسی\n"{long}",ورزشی\n')] == [long.strip()] * 2
    (article,) = read(f'title,xyz\nسیل,"{long}"\n')
    assert (article.title, article.text) == ("سیل", long.strip())


def test_a_table_of_data_is_one_article_with_its_head() -> None:
    content = 'روز;ساعت کار;توضیح\nشنبه;8 تا 14;\nپنجشنبه;8 تا 12;"فقط\nمرکزی"\n'
    (article,) = read(content)
    assert (article.id, article.title) == ("ساعت_کار.csv", "ساعت کار")
    assert blocks(content) == [
        (Kind.HEAD_ROW, "روز | ساعت کار | توضیح"),
        (Kind.ROW, "شنبه | 8 تا 14 |"),
        (Kind.ROW, "پنجشنبه | 8 تا 12 | فقط مرکزی"),
    ]


@pytest.mark.parametrize(
    ("content", "heads"),
    [
        ("استان,1401,1402\nتهران,5,6\nفارس,7,8\n", ["استان | 1401 | 1402"]),
        ("نام,سمت,شهر\nنیکو,مدیر,تهران\nبهار,معاون,شیراز\n", ["نام | سمت | شهر"]),
        ("نام,سمت\nنیکو,مدیر\nبهار,معاون\n", ["نام | سمت"]),
        ("مدیرعامل,نیکو\nتلفن,021\nوبگاه,x\n", []),
        ("مدیرعامل,نیکو\nمعاون,بهار\n", []),
        ("تهران,5,6\nفارس,7,8\n", []),
        ("روز,ساعت,,مبلغ\n,صبح,عصر,\nشنبه,8,14,1000\nیکشنبه,9,تعطیل,1200\n", ["روز | ساعت صبح | ساعت عصر | مبلغ"]),
        ("کالا,قیمت\nنان,5\n,\n,\nشهر,تلفن\nگنبد,017\n", ["کالا | قیمت", "شهر | تلفن"]),
    ],
)
def test_names_of_columns_are_told_from_rows(content: str, heads: list[str]) -> None:
    found = blocks(content)
    assert [text for kind, text in found if kind is Kind.HEAD_ROW] == heads
    lines = [line for line in content.split("\n") if line.strip(",")]
    assert len(found) == len(lines) - ("عصر" in content)


def test_rows_with_one_cell_are_a_title_headings_and_notes() -> None:
    content = "داروخانه‌های شب,,\n,,\nنام,ساعت,تلفن\nتهران,,\nشفا,8,88\nفارس,,\nسینا,9,71\nهمه بازند.,,\n"
    (article,) = read(content)
    assert article.title == "داروخانه‌های شب"
    assert [kind for kind, _ in blocks(content)] == [
        Kind.HEADING, Kind.HEAD_ROW, Kind.ROW, Kind.HEADING, Kind.HEAD_ROW, Kind.ROW, Kind.PARAGRAPH,
    ]  # fmt: skip


def test_one_column_is_a_list() -> None:
    assert blocks("سیب\nانار\nبه\n") == [(Kind.ITEM, "سیب"), (Kind.ITEM, "انار"), (Kind.ITEM, "به")]


def test_a_long_table_is_several_articles_with_its_head() -> None:
    content = "نام,تلفن\n" + "".join(f"نیکو {number},{number}\n" for number in range(MAX_TABLE + 10))
    first, second = read(content, "a.csv")
    assert (first.id, second.id) == ("a.csv", "a.csv#2")
    assert second.text.startswith("نام | تلفن\nنیکو")
    assert len(first.blocks) + len(second.blocks) == MAX_TABLE + 12


def test_the_mark_that_excel_tells_is_taken() -> None:
    assert blocks("sep=|\nنام|تلفن, ثابت\nنیکو|017\n")[1] == (Kind.ROW, "نیکو | 017")


def test_quotation_marks_in_cells_need_not_be_doubled() -> None:
    told = [
        f'id,text,title\n1,"گفت: "{TEXT}" و رفت.",سیل\n2,"{TEXT}",سیل\n',
        f'id,text,title\n1,"گفت: \\"{TEXT}\\" و رفت.",سیل\n2,"{TEXT}",سیل\n',
        f'id,text,title\n1,"گفت: ""{TEXT}"" و رفت.",سیل\n2,"{TEXT}",سیل\n',
    ]
    assert {read(content)[0].text for content in told} == {f'گفت: "{TEXT}" و رفت.'}


def test_a_broken_row_costs_itself_alone() -> None:
    lines = [f'{number},سیل {number},"{TEXT} {number}"' for number in range(6)]
    lines[2] = lines[2][:-1]
    found = corpus("id,title,text\n" + "\n".join(lines), "a.csv")
    assert [article.id for article in found.articles] == ["a.csv#0", "a.csv#1", "a.csv#3", "a.csv#4", "a.csv#5"]
    assert [(problem.line, problem.reason) for problem in found.problems] == [(4, "a quotation mark is not closed")]
    found = corpus(f'id,text,title\n1,{TEXT},سیل,شکست,x\n2,"{TEXT}",سیل\n', "a.csv")
    assert [problem.reason for problem in found.problems] == ["it has 5 cells, and the first row 3"]


def test_a_damaged_byte_costs_its_row() -> None:
    content = "id,text\n" + "".join(f"{number},{TEXT} {number}\n" for number in range(50))
    damaged = content.replace("شکست. 7\n", "شکست. 7").encode().replace("شکست. 9".encode(), b"\xd8")
    found = corpus(damaged, "a.csv")
    assert [problem.line for problem in found.problems] in ([10], [10, 11], [9, 10])
    assert len(found.articles) >= 46


@pytest.mark.parametrize("content", ["", " \n", ",,\n,,", '""'])
def test_a_table_without_cells_is_refused(content: str) -> None:
    with pytest.raises(FaultError, match=r"no text|no rows"):
        list(records("a.csv", content.encode()))


@pytest.mark.parametrize(
    "huge",
    [
        "a" * 100_000_000,
        ("a" * 99 + "\n") * 1_000_000,
        '","' * (MAX_LINE // 2),
        '1,"x\n' * 200_000,
    ],
    ids=["one line", "lines", "cells", "open quotation marks"],
)
def test_a_cell_of_a_hundred_megabytes_is_named_and_takes_no_time(huge: str) -> None:
    content = f'id,text\n1,"{TEXT}"\n2,"{huge}'.encode()
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    found = [record.content for record in records("a.csv", content)]
    assert TEXT.encode() in found[0]
    assert 1 <= sum(b'"fault"' in record for record in found) <= MAX_BROKEN + 1
    assert time.process_time() - began < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000
    assert max(map(len, found)) < 3 * MAX_FIELD


CELLS = st.text('ابپ\u200c 12,;"\n\t|\r.<>&', max_size=12)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=6), st.sampled_from(",;\t|"), st.binary(max_size=3))
def test_any_table_is_articles_or_a_fault(rows: list[list[str]], mark: str, more: bytes) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=mark).writerows(rows)
    for head in ("", "id,title,text\n"):
        with suppress(FaultError):
            for record in records("a.csv", (head + written.getvalue()).encode() + more):
                with suppress(FaultError):
                    article = parse(record)
                    assert article.text.strip()
                    for _, start, end, _ in article.blocks:
                        assert article.text[start:end] == article.text[start:end].strip() != ""


@given(st.lists(st.lists(st.text("ابپ\u200c", min_size=1, max_size=5), min_size=3, max_size=3), min_size=2, max_size=5))
def test_each_cell_of_a_table_stands_in_the_text(rows: list[list[str]]) -> None:
    (article,) = read("\n".join(",".join(row) for row in rows))
    shown = [article.text[start:end].split(" | ") for _, start, end, _ in article.blocks]
    assert shown == rows
