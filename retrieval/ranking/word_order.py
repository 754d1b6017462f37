"""The words of some sentences in their order: features of order, and of what a sentence offers beyond the question."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.index.unit_table import Floats, Integers
from retrieval.query.question import Question
from retrieval.ranking.evidence import Codes, Evidence
from retrieval.text.traits import Trait

LONGEST_ROW = 96
"""Units of a sentence whose order is looked at."""

OPENING, NEAR, SLOT = 5, 6, 4
"""Units that open a sentence; units around a number; units beside the place of the answer."""

_GRAMMAR, _REFERENCE, _COPULA = Trait.GRAMMAR.value, Trait.REFERENCE.value, Trait.COPULA.value
"""Plain integers: numpy takes several times as long for a flag."""

_PUNCTUATION = np.array([4, 8, 16], dtype=np.uint8)
"""The bits of `retrieval.index.unit_table.marks` for a quotation, a parenthesis and a question mark."""

Booleans = NDArray[np.bool_]
Column = NDArray[np.number[Any]] | Booleans
"""A value a row; truth counts 1."""


class Words(NamedTuple):
    """Some sentences' units in their order, a row a sentence.

    Args:
        code: the column of each unit among the question's, -1 for others and behind the end.
        free: which units are terms that the question has not.
        offered: the traits of units that the question has not.
        weights: what each unit carries of the question.
        total: what the whole question carries.
        marks: the sentences' punctuation, see `retrieval.index.unit_table.marks`.
    """

    code: Integers
    free: Booleans
    offered: NDArray[np.uint16]
    weights: Floats
    total: float
    marks: NDArray[np.uint8]


def gather_words(evidence: Evidence, rows: Integers) -> tuple[Words, dict[str, Column]]:
    """The units of some rows, and what the traits of stop words among them say."""
    ordered = evidence.units.ordered[rows]
    width = int(min(max(ordered.max(), 1), LONGEST_ROW))
    starts = evidence.units.starts[rows]
    inside = np.arange(width) < ordered[:, None]
    places = np.where(inside, starts[:, None] + np.arange(width), 0)
    code = np.where(inside, evidence.unit_codes[places], -1)
    traits = np.where(inside, evidence.units.traits[places], 0)
    new = inside & (code < 0)
    words = Words(
        code,
        new & (traits & _GRAMMAR == 0),
        np.where(new, traits, 0),
        evidence.codes.weights[code],
        evidence.total,
        evidence.units.marks[rows],
    )
    is_copular = evidence.question.is_copular
    return words, {
        "refers back": (traits[:, :3] & _REFERENCE > 0).any(axis=1),
        "copula": (traits & _COPULA > 0).any(axis=1) if is_copular else np.zeros(len(rows), dtype=bool),
    }


def word_orders(evidence: Evidence, rows: Integers, words: Words) -> dict[str, Column]:
    """Features of the words in their order, and of punctuation."""
    codes, code, free = evidence.codes, words.code, words.free
    ordered, terms = evidence.units.ordered[rows], np.maximum(evidence.units.lengths[rows], 1)
    in_stop = evidence.counts[rows, len(codes.terms) :]
    opening = np.zeros((len(rows), codes.width + 1))
    opening[np.arange(len(rows))[:, None], code[:, :OPENING]] = 1.0
    count = free.sum(axis=1)
    slot_before, slot_after = _beside_slot(evidence.question, codes, code, free)
    quotes, parentheses, asks = (words.marks[:, None] & _PUNCTUATION > 0).T
    return {
        "order": common_subsequences(code, codes.order) / max(len(codes.order), 1),
        "word pairs": _pairs(code, codes),
        "stop words": np.minimum(in_stop, 1).sum(axis=1) / max(in_stop.shape[1], 1),
        "opening": evidence.coverage(evidence.grouped(opening[:, : len(codes.terms)])),
        "head": _holds_head(evidence, rows),
        "length": np.log1p(ordered),
        "new words": np.log1p(count),
        "share of new words": count / terms,
        "density": (code >= 0).sum(axis=1) / np.maximum(ordered, 1),
        "nothing new": count == 0,
        "slot before": slot_before,
        "slot after": slot_after,
        "quotation marks": quotes,
        "parentheses": parentheses,
        "question mark": asks,
    }


def _has(trait: int, words: Words) -> Booleans:
    """Whether a row offers a trait."""
    found: Booleans = (words.offered & trait).any(axis=1)
    return found


def _near(trait: int, words: Words) -> Floats:
    """The largest share of the question's weight within `NEAR` units of one that offers a trait."""
    width = words.code.shape[1]
    sums = np.concatenate([np.zeros((len(words.code), 1)), np.cumsum(words.weights, axis=1)], axis=1)
    place = np.arange(width)
    around = sums[:, np.minimum(place + NEAR + 1, width)] - sums[:, np.maximum(place - NEAR, 0)]
    largest: Floats = np.where(words.offered & trait > 0, around, 0.0).max(axis=1) / words.total
    return largest


def _names(words: Words) -> Integers:
    """How many names a row offers, at most four."""
    count: Integers = np.minimum((words.offered & Trait.NAME.value > 0).sum(axis=1), 4)
    return count


def _commas(words: Words) -> NDArray[np.uint8]:
    """How many commas a row has, at most three."""
    commas: NDArray[np.uint8] = words.marks & np.uint8(3)
    return commas


OFFERS: dict[str, Callable[[Words], Column]] = {
    "number": partial(_has, Trait.NUMBER.value),
    "year": partial(_has, Trait.YEAR.value),
    "time": partial(_has, Trait.TIME.value),
    "person": partial(_has, Trait.PERSON.value),
    "place": partial(_has, Trait.PLACE.value),
    "reason": partial(_has, Trait.REASON.value),
    "manner": partial(_has, Trait.MANNER.value),
    "enumeration": partial(_has, Trait.ENUMERATION.value),
    "number near": partial(_near, Trait.NUMBER.value),
    "time near": partial(_near, (Trait.TIME | Trait.YEAR).value),
    "person near": partial(_near, (Trait.PERSON | Trait.NAME).value),
    "names": _names,
    "commas": _commas,
}
"""What a sentence offers beyond the question's own words; worked out for the questions that ask for it."""


def _holds_head(evidence: Evidence, rows: Integers) -> Floats:
    """Whether a sentence has the noun asked for."""
    columns = [place for place, term in enumerate(evidence.codes.terms) if term in evidence.question.head]
    held: Floats = np.minimum(evidence.counts[rows][:, columns].sum(axis=1), 1.0)
    return held


def common_subsequences(code: Integers, order: tuple[tuple[int, ...], ...]) -> Floats:
    """For each row the length of the longest common subsequence with the question's units.

    Bit-parallel, after Hyyrö, «Bit-parallel LCS-length computation revisited» (2004).
    """
    masks: dict[int, int] = {}
    met = code >= 0
    for place, columns in enumerate(order):
        for column in columns:
            masks[column] = masks.get(column, 0) | 1 << place
    everything = (1 << len(order)) - 1
    lengths = []
    matched_codes, ends = code[met].tolist(), np.cumsum(met.sum(axis=1)).tolist()
    for start, end in zip([0, *ends], ends, strict=False):
        state = everything
        for column in matched_codes[start:end]:
            matched = state & masks.get(column, 0)
            state = (state + matched) | (state - matched)
        lengths.append(len(order) - (state & everything).bit_count())
    return np.array(lengths, dtype=np.float64)


def _pairs(code: Integers, codes: Codes) -> Floats:
    """How many neighbouring units of each row are neighbours in the question, of the question's pairs; at most 1."""
    width = codes.width + 1
    pairs = [left * width + right for one, other in pairwise(codes.order) for left in one for right in other]
    follows = np.zeros(width * width, dtype=bool)
    follows[pairs] = True  # never in the last row or column, where -1 leads
    found = follows.reshape(width, width)[code[:, :-1], code[:, 1:]].sum(axis=1)
    share: Floats = np.minimum(found / max(len(codes.order) - 1, 1), 1.0)
    return share


def _beside_slot(question: Question, codes: Codes, code: Integers, free: Booleans) -> tuple[Booleans, Booleans]:
    """Whether a row has the term before the question word, or the one behind it, with a free unit next to it.

    The free unit may be any of the next `SLOT`, behind the term before and before the term behind: read backwards.
    """
    width = codes.width + 1
    chosen = np.zeros(2 * width, dtype=bool)
    chosen[[side * width + column for side in (0, 1) for column in _slot_columns(question, codes, side)]] = True
    if not chosen.any():
        return np.zeros(len(code), dtype=bool), np.zeros(len(code), dtype=bool)
    counts = np.cumsum(np.array([free, free[:, ::-1]]), axis=2)
    ahead = np.minimum(np.arange(SLOT, free.shape[1] + SLOT), free.shape[1] - 1)
    follows = counts[:, :, ahead] > counts
    before, after = (chosen[np.array([code, code[:, ::-1] + width])] & follows).any(axis=2)
    return before, after


def _slot_columns(question: Question, codes: Codes, side: int) -> tuple[int, ...]:
    """The columns that stand for the nearest term before (0) or behind (1) the question word."""
    if question.slot is None:
        return ()
    behind = codes.order[question.slot :]
    if question.head and behind and set(question.order[question.slot]) & set(question.head):
        behind = behind[1:]
    near = iter(behind) if side else reversed(codes.order[: question.slot])
    return next((found for found in near if any(column < len(codes.terms) for column in found)), ())
