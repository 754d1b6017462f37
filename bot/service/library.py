"""What a served front end asks of the articles. A worker's process holds the library.

Little goes between the processes: texts that are ready to be sent, and no article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

from bot.dialogue.answer import Answer, Citation, Status
from bot.dialogue.conversation import Conversation
from bot.dialogue.turn import Turn, remember
from bot.history import History
from bot.rendering import replies
from bot.rendering.markup import Rich
from bot.rendering.replies import context, further, listing, snippet
from bot.service.catalogue import Catalogue, catalogue
from bot.service.scopes import Scope
from retrieval import Hit

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

MAX_KEPT_ANSWERS = 512
"""Answers in memory: example questions and news are asked by many."""

ARTICLES_ON_PAGE = 10
FURTHER_ON_PAGE = 3
MAX_SCOPES = 16
"""Scopes whose articles are kept in memory; each has engines of its own."""

MAX_FURTHER = 15
"""Further answers to one question; later ones have little to do with it."""

MAX_SNIPPETS = 10
"""Quotations that are offered inline."""

Cited = tuple[str, int, str]
"""An article's id, a quotation's start in its text, and the quotation."""


class Reply(NamedTuple):
    """An answer, ready to be sent.

    Args:
        question: the question, as it is to be remembered.
        status: the answer's status.
        text, leaves_out, copied: what is shown of it; see `replies.Reply`.
        citations: the quotations in it.
        lent: the questions before it that it was completed from.
        following: the history of the next question.
        unsure: whether it shows what is near, for want of anything sure.
        sense: what it has in common with other spellings of the question, and with other words for the same; "" where
            nothing is asked.
        offers: questions that may have been meant instead.
    """

    question: str
    status: Status
    text: Rich
    leaves_out: bool
    copied: str
    citations: tuple[Cited, ...]
    lent: History
    following: History
    unsure: bool = False
    sense: str = ""
    offers: tuple[str, ...] = ()


class Library:
    """A corpus, loaded in a process that answers.

    Args:
        conversation: answers from the corpus, or from the articles of it that are open to all.
    """

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._answer = lru_cache(MAX_KEPT_ANSWERS)(self._compose)
        self._catalogue = lru_cache(1)(lambda: catalogue(self._conversation))
        self.within = lru_cache(MAX_SCOPES)(self._within)

    @property
    def conversation(self) -> Conversation:
        """What answers."""
        return self._conversation

    def _within(self, scope: Scope) -> Library:
        """The library that has the articles of a scope, with answers of its own in memory.

        Raises:
            IndexStoreError: there are collections, and the index is not stored.
        """
        if not scope.closed:
            return self
        part = self._conversation.retriever.whole.within(scope.holds)
        return Library(Conversation(part, self._conversation.caution))

    def reply(self, text: str, history: History) -> Reply:
        """The answer to a message that comes after the questions of `history`."""
        turn = self._conversation.read(text, history)
        answer, shown = self._answer(self._conversation.alone(turn))
        if answer.in_part:  # the next time all articles may be there
            self._answer.cache_clear()
        cited = tuple(
            (claim.citation.article.id, claim.citation.start, claim.quote) for claim in answer.claims if claim.quote
        )
        unsure = answer.nearest is not None and not answer.claims
        return Reply(
            answer.question,
            answer.status,
            *shown,
            cited,
            turn.history,
            remember(turn, answer),
            unsure,
            sense(turn),
            answer.offers,
        )

    def further(self, text: str, history: History, quoted: tuple[Cited, ...], page: int) -> tuple[Rich, int]:
        """A page of further answers to a question.

        Args:
            text: the question.
            history: the questions before it that it may continue.
            quoted: the quotations that were shown already.
            page: the page's number, 0 or more.

        Returns:
            The page, empty behind the last one; and the number of the last page, -1 where there is none.
        """
        hits = self._others(text, history, quoted)
        first = page * FURTHER_ON_PAGE
        shown = hits[first : first + FURTHER_ON_PAGE]
        return further(shown, first + 1) if shown else Rich(), (len(hits) - 1) // FURTHER_ON_PAGE

    def snippets(self, text: str) -> list[Rich]:
        """Quotations with their sources, for an inline query; none where the question is not answered."""
        turn = self._conversation.read(text)
        if not self._answer(turn)[0].claims:
            return []
        return [snippet(hit) for hit in self._conversation.search(turn, MAX_SNIPPETS)]

    def catalogue(self) -> Catalogue:
        """What there is to ask about."""
        return self._catalogue()

    def sources(self, page: int) -> tuple[Rich, int, int]:
        """A page of the articles, the latest first: its text, its number, and the number of the last page.

        Args:
            page: the page's number; one that there is not is brought into range.
        """
        articles = self._conversation.retriever.articles
        last = max(len(articles) - 1, 0) // ARTICLES_ON_PAGE
        page = min(max(page, 0), last)
        first = page * ARTICLES_ON_PAGE
        return listing(articles.latest(first, ARTICLES_ON_PAGE), first + 1), page, last

    def context(self, quoted: tuple[Cited, ...]) -> list[Rich]:
        """The paragraphs around quotations, with the quotations marked; without those whose article has changed."""
        return [shown for number, one in enumerate(quoted, start=1) for shown in self._around(number, *one)]

    def sizes(self, ids: Sequence[str]) -> list[int]:
        """How many sentences the articles of these ids have; 0 for an unknown id."""
        return list(map(self._conversation.retriever.sentences_of, ids))

    def renew(self) -> None:
        """Answer from the stored index as it is now.

        Raises:
            PasokhError: the index cannot be opened; the old one goes on answering.
        """
        self._conversation.retriever = self._conversation.retriever.renewed()
        self._answer.cache_clear()
        self._catalogue.cache_clear()
        self.within.cache_clear()

    def _around(self, number: int, name: str, start: int, quotation: str) -> Iterator[Rich]:
        article = self._conversation.retriever.articles.get(name)
        if article is None:
            return
        found = article.text.find(quotation, start if article.text.startswith(quotation, start) else 0)
        if found >= 0:
            citation = Citation(number, article, found, found + len(quotation))
            yield context(citation)

    def _compose(self, turn: Turn) -> tuple[Answer, replies.Reply]:
        answer = self._conversation.answer(turn)
        return answer, replies.reply(answer)

    def _others(self, text: str, history: History, quoted: tuple[Cited, ...]) -> list[Hit]:
        """The hits for a question that overlap nothing of what is quoted."""
        spans = [(article, start, start + len(quotation)) for article, start, quotation in quoted]
        hits = self._conversation.search(self._conversation.read(text, history), MAX_FURTHER + len(quoted))
        return [
            hit
            for hit in hits
            if not any(
                hit.article.id == article and start < hit.quotation[1] and hit.quotation[0] < end
                for article, start, end in spans
            )
        ][:MAX_FURTHER]


def within(
    library: Library,
    scope: Scope,
    work: Callable[Concatenate[Library, Arguments], Result],
    /,
    *arguments: Arguments.args,
    **named: Arguments.kwargs,
) -> Result:
    """Call a method of `Library` with the articles of a scope alone.

    Raises:
        IndexStoreError: see `Library.within`.
        Exception: whatever the method raises.
    """
    return work(library.within(scope), *arguments, **named)


def sense(turn: Turn) -> str:
    """What a question has in common with others that ask the same: what is sought, of when, and its terms; or ""."""
    asked, when = turn.completed, turn.completed.when
    terms = sorted(min(group.terms) for group, weight in zip(asked.query, asked.weights, strict=True) if weight > 0)
    return " ".join([asked.seeks.value, str(when.period or ""), str(when.earlier), *terms]) if terms else ""
