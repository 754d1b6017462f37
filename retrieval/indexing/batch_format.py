"""Batches of records, and what the analysis makes of them, as bytes that go from one machine to another.

Numbers of units mean something in one process alone. So an analysed batch brings the names of all units that it has,
and its numbers are those of this list.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from retrieval.corpus.readers.record import RawRecord
from retrieval.errors import DamagedError
from retrieval.index.compression import compress, decompress
from retrieval.index.passage_format import WORD, AnalysedSentences
from retrieval.index.stored_article import AnalysedArticle
from retrieval.indexing.analysts import BatchAnalyzer
from retrieval.indexing.batches import Batch, Fault, Result, Task

FROM_ELSEWHERE = -1
"""The analyst of a batch that another machine has analysed."""


def pack_tasks(tasks: Iterable[Task]) -> bytes:
    """Tasks as bytes."""
    return _packed(
        [[task.record.name, task.record.line, _text(task.record.content), _text(task.digest)] for task in tasks]
    )


def unpack_tasks(packed: bytes) -> list[Task]:
    """What `pack_tasks` packed.

    Raises:
        DamagedError: it is damaged.
    """
    return [
        Task(RawRecord(name, line, b64decode(content)), b64decode(digest))
        for name, line, content, digest in _unpacked(packed)
    ]


class BatchPacker:
    """Analyses batch after batch, each of which can be read for itself.

    Args:
        analyst: what analyses.
    """

    def __init__(self, analyst: BatchAnalyzer) -> None:
        self._analyst = analyst
        self._names: list[str] = []

    def packed(self, tasks: bytes) -> bytes:
        """The results of some packed tasks, packed."""
        _, anew, words, results = self._analyst.batch(unpack_tasks(tasks))
        self._names = words if anew else self._names + words
        articles = [one for one in results if isinstance(one, AnalysedArticle)]
        used = [np.frombuffer(one.sentences.words, WORD.whole) for one in articles]
        numbers = np.unique(np.concatenate([np.empty(0, dtype=WORD.whole), *used]))
        names = [self._names[number] for number in numbers.tolist()]
        named = {term for one in articles for term in _named(one)} - set(names)
        found = (np.searchsorted(numbers, one).astype(WORD.whole).tobytes() for one in used)
        rows = [list(one) if isinstance(one, Fault) else _row(one, next(found)) for one in results]
        return _packed([names + sorted(named), rows])


def unpack_batch(packed: bytes) -> Batch:
    """What `BatchPacker` packed.

    Raises:
        DamagedError: it is damaged.
    """
    names, rows = _unpacked(packed)
    return Batch(
        FROM_ELSEWHERE, True, names, [Fault(*row) if len(row) == len(Fault._fields) else _article(row) for row in rows]
    )


def _named(article: AnalysedArticle) -> list[str]:
    """The terms of its title and of its contexts, which the store is to know too."""
    return " ".join([article.title, *(terms for terms, _ in article.sentences.contexts)]).split()


def _row(article: AnalysedArticle, words: bytes) -> list[Any]:
    sizes, rows, traits, _, terms, contexts = article.sentences
    sentences = [sizes, _text(rows), _text(traits), _text(words), terms, list(contexts)]
    fields = [article.id, article.line, _text(article.digest), article.date, _text(article.content), article.title]
    return [*fields, sentences, _text(article.sketch)]


def _article(row: Sequence[Any]) -> Result:
    name, line, digest, date, content, title, (sizes, rows, traits, words, terms, contexts), sketch = row
    named = [(terms_, spans) for terms_, spans in contexts]
    sentences = AnalysedSentences(sizes, b64decode(rows), b64decode(traits), b64decode(words), terms, named)
    return AnalysedArticle(name, line, b64decode(digest), date, b64decode(content), title, sentences, b64decode(sketch))


def _text(content: bytes) -> str:
    return b64encode(content).decode()


def _packed(content: object) -> bytes:
    return compress(json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _unpacked(packed: bytes) -> Any:
    try:
        return json.loads(decompress(packed).decode("utf-8", "surrogatepass"))
    except ValueError as error:
        raise DamagedError(f"a batch from another machine is damaged ({error})") from error
