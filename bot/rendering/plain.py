"""An answer → plain text for a console, or one JSON object.

A line runs in the direction of its first strong letter. Each line therefore begins with Persian, and an address has a
line of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.dialogue.answer import Answer, Citation, Claim
from bot.rendering.answer_text import Layout, answer_text, claim_text, copies_of, origin
from bot.rendering.markup import Rich, joined
from retrieval import Article


def plain_text(answer: Answer) -> str:
    """The reply as a console shows it: claims with `[n]`, then the articles cited, each address on its own line."""
    return answer_text(answer, _PLAIN).text


def to_json(answer: Answer, seconds: float) -> dict[str, object]:
    """The object that `bot ask --json` prints.

    Args:
        answer: what to tell.
        seconds: how long the answer took.
    """
    shown = answer.claims or ([answer.nearest] if answer.nearest else [])
    return {
        "question": answer.question,
        "status": answer.status.value,
        "text": plain_text(answer),
        "claims": [_claim(claim) for claim in answer.claims],
        "verdict": answer.verdict.value if answer.verdict else None,
        "nearest": _claim(answer.nearest) if answer.nearest else None,
        "citations": [_citation(claim.citation) for claim in shown],
        "suggestions": list(answer.suggestions),
        "meant": answer.meant or None,
        "offers": list(answer.offers),
        "in_part": answer.in_part,
        "confidence": round(answer.confidence, 3),
        "seconds": round(seconds, 4),
    }


def _claim(claim: Claim) -> dict[str, object]:
    return {
        "quote": claim.quote,
        "context": list(claim.context),
        "items": list(claim.items),
        "citation": claim.citation.number,
    }


def source_line(article: Article, copies: Iterable[Article] = ()) -> str:
    """An article's heading and origin on one line; for the arguments see `origin`."""
    return f"{article.heading}{origin(article, copies)}"


def _source(citations: Sequence[Citation]) -> str:
    numbers, article = " ".join(f"[{citation.number}]" for citation in citations), citations[0].article
    return "\n".join(filter(None, [f"{numbers} {source_line(article, copies_of(citations))}", article.url]))


def _citation(citation: Citation) -> dict[str, object]:
    return {
        "number": citation.number,
        **_fields(citation.article),
        "start": citation.start,
        "end": citation.end,
        "copies": [_fields(copy) for copy in citation.copies],
    }


def _fields(article: Article) -> dict[str, object]:
    return {
        "article": article.id,
        "title": article.title,
        "source": article.source,
        "author": article.author,
        "date": article.date.isoformat() if article.date else None,
        "url": article.url,
        "from_pdf": article.is_from_pdf,
        "indexed": article.indexed.isoformat() if article.indexed else None,
    }


def _claims(claims: Sequence[Claim]) -> Rich:
    return joined("\n\n", (claim_text(claim, Rich(f"[{claim.citation.number}]")) for claim in claims))


_PLAIN = Layout(_claims, _source)
