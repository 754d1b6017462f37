"""What a store holds, as an engine takes it: the documents of both levels."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.engines import Document
from retrieval.index.passage_format import unpack
from retrieval.index.readable import ReadableStore
from retrieval.index.unit_table import tabulate


def sentence_documents(store: ReadableStore) -> Iterator[Document]:
    """All sentences, as an engine takes them."""
    names = store.units.names()
    for first, article, _, record in store.all_passages():
        for number, terms in enumerate(tabulate([unpack(record)]).terms(names), start=first):
            yield Document(number, article, terms)


def passage_documents(store: ReadableStore) -> Iterator[Document]:
    """All passages, each with its article's title, as an engine takes them."""
    names = store.units.names()
    for first, article, title, record in store.all_passages():
        yield Document(first, article, " ".join([title, *tabulate([unpack(record)]).terms(names)]))
