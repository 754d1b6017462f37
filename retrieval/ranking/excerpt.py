"""What a reader is shown of a hit; nothing of it is worked out before it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from retrieval.ranking.evidence import Evidence
from retrieval.ranking.quotation import quotation
from retrieval.text.analyzer import Analyzer
from retrieval.types import Sentence


class EvidenceExcerpt:
    """An excerpt (see `retrieval.types.Excerpt`) from the evidence that the hit was found by.

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
    def quotation(self) -> tuple[int, int]:
        """The span of its article's text to quote."""
        scored = [
            (sentence, self._scores[row])
            for row, sentence in zip(self._evidence.beside(self._row), self.beside, strict=True)
            if sentence is not None and row is not None and row in self._scores
        ]
        return quotation(self.sentence, scored, self._scores[self._row], self._evidence.question, self._analyzer)
