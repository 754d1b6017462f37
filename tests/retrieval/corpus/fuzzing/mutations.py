"""Sound files → damaged ones."""

from __future__ import annotations

import zipfile
from io import BytesIO
from random import Random

from tests.retrieval.corpus.readers.archives import archive

MAX_CHANGES = 8
"""Changes of one file."""
MAX_PIECE = 60
"""Bytes that one change removes, repeats or moves."""
OF_PARTS = 0.75
"""The share of damaged archives in which only the files inside are damaged, so that the archive can be opened."""
OF_BYTES = 0.05
"""The share of changes that may break a character: a text with broken ones is refused before it is read."""

_BYTES = (b"\0", b"\xff\xfe", b"\xd9", b"\xef\xbb\xbf", b"\xed\xa0\x80")
_ANY = ("\u200c".encode(), b"\r", b"\n\n", b"\t", b"-1", b"9" * 30, "۵²".encode(), "\u2028".encode(), "\u202e".encode())
_MARKUP = (
    b"<", b">", b'"', b"&", b"&#0;", b"&#x110000;", b"&nbsp;", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<p>", b"</div>",
    b"<table><tr>", b"<td rowspan=9 colspan=99>", b"<ol start=9>", b"<li>", b"<dt>", b"<br>", b"<pre>", b"<h2>",
    b"<meta charset=utf-16>", b"<script>", b"<item>", b"</item>", b"<w:tbl>", b"</w:p>", b"<text:list>", b'<c r="A1">',
)  # fmt: skip
_DATA = (
    b"{", b"}", b"[", b"]", b":", b",", b";", b"\\", b"\\ud800", b"NaN", b"1e999", b"null", b'"text":', b'"id":{}',
    b"sep=|\n", b"---\n", b"+++\n", b"|", b"```", b"[^1]", "انتهای پیام".encode(), "۱۴۰۴/۱۳/۴۰".encode(),
    "نام: ".encode(),
)  # fmt: skip
_PRINTED = (
    b"<<", b">>", b"(", b"/Kids [2 0 R]", b" 2 0 R", b"<06330644> Tj", b"1e30 0 0 1e30 0 0 cm ", b"/X Do ", b"BT",
    b" 0 0 0 0 0 0 Tm ", b"endstream", b"endobj",
)  # fmt: skip
PIECES = (_ANY, _MARKUP, _DATA, _PRINTED)
"""What is put in: a kind of piece is chosen first, then one of the kind."""


def damaged(content: bytes, random: Random) -> bytes:
    """A file with some damage; of an archive mostly one of the files in it."""
    if not zipfile.is_zipfile(BytesIO(content)) or random.random() > OF_PARTS:
        return _changed(content, random)
    with zipfile.ZipFile(BytesIO(content)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    name = random.choice(list(parts))
    if random.random() < 1 / MAX_CHANGES:
        del parts[name]
    else:
        parts[name] = _changed(parts[name], random)
    return archive(parts, zipfile.ZIP_STORED)


def _changed(content: bytes, random: Random) -> bytes:
    """Bytes with one to `MAX_CHANGES` changes."""
    changed = bytearray(content)
    for _ in range(random.randint(1, MAX_CHANGES)):
        at, to = _place(changed, random), _place(changed, random)
        piece = changed[at : _whole(changed, at + random.randint(1, MAX_PIECE))]
        kind = random.randrange(5)
        if random.random() < OF_BYTES:
            changed[at : at + 1] = random.choice((random.randbytes(1), *_BYTES))
        elif kind == 0:
            del changed[at : at + len(piece)]
        elif kind == 1:
            changed[at:at] = piece * random.randint(1, MAX_CHANGES)
        elif kind == 2:
            changed[to:to] = piece
        elif kind == 3 and random.random() < 1 / MAX_CHANGES:
            del changed[at:]
        else:
            changed[at:at] = random.choice(random.choice(PIECES))
    return bytes(changed)


def _place(content: bytearray, random: Random) -> int:
    return _whole(content, random.randint(0, len(content)))


def _whole(content: bytearray, at: int) -> int:
    """A place, or the one behind it that is within no character of UTF-8."""
    while at < len(content) and content[at] & 0xC0 == 0x80:  # a byte that goes on with a character
        at += 1
    return at
