"""An engine outside the package, as small as the protocol allows: it scores every document, and keeps them as JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

from retrieval.engines.base import K1, B, Candidate, Document, Group, Query, inverse_document_frequency
from retrieval.errors import IndexStoreError


class PlainEngine:
    """`Engine` and `StoredEngine` over a list of documents."""

    adds_up = False
    rounds, counts_empty = False, True

    def __init__(self, documents: Iterable[Document], k1: float = K1, b: float = B) -> None:
        self.k1, self.b = k1, b
        self.documents = list(documents)
        self._terms = [document.terms.split() for document in self.documents]

    @classmethod
    def build(cls, documents: Iterable[Document], *, k1: float, b: float) -> Self:
        return cls(documents, k1, b)

    @classmethod
    def write(cls, folder: Path) -> PlainWriter:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as error:
            raise IndexStoreError(f"{folder}: cannot be written ({error})") from error
        return PlainWriter(folder / "documents.json")

    @classmethod
    def open(cls, folder: Path) -> Self:
        return cls(_read(folder / "documents.json"))

    def __len__(self) -> int:
        return len(self.documents)

    def search(self, query: Query, k: int) -> list[Candidate]:
        scored = [
            Candidate(document.number, sum(self._group_score(group, terms) for group in query))
            for document, terms in zip(self.documents, self._terms, strict=True)
        ]
        found = [candidate for candidate in scored if candidate.score > 0]
        return sorted(found, key=lambda found: (-found.score, found.document))[: max(k, 0)]

    def together(self, terms: Sequence[str], k: int) -> list[int]:
        listed = zip(self.documents, self._terms, strict=True)
        holders = {document.number for document, held in listed if terms and {*terms} <= {*held}}
        ranked = self.search([Group((term,)) for term in terms], len(self))
        return [found.document for found in ranked if found.document in holders][:k]

    def check(self) -> None:
        """Nothing can be damaged that JSON would read."""

    def document_frequency(self, term: str) -> int:
        return sum(term in terms for terms in self._terms)

    def idf(self, term: str) -> float:
        return inverse_document_frequency(self.document_frequency(term), len(self))

    def _group_score(self, group: Group, terms: Sequence[str]) -> float:
        shares = group.shares.items()
        return group.weight * max((share * self._bm25(term, terms) for term, share in shares), default=0.0)

    def _bm25(self, term: str, terms: Sequence[str]) -> float:
        tf = terms.count(term)
        if not tf:
            return 0.0
        average = sum(map(len, self._terms)) / len(self._terms)
        norm = self.k1 * (1 - self.b + self.b * len(terms) / average)
        return self.idf(term) * tf * (self.k1 + 1) / (tf + norm)


class PlainWriter:
    """`Writer` over a file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._added: list[Document] = []

    def add(self, documents: Iterable[Document]) -> None:
        self._added += documents

    def commit(self, removed: Iterable[int]) -> None:
        gone = set(removed)
        before = _read(self._file) if self._file.exists() else []
        kept = [document for document in before if document.owner not in gone]
        written = self._file.with_suffix(".new")
        written.write_text(json.dumps(kept + self._added), encoding="utf-8")
        os.replace(written, self._file)


def _read(file: Path) -> list[Document]:
    try:
        return [Document(*row) for row in json.loads(file.read_text(encoding="utf-8"))]
    except (OSError, ValueError) as error:
        raise IndexStoreError(f"{file}: cannot be read ({error})") from error
