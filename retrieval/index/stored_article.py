"""An analysed article: what the store keeps of it, and the documents that an engine takes."""

from __future__ import annotations

import datetime
import json
from itertools import accumulate, count, pairwise, repeat
from typing import NamedTuple

from retrieval.engines.base import Document
from retrieval.index.compression import compress, decompress
from retrieval.index.passage_format import AnalysedSentences
from retrieval.types import Article


class AnalysedArticle(NamedTuple):
    """An article after the analysis.

    Args:
        id: the article's id.
        line: the line of its file where it begins, from 1.
        digest: the digest of its record, 16 bytes. A changed record has another one.
        date: the day in ISO 8601; "" where it has none.
        content: its fields, packed by `pack_article`.
        title: the terms of its title, separated by spaces.
        sentences: its sentences with their units.
        sketch: the numbers by which it meets its copies, see `retrieval.index.sketch`.
    """

    id: str
    line: int
    digest: bytes
    date: str
    content: bytes
    title: str
    sentences: AnalysedSentences
    sketch: bytes = b""

    @property
    def terms(self) -> int:
        """The number of terms in its sentences."""
        return self.sentences.count_terms()

    def documents(self, article: int, first: int) -> tuple[list[Document], list[Document]]:
        """Its passages and its sentences as documents for the two engines.

        Args:
            article: the article's number.
            first: the number of its first sentence.
        """
        terms = self.sentences.terms
        ends = accumulate(self.sentences.sizes, initial=0)
        passages = [
            Document(first + start, article, " ".join([self.title, context, *terms[start:end]]))
            for (start, end), (context, _) in zip(pairwise(ends), self.sentences.contexts, strict=True)
        ]
        return passages, list(map(Document, count(first), repeat(article), terms))


def pack_article(article: Article) -> bytes:
    """The fields of an article without its id: a line of JSON and the text, compressed."""
    date = article.date.isoformat() if article.date else None
    fields = (article.title, date, article.source, article.author, article.url)
    return compress(f"{json.dumps(fields, ensure_ascii=False)}\n{article.text}".encode())


def unpack_article(name: str, indexed: int, content: bytes) -> Article:
    """The article whose fields `pack_article` packed.

    Args:
        name: its id.
        indexed: when it was indexed, in seconds since 1970.
        content: what `pack_article` returned.

    Raises:
        DamagedError, ValueError: `content` is damaged.
    """
    fields, _, text = decompress(content).decode().partition("\n")
    title, date, source, author, url = json.loads(fields)
    day = datetime.date.fromisoformat(date) if date else None
    moment = datetime.datetime.fromtimestamp(indexed, datetime.UTC)
    return Article(name, title, text, day, source, author, url, moment)
