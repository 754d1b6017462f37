"""Some articles of an index: as if there were no others, or weighed by the statistics of all of them."""

from __future__ import annotations

from retrieval.corpus.source import Source
from retrieval.engines import Engine, can_be_built
from retrieval.engines.base import K1, B
from retrieval.engines.memory import MemoryEngine, PartEngine
from retrieval.index.documents import passage_documents, sentence_documents
from retrieval.index.reader import IndexReader
from retrieval.index.view import Holds, View
from retrieval.text.vocabulary import Vocabulary


def alone(index: IndexReader, holds: Holds) -> IndexReader:
    """An index of some articles, which knows of no others; its engines are in memory.

    Args:
        index: of all articles.
        holds: which articles.

    Raises:
        IndexStoreError: the index is not stored, or cannot be read.
    """
    view, engine = _view(index, holds), type(index.sentence_engine)
    built: type[Engine] = engine if can_be_built(engine) else MemoryEngine
    levels = (built.build(documents(view), k1=K1, b=B) for documents in (sentence_documents, passage_documents))
    return IndexReader(index.source, view, *levels)


def among(index: IndexReader, holds: Holds) -> IndexReader:
    """An index of some articles, whose words tell as much as they do among all articles.

    What has just come is asked by it as it will be asked among all others.

    Args:
        index: of all articles.
        holds: which articles.

    Raises:
        IndexStoreError: the index is not stored, or cannot be read.
    """
    return _Part(index.source, _view(index, holds), index)


class _Part(IndexReader):
    """See `among`.

    Args:
        source: what is indexed.
        view: the articles.
        whole: the index of all.
    """

    def __init__(self, source: Source, view: View, whole: IndexReader) -> None:
        sentences = PartEngine(sentence_documents(view), whole.sentence_engine, whole.mean_sentence)
        passages = PartEngine(passage_documents(view), whole.passage_engine, whole.mean_passage)
        super().__init__(source, view, sentences, passages)
        self.totals, self._whole = whole.totals, whole

    @property
    def vocabulary(self) -> Vocabulary:
        """See `IndexReader.vocabulary`."""
        return self._whole.vocabulary


def _view(index: IndexReader, holds: Holds) -> View:
    """The view of some articles. Of a part only articles that it has itself are chosen."""
    view = index.store.narrowed(holds) if isinstance(index.store, View) else index.view(holds)
    view.hold()
    return view
