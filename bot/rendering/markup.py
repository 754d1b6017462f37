"""Text with marks, as a chat application shows it: written as Telegram's HTML or as plain text, cut where too long.

A text is a sequence of pieces, so that escaping and balanced tags follow from its shape. A line's direction follows its
first strong letter: one that begins with a Latin letter gets a right-to-left mark in front.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from typing import NamedTuple

from retrieval import for_message

LIMIT = 4096
"""UTF-16 code units of a message in Telegram, after its tags are taken out."""

_RIGHT_TO_LEFT = "\u200f"
_BREAKS = (re.compile(r"(?:[.!؟?…]»?\s|\n)\s*"), re.compile(r"\s+"), re.compile(r""))
"""Where a text may be cut, the best places first: sentence ends, spaces, anywhere."""


class Piece(NamedTuple):
    """A run of text.

    Args:
        text: what is read.
        tags: the tags around it, outermost first.
        link: an address to open, for the innermost tag `a`.
    """

    text: str
    tags: tuple[str, ...] = ()
    link: str = ""


Rich = tuple[Piece, ...]
"""A text with marks."""


def rich(*pieces: Piece | str) -> Rich:
    """A text from pieces and plain strings, fit to be shown: without control characters and bidi overrides.

    Half-spaces stay. A line that would run from left to right gets a right-to-left mark.
    """
    made = (piece if isinstance(piece, Piece) else Piece(piece) for piece in pieces)
    cleaned = tuple(piece._replace(text=for_message(piece.text)) for piece in made)
    return tuple(_directed(tuple(piece for piece in cleaned if piece.text)))


def plain(text: Rich) -> str:
    """The text without marks."""
    return "".join(piece.text for piece in text)


def html(text: Rich) -> str:
    """The text in Telegram's HTML mode: balanced tags, and nothing else in `<`, `>` and `&`."""
    written: list[str] = []
    around: list[tuple[str, str]] = []
    for piece in text:
        wanted = [(tag, piece.link if tag == "a" else "") for tag in piece.tags]
        kept = next((n for n, (one, other) in enumerate(zip(around, wanted, strict=False)) if one != other), None)
        kept = min(len(around), len(wanted)) if kept is None else kept
        written.extend(f"</{tag}>" for tag, _ in reversed(around[kept:]))
        written.extend(f'<a href="{escape(link)}">' if tag == "a" else f"<{tag}>" for tag, link in wanted[kept:])
        written.append(escape(piece.text, quote=False))
        around = wanted
    written.extend(f"</{tag}>" for tag, _ in reversed(around))
    return "".join(written)


def utf16_length(text: str) -> int:
    """The length of `text` in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: Rich, limit: int = LIMIT) -> list[Rich]:
    """Cut a text into parts of at most `limit` UTF-16 code units each, at sentence ends where possible.

    White space at the edges of a part is dropped; nothing is returned for a text without any letter.
    """
    parts: list[Rich] = []
    rest = _strip(text)
    while rest:
        whole = plain(rest)
        end = _cut(whole, limit)
        if end == len(whole):
            return [*parts, rest]
        part = _strip(tuple(_slice(rest, 0, end)))
        if part:
            parts.append(part)
        rest = _strip(tuple(_slice(rest, end, len(whole))))
    return parts


def _cut(text: str, limit: int) -> int:
    """The code points of the longest opening of `text` that fits and ends well."""
    if utf16_length(text) <= limit:
        return len(text)
    most = next(end for end in range(min(len(text), limit), 0, -1) if utf16_length(text[:end]) <= limit)
    for place in _BREAKS:
        ends = [match.end() for match in place.finditer(text[:most]) if match.end() > most // 2]
        if ends:
            return ends[-1]
    return most


def _slice(text: Rich, start: int, end: int) -> Iterator[Piece]:
    """The code points from `start` to `end`, with their marks."""
    place = 0
    for piece in text:
        cut = piece.text[max(start - place, 0) : max(end - place, 0)]
        if cut:
            yield piece._replace(text=cut)
        place += len(piece.text)


def _strip(text: Rich) -> Rich:
    whole = plain(text)
    return tuple(_slice(text, len(whole) - len(whole.lstrip()), len(whole.rstrip())))


def _directed(text: Rich) -> Iterator[Piece]:
    """The text with a right-to-left mark before each line that begins with a left-to-right letter."""
    whole = plain(text)
    starts = [match.end() for match in re.finditer(r"^", whole, re.MULTILINE)]
    marked = {start for start in starts if _runs_left_to_right(whole[start:])}
    if not marked:
        yield from text
        return
    place = 0
    for piece in text:
        inside = sorted(start - place for start in marked if place <= start < place + len(piece.text))
        bounds = [0, *inside, len(piece.text)]
        runs = [piece.text[one:other] for one, other in pairwise(bounds)]
        yield piece._replace(text=_RIGHT_TO_LEFT.join(runs))
        place += len(piece.text)


def _runs_left_to_right(text: str) -> bool:
    for letter in text:
        if letter == "\n":
            return False
        direction = unicodedata.bidirectional(letter)
        if direction in {"L", "R", "AL"}:
            return direction == "L"
    return False


def lines(texts: Iterable[Rich]) -> Rich:
    """Texts, one a line."""
    joined: list[Piece] = []
    for text in texts:
        joined.extend((Piece("\n"), *text) if joined else text)
    return tuple(joined)
