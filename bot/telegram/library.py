"""The articles that the bot answers from: loaded, loaded anew, added to. All of it takes time: run it in a thread."""

from __future__ import annotations

import datetime
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

import yaml

from bot import texts
from bot.answer import Answer, Status
from bot.conversation import Conversation, History
from bot.markup import Rich
from bot.replies import answer_text
from retrieval import Article, PasokhError, read_corpus

EXAMPLES = 3
REMEMBERED = 512
"""Answers that are kept while the articles stay the same: example questions and news are asked by many."""

_TRIED = 40
"""Articles that are looked at for example questions."""

_ASKING = frozenset("چرا چه چگونه چطور کدام کجا کی چند چیست کیست چقدر".split())


class NotAddedError(PasokhError):
    """An article that is not taken into the corpus, and why, in Persian."""


class Reply(NamedTuple):
    """An answer, its text, what of the topic before went into it, and what the next question may continue."""

    answer: Answer
    text: Rich
    lent: History
    following: History


@dataclass(frozen=True, slots=True)
class Library:
    """A corpus, loaded.

    Args:
        corpus: the folder, or one file.
        load: reads and indexes it, and answers from it.
        conversation: answers from it.
        reply: the same, with what the next question may continue; what is asked often is remembered.
        loaded: when.
        examples: questions that it answers.
    """

    corpus: Path
    load: Callable[[], Conversation]
    conversation: Conversation
    reply: Callable[[str, History], Reply]
    loaded: datetime.datetime
    examples: tuple[str, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles, the latest first, those without a date last."""
        dated = sorted(self.conversation.retriever.articles, key=lambda article: article.date or datetime.date.min)
        return tuple(reversed(dated))

    @property
    def sentences(self) -> int:
        """How many sentences there are."""
        return self.conversation.retriever.index.totals.sentences

    def sentences_of(self, ids: set[str]) -> int:
        """How many sentences the articles of these ids have."""
        return sum(map(self.conversation.retriever.index.sentences_of, ids))


def open_library(corpus: Path, load: Callable[[], Conversation]) -> Library:
    """Read and index a corpus.

    Raises:
        PasokhError: it cannot be read.
    """
    conversation = load()
    now = datetime.datetime.now(datetime.UTC)
    reply = lru_cache(REMEMBERED)(partial(_reply, conversation))
    return Library(corpus, load, conversation, reply, now, _examples(conversation))


def _reply(conversation: Conversation, text: str, history: History) -> Reply:
    answer = conversation.ask(text, history)
    return Reply(answer, answer_text(answer), conversation.lent(text, history), conversation.remember(history, answer))


def add(library: Library, name: str, content: bytes) -> tuple[Library, tuple[Article, ...]]:
    """Take a file into the corpus; returns the library with it, and the articles it holds.

    A file that is there already, byte for byte, is taken as added: the same message may come twice.

    Raises:
        NotAddedError: it is no article, or cannot be stored.
    """
    if not library.corpus.is_dir():
        raise NotAddedError(texts.NO_FOLDER)
    name = os.path.basename(name.replace("\\", "/")).lstrip(".").strip() or "article"
    path = library.corpus / name
    articles = _check(name, content)
    if path.exists() and path.read_bytes() != content:
        raise NotAddedError(texts.EXISTS.format(name=name))
    taken = {article.id for article in library.conversation.retriever.articles}
    if not path.exists() and (twice := [article.id for article in articles if article.id in taken]):
        raise NotAddedError(texts.EXISTS.format(name=twice[0]))
    try:
        _write(path, content)
    except OSError as error:
        raise NotAddedError(texts.NOT_STORED.format(reason=error.strerror)) from error
    return open_library(library.corpus, library.load), articles


def post(text: str, date: datetime.datetime, *, source: str, author: str, url: str, name: str) -> tuple[str, bytes]:
    """A forwarded post as a file of the corpus: its name and content.

    The first of several lines is the title.
    """
    title, _, body = text.strip().partition("\n")
    fields = {
        "title": title if body.strip() else "",
        "date": date.date(),
        "source": source,
        "author": author,
        "url": url,
    }
    matter = yaml.safe_dump({key: value for key, value in fields.items() if value}, allow_unicode=True)
    return f"{name}.txt", f"---\n{matter}---\n\n{body.strip() or title}\n".encode("utf-8", "replace")


def _check(name: str, content: bytes) -> tuple[Article, ...]:
    """The articles in a file.

    Raises:
        NotAddedError: it has none, or not only good ones.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        try:
            path.write_bytes(content)
            corpus = read_corpus(Path(folder))
        except PasokhError as error:
            raise NotAddedError(str(error).replace(f"{folder}/", "")) from error
        except (OSError, ValueError) as error:
            raise NotAddedError(texts.NOT_STORED.format(reason=error)) from error
    if corpus.problems:
        raise NotAddedError(str(corpus.problems[0]).replace(f"{folder}/", ""))
    return corpus.articles


def _write(path: Path, content: bytes) -> None:
    """The whole file or none of it: a half-written one must not be indexed."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


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
