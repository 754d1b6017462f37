"""Batches go from one machine to another, and say the same there."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest

from retrieval import Analyzer
from retrieval.corpus.readers.record import RawRecord
from retrieval.errors import DamagedError
from retrieval.index.passage_format import WORD, pack
from retrieval.index.stored_article import AnalysedArticle
from retrieval.indexing.analysts import BatchAnalyzer
from retrieval.indexing.batch_format import BatchPacker, pack_tasks, unpack_batch, unpack_tasks
from retrieval.indexing.batches import Batch, Fault, Task

BATCHES = (
    ("پل نو در سال ۱۳۹۰ ساخته شد. شهردار آن را گشود.", "\u200cنیم‌فاصله‌ها می‌مانند؟"),
    ("# سرفصل\n\nشهردار باغ را گشود.", ""),
)


def tasks(texts: Sequence[str]) -> list[Task]:
    rows = [{"id": f"a{place}", "title": f"عنوان {place}", "text": text} for place, text in enumerate(texts)]
    contents = [json.dumps(row, ensure_ascii=False).encode() for row in rows] + [b"{", b"\xff\xfe"]
    return [Task(RawRecord("f.jsonl", line, one), bytes([line]) * 16) for line, one in enumerate(contents, start=1)]


def told(batch: Batch, names: Sequence[str]) -> list[object]:
    """What a batch says of each record: its faults, or all fields, with the names of units for their numbers."""
    found: list[object] = []
    for one in batch.results:
        if isinstance(one, AnalysedArticle):
            units = [names[number] for number in np.frombuffer(one.sentences.words, WORD.whole).tolist()]
            contexts = [(terms, spans) for terms, spans in one.sentences.contexts]
            found.append((one._replace(sentences=one.sentences._replace(words=b"", contexts=contexts)), units))
        else:
            found.append(one)
    return found


def test_a_batch_says_the_same_elsewhere(analyzer: Analyzer) -> None:
    here, there = BatchAnalyzer(analyzer), BatchPacker(BatchAnalyzer(analyzer))
    names: list[str] = []
    for texts in BATCHES:
        given = tasks(texts)
        assert unpack_tasks(pack_tasks(given)) == given
        own = here.batch(given)
        names += own.words
        brought = unpack_batch(there.packed(pack_tasks(given)))
        assert brought.anew
        assert told(brought, brought.words) == told(own, names)
        assert sum(isinstance(one, Fault) for one in brought.results) >= 2
        articles = [one for one in brought.results if isinstance(one, AnalysedArticle)]
        assert articles
        for one in articles:
            assert set(one.title.split()) <= set(brought.words)
            assert len(list(pack(one.sentences, np.arange(len(brought.words), dtype=np.int32)))) == len(
                one.sentences.sizes
            )


def test_a_damaged_batch_is_told(analyzer: Analyzer) -> None:
    packed = BatchPacker(BatchAnalyzer(analyzer)).packed(pack_tasks(tasks(BATCHES[0])))
    for damaged in (packed[:-9], b"", packed[:20] + b"x" + packed[21:]):
        with pytest.raises(DamagedError):
            unpack_batch(damaged)
