"""What a reader is shown of a hit; nothing of it is worked out before it is asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property

from retrieval.ranking.evidence import Evidence
from retrieval.ranking.quotation import MAX_QUOTE, quotation
from retrieval.text.analyzer import Analyzer
from retrieval.types import Article, Form, Sentence, Span


class EvidenceExcerpt:
    """An excerpt (see `retrieval.ranking.hits.Excerpt`) from the evidence that the hit was found by.

    Args:
        evidence: where the sentence stands.
        row: which it is.
        scores: its score and those of the other sentences that were compared closely, by row. No other is quoted along.
        analyzer: text → terms.
    """

    def __init__(self, evidence: Evidence, row: int, scores: Mapping[int, float], analyzer: Analyzer) -> None:
        self._evidence, self._row, self._scores, self._analyzer = evidence, row, scores, analyzer

    @cached_property
    def sentence(self) -> Sentence:
        """What was found."""
        return self._evidence.sentence(self._row)

    @cached_property
    def beside(self) -> tuple[Sentence | None, Sentence | None]:
        """The sentences before and behind it in its passage."""
        before, after = self._evidence.beside(self._row)
        return (
            None if before is None else self._evidence.sentence(before),
            None if after is None else self._evidence.sentence(after),
        )

    @cached_property
    def terms(self) -> tuple[frozenset[str], frozenset[str]]:
        """The question's terms that the sentence has, and those that its passage has."""
        return self._evidence.terms(self._row)

    @cached_property
    def form(self) -> Form:
        """What the sentence is."""
        return self._evidence.units.form(self._row)

    @cached_property
    def context(self) -> tuple[Span, ...]:
        """The spans of what names its passage: headings, a lead-in, a table's head row."""
        spans = self._evidence.block.contexts[self._evidence.passages.of[self._row]]
        return tuple((start, end) for start, end in json.loads(spans)) if spans else ()

    @cached_property
    def context_terms(self) -> frozenset[str]:
        """The question's terms in the article's title and in the context."""
        return self._evidence.context_terms(self._row)

    @cached_property
    def listed(self) -> tuple[Span, ...]:
        """The spans of the items that the sentence leads in or stands among; () where it is no part of a list."""
        if self.form is Form.SENTENCE:
            return ()
        first, behind = self._evidence.rows_around(self._row)
        if self.form is Form.LEAD_IN:  # its list is the next passage
            return tuple(self._evidence.index.block([int(self._evidence.numbers[behind - 1]) + 1]).units.spans())
        return tuple(self._evidence.units.span(row) for row in range(first, behind))

    @cached_property
    def copies(self) -> tuple[Article, ...]:
        """The other articles of the same story that have the sentence too, the newest first."""
        return self._evidence.index.copies_of(int(self._evidence.numbers[self._row]))

    @cached_property
    def quotation(self) -> tuple[int, int]:
        """The span of its article's text to quote."""
        if self.form is not Form.SENTENCE:
            return self.sentence.start, self.sentence.end
        start, end = self._in_prose()
        return self._with_speaker(start, end), end

    def _with_speaker(self, start: int, end: int) -> int:
        """Where a quotation begins whose speaker is named above it: with the name, if both fit."""
        text, context = self.sentence.article.text, self.context
        if not context or text[context[-1][1] - 1] != ":" or end - context[-1][0] > MAX_QUOTE:
            return start
        return context[-1][0] if not text[context[-1][1] : self.sentence.passage.start].strip() else start

    def _in_prose(self) -> tuple[int, int]:
        """The quotation of a sentence among others."""
        scored = [
            (self._evidence.sentence(row), self._scores[row])
            for row in self._evidence.beside(self._row)
            if row is not None and row in self._scores
        ]
        return quotation(self.sentence, scored, self._scores[self._row], self._evidence.question, self._analyzer)
