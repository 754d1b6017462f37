"""Bytes become the text that was saved, or are refused; never another text."""

from __future__ import annotations

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.corpus.encoding import decode

PERSIAN = "پس از چاپ، گزارش ژرفی دربارهٔ کندوان رسید.\r\n«می‌شود؟» ۱۲ بار (Tabriz)\n"
ARABIC_KEYBOARD = "پس از چاپ، گزارش ژرفي درباره كندوان رسيد.\r\n«مي‌شود؟» 12 بار (Tabriz)\n"
"""The same in the letters that Windows-1256 has."""

MARKS = {
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}

SENTENCES = st.lists(
    st.sampled_from("کندوان روستایی در آذربایجان است و خانه‌های کله‌قندی آن را گردشگران دوست دارند".split()),
    min_size=5,
    max_size=40,
).map(" ".join)


@pytest.mark.parametrize(
    "text", [PERSIAN, "Only English.", "۱۲۳", "👍🏽", "", "ي\u200c\u200f\u202bك", "صفحه\x0c\x1bدوم\x85"]
)
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8], ids=["plain", "marked"])
def test_utf_8_is_taken_at_its_word(text: str, mark: bytes) -> None:
    assert decode(mark + text.encode()) == text


@pytest.mark.parametrize("encoding", MARKS)
@pytest.mark.parametrize("text", [PERSIAN, "Only English.", "👍🏽", ""])
def test_a_byte_order_mark_names_the_encoding(text: str, encoding: str) -> None:
    assert decode(MARKS[encoding] + text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"), [(PERSIAN, "utf-16-le"), (PERSIAN, "utf-16-be"), (ARABIC_KEYBOARD, "cp1256")]
)
def test_persian_without_a_mark_is_recognised(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\x00\x01", "binary"),
        (b"\x7fELF\x02\x01\x01", "binary"),
        (b"PK\x03\x04\x14\0\x06\0", "binary"),
        ("Ceské knihy: Příliš žluťoučký kůň".encode("cp1250"), "neither UTF-8, UTF-16 nor Windows-1256"),
        ("Only English.".encode("utf-16-le"), "binary"),
        (codecs.BOM_UTF16_LE + PERSIAN.encode("utf-16-le")[:-1], r"marked as utf-16 but damaged at byte \d+"),
        (codecs.BOM_UTF32_LE + b"\0\0\0\x7f", r"marked as utf-32 but damaged at byte \d+"),
        (codecs.BOM_UTF8 + b"abc\xff", "marked as utf-8 but damaged at byte 3"),
        (PERSIAN.encode()[:30] + b"\xff" + PERSIAN.encode()[30:], "it is UTF-8 but damaged at byte 30"),
        (PERSIAN.encode().rstrip() + b"\xd9", "it is UTF-8 but damaged at byte"),
        ("کندوان \x96 روستا".encode(), r"control character U\+0096"),
        ("کندوان ".encode() + b"\xed\xa0\x80", "it is UTF-8 but damaged at byte 13"),
    ],
)
def test_what_is_no_text_is_refused_by_name(content: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        decode(content)


@given(text=SENTENCES, place=st.integers(0), byte=st.integers(0, 255))
def test_one_damaged_byte_does_not_turn_utf_8_into_another_encoding(text: str, place: int, byte: int) -> None:
    damaged = bytearray(text.encode())
    damaged[place % len(damaged)] = byte
    with suppress(ValueError):
        assert decode(bytes(damaged)).encode() == damaged


@given(SENTENCES)
def test_every_encoding_of_persian_gives_the_same_text(text: str) -> None:
    typed = text.replace("ی", "ي")
    encodings = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256")
    assert {decode(typed.encode(encoding)) for encoding in encodings} == {typed}


@given(st.binary(max_size=200) | st.text().map(lambda text: text.encode("utf-16", "surrogatepass")))
def test_any_bytes_are_the_encoding_of_their_text_or_refused(content: bytes) -> None:
    with suppress(ValueError):
        text = decode(content)
        unmarked = ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1256")
        written = [text.encode(encoding, "replace") for encoding in unmarked]
        marked = [mark + text.encode(encoding) for encoding, mark in MARKS.items()]
        assert content in written + marked
