"""Bytes of a saved page → its text: what pages declare is often missing, late or wrong, so their letters decide."""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from typing import NamedTuple

from retrieval.corpus.encoding import decode

DECLARED_WITHIN = 1 << 14
"""Bytes of a page in which its encoding may be declared: some declare it only behind title and scripts."""

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


def decoded(content: bytes) -> SavedPage:
    """The page in the bytes of a file, an HTML page or a web archive (MHTML).

    Raises:
        ValueError: its encoding is not known, or the archive has no page.
    """
    if _ARCHIVE.match(content):
        return _of_archive(content)
    text = _text(content, "")
    saved = _SAVED_FROM.search(text, 0, DECLARED_WITHIN)
    return SavedPage(text, saved[1] if saved else "")


def _of_archive(content: bytes) -> SavedPage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                url = message.get("Snapshot-Content-Location") or part.get("Content-Location") or ""
                return SavedPage(_text(payload, part.get_content_charset() or ""), str(url).strip())
    raise ValueError("it is a web archive without a page")


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
