"""What the process beside the bot does for questions that wait: it finds those that new articles may answer, and asks.

A question is asked as any other is, of a library that has the new articles alone. Their words weigh what they weigh
among all articles, so that an answer is as sure as it says.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, TypeVar

from bot.dialogue.answer import Status
from bot.dialogue.conversation import Conversation
from bot.history import History, as_history
from bot.service.library import Library, Reply
from bot.service.scopes import Scope
from bot.service.watching.words import NO_WORDS, WordIndex, written
from bot.state import bindings, watches
from bot.state.base import Connection
from bot.state.opening import reading
from bot.state.watches import Watch
from retrieval import Caution, PasokhError, Retriever, Stamp, story_of, terms_by_article
from retrieval.text import bare

LOG = logging.getLogger(__name__)

Result = TypeVar("Result")

READ_TOGETHER = 400
"""Questions that are read in one go, in less than a second."""


class Place(NamedTuple):
    """Where the articles and the questions are.

    Args:
        corpus, engine, data: of the articles; see `Retriever.from_corpus`.
        caution: how sure an answer must be.
        state: the address of the state, which is only read here.
        collections: the folders that are closed, but to those to whom they are opened.
    """

    corpus: Path
    engine: str
    data: Path
    caution: Caution
    state: str
    collections: frozenset[str] = frozenset()


class Plan(NamedTuple):
    """What is to be asked.

    Args:
        stamp: how far the articles have come.
        met: the keys of the questions that new ones may answer.
        read: the words of questions that had not been read, by key.
        is_anew: whether the index was built anew, so that what is new cannot be told.
        is_partial: whether there are more questions that have not been read; then nothing is found yet.
    """

    stamp: Stamp
    met: tuple[int, ...] = ()
    read: dict[int, str] = {}  # noqa: RUF012  # never changed
    is_anew: bool = False
    is_partial: bool = False


class News(NamedTuple):
    """The answer that new articles give to a question.

    Args:
        watch: the question.
        reply: the answer.
        last: the number of the last article that was asked.
        known: what it is recognised by if it has been told before: the articles of its stories, and its quotations.
        told: what of that is to be remembered.
    """

    watch: Watch
    reply: Reply
    last: int
    known: tuple[str, ...]
    told: tuple[str, ...]


def plan(place: Place, done: Stamp) -> Plan:
    """Which questions are to be asked of the articles that have come since `done`.

    Raises:
        PasokhError: the articles cannot be read.
    """
    desk = _desk(place)
    now = desk.renew()
    if not done.is_before(now):
        return Plan(now, is_anew=True)
    if done.last == now.last:
        return Plan(now)
    with reading(place.state) as db:
        kept = watches.words(db)
    new = desk.since(done.last)
    unread = [(key, text, history) for key, text, history, _, version in kept if version != now.version]
    read = {
        key: _harmless(key, partial(_words, new, text, as_history(json.loads(history)))) or NO_WORDS
        for key, text, history in unread[:READ_TOGETHER]
    }
    if len(unread) > READ_TOGETHER:
        return Plan(now, read=read, is_partial=True)
    index = _word_index(tuple((key, read.get(key, words)) for key, _, _, words, _ in kept))
    return Plan(now, tuple(index.met(terms_by_article(new.retriever.index).values())), read)


@lru_cache(1)
def _word_index(questions: tuple[tuple[int, str], ...]) -> WordIndex:
    """The questions by their words; most articles come while no question does."""
    return WordIndex(dict(questions))


def ask(place: Place, done: Stamp, last: int, keys: Iterable[int]) -> list[News]:
    """The answers that new articles give to some questions; those without an answer are left out.

    Args:
        place: where everything is.
        done: how far the articles have been asked.
        last: the number of the last article that is asked now.
        keys: of the questions.

    Raises:
        PasokhError: the articles cannot be read.
    """
    desk = _desk(place)
    with reading(place.state) as db:
        chosen = [(one, _scope(place, db, one)) for one in watches.some(db, keys)]
    found = (
        _harmless(watch.key, partial(desk.news, watch, scope, max(done.last, watch.since), last))
        for watch, scope in chosen
    )
    return [news for news in found if news]


def _harmless(key: int, work: Callable[[], Result | None]) -> Result | None:
    """What `work` returns for the question with a key; None where it fails, so that one question stops no other.

    Raises:
        PasokhError: the articles cannot be read.
    """
    try:
        return work()
    except PasokhError:
        raise
    except Exception as error:  # noqa: BLE001  # whatever a question does, the next is asked
        # What the error says may quote the question, so it is not told.
        LOG.error("a kept question cannot be asked", extra={"watch": key, "reason": type(error).__name__})
        return None


def _words(conversation: Conversation, text: str, history: History) -> str:
    """The words of a question; see `words.written`."""
    return written(conversation.read(text, history).completed)


def _scope(place: Place, db: Connection, watch: Watch) -> Scope:
    """The articles that may be quoted where a question is kept."""
    opened = bindings.opened(db, watch.chat, watch.thread or bindings.ALL_THREADS)
    return Scope(place.collections, opened & place.collections)


PARTS_KEPT = 16
"""Parts of the articles that are kept: each scope has one, and so have the questions that were told something, or kept,
while others were asked.
"""


class _Part(NamedTuple):
    """Some of the articles.

    Args:
        library: of them alone.
        terms: of each, by its id.
    """

    library: Library
    terms: Mapping[str, frozenset[str]]

    def meets(self, watch: Watch, articles: Iterable[str]) -> bool:
        """Whether one of some articles has as much of a question as an article needs to be asked."""
        words = _words(self.library.conversation, watch.text, watch.history)
        return bool(WordIndex({watch.key: words}).met(self.terms[name] for name in articles))


class _Desk:
    """All articles, open in this process."""

    def __init__(self, place: Place) -> None:
        self._caution = place.caution
        retriever = Retriever.as_stored(place.corpus, place.engine, place.data)
        self._whole = Conversation(retriever, place.caution)
        self._scoped = lru_cache(PARTS_KEPT)(self._within)
        self._part = lru_cache(PARTS_KEPT)(self._among)

    def renew(self) -> Stamp:
        """Look at the articles as they are now; returns how far they have come."""
        self._whole.retriever = self._whole.retriever.renewed()
        self._scoped.cache_clear()
        self._part.cache_clear()
        return self._whole.retriever.stamp

    def since(self, first: int) -> Conversation:
        """What answers from the articles that came after the one with a number."""
        return Conversation(self._whole.retriever.among(lambda _, number: number > first), self._caution)

    def news(self, watch: Watch, scope: Scope, first: int, last: int) -> News | None:
        """The answer to a question from articles of a scope behind `first`, up to `last`; None where they have none."""
        part = self._part(scope, first, last) if first < last else None
        if part is None:
            return None
        reply = part.library.reply(watch.text, watch.history)
        own = {name for name, *_ in reply.citations}
        # The article that it was to be asked of may have been told before, and another be likeliest among the rest.
        if reply.status is not Status.ANSWERED or not part.meets(watch, own):
            return None
        stories = {one for name in own for one in story_of(self._scoped(scope).index, name)}
        said = [f"« {_digest(quotation)}" for *_, quotation in reply.citations]
        return News(watch, reply, last, (*sorted(stories), *said), (*sorted(own), *said))

    def _within(self, scope: Scope) -> Retriever:
        """The retriever over the articles of a scope."""
        whole = self._whole.retriever
        return whole.within(scope.holds) if scope.closed else whole

    def _among(self, scope: Scope, first: int, last: int) -> _Part | None:
        """The articles of a scope behind `first`, up to `last`; None where there are none."""
        retriever = self._scoped(scope).among(lambda _, number: first < number <= last)
        if not len(retriever.articles):
            return None
        return _Part(Library(Conversation(retriever, self._caution)), terms_by_article(retriever.index))


_desk = lru_cache(1)(_Desk)


def _digest(quotation: str) -> str:
    """What quotations have in common that differ in their spelling alone."""
    letters = "".join(letter for letter in bare(quotation) if letter.isalnum())
    return blake2b(letters.encode("utf-8", "replace"), digest_size=12).hexdigest()
