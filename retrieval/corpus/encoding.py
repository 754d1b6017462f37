"""Bytes → text: the encodings that Persian files come in, or an error that says what is wrong."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from retrieval.errors import CorpusError

_BYTE_ORDER_MARKS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DAMAGE = re.compile(r"[\udc80-\udcff]")
"""A byte that is not UTF-8, in what `decode_with_damage` gives."""
SOUND = 30
"""Characters for each damaged one in a text of which the rest is to be read."""

_UTF_16_UNMARKED = ("utf-16-le", "utf-16-be")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_PERSIAN = re.compile(r"[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]")
_LETTER = re.compile(r"[^\W\d_]")


def read_text(path: Path, remedy: str) -> str:
    """The text of a file that a user names, by `decode`.

    Args:
        path: the file.
        remedy: what to do where it cannot be read.

    Raises:
        CorpusError: it cannot be read, or is not text.
    """
    try:
        return decode(path.read_bytes())
    except OSError as error:
        raise CorpusError(path, f"it cannot be read ({error.strerror})", remedy) from error
    except ValueError as error:
        raise CorpusError(path, str(error), "save it as UTF-8 text") from error


def decode(content: bytes) -> str:
    """The text of a file, without byte order mark.

    UTF-8 is taken at its word, and refused where it is damaged. UTF-16 without a mark and Windows-1256 are accepted
    only where they give mostly Persian letters and no control characters, so that nothing is garbled silently.

    Raises:
        ValueError: no such encoding fits; the message says what the file seems to be.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _strict(content, encoding)
    try:
        text, damage = content.decode("utf-8"), None
    except UnicodeDecodeError as error:
        text, damage = content.decode("utf-8", "replace"), error.start
    control = _CONTROL.search(text)
    if damage is None and not control:
        return text
    if damage is not None and _is_mostly_utf8(text):
        raise ValueError(f"it is UTF-8 but damaged at byte {damage}")
    # Valid UTF-8 is never Windows-1256, but UTF-16 without a mark may be valid UTF-8 too.
    for encoding in _UTF_16_UNMARKED if damage is None else (*_UTF_16_UNMARKED, "cp1256"):
        try:
            other = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_persian(other):
            return other
    if damage is None and control and ord(control[0]) > 0x7F:
        raise ValueError(f"it has the control character U+{ord(control[0]):04X}, as wrongly converted text has")
    if control:
        raise ValueError("it is a binary file, not text")
    raise ValueError("its encoding is neither UTF-8, UTF-16 nor Windows-1256")


def decode_with_damage(content: bytes) -> str:
    """The text of a file of many records, by `decode`; a little damage is left in it, so that it costs a record alone.

    Bytes that are not UTF-8 are lone surrogates (as `surrogateescape` makes them), and control characters stay.

    Raises:
        ValueError: as `decode` does, where more than one of `SOUND` characters is damaged.
    """
    try:
        return decode(content)
    except ValueError:
        if any(content.startswith(mark) for mark, encoding in _BYTE_ORDER_MARKS if encoding != "utf-8-sig"):
            raise
        text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
        damaged = sum(1 for _ in DAMAGE.finditer(text)) + sum(1 for _ in _CONTROL.finditer(text))
        if damaged * SOUND > len(text):
            raise
        return text


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(
            f"it is marked as {encoding.removesuffix('-sig')} but damaged at byte {error.start}"
        ) from error


def _is_mostly_utf8(text: str) -> bool:
    """Whether a text decoded as UTF-8 has more letters beyond ASCII than failures (U+FFFD)."""
    return sum(not letter.isascii() for letter in text) > 2 * text.count("\ufffd")


def _is_persian(text: str) -> bool:
    letters = len(_LETTER.findall(text))
    return letters > 0 and 2 * len(_PERSIAN.findall(text)) > letters and not _CONTROL.search(text)
