"""Pasokh's retrieval: the sentences of a folder of Persian articles that speak of a question.

This is the front door: `Retriever`, the values that it gives, and the errors. Four rooms have doors of their own:
`retrieval.text` (letters, and what may be shown), `retrieval.indexing` (an index kept up to date by another process),
`retrieval.corpus.fetching` (articles from the web) and `retrieval.system` (files, processes, progress). All else is
inside.
"""

import os

# OpenBLAS starts a thread for each further core, and they spin: a fifth of the processor time that a start takes. The
# matrices here are too small to gain by them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from retrieval.corpus.articles import read_corpus, read_source
from retrieval.corpus.folder import SOURCES
from retrieval.corpus.source import InMemory
from retrieval.errors import CorpusError, EngineError, IndexStoreError, LexiconError, PasokhError
from retrieval.index.coming import Stamp, story_of, terms_by_article
from retrieval.index.view import Holds
from retrieval.query.courtesy import is_courtesy
from retrieval.query.later_times import counted_on
from retrieval.query.numbers import amount
from retrieval.query.period import NO_TIME, NamedTime, Period, When, when
from retrieval.query.question import MAX_QUESTION_LETTERS, Question
from retrieval.query.question_words import Seeks, asks, is_predicate
from retrieval.ranking.answerability import MAX_QUOTATIONS, Caution, answer_probability
from retrieval.ranking.hits import ArticleHit, Hit
from retrieval.retriever import DEFAULT_ENGINE, Retriever
from retrieval.system.files import default_data_folder
from retrieval.text.analyzer import Analyzer, Token
from retrieval.types import Article, Form, Line, Passage, Sentence, Span

__all__ = [
    "DEFAULT_ENGINE",
    "MAX_QUESTION_LETTERS",
    "MAX_QUOTATIONS",
    "NO_TIME",
    "SOURCES",
    "Analyzer",
    "Article",
    "ArticleHit",
    "Caution",
    "CorpusError",
    "EngineError",
    "Form",
    "Hit",
    "Holds",
    "InMemory",
    "IndexStoreError",
    "LexiconError",
    "Line",
    "NamedTime",
    "PasokhError",
    "Passage",
    "Period",
    "Question",
    "Retriever",
    "Seeks",
    "Sentence",
    "Span",
    "Stamp",
    "Token",
    "When",
    "amount",
    "answer_probability",
    "asks",
    "counted_on",
    "default_data_folder",
    "is_courtesy",
    "is_predicate",
    "read_corpus",
    "read_source",
    "story_of",
    "terms_by_article",
    "when",
]
