"""Evidence → a feature matrix, a row a sentence: what `retrieval.ranking` orders by. Values in, values out.

Coverages are shares of the question's weight; every feature lies between about -1 and 5.
"""

from __future__ import annotations

import numpy as np

from retrieval.evidence import Evidence
from retrieval.questions import Seeks
from retrieval.units import Floats, Integers
from retrieval.word_order import OFFERS, Column, gather_words, word_orders

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
    of = evidence.rows_passage[rows]
    size, start = evidence.sizes[of], evidence.passage_rows[of]
    place = rows - start
    is_first, is_last = place == 0, place == size - 1
    here, title, passage = evidence.present[rows], evidence.title[of], evidence.in_passage[of]
    before = np.where(is_first[:, None], 0.0, evidence.present[rows - 1])
    scores = evidence.sentence_scores / evidence.total
    own = scores[rows]
    best = np.maximum.reduceat(scores, evidence.passage_rows)[of]
    score_before = np.where(is_first, 0.0, scores[rows - 1])
    score_after = np.where(is_last, 0.0, scores[np.minimum(rows + 1, len(scores) - 1)])
    with_title = np.maximum(here, title)
    covered = evidence.coverage(here)
    with_before = evidence.coverage(np.maximum(with_title, before))
    by_passage, by_title = evidence.coverage(passage), evidence.coverage(title)
    short = len(evidence.weights) <= 3
    relatives = np.maximum(evidence.stem_present, evidence.present)
    in_passage = np.maximum(np.maximum.reduceat(relatives, evidence.passage_rows)[of], title)
    return {
        "sentence": own,
        "passage": evidence.passage_scores[of] / evidence.total,
        "below best of passage": own - best,
        "covered": covered,
        "covered with the sentence before": with_before,
        "covered by the passage": by_passage,
        "covered by the rest": by_passage - evidence.coverage(with_title),
        "covered beyond the title": _share(here, (1 - title) * evidence.weights),
        "covered locally": _share(here, _local_weights(evidence)[of]),
        "words covered": _share(here, np.array([evidence.weights > 0], dtype=np.float64)),
        "covered by the title": by_title,
        "relatives covered": evidence.coverage(np.maximum(relatives[rows], title)),
        "relatives covered by the passage": evidence.coverage(in_passage),
        "position": np.log1p(place),
        "sentence before better": np.maximum(score_before - own, 0),
        "sentence after better": np.maximum(score_after - own, 0),
        "sentence before": score_before,
        "reference resolved": with_before - evidence.coverage(with_title),
        "missing": ((1 - np.maximum(with_title, before)) * evidence.weights).max(axis=1) / evidence.total,
        "last": is_last,
        "alone": size == 1,
        "short, first": is_first & short,
    }


def _share(present: Floats, weights: Floats) -> Floats:
    """For each row the share of its own weights that is present; 1 where there is nothing to cover."""
    total = weights.sum(axis=1)
    return np.where(total > 0, (present * weights).sum(axis=1) / np.maximum(total, 1e-9), 1.0)


def _local_weights(evidence: Evidence) -> Floats:
    """For each passage and group an idf within the passage: what tells its sentences apart."""
    df = np.add.reduceat(evidence.present, evidence.passage_rows, axis=0)
    size = evidence.sizes[:, None]
    weights: Floats = np.where(df > 0, np.log(1 + (size - df + 0.5) / (df + 0.5)), 0.0)
    return weights
