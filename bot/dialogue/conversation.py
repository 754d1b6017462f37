"""A message, and what was asked before it → an answer. Every front end asks here.

text, history ── read ──→ Turn ── answer ──→ Answer
Turn, Answer ── remember ──→ history of the next message
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import replace

from bot.dialogue import followups, readings, small_talk
from bot.dialogue.answer import MAX_SUGGESTIONS, UNSURE, Answer, Claim, Status, compose, nearest
from bot.dialogue.article_details import inquiry
from bot.dialogue.kinds import articles, extreme, permission, several, which, why
from bot.dialogue.kinds.kind import Kind
from bot.dialogue.staying import Found, everywhere, in_article, is_whole, leaves, needed, stands_alone, surely_leaves
from bot.dialogue.topics import topic_request
from bot.dialogue.turn import Turn
from bot.history import Answered, History, as_history
from bot.wording import texts
from retrieval import MAX_QUESTION_LETTERS, MAX_QUOTATIONS, Caution, Hit, Question, Retriever
from retrieval.text import bare, printable

_KINDS: tuple[Kind, ...] = (
    which.which,
    articles.detail,
    articles.of_topic,
    several.both,
    several.compared,
    extreme.most_or_least,
    permission.permission,
    why.why,
)
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

    def ask(self, text: str, history: Iterable[Answered | str] = (), today: datetime.date | None = None) -> Answer:
        """The answer to a message that is not to be remembered; for the arguments see `read`."""
        return self.answer(self.read(text, history, today))

    def read(self, text: str, history: Iterable[Answered | str] = (), today: datetime.date | None = None) -> Turn:
        """Read a message, and those questions before it that it may go on with.

        Args:
            text: the message, as it was typed.
            history: the questions before it, the oldest first; see `turn.remember`. Where one is without the place of
                its answer, it is answered again.
            today: what «امروز» means in it; by default the day it is.
        """
        text, before = printable(text), as_history(history)
        question = self.retriever.read(text, today)
        leans = followups.leans(question, self.retriever.analyzer)
        # Most messages lean on nothing and follow an answer whose place is known: then one question is read, not five.
        previous, completed = None, question
        if before and (leans or not before[-1].article):
            previous = self.read(before[-1].text, before[:-1], today)
        if leans and previous:
            completed = followups.complete(question, self._topic(previous, before), self.retriever.analyzer)
        return Turn(
            text, previous, before, question, leans, inquiry(question), topic_request(question), completed, today
        )

    def _topic(self, previous: Turn, history: History) -> Question:
        """What the question before was about: all that was asked of the article that answers it."""
        stays = len(history) > 1 and history[-1].article == history[-2].article != ""
        if stays and not previous.leans:
            return previous.completed.following(self.read(history[-2].text, history[:-2], previous.today).completed)
        return previous.completed

    def answer(self, turn: Turn) -> Answer:
        """The answer to a message: that of the first kind that it is of; with what else it may have meant."""
        retriever = self.retriever
        before = retriever.index.in_part
        answer = readings.with_readings(self._answer(turn), turn, retriever.analyzer)
        return replace(answer, in_part=True) if retriever.index.in_part != before else answer

    def _answer(self, turn: Turn) -> Answer:
        if fixed := _fixed_reply(turn.text):
            return why.why(self, self.placed(turn)) or fixed
        turn = self.alone(self.placed(turn))
        if found := next(filter(None, (kind(self, turn) for kind in _KINDS)), None):
            return found
        answer = self.one(turn)
        return answer if answer.claims else articles.named_alone(self, turn) or answer

    def one(self, turn: Turn) -> Answer:
        """The answer to a message that asks one thing."""
        turn, analyzer = self.placed(turn), self.retriever.analyzer
        found = self._found(turn, MAX_QUOTATIONS)
        if found.sure < needed(turn, found, self.caution, analyzer) or not found.hits:
            likely = nearest(found.question, found.hits, analyzer) if found.sure >= UNSURE else None
            return self.not_found(turn.text, found.hits, likely, found.sure)
        claims = compose(found.question, found.hits, analyzer)
        offers = () if turn.near is not None else readings.of_other_articles(found.question, found.hits, analyzer)
        message = texts.WHICH if offers else ""
        return Answer(turn.text, Status.ANSWERED, claims, confidence=found.sure, message=message, offers=offers)

    def search(self, turn: Turn, k: int) -> list[Hit]:
        """The `k` best hits for a message, best first, for whoever wants more than the answer.

        Behind those of the article of the last answer come those of all articles.
        """
        found = self._found(self.placed(turn), k)
        if len(found.hits) >= k or not turn.history:
            return found.hits
        numbers = {hit.number for hit in found.hits}
        others = [hit for hit in self.retriever.search(turn.completed, k) if hit.number not in numbers]
        return [*found.hits, *others][:k]

    def _found(self, turn: Turn, k: int) -> Found:
        """What is found for a message: in the article of the last answer, if it goes on with that, else anywhere."""
        retriever = self.retriever
        elsewhere = everywhere(turn.completed, retriever.search(turn.completed, k))
        if turn.near is None or surely_leaves(turn, elsewhere):
            return elsewhere
        beside = in_article(turn.completed, retriever.search_beside(turn.completed, turn.near, k, self._quoted(turn)))
        return elsewhere if leaves(turn, beside, elsewhere, retriever.analyzer) else beside

    def _quoted(self, turn: Turn) -> list[int]:
        """The numbers of the sentences with which earlier answers from the article of the last one begin."""
        earlier = (one for one in turn.history[:-1] if one.article == turn.beside)
        found = (self.retriever.sentence_at(one.article, one.start) for one in earlier)
        return [number for number in found if number is not None]

    def alone(self, turn: Turn) -> Turn:
        """A message without what was asked before it, where it surely does not go on with that.

        Its answer is the same, and the same in every chat.
        """
        if turn.history and turn.history[-1].article:  # elsewhere the place would have to be found first
            turn = self.placed(turn)
        if turn.near is None or not stands_alone(turn):
            return turn
        return replace(turn, previous=None, history=(), beside="", near=None)

    def placed(self, turn: Turn) -> Turn:
        """A message with the place of the answer that it may go on with."""
        if turn.is_placed or not turn.history:
            return turn
        last = turn.history[-1]
        if last.article or turn.previous is None:
            return self._beside(turn, last.article, self.retriever.sentence_at(last.article, last.start))
        before = self.placed(turn.previous)
        turn, shown = replace(turn, previous=before), self.answer(before).shown
        if shown is None:
            return self._beside(turn, before.beside, before.near)
        article, start = shown.citation.article.id, shown.citation.place
        return self._beside(turn, article, self.retriever.sentence_at(article, start))

    def _beside(self, turn: Turn, article: str, near: int | None) -> Turn:
        """A message beside a sentence of the article with an id."""
        held = (
            turn.question.terms
            if near is None or not is_whole(turn)
            else self.retriever.terms_beside(turn.question, near)
        )
        return replace(turn, beside=article, near=near, held=held, is_placed=True)

    def not_found(self, text: str, hits: list[Hit], near: Claim | None = None, sure: float = 0.0) -> Answer:
        """The answer where nothing sure was found, with the likeliest quotation if there is one."""
        message = texts.UNSURE if near else texts.NOT_FOUND
        return Answer(text, Status.NOT_FOUND, (), sure, message, self.headings(hits), nearest=near)

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
