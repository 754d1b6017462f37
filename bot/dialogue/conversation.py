"""A message, and what was asked before it → an answer. Every front end asks here.

text, history ── read ──→ Turn ── answer ──→ Answer
Turn, Answer ── remember ──→ history of the next message
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from bot import texts
from bot.dialogue import followups, small_talk
from bot.dialogue.answer import MAX_SUGGESTIONS, Answer, Claim, Status, compose, nearest
from bot.dialogue.article_details import inquiry
from bot.dialogue.kinds import articles, extreme, several
from bot.dialogue.turn import History, Turn
from retrieval import MAX_QUESTION_LETTERS, MAX_QUOTATIONS, Caution, Hit, Retriever, answer_probability
from retrieval.text import bare, printable

Kind = Callable[["Conversation", Turn], Answer | None]
"""A kind of message: its answer, or None where the message is of another."""

_KINDS: tuple[Kind, ...] = (articles.detail, articles.of_topic, several.both, several.compared, extreme.most_or_least)
"""The kinds, in the order in which they are tried; what is of none asks one thing."""

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

    def ask(self, text: str, history: History = (), today: datetime.date | None = None) -> Answer:
        """The answer to a message that is not to be remembered; for the arguments see `read`."""
        return self.answer(self.read(text, history, today))

    def read(self, text: str, history: History = (), today: datetime.date | None = None) -> Turn:
        """Read a message, and those questions before it that it needs.

        Args:
            text: the message, as it was typed.
            history: the questions before it that it may lean on, the oldest first; see `turn.remember`.
            today: what «امروز» means in it; by default the day it is.
        """
        text = printable(text)
        question = self.retriever.read(text, today)
        leans = followups.leans(question, self.retriever.analyzer)
        about_article = inquiry(question)
        previous = self.read(history[-1], history[:-1], today) if history and (leans or about_article) else None
        completed = question
        if leans and previous:
            completed = followups.complete(question, previous.completed, self.retriever.analyzer)
        return Turn(text, previous, history, question, leans, about_article, completed, today)

    def answer(self, turn: Turn) -> Answer:
        """The answer to a message: that of the first kind that it is of."""
        if fixed := _fixed_reply(turn.text):
            return self._unless_answered(turn, fixed)
        if found := next(filter(None, (kind(self, turn) for kind in _KINDS)), None):
            return found
        answer = self.one(turn)
        return answer if answer.claims else articles.named_alone(self, turn) or answer

    def _unless_answered(self, turn: Turn, fixed: Answer) -> Answer:
        """A fixed reply, unless the message goes on with the question before it («چرا؟») and has its own answer."""
        if fixed.message != texts.VERBATIM or not turn.previous or not turn.completed.asked:
            return fixed
        answer, before = self.one(turn), self.one(turn.previous)
        return fixed if not answer.claims or answer.claims[0] in before.claims else answer

    def one(self, turn: Turn) -> Answer:
        """The answer to a message that asks one thing."""
        hits = self.search(turn, MAX_QUOTATIONS)
        claims = compose(turn.completed, hits, self.retriever.analyzer, self.caution)
        if not claims:
            return self.not_found(turn.text, hits, nearest(turn.completed, hits, self.retriever.analyzer))
        return Answer(turn.text, Status.ANSWERED, claims, confidence=answer_probability(hits))

    def search(self, turn: Turn, k: int) -> list[Hit]:
        """The `k` best hits for a message, best first, for whoever wants more than the answer."""
        return self.retriever.search(turn.completed, k, near=self._near(turn))

    def _near(self, turn: Turn) -> int | None:
        """The number of the sentence that answered the question which a message goes on with; None where none did."""
        if not (turn.leans and turn.previous):
            return None
        hits = self.search(turn.previous, MAX_QUOTATIONS)
        return hits[0].number if answer_probability(hits) >= self.caution.value else None

    def not_found(self, text: str, hits: list[Hit], near: Claim | None = None) -> Answer:
        """The answer where nothing sure was found, with the likeliest quotation if there is one."""
        message = texts.UNSURE if near else texts.NOT_FOUND
        return Answer(text, Status.NOT_FOUND, (), answer_probability(hits), message, self.headings(hits), nearest=near)

    def headings(self, hits: list[Hit]) -> tuple[str, ...]:
        """Headings of articles to ask about: those nearest to the question, then the first of the corpus."""
        found = dict.fromkeys(hit.article.heading for hit in hits)
        if len(found) < MAX_SUGGESTIONS:
            found |= dict.fromkeys(article.heading for article in self.retriever.articles[:MAX_SUGGESTIONS])
        return tuple(found)[:MAX_SUGGESTIONS]


def _fixed_reply(text: str) -> Answer | None:
    """The answer to a message that asks nothing; None where it asks something."""
    if len(text) > MAX_QUESTION_LETTERS:
        return Answer(text, Status.CLARIFY, message=texts.TOO_LONG.format(limit=MAX_QUESTION_LETTERS))
    plain = bare(text).strip()
    if not _WORD.search(plain):
        return Answer(text, Status.CLARIFY, message=texts.NO_WORDS)
    reply = small_talk.reply_to(plain)
    return Answer(text, Status.GREETING, message=reply) if reply else None
