"""A message, and what was asked before it → an answer. Every front end asks here.

text, history ── read ──→ Turn ── answer ──→ Answer
Turn, Answer ── remember ──→ history of the next message
"""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from bot import texts
from bot.dialogue import followups, small_talk
from bot.dialogue.answer import MAX_SUGGESTIONS, Answer, Citation, Claim, Status, compose, nearest, renumbered
from bot.dialogue.article_details import Inquiry, inquiry
from bot.dialogue.parts import Comparison, comparison, two_questions
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
        """The answer to a message."""
        if fixed := _fixed_reply(turn.text):
            return self._unless_answered(turn, fixed)
        if turn.inquiry:
            return self._detail(turn, turn.inquiry)
        tokens = turn.question.tokens
        if both := two_questions(turn.question.text, tokens):
            return self._both(turn, both)
        if compared := comparison(tokens, self.retriever.analyzer):
            return self._compared(turn, compared)
        return self._one(turn)

    def _unless_answered(self, turn: Turn, fixed: Answer) -> Answer:
        """A fixed reply, unless the message goes on with the question before it («چرا؟») and has its own answer."""
        if fixed.message != texts.VERBATIM or not turn.previous or not turn.completed.asked:
            return fixed
        answer, before = self._one(turn), self._one(turn.previous)
        return fixed if not answer.claims or answer.claims[0] in before.claims else answer

    def _one(self, turn: Turn) -> Answer:
        """The answer to a message that asks one thing."""
        hits = self.search(turn, MAX_QUOTATIONS)
        claims = compose(turn.completed, hits, self.retriever.analyzer, self.caution)
        if not claims:
            return self._not_found(turn.text, hits, nearest(turn.completed, hits, self.retriever.analyzer))
        return Answer(turn.text, Status.ANSWERED, claims, confidence=answer_probability(hits))

    def _both(self, turn: Turn, questions: tuple[str, str]) -> Answer:
        """The answers to two questions in one message, the second with what the first was about."""
        first = self.read(questions[0], turn.history, turn.today)
        second = self.read(questions[1], (*turn.history, questions[0]), turn.today)
        second = replace(second, completed=second.question.following(first.completed))
        answers = self._one(first), self._one(second)
        missing = tuple(text for text, answer in zip(questions, answers, strict=True) if not answer.claims)
        if len(missing) == len(answers):
            return replace(answers[0], question=turn.text)
        claims = renumbered(claim for answer in answers for claim in answer.claims[:1])
        sure = min(answer.confidence for answer in answers if answer.claims)
        return Answer(turn.text, Status.ANSWERED, claims, sure, missing=missing)

    def _compared(self, turn: Turn, sides: Comparison) -> Answer:
        """A quotation for each of two things that are compared; not found where one of them has none."""
        terms = [frozenset(term for place in side for term in turn.question.tokens[place].terms) for side in sides]
        one, other, asking = terms
        claims: list[Claim] = []
        sure = 1.0
        for named, left_out in ((one, other), (other, one)):
            side = replace(turn, completed=turn.completed.without(left_out, asking))
            hits = [hit for hit in self.search(side, MAX_QUOTATIONS) if named & (hit.terms[0] | hit.context_terms)]
            found_claims = compose(side.completed, hits, self.retriever.analyzer, self.caution)
            if not found_claims:
                return self._not_found(turn.text, hits)
            claims.append(found_claims[0])
            sure = min(sure, answer_probability(hits))
        return Answer(turn.text, Status.ANSWERED, renumbered(claims), sure)

    def search(self, turn: Turn, k: int) -> list[Hit]:
        """The `k` best hits for a message, best first, for whoever wants more than the answer."""
        return self.retriever.search(turn.completed, k, near=self._near(turn))

    def _near(self, turn: Turn) -> int | None:
        """The number of the sentence that answered the question which a message goes on with; None where none did."""
        if not (turn.leans and turn.previous):
            return None
        hits = self.search(turn.previous, MAX_QUOTATIONS)
        return hits[0].number if answer_probability(hits) >= self.caution.value else None

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

    def _not_found(self, text: str, hits: list[Hit], near: Claim | None = None) -> Answer:
        message = texts.UNSURE if near else texts.NOT_FOUND
        return Answer(text, Status.NOT_FOUND, (), answer_probability(hits), message, self._headings(hits), nearest=near)

    def _headings(self, hits: list[Hit]) -> tuple[str, ...]:
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
