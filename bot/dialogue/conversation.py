"""A message, and what was asked before it → an answer. Every front end asks here.

text, history ── read ──→ Turn ── answer ──→ Answer
Turn, Answer ── remember ──→ history of the next message
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import replace

from bot import texts
from bot.dialogue import followups, small_talk
from bot.dialogue.answer import MAX_SUGGESTIONS, Answer, Citation, Claim, Status, compose, nearest
from bot.dialogue.article_details import inquiry
from bot.dialogue.kinds import articles, extreme, permission, several
from bot.dialogue.topics import topic_request
from bot.dialogue.turn import History, Turn
from retrieval import MAX_QUESTION_LETTERS, MAX_QUOTATIONS, Caution, Hit, Question, Retriever, answer_probability
from retrieval.text import bare, printable

Kind = Callable[["Conversation", Turn], Answer | None]
"""A kind of message: its answer, or None where the message is of another."""

_KINDS: tuple[Kind, ...] = (
    articles.detail,
    articles.of_topic,
    several.both,
    several.compared,
    extreme.most_or_least,
    permission.permission,
)
"""The kinds, in the order in which they are tried; what is of none asks one thing."""

MIN_OWN_COVERAGE = 0.5
"""The share of what a follow-up itself names that the article of the last answer must have to answer it as well."""
ALL = 0.99
"""What covers more than this of a question has all of its words."""

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
        leans, may_lean = followups.leans(question, self.retriever.analyzer), followups.may_lean(question)
        request, about_article = topic_request(question), inquiry(question)
        needs = leans or may_lean or about_article or (request and request.is_certain and not request.topic.asked)
        previous = self.read(history[-1], history[:-1], today) if history and needs else None
        completed = question
        if leans and previous:
            completed = followups.complete(question, previous.completed, self.retriever.analyzer)
        return Turn(
            text, previous, history, question, leans, about_article, request, completed, today, may_lean=may_lean
        )

    def answer(self, turn: Turn) -> Answer:
        """The answer to a message: that of the first kind that it is of."""
        if fixed := _fixed_reply(turn.text):
            return self._unless_answered(turn, fixed)
        turn = self._placed(turn)
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
        if (goes_on := self._going_on(turn)) and self._answers(hits := self._within(goes_on, MAX_QUOTATIONS)):
            turn = goes_on
        else:
            hits = self.search(turn, MAX_QUOTATIONS)
        analyzer = self.retriever.analyzer
        claims = compose(turn.completed, hits, analyzer, self._caution(turn, hits))
        if not claims:
            return self.not_found(turn.text, hits, nearest(turn.completed, hits, analyzer))
        return Answer(turn.text, Status.ANSWERED, claims, confidence=answer_probability(hits))

    def _caution(self, turn: Turn, hits: list[Hit]) -> Caution:
        """How sure an answer must be.

        It may be less sure where a message only puts other words in place and the hit has them all, and where it names
        nothing but a follow-up's «سمت او».
        """
        if not (turn.previous and turn.leans):
            return self.caution
        question = turn.question
        names_nothing = not any(turn.completed.weights[: len(question.query)])
        has_all = question.asked and _coverage(question, hits[:1]) > ALL
        elliptic = has_all and followups.is_ellipsis(question, self.retriever.analyzer)
        return Caution.EAGER if names_nothing or elliptic else self.caution

    def search(self, turn: Turn, k: int) -> list[Hit]:
        """The `k` best hits for a message, best first, for whoever wants more than the answer.

        A message that goes on with the question before it is answered from the article that answered that one, as long
        as it has what the message itself names.
        """
        placed = self._placed(turn)
        if placed.near is None or not placed.leans:
            return self.retriever.search(placed.completed, k)
        within = self._within(placed, k)
        if self._answers(within):
            return within
        hits = self.retriever.search(placed.completed, k, near=placed.near)
        if self._answers(hits) or not placed.question.asked:
            return hits
        alone = self.retriever.search(placed.question, k)
        stays = within and alone and alone[0].article.id == within[0].article.id
        return alone if stays and self._answers(alone) else hits

    def _within(self, turn: Turn, k: int) -> list[Hit]:
        """The hits in the article of the last answer; none where it lacks what the message itself names."""
        hits = self.retriever.search(turn.completed, k, near=turn.near, within=True)
        has_all = not turn.question.asked or _coverage(turn.question, hits[:1]) >= MIN_OWN_COVERAGE
        return hits if has_all else []

    def _going_on(self, turn: Turn) -> Turn | None:
        """A message that may go on with the question before it, read as if it did; None for all others."""
        placed = self._placed(turn)
        if placed.near is None or placed.leans or placed.previous is None:
            return None
        completed = followups.complete(placed.question, placed.previous.completed, self.retriever.analyzer)
        return replace(placed, completed=completed, leans=True)

    def _answers(self, hits: list[Hit]) -> bool:
        return answer_probability(hits) >= self.caution.value

    def _placed(self, turn: Turn) -> Turn:
        """A message with the place of the answer that it goes on with."""
        if turn.is_placed or not ((turn.leans or turn.may_lean) and turn.previous):
            return turn
        before = self._placed(turn.previous)
        claims = self.answer(before).claims
        near = self._number(claims[0].citation) if claims else before.near
        return replace(turn, previous=before, near=near, is_placed=True)

    def _number(self, citation: Citation) -> int | None:
        """The number of the sentence that a citation begins in."""
        lines = self.retriever.lines(citation.article.id)
        return next((line.number for line in lines if line.span[1] > citation.start), None)

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


def _coverage(question: Question, hits: list[Hit]) -> float:
    """The share of a question's weight that some hits have, with their passages and what names these."""
    return question.coverage(term for hit in hits for term in hit.terms[1] | hit.context_terms)


def _fixed_reply(text: str) -> Answer | None:
    """The answer to a message that asks nothing; None where it asks something."""
    if len(text) > MAX_QUESTION_LETTERS:
        return Answer(text, Status.CLARIFY, message=texts.TOO_LONG.format(limit=MAX_QUESTION_LETTERS))
    plain = bare(text).strip()
    if not _WORD.search(plain):
        return Answer(text, Status.CLARIFY, message=texts.NO_WORDS)
    reply = small_talk.reply_to(plain)
    return Answer(text, Status.GREETING, message=reply) if reply else None
