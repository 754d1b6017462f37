"""Some sentences of the evidence, as the features look at them. What several features need is computed once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.ranking.evidence import Evidence
from retrieval.ranking.word_view import WordView
from retrieval.system.arrays import Booleans, Floats, Integers
from retrieval.types import Form

Column = NDArray[np.number[Any]] | Booleans
"""A value for each sentence; True counts 1."""

_STANDS_ALONE = np.zeros(len(Form), dtype=bool)
_STANDS_ALONE[[Form.ROW, Form.PAIR]] = True


class Covered(NamedTuple):
    """For each sentence the share (0 to 1) of the question's weight that is covered, by what covers it.

    Args:
        by_sentence: by the sentence alone.
        by_title: by its article's title alone.
        with_title: by the sentence or the title.
        with_before: by the sentence, the title or the sentence before in the passage.
        by_passage: by the passage or the title.
        by_relatives: by the sentence or the title, where terms of the same stem count too.
        by_passage_relatives: by the passage or the title, where terms of the same stem count too.
    """

    by_sentence: Floats
    by_title: Floats
    with_title: Floats
    with_before: Floats
    by_passage: Floats
    by_relatives: Floats
    by_passage_relatives: Floats


class Weighted(NamedTuple):
    """For each sentence the share (0 to 1) of the question that it covers, by how the groups are weighted.

    Args:
        beyond_title: by their weights, less what the title covers of them.
        locally: by their idf within the passage.
        equally: all that carry weight count alike.
    """

    beyond_title: Floats
    locally: Floats
    equally: Floats


class SentenceView:
    """Some sentences of the evidence. Every array has a value, or a row, for each of them.

    Args:
        evidence: what its passages hold of a question.
        rows: the sentences' rows in the evidence.
    """

    def __init__(self, evidence: Evidence, rows: Integers) -> None:
        self.evidence, self.rows = evidence, rows
        self.words = WordView(evidence, rows)
        self.groups = len(evidence.shares)
        """How many groups of terms the question has."""

        self.passage = passage = evidence.passages.of[rows]
        """The number of its passage in the evidence."""

        self.size = evidence.passages.sizes[passage]
        """How many sentences its passage has."""

        self.stands_alone: Booleans = _STANDS_ALONE[evidence.units.sentences["form"][rows]]
        """Whether it is understood by what names its table or its list alone, not by its neighbours."""

        place = rows - evidence.passages.firsts[passage]
        self.place = np.where(self.stands_alone, 0, place)
        """How many of these stand before it; none does before a row, for a table goes on with nothing."""

        self.is_first, self.is_last = self.place == 0, place == self.size - 1
        self.here, self.title = evidence.held.sentences[rows], evidence.held.titles[passage]
        """How much it holds of each of the question's groups, and its article's title: sentences × groups."""

        before = evidence.held.sentences[rows - 1]
        before[self.is_first] = 0.0
        self._with_title = np.maximum(self.here, self.title)
        self._with_before = np.maximum(self._with_title, before)
        self._scores = scores = evidence.scores.sentences / evidence.total
        self.score = scores[rows]
        """Its BM25 score over the question's weight."""

        self.score_before = scores[rows - 1]
        """That of the sentence before it in its passage, 0 where there is none."""

        self.score_before[self.is_first] = 0.0

    @cached_property
    def covered(self) -> Covered:
        """Shares of the question's weight, by what covers it."""
        evidence, title = self.evidence, self.title
        all_relatives = np.maximum(evidence.held_by_stems, evidence.held.sentences)
        relatives = np.maximum(all_relatives[self.rows], title)
        around = np.maximum(np.maximum.reduceat(all_relatives, evidence.passages.firsts)[self.passage], title)
        by_passage = evidence.held.passages[self.passage]
        held = [self.here, title, self._with_title, self._with_before, by_passage, relatives, around]
        return Covered(*evidence.coverage(np.array(held)))

    @cached_property
    def weighted(self) -> Weighted:
        """Shares of the question's groups, by how these are weighted."""
        shares, local = self.evidence.shares, _local_weights(self.evidence)[self.passage]
        return Weighted(*_shares(self.here, [(1 - self.title) * shares, local, shares > 0]))

    @property
    def missing(self) -> Floats:
        """The largest share of the question's weight of a group that sentence, title and sentence before lack."""
        largest: Floats = ((1 - self._with_before) * self.evidence.shares).max(axis=1)
        return largest

    @property
    def score_after(self) -> Floats:
        """The score of the sentence behind it in its passage, 0 where there is none."""
        score: Floats = self._scores[np.minimum(self.rows + 1, len(self._scores) - 1)]
        score[self.is_last | self.stands_alone] = 0.0
        return score

    @property
    def best_score(self) -> Floats:
        """The best score of a sentence of its passage."""
        best: Floats = np.maximum.reduceat(self._scores, self.evidence.passages.firsts)[self.passage]
        return best

    @property
    def passage_score(self) -> Floats:
        """The passage's BM25 score over the question's weight."""
        score: Floats = self.evidence.scores.passages[self.passage] / self.evidence.total
        return score


def _shares(present: Floats, weights: Sequence[Floats | Booleans]) -> Floats:
    """For each of several weightings of groups, and each sentence, the share that is present; 1 where nothing weighs.

    Args:
        present: sentences × groups.
        weights: each sentences × groups, or groups.
    """
    weighing = np.empty((2, len(weights), *present.shape))
    for place, its in enumerate(weights):
        weighing[0, place] = its
    np.multiply(weighing[0], present, out=weighing[1])
    total, covered = weighing.sum(axis=3)
    return np.where(total > 0, covered / np.maximum(total, 1e-9), 1.0)


def _local_weights(evidence: Evidence) -> Floats:
    """Passages × groups: an idf within the passage, which tells its sentences apart."""
    df = np.add.reduceat(evidence.held.sentences, evidence.passages.firsts, axis=0)
    size = evidence.passages.sizes[:, None]
    weights: Floats = np.where(df > 0, np.log(1 + (size - df + 0.5) / (df + 0.5)), 0.0)
    return weights
