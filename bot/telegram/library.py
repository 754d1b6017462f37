"""The articles that the bot answers from, and what is asked of them; it lives in the processes that answer.

What goes to and fro between processes is small: texts ready to be sent, and no article but once, in the catalogue.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.answer import Answer, Status
from bot.conversation import Conversation, History
from bot.markup import Rich
from bot.replies import answer_text, further, snippet
from retrieval import Article, Hit

EXAMPLES = 3
REMEMBERED = 512
"""Answers that are kept: example questions and news are asked by many."""

FURTHER_ON_PAGE, FURTHER_AT_MOST = 3, 15
"""Further answers; what comes later has little to do with the question."""

SNIPPETS = 10
"""Quotations that are offered inline."""

_TRIED = 40
"""Articles that are looked at for example questions."""

_ASKING = frozenset("چرا چه چگونه چطور کدام کجا کی چند چیست کیست چقدر".split())

Cited = tuple[str, int, str]
"""An article's id, a quotation's start in its text, and the quotation."""


class Reply(NamedTuple):
    """An answer, ready to be sent.

    Args:
        question: as it is to be remembered.
        status: how it ended.
        text: what is sent.
        citations: what it quotes.
        lent: what of the topic before went into it.
        following: what the next question may continue.
    """

    question: str
    status: Status
    text: Rich
    citations: tuple[Cited, ...]
    lent: History
    following: History


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What there is to ask about.

    Args:
        articles: the latest first, those without a date last.
        sentences: how many each article has, by its id.
        examples: questions that are answered.
        problems: what of the corpus could not be read.
        loaded: when.
    """

    articles: tuple[Article, ...]
    sentences: Mapping[str, int]
    examples: tuple[str, ...]
    problems: tuple[str, ...]
    loaded: datetime.datetime


class Library:
    """A corpus, loaded.

    Args:
        conversation: answers from it.
    """

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._answer = lru_cache(REMEMBERED)(self._compose)

    def reply(self, text: str, history: History) -> Reply:
        """The answer to a message after those of `history`."""
        lent = self._conversation.lent(text, history)
        answer, shown = self._answer(text, lent)
        cited = tuple(
            (claim.citation.article.id, claim.citation.start, claim.quote) for claim in answer.claims if claim.quote
        )
        following = self._conversation.remember(history, answer)
        return Reply(answer.question, answer.status, shown, cited, lent, following)

    def further(self, text: str, history: History, quoted: tuple[Cited, ...], page: int) -> tuple[Rich, int]:
        """A page, counted from 0, of further answers than those `quoted`, and the number of the last page.

        The text is empty behind the last page, which is -1 where there is none.
        """
        hits = self._others(text, history, quoted)
        first = page * FURTHER_ON_PAGE
        shown = hits[first : first + FURTHER_ON_PAGE]
        return further(shown, first + 1) if shown else (), (len(hits) - 1) // FURTHER_ON_PAGE

    def snippets(self, text: str) -> list[Rich]:
        """Quotations with their sources to choose from; none where the question is not answered."""
        if not self._answer(text, ())[0].claims:
            return []
        return [snippet(hit) for hit in self._conversation.search(text, (), SNIPPETS)]

    def catalogue(self) -> Catalogue:
        """What there is to ask about."""
        retriever = self._conversation.retriever
        dated = sorted(retriever.articles, key=lambda article: article.date or datetime.date.min)
        return Catalogue(
            tuple(reversed(dated)),
            dict.fromkeys((article.id for article in dated), 0)
            | Counter(sentence.article.id for sentence in retriever.index.sentences),
            _examples(self._conversation),
            tuple(map(str, retriever.problems)),
            datetime.datetime.now(datetime.UTC),
        )

    def warm(self) -> None:
        """Nothing; a process that is told so has started."""

    def _compose(self, text: str, lent: History) -> tuple[Answer, Rich]:
        answer = self._conversation.ask(text, lent)
        return answer, answer_text(answer)

    def _others(self, text: str, history: History, quoted: tuple[Cited, ...]) -> list[Hit]:
        """The hits for a question that overlap nothing of what is quoted."""
        spans = [(article, start, start + len(quotation)) for article, start, quotation in quoted]
        hits = self._conversation.search(text, history, FURTHER_AT_MOST + len(quoted))
        return [
            hit
            for hit in hits
            if not any(
                hit.article.id == article and start < hit.quotation[1] and hit.quotation[0] < end
                for article, start, end in spans
            )
        ][:FURTHER_AT_MOST]


def _examples(conversation: Conversation) -> tuple[str, ...]:
    """Questions from different articles that the corpus answers from the very article: its title, asked."""
    found: list[str] = []
    articles = conversation.retriever.articles
    for article in articles[:: max(1, len(articles) // _TRIED)]:
        heading = " ".join(article.heading.rstrip("؟?….").split())
        for question in (f"{heading}؟", f"دربارهٔ {heading} چه نوشته‌اند؟"):
            asks = question.startswith("دربارهٔ") or any(word in _ASKING for word in heading.split())
            answer = conversation.ask(question) if asks else None
            if answer and answer.status is Status.ANSWERED and answer.claims[0].citation.article.id == article.id:
                found.append(question)
                break
    found.sort(key=lambda question: question.startswith("دربارهٔ"))
    return tuple(found[:EXAMPLES])
