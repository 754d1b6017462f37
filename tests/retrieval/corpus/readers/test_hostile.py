"""Files that were made to do harm: refused by name, in little time and memory, while the others still load."""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval.corpus.articles import read_corpus
from retrieval.corpus.readers.wordpress import html_of
from tests.retrieval.corpus.readers.archives import ODF, WORD, archive, docx, epub, odt, paragraph
from tests.retrieval.corpus.readers.large_files import export, items, merged, notes, numbered, sheet, styles, table_of
from tests.retrieval.corpus.readers.pdf_files import form, of_streams

MAX_SECONDS, MAX_MEGABYTES = 10, 300
FILES_AT_ONCE = 3
GOOD = "سیل به گنبد رسید."

LAUGHS = "<!DOCTYPE a [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{level} '{f'&a{level - 1};' * 10}'>" for level in range(1, 12))
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
NESTED = 1_000_000
ALIASES = "a0: &a0 [x]\n" + "".join(
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 12)
)


def word(inner: str, before: str = "") -> bytes:
    """A Word document whose XML has something before its root."""
    root = f"{before}<w:document {WORD}><w:body>{inner}</w:body></w:document>"
    return archive({"word/document.xml": root})


def text(inner: str, before: str = "") -> bytes:
    """An OpenDocument text whose XML has something before its root."""
    body = f"<office:body><office:text>{inner}</office:text></office:body>"
    return archive({"content.xml": f"{before}<office:document-content {ODF}>{body}</office:document-content>"})


def feed(text: str, before: str = "") -> bytes:
    """A feed of one item, with something before its root."""
    return f"{before}<rss><channel><item><description>{text}</description></item></channel></rss>".encode()


def many_members() -> bytes:
    """An archive with more files in it than a document has."""
    return archive({f"{number}": b"" for number in range(20_000)}, zipfile.ZIP_STORED)


DRAWING = b"BT /F1 10 Tf 1 0 0 1 100 700 Tm <06330644> Tj ET\n"
DIRECTORY_LOOP = b"%PDF-1.7\n" + b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Prev 9 >>\nstartxref\n9\n%%EOF\n"


def nested_calls() -> bytes:
    """Forms that each call the next ten times, so that a page has ten thousand million letters."""
    first = 10
    calls = [form(b"/X Do " * 10, f"/Resources << /XObject << /X {first + level} 0 R >> >>") for level in range(1, 10)]
    return of_streams([b"/X Do"], more=[*calls, form(DRAWING, "/Resources << /Font << /F1 3 0 R >> >>")])


SECTION = "<tr><td colspan=20>بخش<tr>" + "<td>۱" * 20
HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb.docx": lambda: archive({"word/document.xml": b" " * 400_000_000}),
    "bomb.odt": lambda: archive({"content.xml": b"<a>" + b"0" * 400_000_000}),
    "bomb.epub": lambda: epub({f"{number}.xhtml": f"<p>{'سیل ' * 5_000_000}</p>" for number in range(8)}),
    "laughs.docx": lambda: word("&a11;", LAUGHS),
    "laughs.odt": lambda: text("&a11;", LAUGHS),
    "laughs.epub": lambda: archive({"META-INF/container.xml": f"{LAUGHS}<a>&a11;</a>"}),
    "wide.docx": lambda: archive({"word/document.xml": f"{LAUGHS}<a>&a11;</a>".encode("utf-16")}),
    "outside.docx": lambda: word(paragraph("&a;"), OUTSIDE),
    "outside.odt": lambda: text("<text:p>&a;</text:p>", OUTSIDE),
    "nested.docx": lambda: word("<w:sdt>" * NESTED + "</w:sdt>" * NESTED),
    "deep.docx": lambda: word("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000),
    "deep.odt": lambda: text("<text:list>" * 5_000 + "</text:list>" * 5_000),
    "deep.epub": lambda: epub({"1.xhtml": "<div>" * 5_000 + GOOD}),
    "notes.docx": lambda: notes(55_000),
    "breaks.docx": lambda: docx(f"<w:p><w:r><w:t>سیل</w:t>{'<w:br/>' * NESTED}</w:r></w:p>"),
    "rows.docx": lambda: table_of(110_000, 1),
    "empty.docx": lambda: docx(f"<w:tbl><w:tr>{'<w:tc/>' * NESTED}</w:tr></w:tbl>"),
    "empty.odt": lambda: odt(f"<table:table><table:table-row>{'<table:table-cell/>' * NESTED}"),
    "many.docx": lambda: word("<w:p/>" * 5_000_000),
    "wide.odt": lambda: text("<text:p a='' b='' c=''/>" * 1_000_000),
    "members.docx": many_members,
    "tree.pdf": lambda: of_streams([DRAWING], kids="2 0 R"),
    "calls.pdf": nested_calls,
    "bomb.pdf": lambda: of_streams([DRAWING * 5_000_000]),
    "pages.pdf": lambda: of_streams([DRAWING * 500], kids="8 0 R " * 50_000),
    "deep.pdf": lambda: of_streams([DRAWING], info="/A " + "[" * 1_000_000),
    "loop.pdf": lambda: DIRECTORY_LOOP,
    "pictures.pdf": lambda: of_streams([b"0 0 m"]),
    "nested.html": lambda: b"<div>" * NESTED + GOOD.encode(),
    "nested.md": lambda: b"<div>" * NESTED + GOOD.encode(),
    "nested.txt": lambda: b"<b>" * NESTED + GOOD.encode() + b"</b>",
    "stars.md": lambda: b"*" * NESTED + GOOD.encode(),
    "brackets.md": lambda: b"[a](" * NESTED + GOOD.encode(),
    "quoted.md": lambda: b"> " * NESTED + GOOD.encode(),
    "aliases.md": f"---\n{ALIASES}title: a\n---\n".encode,
    "fields.md": lambda: b"---\n" + b"a: b\n" * NESTED + b"---\n" + GOOD.encode(),
    "laughs.xml": lambda: feed("&a11;", LAUGHS),
    "nested.xml": lambda: feed("<![CDATA[" + "<div>" * NESTED + "]]>"),
    "items.xml": lambda: b"<rss><channel>" + b"<item/>" * 3 * NESTED,
    "nested.json": lambda: b'{"a":' * NESTED,
    "numbers.json": lambda: b"[" + b"1," * 5 * NESTED + b"1]",
    "texts.json": lambda: b'[{"text":' * NESTED,
    "objects.json": lambda: b"[" + b"{}," * NESTED + b"{}]",
    "keys.json": lambda: b"{" + b'"a":[],' * 2 * NESTED + b'"b":1}',
    "nested.jsonl": lambda: b"[" * NESTED + b"\n" + b'{"a":' * NESTED,
    "long.txt": lambda: "سیل ".encode() * 5 * NESTED,
    "huge.txt": lambda: "سیل ".encode() * 20 * NESTED,
    "huge.jsonl": lambda: b'{"text":"' + "سیل ".encode() * 20 * NESTED + b'"}',
    "rows.csv": lambda: b"a,b\n" + b"1,2\n" * NESTED,
    "long.xml": lambda: b"<rss><channel>" + f"<item><description>{GOOD}</description></item>".encode() * 21_000,
    "parts.json": lambda: (
        b'{"name":"a","type":"public_channel","id":1,"messages":[{"id":1,"type":"message","date":"2026-01-01T00:00:00",'
        b'"text":["a",' + b'{"type":"bold","text":"b"},' * NESTED + b'"c"]}]}'
    ),
    "parts.jsonl": lambda: b'{"id":1,"text":[' + b'{"type":"p","text":"b"},' * NESTED + b'"c"]}',
    "members.json": lambda: b'{"a":[' + b'"aa",' * NESTED + b'"aa"]}',
    "pairs.jsonl": lambda: b"{" + b",".join(b'"%d":1' % number for number in range(2 * NESTED)) + b"}",
    "key.json": lambda: b'[{"' + b"a" * 25 * NESTED + b'":1,"text":"' + GOOD.encode() + b'"}]',
    "attributes.html": lambda: (
        b"<p " + b" ".join(b"a%d=1" % number for number in range(200_000)) + b">" + GOOD.encode()
    ),
    "lines.html": lambda: "سیل<br>".encode() * NESTED,
    "lines.txt": lambda: "س\n".encode() * 3 * NESTED,
    "items.md": lambda: "- سیل\n".encode() * 300_000,
    "wide.xlsx": lambda: sheet("".join(f"<row><c r='SF{number}'><v>1</v></c></row>" for number in range(1, 100_000))),
    "merged.xlsx": merged,
    "cells.xlsx": lambda: sheet(f"<row>{'<c><v>1</v></c>' * 20}</row>" * 100_000),
    "elements.xlsx": lambda: sheet("<a/>" * 5 * NESTED),
    "metas.html": lambda: "<meta name=a content=سیل>".encode() * 300_000,
    "times.html": lambda: b"<div>" * 1_500 + "<time>سیل</time>".encode() * 100_000,
    "cells.md": lambda: b"|a|b|\n|-|-|\n" + "|س|ب|\n".encode() * 100_000,
    "ands.md": lambda: b"&" * 3 * NESTED,
    "columns.csv": lambda: b"title,text\n" + (b"1," * 100_000 + b"\n") * 20,
    "post.xml": lambda: feed("سیل " * 12 * NESTED),
    "strings.json": lambda: b'{"id":1,"text":[' + b'"aa",' * NESTED + b'"a"]}',
}
"""Files that are refused."""

READ: dict[str, Callable[[], bytes]] = {
    "outside.xml": lambda: feed(f"{GOOD}&a;", OUTSIDE),
    "runs.docx": lambda: docx(paragraph(*["<w:r><w:rPr><w:b/></w:rPr><w:t>س</w:t></w:r>"] * 80_000)),
    "cells.odt": lambda: odt(
        "<table:table><table:table-row><table:table-cell table:number-columns-repeated='999999999'>"
        "<text:p>سیل</text:p></table:table-cell></table:table-row></table:table>"
    ),
    "blanks.odt": lambda: odt(f"<text:p>{GOOD}<text:s text:c='999999999'/>{GOOD}</text:p>"),
    "items.docx": lambda: items(30_000),
    "table.docx": lambda: table_of(60_000, 4),
    "styles.docx": lambda: styles(100_000),
    "numbered.odt": lambda: numbered(20_000, 1_000),
    "styles.odt": lambda: odt(
        f"<text:p>{GOOD}</text:p>",
        "".join(f"<style:style style:name='{at}' style:parent-style-name='{at + 1}'/>" for at in range(100_000)),
    ),
    "bold.epub": lambda: epub({f"{number}.xhtml": f"<p>{'<b>سیل</b>' * 100_000}</p>" for number in range(3)}),
    "export.xml": lambda: export(10, 20_000),
    "wide.csv": lambda: (",".join(["سیل"] * 16_000) + "\n").encode() * 200,
    "labels.html": lambda: b"<article><p>" + "<i class=key>سیل</i><i class=value>آب</i>".encode() * 60_000,
    "sections.html": f"<article><table><tr>{'<th>نام' * 20}{SECTION * 5_000}".encode,
    "buttons.html": lambda: b"<article>" + b"<button>" * 1_500 + "<p>سیل آمد؟</p>".encode() * 50_000,
    "paragraphs.docx": lambda: docx(paragraph("سیل آمد") * 30_000),
    "paragraphs.html": lambda: b"<article>" + f"<p>{GOOD}</p>".encode() * 50_000 + b"</article>",
    "sentences.txt": lambda: "م. ".encode() * 200_000 + GOOD.encode(),
    "notes.md": lambda: "".join(f"[^{number}]\n\n[^{number}]: a\n\n" for number in range(5_000)).encode(),
    "repeated.odt": lambda: odt(
        "<table:table>" + "<table:table-row><table:table-cell table:number-columns-repeated='1000'><text:p>سیل</text:p>"
        "</table:table-cell></table:table-row>" * 2_000 + "</table:table>"
    ),
    "authors.xml": lambda: (
        b"<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel>"
        + b"<wp:author><wp:author_login>a</wp:author_login>"
        b"<wp:author_display_name>b</wp:author_display_name></wp:author>"
        * 200_000
        + f"<item><description>{GOOD}</description></item></channel></rss>".encode()
    ),
    "spans.docx": lambda: docx(
        "<w:tbl>" + "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='999'/></w:tcPr><w:p/></w:tc></w:tr>" * 1000 + "</w:tbl>"
    ),
}
"""Files that ask for much, and are read or refused."""


MEASURED = """
import resource, sys
from pathlib import Path
from retrieval.__main__ import main
try:
    main(["read", sys.argv[1]])
finally:
    status = Path("/proc/self/status").read_text().split()
    peak = int(status[status.index("VmHWM:") + 1])  # of this program alone, unlike that of getrusage
    own, others = (resource.getrusage(kind) for kind in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(sum((own.ru_utime, own.ru_stime, others.ru_utime, others.ru_stime)), max(peak, others.ru_maxrss) / 1024)
"""


def read(folder: Path) -> tuple[str, str, float, float]:
    """What `retrieval read` prints of a folder, on both streams; the seconds that it computes, and its megabytes."""
    said = subprocess.run(
        [sys.executable, "-c", MEASURED, str(folder)], capture_output=True, text=True, encoding="utf-8", check=False
    )
    *lines, measured = said.stdout.splitlines()
    seconds, megabytes = map(float, measured.split())
    return "\n".join(lines), said.stderr, seconds, megabytes


def together(ending: str) -> list[list[str]]:
    """The files of an ending, some at a time: to start a process for each would take longer than to read it."""
    names = [name for name in HOSTILE | READ if name.endswith(ending)]
    return [names[first : first + FILES_AT_ONCE] for first in range(0, len(names), FILES_AT_ONCE)]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by /proc")
@pytest.mark.parametrize(
    "names",
    [names for ending in sorted({Path(name).suffix for name in HOSTILE} - {".pdf"}) for names in together(ending)],
    ids=" ".join,
)
def test_hostile_files_cost_little_and_the_others_load(names: list[str], tmp_path: Path) -> None:
    assert_costs_little(names, tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by /proc")
@pytest.mark.parametrize("name", [name for name in HOSTILE if name.endswith(".pdf")])
def test_a_hostile_pdf_costs_little_and_the_others_load(name: str, tmp_path: Path) -> None:
    assert_costs_little([name], tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="time is bounded by POSIX")
@pytest.mark.parametrize(("letters", "seconds"), [(0, 8), (200_000, 16), (10_000_000, 40)])
def test_a_pdf_may_take_longer_the_more_it_says(letters: int, seconds: int) -> None:
    code = (
        "import resource; from retrieval.corpus.pdf.worker import main as worker; worker.limit(); worker.limit_time(0);"
        f"worker.limit_time({letters}); print(resource.getrlimit(resource.RLIMIT_CPU)[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) == seconds


def assert_costs_little(names: list[str], folder: Path) -> None:
    """Read files together with a good one, and look at what it took."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for name in names:
        (corpus / name).write_bytes((HOSTILE | READ)[name]())
    (corpus / "a.txt").write_text(GOOD, encoding="utf-8")
    said, problems, seconds, megabytes = read(corpus)
    assert GOOD in said
    assert "root:" not in said
    assert all(any(f"/{name}" in line for name in names) for line in problems.splitlines())
    assert [name for name in names if name in HOSTILE and f"/{name}" not in problems] == []
    assert megabytes <= MAX_MEGABYTES
    if len(names) > 1 and seconds > MAX_SECONDS:  # that each of them has by itself
        for name in names:
            (folder / name).mkdir()
            assert_costs_little([name], folder / name)
    else:
        assert seconds <= MAX_SECONDS


@pytest.mark.parametrize("ending", [".txt", ".md", ".html"])
def test_elements_that_stand_too_deep_cost_their_own_file_alone(ending: str, tmp_path: Path) -> None:
    (tmp_path / f"deep{ending}").write_text("<div>" * 5_000 + GOOD + "</div>" * 5_000, encoding="utf-8")
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    corpus = read_corpus(tmp_path)
    assert [article.text for article in corpus.articles] == [GOOD]
    assert [problem.reason for problem in corpus.problems] == ["too many of its elements stand inside one another"]


def test_markdown_of_a_comment_alone_costs_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("<!-- پنهان -->", encoding="utf-8")
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    corpus = read_corpus(tmp_path)
    assert [article.id for article in corpus.articles] == ["a.txt"]
    assert [problem.path.name for problem in corpus.problems] == ["b.md"]


def test_a_post_of_many_lines_takes_time_by_its_length() -> None:
    begun = time.process_time()
    assert html_of(f"{GOOD}\n" * 100_000).count("<br>") == 100_000
    assert time.process_time() - begun < 5
