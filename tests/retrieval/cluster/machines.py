"""Machines that share a collection in a cluster, each with a folder of its own and the articles in a shared one."""

from __future__ import annotations

import json
from pathlib import Path

from retrieval import Analyzer, Retriever
from retrieval.corpus.folder import Folder
from retrieval.engines import CLUSTER
from retrieval.index.reader import IndexReader
from retrieval.indexing.cluster_index import ClusterIndex
from retrieval.indexing.opening import in_memory
from retrieval.indexing.spec import IndexSpec


class Machine:
    """One of them.

    Args:
        corpus: the shared folder of articles.
        folder: its own.
        analyzer: text → terms.
    """

    def __init__(self, corpus: Path, folder: Path, analyzer: Analyzer) -> None:
        self.corpus, self.folder, self.analyzer = corpus, folder, analyzer
        self.told: list[str] = []
        self.questions: list[tuple[str, str]] = []

    @property
    def index(self) -> ClusterIndex:
        return ClusterIndex(Folder(self.corpus), self.folder, self.spec())

    def spec(self, engine: str = CLUSTER) -> IndexSpec:
        return IndexSpec(engine, self.analyzer, self.told.append)

    def retriever(self) -> Retriever:
        return Retriever(self.index.snapshot(), self.spec(), self.folder)

    def in_memory(self) -> IndexReader:
        return in_memory(Folder(self.corpus), self.spec("rank-bm25"))

    def found(self, question: str) -> list[str]:
        """The ids of the articles of the hits."""
        return [hit.article.id for hit in self.retriever().search(question)]


def put(corpus: Path, name: str, text: str, title: str = "") -> None:
    """Write an article of its own file."""
    row = {"id": name, "title": title, "text": text}
    (corpus / f"{name}.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")


def fill(corpus: Path, count: int) -> list[tuple[str, str]]:
    """Write many articles; returns for each a question that it alone answers, and its id."""
    corpus.mkdir(exist_ok=True)
    rows, asked = [], []
    for number in range(count):
        name, word = f"a{number}", f"شهرک‌{number}"
        text = f"پل {word} در سال {1300 + number % 100} ساخته شد. شهردار {word} بودجه را تصویب کرد."
        rows.append(json.dumps({"id": name, "title": f"شهرک {number}", "text": text}, ensure_ascii=False))
        asked.append((f"پل {word} در چه سالی ساخته شد؟", name))
    (corpus / "many.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return asked
