"""Claims as a chat shows them: quotations, rows under the heads of their tables, and the sides of a comparison.

A number leads to the source that is named below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.dialogue.answer import Citation, Claim
from bot.dialogue.tables import cells
from bot.rendering.answer_text import by_article, claim_text, quotation
from bot.rendering.markup import Mark, Rich, joined, marked, rich
from bot.rendering.rich_message import MAX_COLUMNS
from retrieval import Span

Names = dict[int, str]
"""For the number of each citation the name of its source."""


def claims_in_chat(claims: Sequence[Claim]) -> Rich:
    """What claims say. Those about the sides of a comparison, and rows of one table, stand in one table."""
    names = {
        citation.number: source_name(citations) for citations in by_article(claims).values() for citation in citations
    }
    groups = list(_grouped(claims))
    if len(groups) > 1 and all(claim.about for claim in claims):
        return marked(joined("\n", (_side(claim, names) for claim in claims)), Mark.TABLE)
    return joined("\n", (_group(group, names) for group in groups))


def source_name(citations: Sequence[Citation]) -> str:
    """The name of the source that some citations of one article share."""
    return f"source-{citations[0].number}"


def is_row(citation: Citation) -> bool:
    """Whether a citation quotes a row of a table, whose head is the last of its context."""
    head = _head(citation)
    return 1 < len(head) <= MAX_COLUMNS and len(head) == len(cells(citation.quote)) and "\n" not in citation.quote


def _head(citation: Citation) -> tuple[str, ...]:
    """The cells of the head above a row."""
    return cells(citation.article.text[slice(*citation.context[-1])]) if citation.context else ()


def _grouped(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
    """Claims that follow one another and are rows of one table together, all others alone."""
    group: list[Claim] = []
    for claim in claims:
        if group and (table := _table_of(claim)) and table == _table_of(group[-1]):
            group.append(claim)
            continue
        if group:
            yield group
        group = [claim]
    if group:
        yield group


def _table_of(claim: Claim) -> tuple[str, Span] | None:
    """The table that a claim is a row of: its article and the place of its head."""
    citation = claim.citation
    return (citation.article.id, citation.context[-1]) if not claim.items and is_row(citation) else None


def _group(group: Sequence[Claim], names: Names) -> Rich:
    first = group[0].citation
    if _is_list(group[0]):
        listed = "\n".join(f"• {item}" for item in group[0].items)
        return marked(rich(listed, " ", _number(first, names)), Mark.QUOTATION)
    if _table_of(group[0]) is None:
        return claim_text(group[0], _number(first, names))
    head = marked(_cells(_head(first), Mark.HEADER), Mark.ROW)
    rows = (_row(claim.citation, names) for claim in group)
    return marked(joined("\n", [head, *rows]), Mark.TABLE)


def _is_list(claim: Claim) -> bool:
    """Whether the quotation is its items, a line each, and nothing else."""
    return bool(claim.items) and claim.quote.split() == " ".join(claim.items).split()


def _row(citation: Citation, names: Names) -> Rich:
    number = marked(_number(citation, names), Mark.CELL)
    return marked(rich(_cells(cells(citation.quote), Mark.CELL), " ", number), Mark.ROW)


def _cells(texts: Iterable[str], mark: Mark) -> Rich:
    return joined(" | ", (marked(text, mark) for text in texts))


def _side(claim: Claim, names: Names) -> Rich:
    said = quotation(claim.quote, _number(claim.citation, names))
    return marked(rich(marked(claim.about, Mark.HEADER), ": ", marked(said, Mark.CELL)), Mark.ROW)


def _number(citation: Citation, names: Names) -> Rich:
    return marked(f"[{citation.number}]", Mark.CITATION, names[citation.number])
