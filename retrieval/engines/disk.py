"""The engine on disk: tantivy, for collections of hundreds of thousands of sentences and more.

tantivy (https://docs.rs/tantivy) is Lucene's design in Rust: immutable segments of postings, read through memory maps,
and block-max WAND, which passes over what cannot be among the best. Three things are its own: BM25's parameters are
fixed, a document's length is rounded, and only a plain disjunction of terms is pruned, so the terms of a group add up.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import Struct
from typing import Self
from zlib import crc32

from retrieval.engines.base import Candidate, Document, Query, inverse_document_frequency
from retrieval.errors import DamagedError, EngineError, IndexStoreError

try:
    import tantivy
except ImportError as error:
    raise EngineError("the engine «tantivy» is not installed; run: pip install 'pasokh[disk]'") from error

K1, B = 1.2, 0.75
"""What tantivy has for BM25's parameters (its `query/bm25.rs`)."""

HEAP = 200_000_000
"""Bytes of postings that are gathered before they become a segment."""

COMMON, ENOUGH = 10_000, 2
"""Documents with a group beyond which it nominates no candidates, and how many other groups it takes for that."""

REMEMBERED = 1 << 16
"""Terms whose frequency is kept: those of everyday questions."""

_TAIL, _MAGIC = Struct("<II"), 1337
"""How a file of tantivy's ends (its `directory/footer.rs`)."""

_PANIC = "PanicException"
"""What a panic of Rust's is called in Python, where its class cannot be imported."""

_TERMS, _NUMBER, _OWNER, _BLANKS = "terms", "number", "owner", "blanks"


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(_TERMS, tokenizer_name=_BLANKS, index_option="freq")
    builder.add_unsigned_field(_NUMBER, fast=True)
    builder.add_unsigned_field(_OWNER, indexed=True)
    return builder.build()


class DiskEngine:
    """tantivy behind the `Engine` protocol; what it sees is the state at the time it was opened."""

    adds_up = True
    k1, b = K1, B

    def __init__(self, index: tantivy.Index, folder: Path | None = None) -> None:
        self._folder = folder
        self._schema, self._searcher = index.schema, index.searcher()
        self.document_frequency = lru_cache(REMEMBERED)(self._document_frequency)

    @classmethod
    def build(cls, documents: Iterable[Document], *, k1: float, b: float) -> Self:  # noqa: ARG003  # both are fixed
        """See `Engine.build`."""
        index = tantivy.Index(_schema())
        writer = DiskWriter(index)
        writer.add(documents)
        writer.commit(())
        return cls(index)

    @classmethod
    def write(cls, folder: Path) -> DiskWriter:
        """See `StoredEngine.write`."""
        with _translated(folder):
            folder.mkdir(parents=True, exist_ok=True)
            return DiskWriter(tantivy.Index(_schema(), str(folder)), folder)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """See `StoredEngine.open`."""
        with _translated(folder, DamagedError):
            for file in _files(folder):
                _check(file, whole=False)
            return cls(tantivy.Index.open(str(folder)), folder)

    def __len__(self) -> int:
        """See `Engine.__len__`."""
        return int(self._searcher.num_docs)

    def search(self, query: Query, k: int) -> list[Candidate]:
        """See `Engine.search`."""
        either = tantivy.Occur.Should
        wanted = [
            (either, tantivy.Query.boost_query(self._term(term), group.weight * share))
            for group in self._telling(query)
            for term, share in group.shares.items()
            if self.document_frequency(term)
        ]
        found = self._best(tantivy.Query.boolean_query(wanted), k) if wanted else []
        return sorted(found, key=lambda candidate: (-candidate.score, candidate.document))

    def _telling(self, query: Query) -> Query:
        """The groups that nominate candidates: without the commonest where `ENOUGH` others are known.

        A document that has the common words of a question alone is no candidate for its answer, and to find that out
        takes three quarters of the time at a million sentences.
        """
        frequencies = [sum(map(self.document_frequency, group.shares)) for group in query]
        telling = [group for group, found in zip(query, frequencies, strict=True) if 0 < found <= COMMON]
        return telling if len(telling) >= ENOUGH else query

    def together(self, terms: Sequence[str], k: int) -> list[int]:
        """See `Engine.together`."""
        if not terms or not all(map(self.document_frequency, terms)):
            return []
        every = [(tantivy.Occur.Must, self._term(term)) for term in terms]
        return [found.document for found in self._best(tantivy.Query.boolean_query(every), k)]

    def idf(self, term: str) -> float:
        """See `Statistics.idf`."""
        return inverse_document_frequency(self.document_frequency(term), len(self))

    def check(self) -> None:
        """See `Engine.check`."""
        if self._folder is not None:
            with _translated(self._folder, DamagedError):
                for file in _files(self._folder):
                    _check(file, whole=True)

    def _best(self, query: tantivy.Query, k: int) -> list[Candidate]:
        if k <= 0:
            return []
        with _translated(self._folder, DamagedError):
            hits = self._searcher.search(query, k, count=False).hits
            numbers = self._searcher.fast_field_values(_NUMBER, [address for _, address in hits])
        return [Candidate(int(number or 0), score) for number, (score, _) in zip(numbers, hits, strict=True)]

    def _term(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, _TERMS, term, "freq")

    def _document_frequency(self, term: str) -> int:
        """See `Statistics.document_frequency`; removed documents count until their segment is merged."""
        try:  # to enter a context takes twice as long as to look up a word, and corrections look up dozens
            return int(self._searcher.doc_freq(_TERMS, term))
        except BaseException:
            with _translated(self._folder, DamagedError):
                raise


class DiskWriter:
    """See `Writer`."""

    def __init__(self, index: tantivy.Index, folder: Path | None = None) -> None:
        self._folder, self._index = folder, index
        blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer(_BLANKS, blanks)
        self._writer = index.writer(HEAP, 1)  # one thread, so that documents keep their order

    def add(self, documents: Iterable[Document]) -> None:
        """See `Writer.add`."""
        new, add = tantivy.Document, self._writer.add_document
        with _translated(self._folder):
            for number, owner, terms in documents:
                entry = new()
                entry.add_unsigned(_NUMBER, number)
                entry.add_unsigned(_OWNER, owner)
                entry.add_text(_TERMS, terms)
                add(entry)

    def commit(self, removed: Iterable[int]) -> None:
        """See `Writer.commit`."""
        with _translated(self._folder):
            for owner in removed:
                # Its way by a term takes numbers for signed ones, and finds none of an unsigned field.
                self._writer.delete_documents_by_query(tantivy.Query.term_query(self._index.schema, _OWNER, owner))
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._index.reload()


def _files(folder: Path) -> list[Path]:
    """The files of the segments in force. tantivy trusts them, so that a damaged one can make it panic."""
    try:
        segments = json.loads((folder / "meta.json").read_bytes())["segments"]
        names = {segment["segment_id"].replace("-", "") for segment in segments}
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("meta.json is damaged") from error
    return [file for file in folder.iterdir() if file.name.partition(".")[0] in names]


def _check(file: Path, *, whole: bool) -> None:
    """See that a file has its footer, and where the `whole` is asked for, that its content has the footer's checksum.

    A file ends with a footer in JSON, the footer's length, and a magic number.
    """
    with file.open("rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_READ) as content:
        end = len(content) - _TAIL.size
        size, magic = _TAIL.unpack_from(content, end) if end > 0 else (0, 0)
        if magic != _MAGIC:
            raise ValueError(f"{file.name} is cut short")
        if whole:
            with memoryview(content) as view, view[: end - size] as checked:
                right = crc32(checked) == json.loads(content[end - size : end])["crc"]
            if not right:
                raise ValueError(f"{file.name} is damaged")


@contextmanager
def _translated(folder: Path | None, kind: type[IndexStoreError] = IndexStoreError) -> Iterator[None]:
    """Turn what tantivy and the file system raise into the project's own error."""
    try:
        yield
    except BaseException as error:
        if not isinstance(error, ValueError | OSError) and type(error).__name__ != _PANIC:
            raise
        reason = (error.strerror if isinstance(error, OSError) else None) or " ".join(str(error).split())
        raise kind(f"{folder}: the index of the engine cannot be used ({reason})") from error
