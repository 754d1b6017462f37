"""PDF files as tests need them: text whose letters are drawn as office programs draw them, from left to right."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from typing import NamedTuple

LETTER = 0.5
"""The width of a letter, as a share of its size."""
LIGATURE = "\ue000"
"""The glyph of «لا»; the file says that it stands for two letters."""

_LEFT_TO_RIGHT = re.compile(r"[A-Za-z0-9۰-۹](?:[A-Za-z0-9۰-۹./,]*[A-Za-z0-9۰-۹])?")
_MIRRORED = str.maketrans("()«»", ")(»«")


class Drawn(NamedTuple):
    """A line of a page.

    Args:
        text: its words, in the order of reading.
        bottom, right: where it stands, in points; it ends at the right edge if it is Persian.
        size: of its letters.
    """

    text: str
    bottom: float
    right: float = 540
    size: float = 10


def shown(text: str) -> str:
    """A right-to-left line as its glyphs stand from left to right."""
    turned = text.replace("لا", LIGATURE)[::-1].translate(_MIRRORED)
    return _LEFT_TO_RIGHT.sub(lambda unit: unit[0][::-1], turned)


def pdf(*pages: Sequence[Drawn], info: str = "", shapes: str = "") -> bytes:
    """A PDF of pages, each of some lines, and of shapes by their drawing operators."""
    streams = [("\n".join([shapes, *map(_drawn, page)])).encode() for page in pages]
    return of_streams(streams, info)


def paragraph(text: str, top: float, width: int = 60, size: float = 10) -> list[Drawn]:
    """A text as lines of at most some letters, one below another."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    full = 540 - width * LETTER * size
    return [_justified(line, top - 1.4 * size * place, full, size) for place, line in enumerate(lines)]


def _justified(line: str, bottom: float, left: float, size: float) -> Drawn:
    assert 540 - len(line) * LETTER * size >= left
    return Drawn(line, bottom, size=size)


def _drawn(line: Drawn) -> str:
    glyphs = shown(line.text)
    left = line.right - len(glyphs) * LETTER * line.size
    codes = "".join(f"{ord(glyph):04X}" for glyph in glyphs)
    return f"BT /F1 {line.size} Tf 1 0 0 1 {left:.2f} {line.bottom:.2f} Tm <{codes}> Tj ET"


MAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfchar <E000> <06440627> endbfchar
{} endcmap end end"""


def _map() -> bytes:
    """The code of each glyph is its letter's."""
    ranges = "".join(f"1 beginbfrange <{high:02X}00> <{high:02X}FF> <{high:02X}00> endbfrange\n" for high in (0, 6, 32))
    return MAP.format(ranges).encode()


def of_streams(streams: Sequence[bytes], info: str = "", kids: str = "", more: Sequence[bytes] = ()) -> bytes:
    """A PDF whose pages have these contents.

    Args:
        streams: of drawing operators, a page each.
        info: the inside of its information dictionary.
        kids: the references to its pages, if they are not each once and in order.
        more: other objects, numbered from 8 + 2 * the number of pages on.
    """
    first = 8
    pages = kids or " ".join(f"{first + 2 * place} 0 R" for place in range(len(streams)))
    font = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{pages}] /Count {len(pages.split()) // 3} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [4 0 R]"
        b" /ToUnicode 6 0 R >>",
        f"{font} /Supplement 0 >> /DW {int(1000 * LETTER)} /FontDescriptor 5 0 R >>".encode(),
        b"<< /Type /FontDescriptor /FontName /A /Flags 4 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80"
        b" /ItalicAngle 0 /FontBBox [0 -200 1000 800] >>",
        _stream(_map()),
        f"<< {info} >>".encode(),
    ]
    for place, content in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first + 2 * place + 1} 0 R"
            f" /Resources << /Font << /F1 3 0 R >> /XObject << /X {first + 2 * len(streams)} 0 R >> >> >>".encode()
        )
        objects.append(_stream(content))
    return _file([*objects, *more])


def _stream(content: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(content)
    return f"<< /Length {len(packed)} /Filter /FlateDecode {entries}>>\nstream\n".encode() + packed + b"\nendstream"


def form(content: bytes, entries: str) -> bytes:
    """A form: drawing operators that others call."""
    return _stream(content, f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] {entries} ")


def _file(objects: Sequence[bytes]) -> bytes:
    written = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(written)
    written += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    written += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    written += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 7 0 R >>\n".encode()
    return bytes(written + f"startxref\n{start}\n%%EOF\n".encode())
