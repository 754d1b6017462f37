"""An article as the analysis gives it: what the store keeps, and the documents that an engine takes."""

from __future__ import annotations

import datetime
import json
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from retrieval.engines.base import Document
from retrieval.types import Article
from retrieval.units import LIGHT, Passage


class Analysed(NamedTuple):
    """An article, analysed.

    Args:
        id: the article's.
        line: where it begins in its file.
        digest: tells its record from a changed one.
        date: its day, as ISO 8601 has it; "" where it has none.
        content: its fields, by `pack_article`.
        title: its title's terms, separated by spaces.
        vocabulary: its distinct units.
        passages: its passages.
    """

    id: str
    line: int
    digest: bytes
    date: str
    content: bytes
    title: str
    vocabulary: list[str]
    passages: list[Passage]

    @property
    def terms(self) -> int:
        """How many terms its sentences have."""
        return sum(terms.count(" ") + 1 for passage in self.passages for terms in passage.terms if terms)

    def documents(self, article: int, first: int) -> Iterator[tuple[Document, list[Document]]]:
        """Each passage as a document, and its sentences as documents, as an engine takes them.

        Args:
            article: the article's number.
            first: the number of its first sentence.
        """
        for passage in self.passages:
            sentences = [Document(number, article, terms) for number, terms in enumerate(passage.terms, first)]
            yield Document(first, article, " ".join([self.title, *passage.terms])), sentences
            first += len(sentences)


def pack_article(article: Article) -> bytes:
    """An article's fields as bytes, without its id."""
    date = article.date.isoformat() if article.date else None
    row = (article.title, date, article.source, article.author, article.url, article.text)
    return zlib.compress(json.dumps(row, ensure_ascii=False).encode(), LIGHT)


def unpack_article(name: str, indexed: int, content: bytes) -> Article:
    """The article of an id, taken in at a second since 1970, whose fields `pack_article` packed.

    Raises:
        zlib.error, ValueError: it is damaged.
    """
    title, date, source, author, url, text = json.loads(zlib.decompress(content))
    day = datetime.date.fromisoformat(date) if date else None
    moment = datetime.datetime.fromtimestamp(indexed, datetime.UTC)
    return Article(name, title, text, day, source, author, url, moment)
