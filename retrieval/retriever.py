"""The public door: a corpus in, a question in, ranked sentences out."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Self, cast

from retrieval.corpus.folder import Folder
from retrieval.corpus.source import Source
from retrieval.engines import AUTO
from retrieval.errors import CorpusError, IndexStoreError
from retrieval.index import coming
from retrieval.index.articles import Articles
from retrieval.index.coming import Stamp
from retrieval.index.part import alone, among
from retrieval.index.reader import IndexReader
from retrieval.index.view import Holds
from retrieval.indexing.opening import kept_index, open_index
from retrieval.indexing.spec import Announce, IndexSpec, Track, silent, untracked
from retrieval.query import question as questions
from retrieval.query import synonyms
from retrieval.query.corrections import MAX_ERRORS
from retrieval.query.matching import Matcher
from retrieval.query.question import Question
from retrieval.query.sections import Sections
from retrieval.query.synonyms import Synonyms
from retrieval.ranking import weights
from retrieval.ranking.articles import rank_articles
from retrieval.ranking.following import rank_following, shipped_following, terms_around
from retrieval.ranking.hits import ArticleHit, Hit
from retrieval.ranking.rank import Ranker
from retrieval.system.files import default_data_folder
from retrieval.text import lexicon
from retrieval.text.analyzer import Analyzer
from retrieval.types import Form, Line

DEFAULT_ENGINE = AUTO
"""The engine of whoever names none."""

REMEMBERED_QUESTIONS = 64
"""Questions whose reading is kept: an answer and what follows it read each several times."""

REMEMBERED_PLACES = 4096
"""Places of answers whose sentences are kept: those that the latest questions go on with."""


class Retriever:
    """Finds the sentences of a corpus that speak of a question. `from_corpus` and `over` make one.

    Args:
        index: the open index.
        spec: how the index was made.
        data: the folder of stored indexes; None where the index is not stored.
        part_of: of what it is a part, and of which articles; None for a retriever over all.
        max_errors: how many typing errors a word of a question may have, 1 or `MAX_ERRORS`.
        known: the synonyms, where they are read already; they go by the index's statistics.

    Raises:
        CorpusError: the corpus's synonyms cannot be read.
    """

    def __init__(
        self,
        index: IndexReader,
        spec: IndexSpec,
        data: Path | None = None,
        part_of: tuple[Retriever, Holds] | None = None,
        max_errors: int = MAX_ERRORS,
        *,
        known: Synonyms | None = None,
    ) -> None:
        self.index, self.analyzer = index, spec.analyzer
        self._spec, self.stored_in, self._part_of = spec, data, part_of
        engine, tables = index.sentence_engine, data or default_data_folder()
        self._ranker = Ranker(index, weights.shipped(), self.analyzer)
        self._known = known or synonyms.load(self.analyzer, engine.idf, index.source.synonyms, tables)
        matcher = Matcher(self.analyzer, index, self._known, tables, max_errors)
        self._read = lru_cache(REMEMBERED_QUESTIONS)(lambda text, day: questions.read(text, matcher, engine, day))
        self.synonyms_of, self.of_section = self._known.others, Sections(self.analyzer, index).widened
        self.sentence_at = lru_cache(REMEMBERED_PLACES)(self._sentence_at)

    @classmethod
    def from_corpus(
        cls,
        corpus: str | Path,
        engine: str = DEFAULT_ENGINE,
        *,
        data: Path | None = None,
        announce: Announce = silent,
        track: Track = untracked,
    ) -> Self:
        """A retriever over the articles of a folder, or of one file; see `over`."""
        return cls.over(Folder(Path(corpus)), engine, data=data, announce=announce, track=track)

    @classmethod
    def over(
        cls,
        source: Source,
        engine: str = DEFAULT_ENGINE,
        *,
        data: Path | None = None,
        announce: Announce = silent,
        track: Track = untracked,
    ) -> Self:
        """A retriever over the articles of a source.

        Args:
            source: where the articles come from.
            engine: the ranked index to use: `rank-bm25`, `tantivy`, or `auto`, which goes by the bytes of the files.
            data: the folder for word tables and stored indexes; by default `default_data_folder()` keeps the word
                tables, and no index is stored.
            announce: told in one line why the caller waits, and what cannot be written.
            track: shows progress while articles are indexed.

        Raises:
            CorpusError: the source is missing or has no readable article. Single files that cannot be read are in
                `problems` instead.
            EngineError: there is no engine of that name.
            LexiconError: hazm's word tables cannot be compiled.
        """
        analyzer = Analyzer(lexicon.load(data or default_data_folder(), announce))
        spec = IndexSpec(engine, analyzer, announce, track)
        return cls(open_index(source, data, spec), spec, data)

    @classmethod
    def as_stored(cls, corpus: str | Path, engine: str, data: Path) -> Self:
        """A retriever over the stored index of a corpus, whose files are not looked at; see `renewed`."""
        spec = IndexSpec(engine, Analyzer(lexicon.load(data)))
        return cls(kept_index(Folder(Path(corpus)), data, spec).snapshot(), spec, data)

    def renewed(self) -> Self:
        """A retriever over the stored index as it is now, after another process has brought it up to date.

        Raises:
            IndexStoreError: it is not stored, or cannot be read.
            CorpusError: the corpus's synonyms cannot be read.
        """
        if self._part_of is not None:
            whole, holds = self._part_of
            return cast("Self", whole.renewed().within(holds))
        if self.stored_in is None:
            raise IndexStoreError("no folder for indexes was given, so none is stored")
        snapshot = kept_index(self.index.source, self.stored_in, self._spec).snapshot()
        return type(self)(snapshot, self._spec, self.stored_in)

    def within(self, holds: Holds) -> Self:
        """A retriever over some of the stored articles, which knows of no others; see `part.alone`."""
        return type(self)(alone(self.index, holds), self._spec, self.stored_in, (self, holds))

    def among(self, holds: Holds) -> Self:
        """A retriever over some articles, whose words tell as much as among all stored ones; see `part.among`.

        A name that no article has yet may be what is waited for: no other name, two typing errors away, stands for it.
        """
        return type(self)(among(self.index, holds), self._spec, self.stored_in, (self, holds), 1, known=self._known)

    @property
    def whole(self) -> Retriever:
        """The retriever over all articles, which for a part is another."""
        return self._part_of[0].whole if self._part_of else self

    @property
    def corpus(self) -> Path:
        """The folder of articles, or the one file; see `Source.path`."""
        return self.index.source.path

    @property
    def engine(self) -> str:
        """The engine's name as it was given, which may be `auto`."""
        return self._spec.engine

    @property
    def updated(self) -> datetime.datetime:
        """When the articles last changed."""
        return self.index.updated

    @property
    def stamp(self) -> Stamp:
        """How far the index had come when it was opened."""
        return coming.stamp(self.index)

    @property
    def articles(self) -> Articles:
        """The articles in the order of the corpus. Each is read when it is asked for."""
        return self.index.articles

    @property
    def sentences(self) -> int:
        """The number of sentences."""
        return self.index.totals.sentences

    def lines(self, article: str) -> list[Line]:
        """The sentences of the article with an id, in order, each with what it is; [] where there is none."""
        return self.index.lines(article)

    def _sentence_at(self, article: str, place: int) -> int | None:
        """The number of the sentence of the article with an id that holds a place of its text, or else the next one."""
        return next((line.number for line in self.lines(article) if line.span[1] > place), None)

    def sentences_of(self, article: str) -> int:
        """The number of sentences of the article with an id; 0 where there is none."""
        return self.index.sentences_of(article)

    @property
    def problems(self) -> tuple[CorpusError, ...]:
        """What of the corpus could not be read."""
        return self.index.problems

    def read(self, question: str, today: datetime.date | None = None) -> Question:
        """What a question asks, its terms weighed by this corpus; `today` is what «امروز» means in it."""
        return self._read(question, today or datetime.date.today())

    def search(self, question: str | Question, k: int = 10, *, explain: bool = False) -> list[Hit]:
        """The `k` best hits, best first; [] where nothing matches.

        Args:
            question: as it was typed, or as `read` returned it.
            k: how many hits at the most.
            explain: whether the hits say what each feature added to their score.
        """
        return self._ranker.hits(self.read(question) if isinstance(question, str) else question, k, explain=explain)

    def search_beside(self, question: Question, near: int, k: int = 10, quoted: Collection[int] = ()) -> list[Hit]:
        """The `k` best hits in the article of the answer before, best first; [] where the question has no terms.

        Args:
            question: as `read` returned it.
            near: the number (`Hit.number`) of the sentence that answered the question before it.
            k: how many hits at the most.
            quoted: the numbers of the sentences that answered those before that one.
        """
        told, first = shipped_following(), weights.shipped()
        return rank_following(question, self.index, told, first, self.analyzer, k=k, near=near, quoted=quoted)

    def terms_beside(self, question: Question, near: int) -> frozenset[str]:
        """The question's terms that the article of the answer before has; for the arguments see `search_beside`."""
        return terms_around(question, self.index, near)

    def search_articles(self, topic: str | Question, k: int = 10, having: Form | None = None) -> list[ArticleHit]:
        """The `k` articles that speak most of a topic, best first; [] where nothing matches.

        Args:
            topic: as it was typed, or as `read` returned it.
            k: how many articles at the most.
            having: the form of the sentences that are looked for in them; [] where none of the likely articles has any.
        """
        return rank_articles(self.read(topic) if isinstance(topic, str) else topic, self.index, k, having)
