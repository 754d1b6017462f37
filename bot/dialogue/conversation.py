"""A message, and what was asked before it → an answer. Every front end asks here.

text, history ── read ──→ Turn ── answer ──→ Answer
Turn, Answer ── remember ──→ history of the next message
"""

from __future__ import annotations

import re

from bot import texts
from bot.dialogue import followups, small_talk
from bot.dialogue.answer import MAX_SUGGESTIONS, Answer, Citation, Claim, Status, compose
from bot.dialogue.article_details import Inquiry, inquiry
from bot.dialogue.turn import History, Turn
from retrieval import MAX_QUESTION_LETTERS, MAX_QUOTATIONS, Article, Caution, Hit, Retriever, answer_probability
from retrieval.text import bare, printable

MIN_TOPIC_COVERAGE = 0.6
"""The share of a topic's weight that the best hit must cover for its article to be the one meant."""

_WORD = re.compile(r"[^\W_]")


class Conversation:
    """Answers messages from one corpus. It keeps nothing between two messages.

    Args:
        retriever: finds sentences in the corpus; another may take its place at any time.
        caution: how sure an answer must be.
    """

    def __init__(self, retriever: Retriever, caution: Caution = Caution.BALANCED) -> None:
        self.retriever = retriever
        self.caution = caution

    def ask(self, text: str, history: History = ()) -> Answer:
        """The answer to a message that is not to be remembered; for the arguments see `read`."""
        return self.answer(self.read(text, history))

    def read(self, text: str, history: History = ()) -> Turn:
        """Read a message, and those questions before it that it needs.

        Args:
            text: the message, as it was typed.
            history: the questions before it that it may lean on, the oldest first, as `turn.remember` returns them.
        """
        text = printable(text)
        question = self.retriever.read(small_talk.without_greeting(text))
        leans = followups.leans(question, self.retriever.analyzer)
        about_article = inquiry(question)
        previous = self.read(history[-1], history[:-1]) if history and (leans or about_article) else None
        completed = question
        if leans and previous:
            completed = followups.complete(question, previous.completed, self.retriever.analyzer)
        return Turn(text, previous, history, question, leans, about_article, completed)

    def answer(self, turn: Turn) -> Answer:
        """The answer to a message."""
        if fixed := _fixed_reply(turn.text):
            return fixed
        if turn.inquiry:
            return self._detail(turn, turn.inquiry)
        hits = self.search(turn, MAX_QUOTATIONS)
        claims = compose(turn.completed, hits, self.retriever.analyzer, self.caution)
        if not claims:
            return self._not_found(turn.text, hits)
        return Answer(turn.text, Status.ANSWERED, claims, confidence=answer_probability(hits))

    def search(self, turn: Turn, k: int) -> list[Hit]:
        """The `k` best hits for a message, best first; for more than the answer."""
        return self.retriever.search(turn.completed, k)

    def _detail(self, turn: Turn, asked: Inquiry) -> Answer:
        """The answer to a question about an article itself."""
        article = self._article_meant(turn, asked)
        if article is None and asked.topic:
            return self._not_found(turn.text, self.retriever.search(asked.topic))
        if article is None:
            return Answer(turn.text, Status.CLARIFY, message=texts.WHICH_ARTICLE, suggestions=self._headings([]))
        detail = asked.detail(article)
        if not detail:
            return Answer(turn.text, Status.NOT_FOUND, message=texts.NO_SUCH_DETAIL, suggestions=self._headings([]))
        return Answer(turn.text, Status.ANSWERED, (Claim(Citation(1, article, 0, 0), (detail,)),), confidence=1.0)

    def _article_meant(self, turn: Turn, asked: Inquiry) -> Article | None:
        """The article that an inquiry is about; None where that cannot be told.

        It is the article that the topic names, else the one that the answer before quotes. Where the detail is the same
        in all articles, any of them will do.
        """
        if asked.topic:
            hits = self.retriever.search(asked.topic, k=1)
            return hits[0].article if hits and hits[0].coverage >= MIN_TOPIC_COVERAGE else None
        if turn.previous and (claims := self.answer(turn.previous).claims):
            return claims[0].citation.article
        first = self.retriever.articles[0]
        return None if any(asked.detail(other) != asked.detail(first) for other in self.retriever.articles) else first

    def _not_found(self, text: str, hits: list[Hit]) -> Answer:
        return Answer(text, Status.NOT_FOUND, (), answer_probability(hits), texts.NOT_FOUND, self._headings(hits))

    def _headings(self, hits: list[Hit]) -> tuple[str, ...]:
        """Headings of articles to ask about: those nearest to the question, then the first of the corpus."""
        nearest = dict.fromkeys(hit.article.heading for hit in hits)
        if len(nearest) < MAX_SUGGESTIONS:
            nearest |= dict.fromkeys(article.heading for article in self.retriever.articles[:MAX_SUGGESTIONS])
        return tuple(nearest)[:MAX_SUGGESTIONS]


def _fixed_reply(text: str) -> Answer | None:
    """The answer to a message that asks nothing; None where it asks something."""
    if len(text) > MAX_QUESTION_LETTERS:
        return Answer(text, Status.CLARIFY, message=texts.TOO_LONG.format(limit=MAX_QUESTION_LETTERS))
    plain = bare(text).strip()
    if not _WORD.search(plain):
        return Answer(text, Status.CLARIFY, message=texts.NO_WORDS)
    reply = small_talk.reply_to(plain)
    return Answer(text, Status.GREETING, message=reply) if reply else None
