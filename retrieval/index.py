"""An index: a corpus's articles, passages and sentences, and an engine for each of the two levels.

`open_index` takes the stored one while it still fits the corpus, else reads, analyses and stores the corpus anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval import store, terms
from retrieval.articles import article_files, read_corpus
from retrieval.engines import Engine, engine_class
from retrieval.errors import CorpusError, IndexStoreError
from retrieval.sentences import passages, sentences
from retrieval.store import Analysed, Snapshot
from retrieval.terms import Analyzer, Unit, Units
from retrieval.types import Article, Sentence
from retrieval.units import Integers, UnitTable, Vocabulary, tabulate

K1, B = 0.9, 0.4
"""BM25's parameters: Anserini's defaults, and best on the judged questions too."""

VERSION = 3
"""Raised whenever the same corpus may give other articles, passages, sentences or traits, or the tables change."""

Announce = Callable[[str], None]
"""Told in one line what the caller should know."""

Track = Callable[[tuple[Article, ...]], Iterable[Article]]
"""Passes articles on while they are analysed, showing progress."""


@dataclass(frozen=True, slots=True)
class Index:
    """Everything a question is asked of.

    Args:
        articles: the corpus.
        problems: what of the corpus could not be read.
        sentences: all sentences in order; the sentence engine's documents.
        units: the sentences' units.
        titles: the articles' titles as units.
        marks: uint8, each sentence's punctuation as bits: see `_marks`.
        passage_numbers: for each sentence, its passage's number among the passage engine's documents.
        passage_starts: for each passage the number of its first sentence, then the number of all sentences.
        passage_articles: for each passage, its article's number.
        sentence_engine: over the sentences' terms.
        passage_engine: over the passages' terms, each with its article's title.
        mean_sentence, mean_passage: the mean lengths in terms.
    """

    articles: tuple[Article, ...]
    problems: tuple[CorpusError, ...]
    sentences: tuple[Sentence, ...]
    units: UnitTable
    titles: UnitTable
    marks: NDArray[np.uint8]
    passage_numbers: Integers
    passage_starts: Integers
    passage_articles: Integers
    sentence_engine: Engine
    passage_engine: Engine
    mean_sentence: float
    mean_passage: float

    def passage_bounds(self, sentence: int) -> tuple[int, int]:
        """The numbers of the first sentence of a sentence's passage and of the first one behind it."""
        passage = self.passage_numbers[sentence]
        return int(self.passage_starts[passage]), int(self.passage_starts[passage + 1])


def open_index(
    corpus: Path,
    *,
    engine: str,
    analyzer: Analyzer,
    folder: Path | None,
    announce: Announce,
    track: Track,
) -> Index:
    """The index of `corpus`.

    Args:
        corpus: a folder of articles, or one file.
        engine: an engine's name.
        analyzer: text → terms.
        folder: where indexes are stored; None stores none.
        announce: told of a stored index that had to be given up or could not be written.
        track: shows progress.

    Raises:
        CorpusError: the corpus is missing or has no readable article.
        EngineError: there is no such engine.
    """
    chosen = engine_class(engine)
    if folder is None:
        return _assemble(_analyse(corpus, analyzer, track), chosen)
    path = folder / f"index-{_digest([str(corpus.resolve())])}.bin"
    version = _digest([f"{VERSION} {terms.VERSION} {analyzer.lexicon.fingerprint}", *_file_states(corpus)])
    try:
        snapshot = store.load(path, version)
    except IndexStoreError as error:
        announce(f"{error}; it is built anew.")
        snapshot = None
    if snapshot is None:
        snapshot = _analyse(corpus, analyzer, track)
        try:
            store.save(path, version, snapshot)
        except IndexStoreError as error:
            announce(f"{error}; it will be built again next time.")
    return _assemble(snapshot, chosen)


def _analyse(corpus: Path, analyzer: Analyzer, track: Track) -> Snapshot:
    """Read a corpus, cut it into sentences and turn them into units."""
    found = read_corpus(corpus)
    return Snapshot(
        tuple(
            Analysed(
                article,
                analyzer.terms(article.title),
                [
                    [(sentence, analyzer.units(sentence.text)) for sentence in sentences(passage)]
                    for passage in passages(article)
                ],
            )
            for article in track(found.articles)
        ),
        found.problems,
    )


def _assemble(snapshot: Snapshot, engine: type[Engine]) -> Index:
    """Number the passages and sentences of a snapshot and build the engines."""
    numbered = [
        (number, article.title, passage)
        for number, article in enumerate(snapshot.articles)
        for passage in article.passages
    ]
    analysed = [pair for _, _, passage in numbered for pair in passage]
    sizes = [len(passage) for _, _, passage in numbered]
    starts = np.cumsum([0, *sizes])
    terms_of = [units.terms for _, units in analysed]
    passage_terms = [
        [*title, *chain.from_iterable(terms_of[start:end])]
        for (_, title, _), (start, end) in zip(numbered, pairwise(starts), strict=True)
    ]
    vocabulary = Vocabulary({}, {})
    titles = (Units([Unit(term, 0) for term in article.title], []) for article in snapshot.articles)
    return Index(
        articles=tuple(article.article for article in snapshot.articles),
        problems=snapshot.problems,
        sentences=tuple(sentence for sentence, _ in analysed),
        units=tabulate((units for _, units in analysed), vocabulary),
        titles=tabulate(titles, vocabulary),
        marks=np.array([_marks(sentence.text) for sentence, _ in analysed], dtype=np.uint8),
        passage_numbers=np.repeat(np.arange(len(sizes)), sizes),
        passage_starts=starts,
        passage_articles=np.array([number for number, _, _ in numbered], dtype=np.int64),
        sentence_engine=engine.build(terms_of, k1=K1, b=B),
        passage_engine=engine.build(passage_terms, k1=K1, b=B),
        mean_sentence=_mean_length(terms_of),
        mean_passage=_mean_length(passage_terms),
    )


def _mean_length(documents: Sequence[Sequence[str]]) -> float:
    """How many terms a document has; 1 where there are none, so that lengths can be divided by it."""
    return sum(map(len, documents)) / max(len(documents), 1) or 1.0


def _marks(text: str) -> int:
    """Commas (up to three) in the two lowest bits, then one bit each: a quotation, a parenthesis, a question mark."""
    commas = min(text.count("،"), 3)
    return commas | ("«" in text) << 2 | ("(" in text) << 3 | ("؟" in text) << 4


def _file_states(corpus: Path) -> Iterator[str]:
    """What changes when a file of the corpus is added, edited or removed."""
    for file in article_files(corpus):
        try:
            state = file.stat()
        except OSError:  # just removed, or out of reach; reading it tells
            continue
        yield f"{file} {state.st_size} {state.st_mtime_ns}"


def _digest(parts: Iterable[str]) -> str:
    return hashlib.blake2b("\n".join(parts).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
