"""Article → passages → sentences, each an exact span of the article's text.

A passage is a paragraph: a block between blank lines, or a line where the text has no blank lines. A sentence
never crosses a line end. Inside a line it ends at a run of `. ! ? ؟ …`, closing marks included, unless the
run only looks like an end: a decimal, an address, an abbreviation, a list number, or a mark inside a short
quotation or parenthesis (a film's title that ends with «؟»).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise

from retrieval.types import Article, Passage, Sentence

MAX_SHORT_QUOTATION = 120
"""Code points of the longest quotation or parenthesis whose inner marks end no sentence."""

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
_ABBREVIATIONS = frozenset(
    {"dr", "mr", "mrs", "ms", "prof", "st", "vs", "no", "vol", "pp", "etc", "jr", "sr", "fig", "ed"}
)


Span = tuple[int, int]
"""Where something begins and ends in a text, in code points."""


def passages(article: Article) -> list[Passage]:
    """The article's paragraphs in order, without blank ones."""
    return [Passage(article, *span) for span in passage_spans(article.text)]


def sentences(passage: Passage) -> list[Sentence]:
    """The passage's sentences in order; together they have all its characters but white space."""
    return [Sentence(passage, *span) for span in sentence_spans(passage.article.text, passage.start, passage.end)]


def passage_spans(text: str) -> list[Span]:
    """The spans of `passages`."""
    return [span for block in _blocks(text, _lines(text, 0, len(text))) if (span := _trim(text, *block))]


def sentence_spans(text: str, start: int, end: int) -> list[Span]:
    """The spans of the `sentences` of the passage `text[start:end]`."""
    return [span for line in _lines(text, start, end) for piece in _split(text, *line) if (span := _trim(text, *piece))]


def _lines(text: str, start: int, end: int) -> list[Span]:
    """The lines of `text[start:end]`, each with its line end."""
    bounds = accumulate(map(len, text[start:end].splitlines(keepends=True)), initial=start)
    return list(pairwise(bounds))


def _blocks(text: str, lines: list[Span]) -> list[Span]:
    """The blocks between blank lines; where there are no blank lines, each line."""
    blank = [place for place, (start, end) in enumerate(lines) if place and text[start:end].isspace()]
    if blank and blank[-1] == len(lines) - 1 and text[-1].splitlines() != [""]:
        blank.pop()  # spaces at the end are no line
    if not blank:
        return lines
    return [
        (lines[first][0], lines[last - 1][1])
        for first, last in zip([0, *(place + 1 for place in blank)], [*blank, len(lines)], strict=True)
        if first < last
    ]


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    """The parts of one line, `text[start:end]`, up to each sentence end."""
    # The regular expression takes five times as long as these searches, and most lines have a mark only at their end.
    if all(text.find(mark, start, end - 1) < 0 for mark in _MARKS):
        yield start, end
        return
    ends = [match for match in _END.finditer(text, start, end) if text[match.end() : end].strip()]
    enclosed = [match.span() for match in _ENCLOSED.finditer(text, start, end)] if ends else []
    for match in ends:
        cut = _cut(text, match, enclosed, start, end)
        if cut:
            yield start, cut
            start = cut
    yield start, end


def _cut(text: str, match: re.Match[str], enclosed: list[Span], start: int, end: int) -> int | None:
    """Where the sentence that begins at `start` ends, if the marks of `match` end it; else None."""
    marks, before, after = match["marks"], match.start(), match.end()
    for left, right in enclosed:
        if left < before < right:
            # «… آمدم.» او رفت: a full stop closes the sentence with its quotation; «چه باید کرد؟» نوشتهٔ … does not.
            if not (marks == "." and after >= right and text[left] in '«“"'):
                return None
            break
    rest = text[after:end]
    if set(marks) == {"."} and not _full_stop(text[start:before], marks, rest):
        return None
    if not rest[0].isspace() and not _persian(rest[0]):
        return None
    return after


def _full_stop(before: str, marks: str, rest: str) -> bool:
    """Whether the dots between `before` and `rest` end a sentence."""
    last = _LAST_WORD.search(before)
    word = last[0].replace("\u200c", "") if last else ""
    if len(marks) > 1:
        return rest[0].isspace() and word != "و"
    if _LIST_NUMBER.fullmatch(before) or word.casefold() in _ABBREVIATIONS:
        return False
    single_letter = len(word) == 1 and word.isalpha()
    if rest[0].isspace():
        return not single_letter
    # A full stop without the space after it: only between two whole Persian words («رفت.او»), not in «ه.ش».
    following = re.match(r"\w+", rest)
    return not single_letter and _persian(word[-1:]) and bool(following and len(following[0]) > 1)


def _persian(letter: str) -> bool:
    return ("\u0621" <= letter <= "\u06d3" and letter.isalpha()) or letter in "«“"
