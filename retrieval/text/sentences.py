"""A paragraph → its sentences, each an exact span of the article's text.

A sentence ends at a run of `. ! ? ؟ …`, closing marks included, unless the run only looks like an end: a decimal, an
address, an abbreviation, a list number, or a mark that belongs to a short quotation or parenthesis (a film's title
ending in «؟»). The end of a line ends none: a program may have wrapped the paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from retrieval.types import Span

MAX_SHORT_QUOTATION = 120
"""Code points of the longest quotation or parenthesis whose inner marks end no sentence."""

STOP = re.compile(r"(?<!\d)\.|\.(?!\d)|[!?…؛]|؟\s*\S")
"""Finds a mark that a line without a sentence has not; a question mark may end it."""

_ENCLOSED = re.compile(
    "|".join(
        rf"{left}[^{left}{right}]{{1,{MAX_SHORT_QUOTATION}}}{right}"
        for left, right in (("«", "»"), ("“", "”"), ('"', '"'), (r"\(", r"\)"), (r"\[", r"\]"))
    )
)
"""A short quotation or parenthesis."""

_MARKS = ".!?؟…"
_END = re.compile(rf"(?P<marks>[{_MARKS}]+)(?P<closing>[»”\"'’)\]]*)")
_LIST_NUMBER = re.compile(r"\s*[(\[]?\d{1,3}$")
_LAST_WORD = re.compile(r"[\w\u064b-\u0655\u0670\u200c]+$")
_MAX_LAST_WORD = 64
"""Code points of a word before a mark that are looked at; longer ones are as good as long ones."""
_FIRST_WORD = re.compile(r"\w+")
_ABBREVIATIONS = frozenset(
    {"dr", "mr", "mrs", "ms", "prof", "st", "vs", "no", "vol", "pp", "etc", "jr", "sr", "fig", "ed"}
)


def sentence_spans(text: str, start: int, end: int) -> list[Span]:
    """The spans of the sentences of a paragraph, `text[start:end]`, without white space at their ends."""
    pieces = (trimmed(text, *piece) for piece in _split(text, start, end))
    return [(begin, behind) for begin, behind in pieces if begin < behind]


def trimmed(text: str, start: int, end: int) -> Span:
    """A span without the white space at its ends; an empty one where there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    """The parts of one line, `text[start:end]`, up to each sentence end."""
    # The regular expression takes five times as long as these searches, and most lines have a mark only at their end.
    if all(text.find(mark, start, end - 1) < 0 for mark in _MARKS):
        yield start, end
        return
    behind = trimmed(text, start, end)[1]
    ends = [match for match in _END.finditer(text, start, end) if match.end() < behind]
    enclosed = [match.span() for match in _ENCLOSED.finditer(text, start, end)] if ends else []
    for match in ends:
        cut = _cut(text, match, enclosed, start, end)
        if cut:
            yield start, cut
            start = cut
    yield start, end


def _cut(text: str, match: re.Match[str], enclosed: list[Span], start: int, end: int) -> int | None:
    """Where the sentence that begins at `start` ends, if the marks of `match` end it; else None."""
    before, after = match.start(), match.end()
    left, right = enclosed[at] if (at := bisect_left(enclosed, (before, before)) - 1) >= 0 else (before, before)
    # «… آمدم.» او رفت: a full stop closes the sentence with its quotation; «چه باید کرد؟» نوشتهٔ … does not.
    if before < right and not (match["marks"] == "." and after >= right and text[left] in '«“"'):
        return None
    if set(match["marks"]) == {"."} and not _full_stop(text, match, start, end):
        return None
    if not text[after].isspace() and not _persian(text[after]):
        return None
    return after


def _full_stop(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Whether the dots of `match`, in a sentence that begins at `start`, end it."""
    before, after = match.start(), match.end()
    last = _LAST_WORD.search(text, max(start, before - _MAX_LAST_WORD), before)
    word = last[0].replace("\u200c", "") if last else ""
    if len(match["marks"]) > 1:
        return text[after].isspace() and word != "و"
    if _LIST_NUMBER.fullmatch(text, start, before) or word.casefold() in _ABBREVIATIONS:
        return False
    single_letter = len(word) == 1 and word.isalpha()
    if text[after].isspace():
        return not single_letter
    # A full stop without the space after it: only between two whole Persian words («رفت.او»), not in «ه.ش».
    following = _FIRST_WORD.match(text, after, end)
    return not single_letter and _persian(word[-1:]) and bool(following and len(following[0]) > 1)


def _persian(letter: str) -> bool:
    return ("\u0621" <= letter <= "\u06d3" and letter.isalpha()) or letter in "«“"
