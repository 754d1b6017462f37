"""Where articles come from: anything that lists files and gives their bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, Protocol

from retrieval.types import Article


class State(NamedTuple):
    """What tells a changed file from an unchanged one.

    Args:
        size: in bytes.
        time: of the last change, in nanoseconds since 1970; for content in memory a hash of it.
    """

    size: int
    time: int


class Source(Protocol):
    """A corpus: files of articles, by name. `Folder` and `InMemory` are sources."""

    @property
    def path(self) -> Path:
        """The source's name in errors, and what its stored index is found by."""

    @property
    def synonyms(self) -> Path | None:
        """The file of its own synonyms, which need not exist; None where it cannot have one."""

    def files(self) -> Mapping[str, State]:
        """The names of its files in the order of the corpus, each with the state that tells a changed file.

        Raises:
            CorpusError: the source is not there, or cannot be looked at.
        """

    def read(self, name: str) -> bytes:
        """The content of one of `files`.

        Raises:
            FaultError: it cannot be read.
        """

    def place(self, name: str) -> Path:
        """What one of `files` is called in errors."""


@dataclass(frozen=True, slots=True)
class InMemory:
    """A source of one file that is held in memory: an upload, or articles from elsewhere (see `listed`).

    Args:
        name: its ending tells the format.
        content: its bytes.
        synonyms: see `Source.synonyms`.
    """

    name: str
    content: bytes
    synonyms: Path | None = None

    @property
    def path(self) -> Path:
        """See `Source.path`."""
        return Path(self.name)

    def files(self) -> Mapping[str, State]:
        """See `Source.files`."""
        return {self.name: State(len(self.content), int.from_bytes(blake2b(self.content, digest_size=7).digest()))}

    def read(self, _: str) -> bytes:
        """See `Source.read`."""
        return self.content

    def place(self, name: str) -> Path:
        """See `Source.place`."""
        return Path(name)


def listed(articles: Iterable[Article], synonyms: Path | None = None) -> InMemory:
    """A source of articles, in their order.

    Args:
        articles: each with an id of its own.
        synonyms: see `Source.synonyms`.
    """
    lines = [json.dumps(_row(article), ensure_ascii=False) for article in articles]
    return InMemory("articles.jsonl", "\n".join(lines).encode(), synonyms)


def _row(article: Article) -> dict[str, str]:
    """An article as a line of JSON, its text to the letter."""
    row = {"id": article.id, "format": "plain", "title": article.title, "text": article.text, "source": article.source}
    date = article.date.isoformat() if article.date else ""
    return row | {"author": article.author, "url": article.url, "date": date}
