"""Corpus files become articles, or one line that names the file, the place and the remedy."""

from __future__ import annotations

import datetime
import json
import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from retrieval import Article, CorpusError
from retrieval.corpus.articles import Corpus, read_corpus, read_source
from retrieval.corpus.folder import Folder
from retrieval.corpus.readers.record import FaultError, RawRecord
from retrieval.corpus.readers.registry import READERS, records
from retrieval.corpus.source import InMemory, listed
from tests.conftest import CORPUS, SEED, needs_shared

DAY = datetime.date(2025, 12, 27)
AGENCY = " date 2025-12-27 خبرگزاری بهار؛ نگار نیکو - سیل به گنبد رسید.\nباران بند آمد.\n"
FRONT_MATTER = "---\ntitle: سیل گلستان\ndate: 1404-10-06\nsource: بهار\nauthor: نیکو\nurl: https://example.org/a\n---\n"
GOOD = "سیل به گنبد رسید."

SUFFIXES = st.sampled_from([".txt", ".md", ".markdown", ".jsonl", ".json", ".TXT"])
FIELDS = st.sampled_from(["title", "date", "source", "author", "url", "text", "id", "tags"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
ROWS = st.lists(st.dictionaries(FIELDS, JSON, max_size=8), max_size=5).map(
    lambda rows: "\n".join(json.dumps(row, ensure_ascii=len(rows) % 2 == 0) for row in rows)
)
MARKED = st.lists(
    st.sampled_from(
        [" date 2025-12-27 ", "؛", " - ", "---\n", "title: ", "date: ", "# ", "\n", "\r\n", "سیل", "[", "<b>"]
    )
    | st.text(max_size=6),
    max_size=15,
).map("".join)


def write(folder: Path, **contents: str | bytes) -> Path:
    """A corpus of these files; `_` in a keyword stands for the dot before the suffix."""
    folder.mkdir(exist_ok=True)
    for name, content in contents.items():
        file = folder / ".".join(name.rsplit("_", 1))
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def only(corpus: Corpus) -> Article:
    """The one article of a corpus without problems."""
    assert corpus.problems == ()
    (article,) = corpus.articles
    return article


def refused(file: Path) -> str:
    """The one line that refuses a corpus without a good article."""
    with pytest.raises(CorpusError) as caught:
        read_corpus(file)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "source", "author", "text"),
    [
        (AGENCY, "خبرگزاری بهار", "نگار نیکو", "سیل به گنبد رسید.\nباران بند آمد.\n"),
        (AGENCY.lstrip(), "خبرگزاری بهار", "نگار نیکو", "سیل به گنبد رسید.\nباران بند آمد.\n"),
        (" date 2025-12-27 بهار - سیل آمد.", "بهار", "", "سیل آمد."),
        (" date 2025-12-27 بهار؛ نیکو – تهران - سیل آمد.", "بهار", "نیکو", "تهران - سیل آمد."),
        ("date 2025-12-27 بهار؛ نیکو — سیل آمد.", "بهار", "نیکو", "سیل آمد."),
    ],
)
def test_an_agency_line_gives_date_outlet_and_reporter(
    tmp_path: Path, content: str, source: str, author: str, text: str
) -> None:
    corpus = read_corpus(write(tmp_path, a_txt=content))
    assert only(corpus) == Article("a.txt", "", text, DAY, source, author)


@pytest.mark.parametrize("name", ["a_md", "a_markdown", "a_txt"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_front_matter_gives_the_fields(tmp_path: Path, name: str, line_end: str) -> None:
    content = f"{FRONT_MATTER}\n{GOOD}".replace("\n", line_end)
    article = only(read_corpus(write(tmp_path, **{name: content})))
    assert article.text.strip() == GOOD
    assert (article.title, article.date, article.source) == ("سیل گلستان", DAY, "بهار")
    assert (article.author, article.url) == ("نیکو", "https://example.org/a")


def test_jsonl_gives_an_article_a_line(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "title": "سیل", "text": GOOD, "date": "2025-12-27", "source": "بهار", "author": "نیکو", "url": "u"},
        {"id": 0, "text": "پل\u2028ساخته شد."},
    ]
    lines = "\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    expected = (Article("a", "سیل", GOOD, DAY, "بهار", "نیکو", "u"), Article("0", "", "پل\u2028ساخته شد."))
    assert read_corpus(write(tmp_path, rows_jsonl=lines) / "rows.jsonl") == Corpus(expected, ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a_txt", AGENCY.replace("ی", "ي")),
        ("a_md", f"---\ntitle: سيل\n---\n{GOOD}".replace("ی", "ي")),
        ("a_jsonl", json.dumps({"id": "گنبد", "title": "سيل", "text": GOOD.replace("ی", "ي")}, ensure_ascii=False)),
    ],
)
def test_every_format_is_read_in_every_encoding(tmp_path: Path, name: str, content: str, encoding: str) -> None:
    plain = read_corpus(write(tmp_path / "plain", **{name: content}))
    assert read_corpus(write(tmp_path / "other", **{name: content.encode(encoding)})).articles == plain.articles


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-12-27", DAY),
        ("2025/12/27", DAY),
        ("2025-12-27T08:30:00+03:30", DAY),
        ("2025-12-27 08:30:00", DAY),
        ("1404-10-06", DAY),
        ("1404-10-06 08:30:00", DAY),
        ("۱۴۰۴/۱۰/۶", DAY),
        ("١٤٠٤.١٠.٠٦", DAY),
        ("1404-02-31", datetime.date(2025, 5, 21)),
        ("1403-12-30", datetime.date(2025, 3, 20)),
        ("", None),
        ("null", None),
    ],
)
def test_dates_are_gregorian_or_jalali(tmp_path: Path, written: str, day: datetime.date | None) -> None:
    row = json.dumps({"id": "b", "text": GOOD, "date": None if written == "null" else written})
    write(tmp_path, a_md=f"---\ndate: {written}\n---\n{GOOD}", rows_jsonl=row)
    assert {article.date for article in read_corpus(tmp_path).articles} == {day}


@pytest.mark.parametrize("written", ["2025-13-01", "1404-12-30", "1404-07-31", "0000-01-01", "فردا"])
def test_a_day_that_no_calendar_has_costs_the_date_alone(tmp_path: Path, written: str) -> None:
    row = json.dumps({"id": "b", "text": GOOD, "date": written}, ensure_ascii=False)
    corpus = read_corpus(write(tmp_path, front_md=f"---\ntitle: سیل\ndate: {written}\n---\n{GOOD}", rows_jsonl=row))
    assert corpus.problems == ()
    assert [(article.id, article.text, article.date) for article in corpus.articles] == [
        ("front.md", GOOD, None),
        ("b", GOOD, None),
    ]


@pytest.mark.parametrize("written", ["draft: true", "draft: yes", "published: false", "status: draft"])
def test_drafts_are_left_out_and_counted(tmp_path: Path, written: str) -> None:
    row = json.dumps({"id": "b", "text": GOOD, "draft": True})
    front = f"---\ntitle: سیل\n{written}\n---\n{GOOD}"
    corpus = read_corpus(write(tmp_path, front_md=front, rows_jsonl=row, good_txt=GOOD))
    assert [article.id for article in corpus.articles] == ["good.txt"]
    (problem,) = corpus.problems
    assert (problem.path, problem.reason) == (tmp_path, "2 drafts are left out")
    (tmp_path / "good.txt").unlink()
    with pytest.raises(CorpusError, match="2 drafts are left out"):
        read_corpus(tmp_path)


@pytest.mark.parametrize("written", ["draft: false", "published: true", "published: 2020-01-01", "status: publish"])
def test_what_is_published_is_no_draft(tmp_path: Path, written: str) -> None:
    assert only(read_corpus(write(tmp_path, front_md=f"---\n{written}\n---\n{GOOD}"))).text == GOOD


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("007", "007"),
        ("1_000", "1_000"),
        ("12:30:00", "12:30:00"),
        ("no", "no"),
        ("2025-12-27", "2025-12-27"),
        ("'سیل: آغاز'", "سیل: آغاز"),
        ("[سیل, باران]", "سیل، باران"),
        ("|\n  سیل\n  گلستان", "سیل گلستان"),
        ("~", ""),
        ("", ""),
    ],
)
def test_a_field_is_taken_as_it_is_written(tmp_path: Path, written: str, title: str) -> None:
    assert only(read_corpus(write(tmp_path, a_txt=f"---\ntitle: {written}\n---\n{GOOD}"))).title == title


def test_fields_that_the_project_does_not_know_are_no_trouble(tmp_path: Path) -> None:
    front = "---\ntags: [a, [b]]\nextra: {deep: {er: 1}}\n? [x]\n: 1\ntitle: سیل\n---\n"
    assert only(read_corpus(write(tmp_path, a_md=front + GOOD))).title == "سیل"


@pytest.mark.parametrize(
    ("markdown", "title", "text"),
    [
        ("# سیل\n\nآب *بالا* آمد.", "سیل", "آب بالا آمد."),
        ("آب آمد.\n\n# سیل\nو رفت.", "", "آب آمد.\n\nسیل\nو رفت."),
        ("سطر یک\nسطر دو\n\nسطر سه", "", "سطر یک\nسطر دو\n\nسطر سه"),
        ("- سیب\n- [انار](https://example.org)\n\nپس", "", "سیب\nانار\n\nپس"),
        ("| میوه | رنگ |\n|---|---|\n| انار | سرخ |", "", "میوه | رنگ\nانار | سرخ"),
        ("یک\n\n---\n\n`دو` ![نگاره](a.png) &amp; \\*", "", "یک\n\nدو & *"),
        (
            '<div dir="rtl">\nسطر &amp; یک<br>سطر دو\n</div>\n\nسطر<br>سه <b>پررنگ</b>',
            "",
            "سطر & یک\nسطر دو\n\nسطر\nسه پررنگ",
        ),
        ('<div dir="rtl">\n\nسطر\n\n</div>', "", "سطر"),
        ("<!-- پنهان -->\n\nسطر\n\n<style>\np {}\n</style>", "", "سطر"),
        ("```\nکد <b>\n```", "", "کد <b>"),
    ],
)
def test_markdown_loses_its_markup_and_nothing_else(tmp_path: Path, markdown: str, title: str, text: str) -> None:
    article = only(read_corpus(write(tmp_path, a_md=markdown)))
    assert (article.title, article.text) == (title, text)


def test_the_title_of_the_front_matter_comes_before_a_heading(tmp_path: Path) -> None:
    write(tmp_path, a_md="---\ntitle: سیل\n---\n# سرخط\n\nمتن", b_md="---\ntitle:\n---\n# سرخط\n\nمتن")
    assert [article.title for article in read_corpus(tmp_path).articles] == ["سیل", "سرخط"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a_txt", b"", "a.txt: it has no text; write"),
        ("a_txt", " \n\n", "it has no text"),
        ("a_txt", " date 2025-12-27 بهار؛ نیکو - \n", "it has no text"),
        ("a_txt", " date 2025-12-27\n", "a.txt, line 1: its agency line is incomplete; write « date YYYY-MM-DD outlet"),
        ("a_txt", b"MZ\x90\0\x03\0\0\0", "it is a binary file, not text; save it as UTF-8 text"),
        ("a_txt", GOOD.encode()[:-2] + b"\n.", "it is UTF-8 but damaged at byte"),
        ("a_md", b"", "it has no text"),
        ("a_md", "# فقط عنوان", "it has no text"),
        ("a_md", "<p></p>\n\n***", "it has no text"),
        ("a_md", "---\ntitle: سیل\n", "a.md, line 1: its front matter is not closed; end it with a line `---`"),
        ("a_md", "---\r\ntitle: سیل\r\n", "a.md, line 1: its front matter is not closed"),
        ("a_md", "---\ntitle: سیل\nsource: الف: ب\n---\nx", "a.md, line 3: its front matter is broken YAML (mapping"),
        ("a_md", '---\ntitle: "سیل\nsource: ب\n---\nx', "a.md, line 3: its front matter is broken YAML"),
        ("a_md", "---\ntitle: \x1b\n---\nx", "its front matter is broken YAML ("),
        ("a_md", f"---\ntitle: {'[' * 5000}\n---\nx", "its front matter is broken YAML"),
        ("a_md", "---\nفقط متن\n---\nx", "a.md, line 2: its front matter is no list of fields; write `title: …`"),
        ("a_md", "---\ntitle: {a: b}\n---\nx", "its title is no text; write one value for title"),
        ("a_jsonl", "", "it has no text; write one JSON object a line"),
        ("a_jsonl", '\n{"id": 1,', "a.jsonl, line 2: it is not JSON (Expecting property name"),
        ("a_jsonl", "[1]", "a.jsonl, line 1: it is no article; write an object with"),
        ("a_jsonl", '{"id": 1}', "it is no article"),
        ("a_jsonl", '{"id": 1, "text": 2}', "it is no article"),
        ("a_jsonl", '{"id": 1, "text": ""}', "a.jsonl, line 1: it has no text"),
        ("a_jsonl", "[" * 100_000, "a.jsonl, line 1: it is not JSON"),
        ("a_xyz", b"\x00", "its format is not known; convert it to one of .txt, .md, .markdown, .jsonl"),
        (
            "a_doc",
            b"\xd0\xcf",
            "it is a document of another program; open it in Word or LibreOffice and save it as .docx",
        ),
        ("a_JPG", b"\xff\xd8", "it is a picture; run OCR on it and give the text, or move it out of the folder"),
        ("a_zip", b"PK", "it is an archive; unpack it into the folder"),
        ("a_pdf", b"%PDF-1.7", "it is damaged, or no PDF; open it in a browser and print it as PDF"),
        ("README", GOOD, "its format is not known"),
    ],
)
def test_a_broken_file_is_reported_and_the_others_load(
    tmp_path: Path, name: str, content: str | bytes, told: str
) -> None:
    folder = write(tmp_path / "corpus", **{name: content})
    assert told in refused(folder)

    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    corpus = read_corpus(folder)
    assert [article.id for article in corpus.articles] == ["good.txt"]
    (problem,) = corpus.problems
    assert told in str(problem)


def test_a_bad_line_leaves_the_other_lines_of_its_file(tmp_path: Path) -> None:
    lines = ['{"id": 1, "text": "یک"}', "{", '{"id": 3, "text": "سه"}', "null", '{"id": 5, "text": "پنج"}']
    corpus = read_corpus(write(tmp_path, rows_jsonl="\r\n".join(lines)))
    assert [article.id for article in corpus.articles] == ["1", "3", "5"]
    assert [problem.line for problem in corpus.problems] == [2, 4]


def test_an_id_that_is_taken_is_reported_and_the_first_article_stays(tmp_path: Path) -> None:
    write(
        tmp_path,
        a_txt="یک",
        b_jsonl='{"id": "a.txt", "text": "دو"}\n{"id": 7, "text": "سه"}\n{"id": "7", "text": "چهار"}',
    )
    corpus = read_corpus(tmp_path)
    assert [(article.id, article.text) for article in corpus.articles] == [("a.txt", "یک"), ("7", "سه")]
    assert [(problem.line, problem.reason) for problem in corpus.problems] == [
        (1, "the id «a.txt» is taken"),
        (3, "the id «7» is taken"),
    ]


def test_files_are_listed_alike_by_descriptors_and_by_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b/c/d.txt", "b/.hidden/e.txt", "a.txt", "b.txt", ".f.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    by_descriptors = Folder(tmp_path).files()
    monkeypatch.setattr(os, "supports_fd", set())
    assert list(by_descriptors.items()) == list(Folder(tmp_path).files().items())
    assert {name: state.size for name, state in by_descriptors.items()} == {"a.txt": 5, "b.txt": 5, "b/c/d.txt": 9}


def test_files_are_read_in_order_below_the_folder_but_not_hidden_ones(tmp_path: Path) -> None:
    for name in ("ب/دو.txt", "ب/.git/x.txt", ".hidden.txt", "الف.txt", "A.TXT"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(GOOD, encoding="utf-8")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert [article.id for article in read_corpus(tmp_path).articles] == ["A.TXT", "الف.txt", "ب/دو.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_reported(tmp_path: Path) -> None:
    (write(tmp_path, a_txt=GOOD, b_txt=GOOD) / "b.txt").chmod(0)
    (problem,) = read_corpus(tmp_path).problems
    assert "Permission denied" in str(problem)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nowhere", "nowhere: there is no such corpus; name a folder of articles, or one file of them"),
        ("", "the corpus has no articles; put files of articles there"),
        ("x" * 300, "it cannot be read (File name too long)"),
        ("file/below", "it cannot be read (Not a directory)"),
    ],
)
def test_a_corpus_that_is_not_there_is_refused(tmp_path: Path, name: str, told: str) -> None:
    if "/" in name:
        (tmp_path / "file").write_text(GOOD, encoding="utf-8")
    assert told in refused(tmp_path / name)


def test_strings_that_no_output_can_carry_are_replaced_one_for_one(tmp_path: Path) -> None:
    row = r'{"id": "\ud800", "title": "a\u0000b", "text": "x\udfff\u0000y \ud83d\ude00", "author": "a\nb"}'
    assert only(read_corpus(write(tmp_path, a_jsonl=row))) == Article(
        "\ufffd", "a\ufffdb", "x\ufffd\ufffdy 😀", author="a b"
    )
    (tmp_path / os.fsdecode(b"\xff.txt")).write_text(GOOD, encoding="utf-8")
    assert "\ufffd.txt" in {article.id for article in read_corpus(tmp_path).articles}


@given(
    content=st.binary() | (st.text() | MARKED | ROWS).map(lambda text: text.encode("utf-8", "replace")), suffix=SUFFIXES
)
@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(content=b"---\n\xc2\x85: \x85", suffix=".md")
@example(content=b"---\n&a [*a]\n---\n", suffix=".md")
@example(content=b"---\ntitle: &a [*a]\n---\nx", suffix=".md")
def test_any_content_gives_articles_or_a_line_that_says_why_not(tmp_path: Path, content: bytes, suffix: str) -> None:
    for old in tmp_path.iterdir():
        old.unlink()
    file = tmp_path / f"a{suffix}"
    file.write_bytes(content)
    problems: tuple[CorpusError, ...]
    try:
        corpus = read_corpus(file)
        problems = corpus.problems
        assert corpus.articles
        for article in corpus.articles:
            assert article.text.strip()
            assert "\0" not in article.text
            assert article.text.encode()
            for line in (article.title, article.source, article.author, article.url):
                assert len(line.splitlines()) <= 1
    except CorpusError as error:
        problems = (error,)
    for problem in problems:
        assert len(str(problem).splitlines()) == 1
        assert problem.remedy


@given(text=st.text(max_size=200), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_plain_text_is_kept_to_the_letter(tmp_path: Path, text: str, encoding: str) -> None:
    """Unless its beginning is front matter or an agency line."""
    (tmp_path / "a.txt").write_bytes(f"آغاز {text}".encode(encoding))
    with suppress(CorpusError):
        assert only(read_corpus(tmp_path)).text == f"آغاز {text}".replace("\0", "\ufffd")


@needs_shared
def test_the_dispatch_is_read_with_its_agency_line() -> None:
    article = only(read_corpus(SEED))
    assert (article.date, article.source, article.author) == (DAY, "باشگاه خبرنگاران جوان", "مریم رضایی")
    assert article.text.startswith("سفر به لار")
    assert "\n" in article.text


def test_the_shipped_digests_are_all_read_and_dated() -> None:
    corpus = read_corpus(CORPUS)
    assert corpus.problems == ()
    assert len(corpus.articles) == len(Folder(CORPUS).files())
    assert all(article.title and article.date and article.source and article.author for article in corpus.articles)


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.docx"])
def test_a_file_in_memory_is_read_as_it_is_from_a_folder(tmp_path: Path, name: str) -> None:
    content = json.dumps({"id": "1", "text": GOOD, "date": "1404-10-06"}).encode()
    (tmp_path / name).write_bytes(content)
    found: list[Corpus | str] = []
    for source in (InMemory(name, content), Folder(tmp_path / name)):
        try:
            found.append(read_source(source))
        except CorpusError as error:
            found.append(str(error).replace(f"{tmp_path}/", ""))
    assert found[0] == found[1]


def test_listed_articles_are_read_as_they_are() -> None:
    articles = (Article("b", "سیل", GOOD, DAY, "بهار", "نیکو", "u"), Article("a", "", "پل\u2028ساخته\nشد."))
    assert read_source(listed(articles)) == Corpus(articles, ())


def test_the_state_of_a_file_in_memory_changes_with_its_content() -> None:
    assert InMemory("a.txt", b"1").files() != InMemory("a.txt", b"2").files()


def test_every_ending_has_a_reader() -> None:
    for ending in READERS:
        with suppress(FaultError):
            assert list(records(f"a{ending}", b"")) == [RawRecord(f"a{ending}", 1, b"")]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("سیل <b>آمد</b>.\nباران بند آمد.", "سیل آمد.\nباران بند آمد."),
        ("<blockquote>سیل آمد.</blockquote>", "سیل آمد."),
        ("بها < ۵ و > ۳\nهمین", "بها < ۵ و > ۳\nهمین"),
    ],
)
def test_tags_in_plain_text_are_read_as_such_and_its_lines_stay(written: str, text: str) -> None:
    (article,) = read_source(InMemory("a.txt", written.encode())).articles
    assert article.text == text
