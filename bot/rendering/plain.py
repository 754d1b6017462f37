"""An answer → plain text for a chat, or one JSON object.

A line's direction follows its first strong letter, so each line begins with Persian and an address has its own line.
"""

from __future__ import annotations

from itertools import groupby

from bot import texts
from bot.dates import jalali, moment
from bot.dialogue.answer import Answer, Citation, Claim
from retrieval import Article


def plain_text(answer: Answer) -> str:
    """The reply as a chat shows it: claims with `[n]`, then a line for each source used."""
    if not answer.claims:
        return "\n".join([answer.message, *_suggestions(answer)])
    return "\n\n".join([*map(_claim, answer.claims), "\n".join(_sources([claim.citation for claim in answer.claims]))])


def to_json(answer: Answer, seconds: float) -> dict[str, object]:
    """The object that `bot ask --json` prints.

    Args:
        answer: what to tell.
        seconds: how long the answer took.
    """
    return {
        "question": answer.question,
        "status": answer.status.value,
        "text": plain_text(answer),
        "claims": [
            {"quote": claim.quote, "items": list(claim.items), "citation": claim.citation.number}
            for claim in answer.claims
        ],
        "citations": [_citation(claim.citation) for claim in answer.claims],
        "suggestions": list(answer.suggestions),
        "confidence": round(answer.confidence, 3),
        "seconds": round(seconds, 4),
    }


def source_line(article: Article) -> str:
    """An article's heading and origin on one line."""
    return f"{article.heading} — {known}" if (known := origin(article)) else article.heading


def origin(article: Article) -> str:
    """Outlet, reporter, Jalali date and when the index took the article in, as far as they are known."""
    date = jalali(article.date) if article.date else ""
    known = "، ".join(filter(None, (article.source, article.author, date)))
    fresh = texts.INDEXED.format(time=moment(article.indexed)) if article.indexed else ""
    return " ".join(filter(None, (known, fresh)))


def _claim(claim: Claim) -> str:
    number = f"[{claim.citation.number}]"
    if not claim.quote:
        return f"{'، '.join(claim.items)} {number}"
    listed = [f"• {item}" for item in claim.items]
    return "\n".join([*listed, f"«{claim.quote}» {number}"])


def _sources(citations: list[Citation]) -> list[str]:
    """A line for each source, with the numbers of all claims that cite it."""
    lines = []
    by_article = sorted(citations, key=lambda citation: citation.article.id)
    groups = [list(group) for _, group in groupby(by_article, key=lambda citation: citation.article.id)]
    for group in sorted(groups, key=lambda group: group[0].number):
        numbers = " ".join(f"[{citation.number}]" for citation in group)
        lines.append(f"{numbers} {source_line(group[0].article)}")
        if group[0].article.url:
            lines.append(group[0].article.url)
    return lines


def _suggestions(answer: Answer) -> list[str]:
    if not answer.suggestions:
        return []
    listed = [f"• {heading}" for heading in answer.suggestions]
    return [texts.SUGGESTIONS, *listed] if answer.message != texts.WHICH_ARTICLE else listed


def _citation(citation: Citation) -> dict[str, object]:
    article = citation.article
    return {
        "number": citation.number,
        "article": article.id,
        "title": article.title,
        "source": article.source,
        "author": article.author,
        "date": article.date.isoformat() if article.date else None,
        "url": article.url,
        "indexed": article.indexed.isoformat() if article.indexed else None,
        "start": citation.start,
        "end": citation.end,
    }
