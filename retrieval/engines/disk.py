"""The engine on disk: tantivy, for collections of hundreds of thousands of sentences and more.

tantivy (https://docs.rs/tantivy) is Lucene's design in Rust: immutable segments of postings, read through memory maps.
It differs from the other engine in four ways. BM25's parameters are fixed. A document's length is rounded. The scores
of a group's terms add up. And no posting is skipped: block-max WAND, which would do so, is not used where a search
comes from Python, since its `MultiCollector` reads every posting. So `search` itself keeps the postings few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Self

from retrieval.engines import segments
from retrieval.engines.base import Candidate, Document, Group, Query, inverse_document_frequency
from retrieval.engines.nominating import essential
from retrieval.errors import DamagedError, EngineError, IndexStoreError

try:
    import tantivy
except ImportError as error:
    raise EngineError("the engine «tantivy» is not installed; run: pip install 'pasokh[disk]'") from error

WRITER_MEMORY = 200_000_000
"""Bytes of postings that are gathered before they become a segment."""

_NUMBER_RANGE = 1 << 40
_SPREAD = 0x9E3779B97F
_GATHER = pow(_SPREAD, -1, _NUMBER_RANGE)
"""The numbers of documents are stored multiplied by an odd factor modulo 2⁴⁰, and read by the factor's inverse.

Stored as they are, ascending, tantivy would compress them in blocks by their slope, and would read the slopes of all
two thousand blocks for each search: 37 µs instead of 1.
"""

REMEMBERED_TERMS = 1 << 16
"""Terms whose document frequency and idf are kept."""

_PANIC = "PanicException"
"""The name of the exception that a panic of Rust raises; its class cannot be imported."""

_MUST, _SHOULD = tantivy.Occur.Must, tantivy.Occur.Should

_TERMS, _NUMBER, _OWNER, _BLANKS = "terms", "number", "owner", "blanks"


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(_TERMS, tokenizer_name=_BLANKS, index_option="freq")
    builder.add_unsigned_field(_NUMBER, fast=True)
    builder.add_unsigned_field(_OWNER, indexed=True)
    return builder.build()


class DiskEngine:
    """tantivy behind the `StoredEngine` protocol; it sees the index as it was when it was opened.

    Args:
        index: tantivy's index.
        folder: where it is stored; None where it is in memory.
    """

    adds_up = True
    rounds, counts_empty = True, True
    k1, b = 1.2, 0.75  # fixed in tantivy, see its `query/bm25.rs`

    def __init__(self, index: tantivy.Index, folder: Path | None = None) -> None:
        self._folder = folder
        self._schema, self._searcher = index.schema, index.searcher()
        self.document_frequency = lru_cache(REMEMBERED_TERMS)(self._document_frequency)
        self.idf = lru_cache(REMEMBERED_TERMS)(self._idf)

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
            for file in segments.files(folder):
                segments.check(file, whole=False)
            return cls(tantivy.Index.open(str(folder)), folder)

    def __len__(self) -> int:
        """See `Engine.__len__`."""
        return int(self._searcher.num_docs)

    def search(self, query: Query, k: int) -> list[Candidate]:
        """See `Engine.search`.

        A candidate has at least one of the rarest groups (see `essential`); the other groups only add to its score
        (Turtle and Flood, «Query evaluation: strategies and optimizations», 1995).
        """
        needed, added = essential(filter(None, map(self._clauses, query)))
        if not needed:
            return []
        wanted = tantivy.Query.boolean_query(list(chain.from_iterable(needed)))
        for clauses in added:
            # Group by group: to merge them first takes longer than to look each up.
            wanted = tantivy.Query.boolean_query([(_MUST, wanted), *clauses])
        return sorted(self._best(wanted, k), key=lambda candidate: (-candidate.score, candidate.document))

    def _clauses(self, group: Group) -> tuple[int, list[tuple[tantivy.Occur, tantivy.Query]]] | None:
        """How many documents have a group's terms, and the clauses that find them; None where no document has one."""
        shares = [
            (found, term, share) for term, share in group.shares.items() if (found := self.document_frequency(term))
        ]
        if not shares:
            return None
        boosted, weight = tantivy.Query.boost_query, group.weight
        return sum(found for found, _, _ in shares), [
            (_SHOULD, boosted(self._term(term), weight * share)) for _, term, share in shares
        ]

    def together(self, terms: Sequence[str], k: int) -> list[int]:
        """See `Engine.together`."""
        if not terms or not all(map(self.document_frequency, terms)):
            return []
        every = [(_MUST, self._term(term)) for term in terms]
        return [found.document for found in self._best(tantivy.Query.boolean_query(every), k)]

    def check(self) -> None:
        """See `Engine.check`."""
        if self._folder is not None:
            with _translated(self._folder, DamagedError):
                for file in segments.files(self._folder):
                    segments.check(file, whole=True)

    def _best(self, query: tantivy.Query, k: int) -> list[Candidate]:
        if k <= 0:
            return []
        try:  # to enter `_translated` takes twice as long as to look up a word
            hits = self._searcher.search(query, k, count=False).hits
            numbers = self._searcher.fast_field_values(_NUMBER, [address for _, address in hits])
        except BaseException:
            with _translated(self._folder, DamagedError):
                raise
        return [
            Candidate(int(number or 0) * _GATHER % _NUMBER_RANGE, score)
            for number, (score, _) in zip(numbers, hits, strict=True)
        ]

    def _term(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, _TERMS, term, "freq")

    def _idf(self, term: str) -> float:
        """See `Statistics.idf`."""
        return inverse_document_frequency(self.document_frequency(term), len(self))

    def _document_frequency(self, term: str) -> int:
        """See `Statistics.document_frequency`; removed documents are counted until their segment is merged."""
        try:
            return int(self._searcher.doc_freq(_TERMS, term))
        except BaseException:
            with _translated(self._folder, DamagedError):
                raise


class DiskWriter:
    """tantivy behind the `Writer` protocol."""

    def __init__(self, index: tantivy.Index, folder: Path | None = None) -> None:
        self._folder, self._index = folder, index
        blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer(_BLANKS, blanks)
        self._writer = index.writer(WRITER_MEMORY, 1)  # one thread, so that documents keep their order

    def add(self, documents: Iterable[Document]) -> None:
        """See `Writer.add`."""
        new, add = tantivy.Document, self._writer.add_document
        with _translated(self._folder):
            for number, owner, terms in documents:
                entry = new()
                entry.add_unsigned(_NUMBER, number * _SPREAD % _NUMBER_RANGE)
                entry.add_unsigned(_OWNER, owner)
                entry.add_text(_TERMS, terms)
                add(entry)

    def commit(self, removed: Iterable[int]) -> None:
        """See `Writer.commit`."""
        with _translated(self._folder):
            for owner in removed:
                # `delete_documents` takes a number for a signed one, and finds nothing in an unsigned field.
                self._writer.delete_documents_by_query(tantivy.Query.term_query(self._index.schema, _OWNER, owner))
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._index.reload()


@contextmanager
def _translated(folder: Path | None, kind: type[IndexStoreError] = IndexStoreError) -> Iterator[None]:
    """Turn the errors of tantivy and of the file system into the project's own."""
    try:
        yield
    except BaseException as error:
        if not isinstance(error, ValueError | OSError) and type(error).__name__ != _PANIC:
            raise
        reason = (error.strerror if isinstance(error, OSError) else None) or " ".join(str(error).split())
        raise kind(f"{folder}: the index of the engine cannot be used ({reason})") from error
