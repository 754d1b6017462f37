"""Quotations in the passages that they stand in: what is shown on demand under an answer, and where it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.dialogue.answer import Citation, Claim
from bot.rendering.cited_claims import is_row
from bot.rendering.markup import Mark, Rich, joined, marked, rich
from bot.wording import texts
from retrieval import Span
from retrieval.text import SENTENCE_END

MAX_AROUND_LETTERS = 300
"""Code points of a passage that a fold shows before its first quotation, and behind its last one."""

MAX_JOINED_LETTERS = 2000
"""Code points of the lines that are joined to a quotation's own, on each side."""

_CUT = "…"
_WRAP = re.compile(r"(?<=[^\n]{40})(?<![.!?؟…:])\n(?=\S)(?![^\n]{1,30}:|[-•*])")
"""The end of a line that was full: long, of no sentence, and before neither a label nor an item."""

_SENTENCES = re.compile(r"[.!?؟…][»”\")\]]*\s+")


class Fold(NamedTuple):
    """What is shown on demand under an answer.

    Args:
        text: the passages that its claims are quoted from; empty where they say no more than the claims.
        is_whole: whether it has all of them from their beginnings to their ends.
    """

    text: Rich
    is_whole: bool


def fold(claims: Iterable[Claim]) -> Fold:
    """The passages that claims are quoted from, to be unfolded."""
    groups = by_passage(claims)
    passages = [(group, *_passage(group, passage)) for passage, group in groups]
    is_numbered = len(groups) > 1
    shown = joined("\n\n", (rich(_numbers(group) * is_numbered, text) for group, text, _ in passages if text))
    text = marked(rich(marked(texts.PASSAGE, Mark.SUMMARY), "\n", shown), Mark.FOLD) if shown else Rich()
    return Fold(text, all(is_whole for _, _, is_whole in passages))


def passage_of(citation: Citation) -> Span:
    """The span of the passage that a citation is from.

    It is the lines of the quotation, with those that they go on from and those that go on from them: a line that does
    not end a sentence goes on in the next one, unless that is blank. A row of a table stands alone.
    """
    text = citation.article.text
    start, end = _line(text, citation.start)[0], _line(text, citation.end)[1]
    if is_row(citation):
        return start, end
    first, last = max(start - MAX_JOINED_LETTERS, 0), min(end + MAX_JOINED_LETTERS, len(text))
    while start > first and _goes_on(text, before := _line(text, start - 1)):
        start = before[0]
    while end < last and _goes_on(text, _line(text, end)) and not _is_blank(text, behind := _line(text, end + 1)):
        end = behind[1]
    return start, end


def _line(text: str, place: int) -> Span:
    """The line of a text that a place is in."""
    closing = text.find("\n", place)
    return text.rfind("\n", 0, place) + 1, len(text) if closing < 0 else closing


def _is_blank(text: str, line: Span) -> bool:
    return not text[slice(*line)].strip()


def _goes_on(text: str, line: Span) -> bool:
    return not _is_blank(text, line) and not SENTENCE_END.search(text[slice(*line)].rstrip())


def in_passage(citations: Sequence[Citation], passage: Span) -> Rich:
    """A passage with what is cited of it marked. Where a line was full, a blank stands in the place of its end.

    Args:
        citations: some of one article, inside the passage.
        passage: its span in the article's text.
    """
    first, last = passage
    text = _WRAP.sub(" ", citations[0].article.text[first:last])
    written, place = list[Rich | str](), 0
    for citation in sorted(citations, key=lambda citation: citation.start):
        start, end = max(citation.start - first, place), min(citation.end, last) - first
        written += [text[place:start], marked(text[start:end], Mark.CITED)]
        place = max(place, end)
    return rich(*written, text[place:])


def by_passage(claims: Iterable[Claim]) -> list[tuple[Span, list[Citation]]]:
    """The passages that claims quote from, each with its citations, in the order of the first ones."""
    found: dict[tuple[str, Span], list[Citation]] = {}
    for citation in (claim.citation for claim in claims if claim.quote):
        found.setdefault((citation.article.id, passage_of(citation)), []).append(citation)
    return [(passage, citations) for (_, passage), citations in found.items()]


def _passage(citations: Sequence[Citation], passage: Span) -> tuple[Rich, bool]:
    """What names a passage, and as much of the passage as is shown, with whether that is all of it.

    Empty where the citations, all from it, say as much by themselves.
    """
    text = citations[0].article.text
    start, end = min(citation.start for citation in citations), max(citation.end for citation in citations)
    first, last = passage
    says_more = _says_more(in_passage(citations, passage))
    above = marked(" › ".join(_names(citations[0], first)), Mark.ITALIC)
    if not (above or says_more):
        return Rich(), True
    is_begun, is_ended = start - first <= MAX_AROUND_LETTERS, last - end <= MAX_AROUND_LETTERS
    span = (first if is_begun else _back(text, start), last if is_ended else _on(text, end))
    shown = in_passage(citations, span) if says_more else ""
    cut = rich("" if is_begun else f"{_CUT} ", shown, "" if is_ended else _CUT)
    return joined("\n", filter(None, [above, cut])), is_begun and is_ended


def _says_more(passage: Rich) -> bool:
    """Whether a passage has words that are not cited."""
    bounds = [0, *(edge for span in passage.spans for edge in span[:2]), len(passage.text)]
    return any(passage.text[start:end].strip() for start, end in zip(bounds[::2], bounds[1::2], strict=True))


def _numbers(citations: Iterable[Citation]) -> str:
    return f"[{'، '.join(str(citation.number) for citation in citations)}] "


def _names(citation: Citation, start: int) -> list[str]:
    """What stands above a passage that begins at `start`: headings and lead-ins, but not the article's own heading."""
    article = citation.article
    spans = citation.context[:-1] if is_row(citation) else citation.context
    above = (" ".join(article.text[slice(*span)].split()) for span in spans if span[1] <= start)
    heading = " ".join(article.heading.split()).rstrip("…")
    return [name for name in above if not (name.startswith(heading) or heading.startswith(name))]


def _back(text: str, start: int) -> int:
    """Where what is shown before a quotation begins if there is more: a sentence or a word."""
    begun = _SENTENCES.search(text, start - MAX_AROUND_LETTERS, start)
    space = text.find(" ", start - MAX_AROUND_LETTERS, start)
    return begun.end() if begun else start if space < 0 else space + 1


def _on(text: str, end: int) -> int:
    """Where what is shown behind a quotation ends if there is more: with a sentence or a word."""
    ended = [match.end() for match in _SENTENCES.finditer(text, end, end + MAX_AROUND_LETTERS)]
    space = text.rfind(" ", end, end + MAX_AROUND_LETTERS)
    return ended[-1] if ended else end if space < 0 else space + 1
