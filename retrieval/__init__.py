"""Pasokh's retrieval: the sentences of a folder of Persian articles that speak of a question."""

from retrieval.corpus.articles import read_corpus, read_source
from retrieval.corpus.source import InMemory
from retrieval.errors import CorpusError, EngineError, IndexStoreError, LexiconError, PasokhError
from retrieval.indexing.worker import Report, refresh_stored, warm
from retrieval.query.question import MAX_QUESTION_LETTERS, Question
from retrieval.query.question_words import Seeks
from retrieval.ranking.confidence import MOST_SHOWN, Caution, found
from retrieval.retriever import DEFAULT_ENGINE, Retriever, default_data_folder
from retrieval.system.files import replace_file
from retrieval.system.processes import end_with_parent
from retrieval.system.progress import track
from retrieval.text.analyzer import Analyzer
from retrieval.text.orthography import bare
from retrieval.text.safe import for_message, for_terminal, printable
from retrieval.text.word_tables import word_set
from retrieval.types import Article, Hit, Passage, Sentence

__all__ = [
    "DEFAULT_ENGINE",
    "MAX_QUESTION_LETTERS",
    "MOST_SHOWN",
    "Analyzer",
    "Article",
    "Caution",
    "CorpusError",
    "EngineError",
    "Hit",
    "InMemory",
    "IndexStoreError",
    "LexiconError",
    "PasokhError",
    "Passage",
    "Question",
    "Report",
    "Retriever",
    "Seeks",
    "Sentence",
    "bare",
    "default_data_folder",
    "end_with_parent",
    "for_message",
    "for_terminal",
    "found",
    "printable",
    "read_corpus",
    "read_source",
    "refresh_stored",
    "replace_file",
    "track",
    "warm",
    "word_set",
]
