"""Articles that administrators send: checked, and stored in the corpus folder."""

from __future__ import annotations

import datetime
import os
from collections.abc import Collection
from pathlib import Path

import yaml

from bot.wording import texts
from retrieval import Article, InMemory, PasokhError, read_source
from retrieval.system import replace_file


class NotAddedError(PasokhError):
    """An article is not taken into the corpus. The message tells why, in Persian."""


def store(corpus: Path, taken: Collection[str], name: str, content: bytes) -> None:
    """Store a file in the corpus folder.

    A file that is there already with the same content counts as stored, for the same message may come twice.

    Args:
        corpus: the folder.
        taken: of the ids of the file's articles, those that articles of the corpus have already.
        name: the file's name, as the administrator gave it.
        content: the file's content.

    Raises:
        NotAddedError: the file cannot be stored, or its name or an id is taken.
    """
    if not corpus.is_dir():
        raise NotAddedError(texts.NO_FOLDER)
    path = corpus / _plain(name)
    if path.exists() and path.read_bytes() != content:
        raise NotAddedError(texts.EXISTS.format(name=path.name))
    if not path.exists() and taken:
        raise NotAddedError(texts.EXISTS.format(name=min(taken)))
    try:
        replace_file(path, content)
    except OSError as error:
        raise NotAddedError(texts.NOT_STORED.format(reason=error.strerror)) from error


def post(text: str, date: datetime.datetime, *, source: str, author: str, url: str, name: str) -> tuple[str, bytes]:
    """A forwarded post as a file of the corpus: the file's name and content.

    If the post has several lines, the first is the article's title.
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


def _plain(name: str) -> str:
    """A file's name without folders, and without the dot that would hide it."""
    return os.path.basename(name.replace("\\", "/")).lstrip(".").strip() or "article"


def read(name: str, content: bytes) -> tuple[Article, ...]:
    """The articles in a file.

    Raises:
        NotAddedError: the file has no article, or one that cannot be read.
    """
    try:
        found = read_source(InMemory(_plain(name), content))
    except PasokhError as error:
        raise NotAddedError(str(error)) from error
    if found.problems:
        raise NotAddedError(str(found.problems[0]))
    return found.articles
