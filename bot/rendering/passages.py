"""Quotations in the passages that they stand in: what is shown on demand under an answer, and where it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot import texts
from bot.dialogue.answer import Citation, Claim
from bot.rendering.cited_claims import is_row
from bot.rendering.markup import Mark, Rich, joined, marked, rich
from retrieval import Span

MAX_AROUND_LETTERS = 300
"""Code points of a passage that a fold shows before its first quotation, and behind its last one."""

MAX_JOINED_LETTERS = 2000
"""Code points of the lines that are joined to a quotation's own, on each side."""

_CUT = "…"
_WRAP = re.compile(r"(?<=[^\n]{40})(?<![.!?؟…:])\n(?=\S)(?![^\n]{1,30}:|[-•*])")
"""The end of a line that was full: long, of no sentence, and before neither a label nor an item."""

_SENTENCES = re.compile(r"[.!?؟…][»”\")\]]*\s+")
_SENTENCE_END = re.compile(r"[.!?؟…][\s»”\")\]*_]*$")


def fold(claims: Iterable[Claim]) -> Rich:
    """The passages that claims are quoted from, to be unfolded; empty where they say no more than the claims."""
    groups = by_passage(claims)
    passages = [(group, passage) for group in groups if (passage := _passage(group, MAX_AROUND_LETTERS))]
    is_numbered = len(groups) > 1
    shown = joined("\n\n", (rich(_numbers(group) * is_numbered, passage) for group, passage in passages))
    return marked(rich(marked(texts.PASSAGE, Mark.SUMMARY), "\n", shown), Mark.FOLD) if shown else Rich()


def shows_all(claims: Iterable[Claim]) -> bool:
    """Whether the fold shows the passages as a whole."""
    return all(_passage(citations, MAX_AROUND_LETTERS) == _passage(citations) for citations in by_passage(claims))


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
    return not _is_blank(text, line) and not _SENTENCE_END.search(text[slice(*line)])


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


def by_passage(claims: Iterable[Claim]) -> list[list[Citation]]:
    """The citations of each passage that claims quote from, in the order of the first ones."""
    found: dict[tuple[str, Span], list[Citation]] = {}
    for citation in (claim.citation for claim in claims if claim.quote):
        found.setdefault((citation.article.id, passage_of(citation)), []).append(citation)
    return list(found.values())


def _passage(citations: Sequence[Citation], most: int | None = None) -> Rich:
    """What names a passage, and the passage; empty where the citations alone say as much.

    Args:
        citations: those from one passage.
        most: how many code points around them are shown; None for all.
    """
    text = citations[0].article.text
    start, end = min(citation.start for citation in citations), max(citation.end for citation in citations)
    first, last = passage_of(citations[0])
    says_more = _says_more(in_passage(citations, (first, last)))
    above = marked(" › ".join(_names(citations[0], first)), Mark.ITALIC)
    if not (above or says_more):
        return Rich()
    shown = in_passage(citations, (_back(text, first, start, most), _on(text, end, last, most))) if says_more else ""
    cut = (f"{_CUT} " if most and start - first > most else "", _CUT if most and last - end > most else "")
    return joined("\n", filter(None, [above, rich(cut[0], shown, cut[1])]))


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


def _back(text: str, first: int, start: int, most: int | None) -> int:
    """Where what is shown before a quotation begins: a sentence or a word, at most so many code points before it."""
    if most is None or start - first <= most:
        return first
    begun = _SENTENCES.search(text, start - most, start)
    space = text.find(" ", start - most, start)
    return begun.end() if begun else start if space < 0 else space + 1


def _on(text: str, end: int, last: int, most: int | None) -> int:
    """Where what is shown behind a quotation ends: with a sentence or a word, at most so many code points behind it."""
    if most is None or last - end <= most:
        return last
    ended = [match.end() for match in _SENTENCES.finditer(text, end, end + most)]
    space = text.rfind(" ", end, end + most)
    return ended[-1] if ended else end if space < 0 else space + 1
