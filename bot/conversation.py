"""A question, and what was asked before it → an answer. Every front end asks here."""

from __future__ import annotations

import re
from itertools import chain

from bot import texts
from bot.answer import MOST_SUGGESTIONS, Answer, Citation, Claim, Status, compose
from bot.frontmatter import Inquiry, inquiry
from retrieval import Article, Caution, Hit, Retriever, bare, found, printable

NAMES_ARTICLE = 0.6
"""The share of a topic's weight that an article must cover to be the one that is meant."""

LONGEST_QUESTION = 2_000
"""Code points; a longer message is no question."""

_WORD = re.compile(r"[^\W_]")
_LEADING_GREETING = re.compile(r"^\W*(?:(?:سلام|درود|وقت بخیر|لطفاً|لطفا)\b[\W_]*)+(?=\w)")
_AND = bare("و")
_REFERRING = frozenset(map(bare, ("او", "وی", "آن", "آنها", "آن‌ها", "ایشان", "آنان", "اینها", "این‌ها")))


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

    def ask(self, text: str, after: str | None = None) -> Answer:
        """The answer to a message.

        Args:
            text: the message, as it was typed.
            after: the question before it in the same chat, which an elliptical one continues.
        """
        text = printable(text)
        plain = bare(text).strip()
        if len(text) > LONGEST_QUESTION:
            return Answer(text, Status.CLARIFY, message=texts.TOO_LONG.format(limit=LONGEST_QUESTION))
        if not _WORD.search(plain):
            return Answer(text, Status.CLARIFY, message=texts.NO_WORDS)
        for pattern, reply in ((_GREETING, texts.GREETING), (_THANKS, texts.THANKS), (_FAREWELL, texts.FAREWELL)):
            if pattern.fullmatch(plain):
                return Answer(text, Status.GREETING, message=reply)
        question = self.retriever.read(_LEADING_GREETING.sub("", text))
        about_article = inquiry(question, self.retriever.analyzer)
        if about_article:
            return self._detail(text, about_article, after)
        if after and _is_elliptical(plain):
            question = question.following(self.retriever.read(printable(after)))
        hits = self.retriever.search(question)
        claims = compose(question, hits, self.retriever.analyzer, self.caution)
        if not claims:
            return self._not_found(text, hits)
        return Answer(text, Status.ANSWERED, claims, confidence=found(hits))

    def _detail(self, text: str, asked: Inquiry, after: str | None) -> Answer:
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

    def _article_meant(self, asked: Inquiry, after: str | None) -> Article | None:
        """The article by its topic, by the answer before, or any one where the detail is the same in all."""
        if asked.topic:
            hits = self.retriever.search(asked.topic, k=1)
            return hits[0].article if hits and hits[0].coverage >= NAMES_ARTICLE else None
        if after and (claims := self.ask(after).claims):
            return claims[0].citation.article
        first, *others = self.retriever.articles
        return None if any(asked.detail(other) != asked.detail(first) for other in others) else first

    def _not_found(self, text: str, hits: list[Hit]) -> Answer:
        return Answer(text, Status.NOT_FOUND, (), found(hits), texts.NOT_FOUND, self._headings(hits))

    def _headings(self, hits: list[Hit]) -> tuple[str, ...]:
        """What the corpus can be asked about: the articles nearest to the question, then the first ones."""
        nearest = (hit.article.heading for hit in hits)
        first = (article.heading for article in self.retriever.articles[:MOST_SUGGESTIONS])
        return tuple(dict.fromkeys(chain(nearest, first)))[:MOST_SUGGESTIONS]


def _is_elliptical(plain: str) -> bool:
    """Whether a message (folded) leans on the one before: it begins with «و» or refers back by a pronoun."""
    words = plain.split()
    return words[0] == _AND or not _REFERRING.isdisjoint(words)
