"""A question, and what was asked before it → an answer. Every front end asks here."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot import texts
from bot.dialogue import followups
from bot.dialogue.answer import MOST_SUGGESTIONS, Answer, Citation, Claim, Status, compose
from bot.dialogue.article_details import Inquiry, inquiry
from retrieval import MOST_SHOWN, Article, Caution, Hit, Question, Retriever, bare, found, printable

NAMES_ARTICLE = 0.6
"""The share of a topic's weight that an article must cover to be the one that is meant."""

LONGEST_QUESTION = 2_000
"""Code points; a longer message is no question."""

_WORD = re.compile(r"[^\W_]")
_LEADING_GREETING = re.compile(r"^\W*(?:(?:سلام|درود|وقت بخیر|لطفاً|لطفا)\b[\W_]*)+(?=\w)")

History = tuple[str, ...]
"""The questions of a chat's present topic that were answered, in the order in which they were asked."""


def _phrases(*phrases: str) -> re.Pattern[str]:
    """Matches a text, folded, that consists of these phrases alone."""
    alternatives = "|".join(sorted(map(bare, phrases), key=len, reverse=True))
    return re.compile(rf"(?:(?:{alternatives})[\W_]*)+")


_GREETING = _phrases(
    "سلام",
    "درود",
    "سلام علیکم",
    "وقت بخیر",
    "وقتتان بخیر",
    "روز بخیر",
    "صبح بخیر",
    "شب بخیر",
    "عصر بخیر",
    "خسته نباشید",
    "hello",
    "hi",
    "salam",
    "خوبی",
    "خوبید",
    "خوب هستید",
    "چطوری",
    "چطورید",
    "حال شما چطور است",
    "حالت چطوره",
    "چه خبر",
)
_THANKS = _phrases(
    "ممنون",
    "ممنونم",
    "مرسی",
    "متشکرم",
    "متشکر",
    "سپاس",
    "سپاسگزارم",
    "تشکر",
    "دستت درد نکنه",
    "thanks",
    "thank you",
    "خیلی",
    "عالی",
    "عالی بود",
    "عالیه",
    "دمت گرم",
    "لطف کردید",
)
_FAREWELL = _phrases("خداحافظ", "خدانگهدار", "خدا حافظ", "بدرود", "bye")


class Conversation:
    """Answers questions over one corpus; keeps nothing between them.

    Args:
        retriever: where the hits come from.
        caution: how sure an answer must be.
    """

    def __init__(self, retriever: Retriever, caution: Caution = Caution.BALANCED) -> None:
        self.retriever = retriever
        self.caution = caution

    def ask(self, text: str, after: str | Sequence[str] | None = None) -> Answer:
        """The answer to a message.

        Args:
            text: the message, as it was typed.
            after: the question before it in the same chat, or several of them, which an elliptical one continues; see
                `remember`.
        """
        history = (after,) if isinstance(after, str) else tuple(after or ())
        text = printable(text)
        plain = bare(text).strip()
        if len(text) > LONGEST_QUESTION:
            return Answer(text, Status.CLARIFY, message=texts.TOO_LONG.format(limit=LONGEST_QUESTION))
        if not _WORD.search(plain):
            return Answer(text, Status.CLARIFY, message=texts.NO_WORDS)
        for pattern, reply in ((_GREETING, texts.GREETING), (_THANKS, texts.THANKS), (_FAREWELL, texts.FAREWELL)):
            if pattern.fullmatch(plain):
                return Answer(text, Status.GREETING, message=reply)
        question = self._read(text)
        about_article = inquiry(question, self.retriever.analyzer)
        if about_article:
            return self._detail(text, about_article, history)
        question = self._complete(text, history)
        hits = self.retriever.search(question, MOST_SHOWN)
        claims = compose(question, hits, self.retriever.analyzer, self.caution)
        if not claims:
            return self._not_found(text, hits)
        return Answer(text, Status.ANSWERED, claims, confidence=found(hits))

    def search(self, text: str, after: Sequence[str], k: int) -> list[Hit]:
        """The `k` best hits for a question, completed as `ask` completes it; for whoever wants more than the answer."""
        return self.retriever.search(self._complete(printable(text), after), k)

    def remember(self, history: History, answer: Answer) -> History:
        """What the next question may continue: unchanged by what was not answered, and begun anew by a new topic."""
        if not answer.claims:
            return history
        asked = (*history, answer.question)
        return asked[-followups.remember(asked, self._read, self.retriever.analyzer) :]

    def lent(self, text: str, history: History) -> History:
        """What of a topic goes into the answer to a question: all of it, or nothing."""
        question = self._read(printable(text))
        analyzer = self.retriever.analyzer
        return history if followups.leans(question, analyzer) or inquiry(question, analyzer) else ()

    def _read(self, text: str) -> Question:
        return self.retriever.read(_LEADING_GREETING.sub("", text))

    def _complete(self, text: str, after: Sequence[str]) -> Question:
        asked = [printable(question) for question in (*after, text)]
        return followups.complete(asked, self._read, self.retriever.analyzer)

    def _detail(self, text: str, asked: Inquiry, after: Sequence[str]) -> Answer:
        """The answer to a question about an article itself."""
        article = self._article_meant(asked, after)
        if article is None and asked.topic:
            return self._not_found(text, self.retriever.search(asked.topic))
        if article is None:
            return Answer(text, Status.CLARIFY, message=texts.WHICH_ARTICLE, suggestions=self._headings([]))
        detail = asked.detail(article)
        if not detail:
            return Answer(text, Status.NOT_FOUND, message=texts.NO_SUCH_DETAIL, suggestions=self._headings([]))
        return Answer(text, Status.ANSWERED, (Claim(Citation(1, article, 0, 0), (detail,)),), confidence=1.0)

    def _article_meant(self, asked: Inquiry, after: Sequence[str]) -> Article | None:
        """The article by its topic, by the answer before, or any one where the detail is the same in all."""
        if asked.topic:
            hits = self.retriever.search(asked.topic, k=1)
            return hits[0].article if hits and hits[0].coverage >= NAMES_ARTICLE else None
        if after and (claims := self.ask(after[-1], after[:-1]).claims):
            return claims[0].citation.article
        first = self.retriever.articles[0]
        return None if any(asked.detail(other) != asked.detail(first) for other in self.retriever.articles) else first

    def _not_found(self, text: str, hits: list[Hit]) -> Answer:
        return Answer(text, Status.NOT_FOUND, (), found(hits), texts.NOT_FOUND, self._headings(hits))

    def _headings(self, hits: list[Hit]) -> tuple[str, ...]:
        """What the corpus can be asked about: the articles nearest to the question, then the first ones."""
        found = dict.fromkeys(hit.article.heading for hit in hits)
        if len(found) < MOST_SUGGESTIONS:
            found |= dict.fromkeys(article.heading for article in self.retriever.articles[:MOST_SUGGESTIONS])
        return tuple(found)[:MOST_SUGGESTIONS]
