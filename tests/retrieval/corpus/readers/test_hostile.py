"""Files that were made to do harm: refused by name, in little time and memory, while the others still load."""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tests.retrieval.corpus.readers.archives import ODF, WORD, archive, docx, epub, odt, paragraph

MAX_SECONDS, MAX_MEGABYTES = 10, 300
GOOD = "سیل به گنبد رسید."

LAUGHS = "<!DOCTYPE a [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{level} '{f'&a{level - 1};' * 10}'>" for level in range(1, 12))
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
NESTED = 1_000_000


def word(inner: str, before: str = "") -> bytes:
    """A Word document whose XML has something before its root."""
    root = f"{before}<w:document {WORD}><w:body>{inner}</w:body></w:document>"
    return archive({"word/document.xml": root})


def text(inner: str, before: str = "") -> bytes:
    """An OpenDocument text whose XML has something before its root."""
    body = f"<office:body><office:text>{inner}</office:text></office:body>"
    return archive({"content.xml": f"{before}<office:document-content {ODF}>{body}</office:document-content>"})


def many_members() -> bytes:
    """An archive with more files in it than a document has."""
    return archive({f"{number}": b"" for number in range(20_000)}, zipfile.ZIP_STORED)


HOSTILE = {
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
    "many.docx": lambda: word("<w:p/>" * 5_000_000),
    "wide.odt": lambda: text("<text:p a='' b='' c=''/>" * 1_000_000),
    "members.docx": many_members,
}
"""Files that are refused."""

READ = {
    "runs.docx": lambda: docx(paragraph(*["<w:r><w:rPr><w:b/></w:rPr><w:t>س</w:t></w:r>"] * 80_000)),
    "cells.odt": lambda: odt(
        "<table:table><table:table-row><table:table-cell table:number-columns-repeated='999999999'>"
        "<text:p>سیل</text:p></table:table-cell></table:table-row></table:table>"
    ),
    "blanks.odt": lambda: odt(f"<text:p>{GOOD}<text:s text:c='999999999'/>{GOOD}</text:p>"),
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
    own = int(status[status.index("VmHWM:") + 1])  # the peak of this program alone, unlike that of getrusage
    print(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
"""


def read(folder: Path) -> tuple[str, str, float, float]:
    """What `retrieval read` prints of a folder, on both streams; its seconds and megabytes."""
    began = time.monotonic()
    said = subprocess.run(
        [sys.executable, "-c", MEASURED, str(folder)], capture_output=True, text=True, encoding="utf-8", check=False
    )
    *lines, kilobytes = said.stdout.splitlines()
    return "\n".join(lines), said.stderr, time.monotonic() - began, int(kilobytes) / 1024


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by /proc")
@pytest.mark.parametrize("ending", [".docx", ".odt", ".epub"])
def test_hostile_files_cost_little_and_the_others_load(ending: str, tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    names = [name for name in HOSTILE | READ if name.endswith(ending)]
    for name in names:
        (folder / name).write_bytes((HOSTILE | READ)[name]())
    (folder / "a.txt").write_text(GOOD, encoding="utf-8")
    said, problems, seconds, megabytes = read(folder)
    assert GOOD in said
    assert "root:" not in said
    assert len(problems.splitlines()) == sum(f"/{name}" in problems for name in names)
    assert [name for name in names if name in HOSTILE and f"/{name}" not in problems] == []
    assert seconds <= MAX_SECONDS
    assert megabytes <= MAX_MEGABYTES
