"""Other ranked indexes over the same terms: what the project's own engines are measured against.

Each is built from a file with a sentence's terms a line, separated by spaces, and gives the numbers of the ten best
sentences for a question's terms. None knows passages, titles or quotations: a search in them is a part of an answer.
Each imports its library when it is used, so that none has another's in its memory.

    python -m benchmarks.peers NAME TERMS FOLDER QUESTION       one search, the whole process
"""

from __future__ import annotations

import sqlite3
import sys
import weakref
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

import numpy as np

from retrieval import Analyzer, default_data_folder
from retrieval.engines.base import K1, B
from retrieval.text.lexicon import load

if TYPE_CHECKING:
    from bm25s import BM25

BEST = 10


class Peer(Protocol):
    """A ranked index."""

    @classmethod
    def build(cls, terms: Path, folder: Path) -> None:
        """Index the sentences in the file `terms` and store the index in `folder`, if it can be stored."""
        ...

    @classmethod
    def open(cls, terms: Path, folder: Path) -> Self:
        """The index, ready for questions; built first where it cannot be stored."""
        ...

    def search(self, terms: Sequence[str]) -> list[int]:
        """The numbers of at most `BEST` sentences, best first."""
        ...


class RankBM25:
    """rank-bm25 as it comes: every document is scored for every term. It stores nothing."""

    def __init__(self, terms: Path) -> None:
        from rank_bm25 import BM25Okapi  # noqa: PLC0415

        self.okapi = BM25Okapi(documents(terms), k1=K1, b=B)

    @classmethod
    def build(cls, terms: Path, folder: Path) -> None:  # noqa: ARG003
        """See `Peer.build`."""
        cls(terms)

    @classmethod
    def open(cls, terms: Path, folder: Path) -> Self:  # noqa: ARG003
        """See `Peer.open`."""
        return cls(terms)

    def search(self, terms: Sequence[str]) -> list[int]:
        """See `Peer.search`."""
        scores = self.okapi.get_scores(terms)
        best = np.argpartition(-scores, min(BEST, len(scores) - 1))[:BEST]
        numbers: list[int] = best[np.argsort(-scores[best], kind="stable")].tolist()
        return numbers


class Bm25s:
    """bm25s: every score computed at building, into a sparse matrix; numba's loops at asking."""

    def __init__(self, index: BM25) -> None:
        self.index = index

    @classmethod
    def build(cls, terms: Path, folder: Path) -> None:
        """See `Peer.build`."""
        from bm25s import BM25  # noqa: PLC0415

        vocabulary: dict[str, int] = {}
        numbers = [[vocabulary.setdefault(term, len(vocabulary)) for term in document] for document in documents(terms)]
        index = BM25(k1=K1, b=B, backend="numba")
        index.index((numbers, vocabulary), show_progress=False)
        index.save(folder, show_progress=False)

    @classmethod
    def open(cls, terms: Path, folder: Path) -> Self:  # noqa: ARG003
        """See `Peer.open`."""
        from bm25s import BM25  # noqa: PLC0415

        return cls(BM25.load(folder, show_progress=False))

    def search(self, terms: Sequence[str]) -> list[int]:
        """See `Peer.search`."""
        known = [term for term in terms if term in self.index.vocab_dict]
        if not known:
            return []
        k = min(BEST, self.index.scores["num_docs"])
        numbers: list[int] = self.index.retrieve([known], k=k, show_progress=False).documents[0].tolist()
        return numbers


class Fts5:
    """SQLite's FTS5 without the documents' text, so that only the index is measured."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        weakref.finalize(self, database.close)

    @classmethod
    def build(cls, terms: Path, folder: Path) -> None:
        """See `Peer.build`."""
        database = sqlite3.connect(folder / "index.db")
        # A build that breaks off is begun anew: no journal is needed.
        database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE VIRTUAL TABLE sentence USING fts5(terms, content='', tokenize='unicode61 remove_diacritics 0');"
        )
        with open(terms, encoding="utf-8") as lines, database:
            database.executemany("INSERT INTO sentence (rowid, terms) VALUES (?, ?)", enumerate(lines))
        with database:
            database.execute("INSERT INTO sentence (sentence) VALUES ('optimize')")
        database.close()

    @classmethod
    def open(cls, terms: Path, folder: Path) -> Self:  # noqa: ARG003
        """See `Peer.open`."""
        return cls(sqlite3.connect(folder / "index.db"))

    def search(self, terms: Sequence[str]) -> list[int]:
        """See `Peer.search`."""
        query = " OR ".join(f'"{term}"' for term in terms)
        found = self.database.execute(
            "SELECT rowid FROM sentence WHERE sentence MATCH ? ORDER BY rank LIMIT ?", (query, BEST)
        )
        return [number for (number,) in found] if query else []


PEERS: dict[str, type[Peer]] = {"rank-bm25 (plain)": RankBM25, "bm25s": Bm25s, "SQLite FTS5": Fts5}


def documents(terms: Path) -> Iterator[list[str]]:
    """Each sentence's terms; a term that occurs again is the same string, so that it takes memory once."""
    with open(terms, encoding="utf-8") as lines:
        for line in lines:
            yield [sys.intern(term) for term in line.split()]


def asked_terms(analyzer: Analyzer, question: str) -> list[str]:
    """A question's terms, each once."""
    return list(dict.fromkeys(analyzer.terms(question)))


def main(arguments: Sequence[str]) -> int:
    """Open an index, ask it once, print the numbers found."""
    name, terms, folder, question = arguments
    analyzer = Analyzer(load(default_data_folder()))
    print(PEERS[name].open(Path(terms), Path(folder)).search(asked_terms(analyzer, question)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
