"""A question → the passages worth reading, and the sentences of these worth a closer look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from retrieval.engines.base import Candidate, Group
from retrieval.index.reader import IndexReader
from retrieval.query.question import Question
from retrieval.ranking.copies import different, one_of_each, with_versions
from retrieval.ranking.evidence import Evidence
from retrieval.system.arrays import Integers

NOMINATED_SENTENCES, NOMINATED_PASSAGES = 12, 12
"""How many documents each engine names. Twice as many answer no judged question better."""

ALWAYS_READ, MIN_SCORE_SHARE = 6, 0.6
"""Documents below 60 % of the best BM25 score are dropped, except the first six: they hardly ever hold the answer.

The first six are kept for the confidence, which is told by how far a hit stands above the candidates behind it.
"""

CLOSELY_COMPARED = 20
"""Sentences whose features are computed."""

ONE_LEVEL_RATIO = 1.25
"""Up to so many sentences a passage, on average, both engines find the same passages."""

PASSAGE_WEIGHT = 1.2
"""What a passage's score counts beside its sentence's where sentences are chosen: few of them repeat the topic."""


def candidates(question: Question, index: IndexReader, k: int = NOMINATED_SENTENCES) -> list[int]:
    """The numbers of sentences, ascending, whose passages are read where `k` hits are wanted.

    More than `NOMINATED_SENTENCES` hits are wanted to compare rankings. Then everything found is read.
    """
    share = MIN_SCORE_SHARE if k <= NOMINATED_SENTENCES else 0.0
    return with_versions(worthwhile(nominated(question, index, k), share), index, question.when.period)


def nominated(question: Question, index: IndexReader, k: int = NOMINATED_SENTENCES) -> list[list[Candidate]]:
    """What the engine of each level finds, best first, each story once.

    Where hardly a passage has a second sentence, as in news, passages are searched only for words that stand in titles
    alone. Their search takes a tenth of an answer's time and would find nothing else that is new.
    """
    has_two_levels = index.totals.sentences > ONE_LEVEL_RATIO * index.totals.passages
    both = has_two_levels or any(_is_in_titles_alone(group, index) for group in question.query)
    wanted = max(k, NOMINATED_SENTENCES), NOMINATED_PASSAGES if both else 0
    return different(index, question.query, wanted)


def _is_in_titles_alone(group: Group, index: IndexReader) -> bool:
    in_sentences = any(map(index.sentence_engine.document_frequency, group.shares))
    return not in_sentences and any(map(index.knows, group.shares))


def worthwhile(levels: Iterable[Sequence[Candidate]], share: float = MIN_SCORE_SHARE) -> list[int]:
    """The documents to read, ascending.

    Args:
        levels: what was found at each level, best first.
        share: the share of a level's best score that a document needs, unless it is among the `ALWAYS_READ` first.
    """
    return sorted(
        {
            found.document
            for level in levels
            for place, found in enumerate(level)
            if place < ALWAYS_READ or found.score >= share * level[0].score
        }
    )


def closest(evidence: Evidence, count: int) -> Integers:
    """The rows of the `count` best sentences by the sum of both levels' BM25 scores, each once, in order of rows."""
    rows = one_of_each(evidence)
    if len(rows) <= count:
        return rows
    scores = evidence.scores.sentences + PASSAGE_WEIGHT * evidence.scores.passages[evidence.passages.of]
    best: Integers = rows[(-scores[rows]).argsort(kind="stable")[:count]]
    best.sort()
    return best
