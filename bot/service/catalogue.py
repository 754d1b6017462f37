"""What there is to ask about: how much, how new, and what for example."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from bot.dialogue.answer import Status
from bot.dialogue.conversation import Conversation
from retrieval import Stamp

MAX_EXAMPLES = 3
_EXAMPLE_ARTICLES = 40
"""Articles whose titles are tried as example questions."""

_QUESTION_WORDS = frozenset("چرا چه چگونه چطور کدام کجا کی چند چیست کیست چقدر".split())


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What there is to ask about.

    Args:
        articles, sentences: how many there are.
        newest: the latest date of an article; None where no article has a date.
        updated: when the index last changed.
        examples: questions that the articles answer.
        problems: a line for each file that could not be read.
        stamp: how far the index has come.
    """

    articles: int
    sentences: int
    newest: datetime.date | None
    updated: datetime.datetime
    examples: tuple[str, ...]
    problems: tuple[str, ...]
    stamp: Stamp


def catalogue(conversation: Conversation) -> Catalogue:
    """What there is to ask of a conversation."""
    retriever = conversation.retriever
    latest = retriever.articles.latest(0, 1)
    return Catalogue(
        len(retriever.articles),
        retriever.sentences,
        latest[0].date if latest else None,
        retriever.updated,
        _examples(conversation),
        tuple(map(str, retriever.problems)),
        retriever.whole.stamp,
    )


def _examples(conversation: Conversation) -> tuple[str, ...]:
    """Example questions: titles of articles, asked, that are answered from that very article."""
    found: list[str] = []
    articles = conversation.retriever.articles
    tried = articles[:: max(1, len(articles) // _EXAMPLE_ARTICLES)]
    # The opening words of an article without a title make a poor question.
    for article in sorted(tried, key=lambda article: not article.title):
        heading = " ".join(article.heading.rstrip("؟?….").split())
        for question in (f"{heading}؟", f"دربارهٔ {heading} چه نوشته‌اند؟"):
            asks = question.startswith("دربارهٔ") or any(word in _QUESTION_WORDS for word in heading.split())
            answer = conversation.ask(question) if asks else None
            if answer and answer.status is Status.ANSWERED and answer.claims[0].citation.article.id == article.id:
                found.append(question)
                break
    found.sort(key=lambda question: question.startswith("دربارهٔ"))
    return tuple(found[:MAX_EXAMPLES])
