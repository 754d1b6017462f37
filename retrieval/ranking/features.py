"""Evidence → a feature matrix, a row a sentence: what `retrieval.ranking.rank` orders by. Values in, values out.

Coverages are shares of the question's weight; every feature lies between about -1 and 5.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retrieval.index.unit_table import Floats, Integers
from retrieval.query.question_words import Seeks
from retrieval.ranking.evidence import Evidence
from retrieval.ranking.word_order import OFFERS, Booleans, Column, gather_words, word_orders

NAMES = (
    "sentence", "passage", "below best of passage", "covered", "covered with the sentence before",
    "covered by the passage", "covered by the rest", "covered beyond the title", "covered locally", "words covered",
    "covered by the title", "relatives covered", "relatives covered by the passage",
    "order", "word pairs", "stop words", "opening", "head", "position", "length", "new words", "share of new words",
    "density", "nothing new", "sentence before better", "sentence after better", "sentence before",
    "refers back", "reference resolved", "slot before", "slot after", "missing", "last", "alone", "short, first",
    "quotation marks", "parentheses", "question mark", "copula",
)  # fmt: skip
"""The features of every question."""

TYPED: tuple[tuple[Seeks, str], ...] = (
    (Seeks.TIME, "number"), (Seeks.TIME, "year"), (Seeks.TIME, "time"),
    (Seeks.TIME, "length"), (Seeks.TIME, "time near"),
    (Seeks.QUANTITY, "number"), (Seeks.QUANTITY, "number near"), (Seeks.QUANTITY, "length"),
    (Seeks.PERSON, "person"), (Seeks.PERSON, "names"), (Seeks.PERSON, "length"), (Seeks.PERSON, "person near"),
    (Seeks.PLACE, "place"), (Seeks.PLACE, "names"), (Seeks.PLACE, "opening"),
    (Seeks.REASON, "reason"), (Seeks.REASON, "length"), (Seeks.REASON, "refers back"),
    (Seeks.MANNER, "manner"), (Seeks.MANNER, "length"),
    (Seeks.DEFINITION, "length"), (Seeks.DEFINITION, "opening"), (Seeks.DEFINITION, "position"),
    (Seeks.ONE_OF, "names"), (Seeks.ONE_OF, "quotation marks"),
    (Seeks.LIST, "commas"), (Seeks.LIST, "enumeration"), (Seeks.LIST, "names"),
)  # fmt: skip
"""Features that count only for questions of one kind."""

ALL_NAMES = NAMES + tuple(f"{seeks.value}: {name}" for seeks, name in TYPED)
_TYPED_PLACES = {
    seeks: [(place, name) for place, (kind, name) in enumerate(TYPED, start=len(NAMES)) if kind is seeks]
    for seeks in Seeks
}


def matrix(evidence: Evidence, rows: Integers) -> Floats:
    """The features (`ALL_NAMES`) of some rows of the evidence: an array of `len(rows)` × `len(ALL_NAMES)`."""
    words, columns = gather_words(evidence, rows)
    columns |= _coverages(evidence, rows) | word_orders(evidence, rows, words)
    features = np.zeros((len(ALL_NAMES), len(rows)))
    for place, name in enumerate(NAMES):
        features[place] = columns[name]
    for place, name in _TYPED_PLACES[evidence.question.seeks]:
        features[place] = columns[name] if name in columns else OFFERS[name](words)
    return features.T


def _coverages(evidence: Evidence, rows: Integers) -> dict[str, Column]:
    """Features of what is covered: by the sentence, its neighbours, its passage and its title."""
    of, shares = evidence.rows_passage[rows], evidence.shares
    size = evidence.sizes[of]
    place = rows - evidence.passage_rows[of]
    is_first, is_last = place == 0, place == size - 1
    here, title = evidence.present[rows], evidence.title[of]
    with_title = np.maximum(here, title)
    with_before = np.maximum(with_title, np.where(is_first[:, None], 0.0, evidence.present[rows - 1]))
    all_relatives = np.maximum(evidence.stem_present, evidence.present)
    relatives = np.maximum(all_relatives[rows], title)
    relatives_around = np.maximum(np.maximum.reduceat(all_relatives, evidence.passage_rows)[of], title)
    held = [here, title, with_title, with_before, evidence.in_passage[of], relatives, relatives_around]
    covered, by_title, titled, preceded, by_passage, related, related_around = evidence.coverage(np.array(held))
    beyond, locally, words = _shares(here, [(1 - title) * shares, _local_weights(evidence)[of], shares > 0])
    scores = evidence.sentence_scores / evidence.total
    own = scores[rows]
    score_before = np.where(is_first, 0.0, scores[rows - 1])
    score_after = np.where(is_last, 0.0, scores[np.minimum(rows + 1, len(scores) - 1)])
    return {
        "sentence": own,
        "passage": evidence.passage_scores[of] / evidence.total,
        "below best of passage": own - np.maximum.reduceat(scores, evidence.passage_rows)[of],
        "covered": covered,
        "covered with the sentence before": preceded,
        "covered by the passage": by_passage,
        "covered by the rest": by_passage - titled,
        "covered beyond the title": beyond,
        "covered locally": locally,
        "words covered": words,
        "covered by the title": by_title,
        "relatives covered": related,
        "relatives covered by the passage": related_around,
        "position": np.log1p(place),
        "sentence before better": np.maximum(score_before - own, 0),
        "sentence after better": np.maximum(score_after - own, 0),
        "sentence before": score_before,
        "reference resolved": preceded - titled,
        "missing": ((1 - with_before) * shares).max(axis=1),
        "last": is_last,
        "alone": size == 1,
        "short, first": is_first & (len(shares) <= 3),
    }


def _shares(present: Floats, weights: Sequence[Floats | Booleans]) -> Floats:
    """For each of several weightings of groups, and each row, the share that is present; 1 where nothing weighs."""
    weighing = np.empty((len(weights), *present.shape))
    for place, its in enumerate(weights):
        weighing[place] = its
    total = weighing.sum(axis=2)
    return np.where(total > 0, (weighing * present).sum(axis=2) / np.maximum(total, 1e-9), 1.0)


def _local_weights(evidence: Evidence) -> Floats:
    """For each passage and group an idf within the passage: what tells its sentences apart."""
    df = np.add.reduceat(evidence.present, evidence.passage_rows, axis=0)
    size = evidence.sizes[:, None]
    weights: Floats = np.where(df > 0, np.log(1 + (size - df + 0.5) / (df + 0.5)), 0.0)
    return weights
