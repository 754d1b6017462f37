"""The sections of a newspaper: what articles of «خبر ورزشی» have instead of «ورزشی»."""

from __future__ import annotations

from dataclasses import replace

from retrieval.index.reader import IndexReader
from retrieval.query.matched_word import with_terms
from retrieval.query.question import Question
from retrieval.query.written_words import OneWay
from retrieval.text.analyzer import Analyzer


class Sections:
    """The table of sections in the terms of an analyzer.

    Args:
        analyzer: text → terms.
        index: the collection.
    """

    def __init__(self, analyzer: Analyzer, index: IndexReader) -> None:
        self._words = OneWay("newspaper_sections.txt", analyzer, index.sentence_engine.idf)
        self._knows = index.knows

    def widened(self, topic: Question) -> Question:
        """A topic that is the name of a section, with what its articles have; any other topic as it is."""
        weighed = [place for place, weight in enumerate(topic.weights) if weight]
        words = tuple(filter(self._knows, self._words.of(topic.query[weighed[0]].terms))) if len(weighed) == 1 else ()
        if not words:
            return topic
        query = list(topic.query)
        query[weighed[0]] = with_terms(query[weighed[0]], words)
        return replace(topic, query=tuple(query))
