"""Bytes of a saved page → its text: what pages declare is often missing, late or wrong, so their letters decide."""

from __future__ import annotations

import binascii
import codecs
import quopri
import re
from collections.abc import Callable
from email.message import Message
from email.parser import BytesHeaderParser
from typing import NamedTuple

from retrieval.corpus.encoding import decode

DECLARED_WITHIN = 1 << 14
"""Bytes of a page in which its encoding may be declared: some declare it only behind title and scripts."""

MAX_PARTS, MAX_HEADER = 10_000, 1 << 16
"""Parts of a web archive, and bytes of the header of one."""
MAX_PAGE = 10_000_000
"""Code points of a page without its pictures."""

_DATA = re.compile(r"data:[\w/+.-]+;base64,[\w+/=%]+")
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_ARCHIVE = re.compile(rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,30}?mime-version:", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_TAG = re.compile(r"<[^>]*>")
_FOREIGN = re.compile(r"[^\W\d_a-zA-Z]")
_PERSIAN = re.compile(r"[\u0621-\u064a\u067e\u0686\u0688\u0691\u0698\u06a9\u06af\u06ba\u06be\u06cc\u06d2]")


class SavedPage(NamedTuple):
    """A page as a browser saved it.

    Args:
        text: its HTML.
        url: where it was saved from; "" where that is not told.
    """

    text: str
    url: str = ""


def decoded(content: bytes, declared: str = "") -> SavedPage:
    """The page in the bytes of a file, an HTML page or a web archive (MHTML).

    Args:
        content: the file's.
        declared: the encoding that a server named; "" where none did.

    Raises:
        ValueError: its encoding is not known, the archive has no page, or it is too large for one.
    """
    if _ARCHIVE.match(content):
        page = _of_archive(content)
    else:
        text = _text(content, declared)
        saved = _SAVED_FROM.search(text, 0, DECLARED_WITHIN)
        page = SavedPage(text, saved[1] if saved else "")
    if len(page.text) > MAX_PAGE:
        page = page._replace(text=_DATA.sub("", page.text))
    if len(page.text) > MAX_PAGE:
        raise ValueError(f"it has {len(page.text) // 1_000_000} million letters, too many for a page")
    return page


def _of_archive(content: bytes) -> SavedPage:
    """The page of a web archive: the first of its parts that is one."""
    head, rest = _parted(content)
    boundary = head.get_boundary()
    parts = rest.split(b"--" + boundary.encode(), MAX_PARTS)[1:] if boundary else [content]
    for part in parts:
        inner, body = _parted(part.lstrip())
        if inner.get_content_type() == "text/html":
            url = head.get("Snapshot-Content-Location") or inner.get("Content-Location") or ""
            sent = str(inner.get("Content-Transfer-Encoding", "")).strip().lower()
            page = _SENT[sent](body) if sent in _SENT else body
            return SavedPage(_text(page, inner.get_content_charset() or ""), str(url).strip())
    raise ValueError("it is a web archive without a page")


def _parted(part: bytes) -> tuple[Message, bytes]:
    """The header of a part of an archive, and the rest."""
    end = _HEADER_END.search(part, 0, MAX_HEADER)
    head, rest = (part[: end.start()], part[end.end() :]) if end else (part[:MAX_HEADER], b"")
    return BytesHeaderParser().parsebytes(head), rest


def _of_base64(body: bytes) -> bytes:
    try:
        return binascii.a2b_base64(body)
    except binascii.Error as error:
        raise ValueError("it is a web archive whose page is damaged") from error


_SENT: dict[str, Callable[[bytes], bytes]] = {"quoted-printable": quopri.decodestring, "base64": _of_base64}
"""How the bytes of a part are read, by its encoding for the mail."""


def _text(content: bytes, declared: str) -> str:
    """The text of a page.

    UTF-8 is recognised by itself, whatever is declared. Pages cut a description in the middle of a character, so
    damage does not make a page unreadable.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    text = content.decode("utf-8-sig", "replace")
    damaged = text.count("\ufffd")
    if not damaged or sum(not letter.isascii() for letter in text) > 4 * damaged:
        return text
    if not declared and (found := _DECLARED.search(content, 0, DECLARED_WITHIN)):
        declared = found[1].decode("ascii", "replace")
    for name in (declared, "cp1256"):
        if (other := _as(content, name)) is not None:
            return other
    return decode(content)


def _as(content: bytes, name: str) -> str | None:
    """The text in an encoding, if its letters beyond ASCII are mostly Persian in it."""
    try:
        text = content.decode(name, "replace")
    except LookupError:
        return None
    foreign = _FOREIGN.findall(_TAG.sub(" ", text))
    return text if 10 * len(_PERSIAN.findall("".join(foreign))) > 8 * len(foreign) > 0 else None
