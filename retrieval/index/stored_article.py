"""An article as the analysis gives it: what the store keeps, and the documents that an engine takes."""

from __future__ import annotations

import datetime
import json
from itertools import accumulate, count, pairwise, repeat
from typing import NamedTuple

from retrieval.engines.base import Document
from retrieval.index.compression import compress, decompress
from retrieval.index.passage_format import Sentences
from retrieval.types import Article


class AnalysedArticle(NamedTuple):
    """An article, analysed.

    Args:
        id: the article's.
        line: where it begins in its file.
        digest: tells its record from a changed one.
        date: its day, as ISO 8601 has it; "" where it has none.
        content: its fields, by `pack_article`.
        title: its title's terms, separated by spaces.
        sentences: its sentences.
    """

    id: str
    line: int
    digest: bytes
    date: str
    content: bytes
    title: str
    sentences: Sentences

    @property
    def terms(self) -> int:
        """How many terms its sentences have."""
        return self.sentences.count_terms()

    def documents(self, article: int, first: int) -> tuple[list[Document], list[Document]]:
        """Its passages and its sentences as documents, as an engine takes them.

        Args:
            article: the article's number.
            first: the number of its first sentence.
        """
        terms = self.sentences.terms
        ends = accumulate(self.sentences.sizes, initial=0)
        passages = [
            Document(first + start, article, " ".join([self.title, *terms[start:end]])) for start, end in pairwise(ends)
        ]
        return passages, list(map(Document, count(first), repeat(article), terms))


def pack_article(article: Article) -> bytes:
    """An article's fields as bytes, without its id: a line of JSON, and the text."""
    date = article.date.isoformat() if article.date else None
    fields = (article.title, date, article.source, article.author, article.url)
    return compress(f"{json.dumps(fields, ensure_ascii=False)}\n{article.text}".encode())


def unpack_article(name: str, indexed: int, content: bytes) -> Article:
    """The article of an id, taken in at a second since 1970, whose fields `pack_article` packed.

    Raises:
        DamagedError, ValueError: it is damaged.
    """
    fields, _, text = decompress(content).decode().partition("\n")
    title, date, source, author, url = json.loads(fields)
    day = datetime.date.fromisoformat(date) if date else None
    moment = datetime.datetime.fromtimestamp(indexed, datetime.UTC)
    return Article(name, title, text, day, source, author, url, moment)
