"""What has come to an index since it was looked at last, and which of it is known already."""

from __future__ import annotations

from typing import NamedTuple

from retrieval.index.documents import passage_documents
from retrieval.index.reader import IndexReader


class Stamp(NamedTuple):
    """How far an index has come.

    Args:
        version: of the analysis.
        generation: how often the articles have changed.
        last: the number of the article that came last. An article that is changed comes again.
    """

    version: str = ""
    generation: int = 0
    last: int = 0

    def is_before(self, later: Stamp) -> bool:
        """Whether what has come between the two is new; else the index was built anew, and all of it has come again."""
        return self.version == later.version and self.generation <= later.generation and self.last <= later.last


def stamp(index: IndexReader) -> Stamp:
    """How far an index had come when it was opened."""
    header = index.store.header
    return Stamp(header.version, header.generation, index.store.last_article)


def terms_by_article(index: IndexReader) -> dict[str, frozenset[str]]:
    """The terms of each article by its id, its title's included; the articles that came first stand first."""
    found: dict[int, set[str]] = {}
    for document in passage_documents(index.store):
        found.setdefault(document.owner, set()).update(document.terms.split())
    return {index.store.article(number).id: frozenset(found[number]) for number in sorted(found)}


def story_of(index: IndexReader, article: str) -> frozenset[str]:
    """The ids of the articles that tell the story of one, itself included.

    Args:
        index: where they are.
        article: the id of the one.
    """
    return index.store.story_of(article)
